"""In which ways a file that holds several articles can be split into them: what is offered, and what was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.options import Option, OptionValue

NO: Final = "no"
HEADINGS: Final = "headings"
LINES: Final = "lines"
PAGES: Final = "pages"
TITLES: Final = "titles"
GAPS: Final = "gaps"
PATTERN: Final = "pattern"

SPLIT: Final = "split"
_LEVEL: Final = "level"
_HIGHEST: Final = "highest"

_SAID: Final = Option(
    PATTERN,
    "Pattern",
    "",
    help="A regular expression. A line that is the same each time only stands between articles.",
    needs=(SPLIT, PATTERN),
)

OF_TEXT: Final = (
    Option(
        SPLIT,
        "Several articles in one text",
        NO,
        (NO, LINES, PAGES, TITLES, GAPS, PATTERN),
        help="Lines: between lines of =====, ----- or the like. Pages: at page breaks. Titles: at lines that begin "
        "with “Title:”. Gaps: at a short line below two empty ones. Pattern: at lines that hold the pattern below.",
    ),
    _SAID,
)


def of_document(*, paged: bool) -> tuple[Option, ...]:
    """Return the options of splitting that a format of documents has beside its own."""
    return (
        Option(
            SPLIT,
            "Several articles in one file",
            NO,
            (NO, HEADINGS, LINES, TITLES, *((PAGES,) if paged else ()), PATTERN),
            help="Headings: at all of one level. Lines: between rules, and lines of =====, ----- or the like. Titles: "
            "at lines that begin with “Title:”. Pattern: at headings and paragraphs that hold the pattern below.",
        ),
        Option(
            _LEVEL,
            "Level of these headings",
            _HIGHEST,
            (_HIGHEST, "1", "2", "3", "4", "5", "6"),
            needs=(SPLIT, HEADINGS),
        ),
        _SAID,
    )


def way_of(options: Mapping[str, OptionValue]) -> str:
    """Return the way in which a file is to be split; a pattern that is given says it alone."""
    return PATTERN if pattern_of(options) else str(options.get(SPLIT, NO))


def unsplit(options: Mapping[str, OptionValue]) -> Mapping[str, OptionValue]:
    """Return the options of a file that is not to be split, the others as they are."""
    return {**options, SPLIT: NO, PATTERN: ""}


def pattern_of(options: Mapping[str, OptionValue]) -> str:
    """Return the pattern that was given, or ``""``."""
    return str(options.get(PATTERN, ""))


def level_of(options: Mapping[str, OptionValue]) -> int:
    """Return the level of the headings at which a file is to be split; 0: the highest that it has."""
    level = str(options.get(_LEVEL, _HIGHEST))
    return int(level) if level.isdecimal() else 0
