"""In which ways a file that holds several articles can be split into them: what is offered, and what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
LEVEL: Final = "level"
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


_AT_LEVEL: Final = Option(
    LEVEL,
    "Level of these headings",
    _HIGHEST,
    (_HIGHEST, "1", "2", "3", "4", "5", "6"),
    needs=(SPLIT, HEADINGS),
)

OF_CONTAINER: Final = (
    Option(
        SPLIT,
        "Several articles in one of its files",
        NO,
        (NO, HEADINGS, LINES, TITLES, PAGES, GAPS, PATTERN),
        help="Each file in it is split in this way if its format can be, by itself. Gaps are those of plain texts, "
        "pages those of PDFs and plain texts; headings are those of documents and web pages.",
    ),
    _AT_LEVEL,
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
        _AT_LEVEL,
        _SAID,
    )


def way_of(options: Mapping[str, OptionValue]) -> str:
    """Return the way in which a file is to be split; a pattern that is given says it alone."""
    return PATTERN if pattern_of(options) else str(options.get(SPLIT, NO))


def unsplit(options: Mapping[str, OptionValue]) -> Mapping[str, OptionValue]:
    """Return the options of a file that is not to be split, the others as they are."""
    return {**options, SPLIT: NO, PATTERN: ""}


def handed_on(options: Mapping[str, OptionValue], offered: Sequence[Option]) -> Mapping[str, str]:
    """Return what the options of a container say of how a part is split that is offered these ways, if it is."""
    way = way_of(options)
    ways = next((option.choices for option in offered if option.key == SPLIT), ())
    if way == NO or way not in ways:
        return {}
    known = {option.key for option in offered}
    return {name: str(options[name]) for name in (SPLIT, LEVEL, PATTERN) if name in known and name in options}


def pattern_of(options: Mapping[str, OptionValue]) -> str:
    """Return the pattern that was given, or ``""``."""
    return str(options.get(PATTERN, ""))


def level_of(options: Mapping[str, OptionValue]) -> int:
    """Return the level of the headings at which a file is to be split; 0: the highest that it has."""
    level = str(options.get(LEVEL, _HIGHEST))
    return int(level) if level.isdecimal() else 0
