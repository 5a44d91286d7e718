"""Lines that state a day: which of them are a date's own, and when they say that something was published.

A headline may name a day as well (``June 2025 was the hottest on record``). So a line is a date's own when hardly
anything else stands on it. A day on which an article was changed is not that of its publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.cleaning.dates import Stated, find_dates, folded, is_numeric_day
from app.cleaning.phrases import Lexicon, head_tables, month_names, tokens
from app.model import Published
from app.text.names import is_person

AND: Final = re.compile(r"\s+(?:and|und|et|y|e|en|och|og|ja|i|и|та|ve|&)\s+")
"""What stands between two people."""

_BORDER: Final = re.compile(r"\s*[|·•・/;,#()\[\]–—\t]\s*|\s*-\s+|\s{3,}")
_BAR: Final = re.compile(r"[|·•・\t\0]")
_STRANGE: Final = 3  # words of a place, a name or a reading time that may stand beside a date
_LONGEST: Final = 120  # characters
_LABEL: Final = 40  # characters
_AGO: Final = 20  # characters
_AGO_WORDS: Final = 2
_DAY: Final = "\0"
_LABELLED: Final = re.compile(r"(?<!\S)(?=(\S{1,12}\s?[:：].*)$)")
_CLOCK: Final = re.compile(r"(?<![\d.:])\d{1,2}[:h]\d{2}(?![\d.])")
_SAID: Final = ("changed", "published")
_SOLID: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def published_day(text: str, known: Lexicon) -> Published | None:
    """Return the first day in a line that is not said to be one on which something was changed.

    What is said stands before its day, or, where no day follows on the last that is said, behind it.
    """
    text = folded(text)
    dates = _dates(text, known)
    if not dates:
        return None
    said = [(match.start(), match["changed"] is not None) for match in _words().said.finditer(text)]
    if not any(changed for _at, changed in said):
        return dates[0].day
    behind = said[-1][0] > dates[-1].start and not re.search(r"\d", text[said[-1][0] :])
    ends = [*(one.start for one in dates[1:]), len(text)]
    for one, end in zip(dates, ends, strict=True):
        before = [changed for at, changed in said if at < one.start]
        after = [changed for at, changed in said if one.end <= at < end]
        if not any(after if behind else before[-1:]):
            return one.day
    return None


def tells_change(text: str) -> bool:
    """Tell whether a line only announces the day below it as one on which something was changed."""
    if len(text) > _LABEL or any(map(str.isdigit, text)):
        return False
    said = list(_words().said.finditer(folded(text)))
    return bool(said) and said[-1]["changed"] is not None and all(map(_words().stands_beside, tokens(text)))


def any_day(text: str, known: Lexicon) -> Published | None:
    """Return the first day in a line, be it one of changes or not."""
    dates = _dates(text, known)
    return dates[0].day if dates else None


def is_date_line(text: str, known: Lexicon, beside: int = _STRANGE, named: bool = False) -> bool:
    """Tell whether a line is a date and hardly anything else, be it the day of publication or another.

    So many words, of a name or a place say, may stand ``beside`` it, set apart by a sign; people who are ``named``
    need not be, and any number of them may.
    """
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return False
    if is_numeric_day(text):
        return True
    dates = _dates(text, known)
    if not dates:
        return _is_relative(text)
    strange = 0
    for part in _BORDER.split(_without_ago(_without_source(_marked(text, dates), known))):
        unknown = sum(not _words().stands_beside(word) for word in tokens(part))
        named_here = unknown and named and _is_named(part)
        if unknown and _DAY in part and not named_here:
            return False
        strange += 0 if named_here else unknown
    return strange <= beside


def begins_ago(text: str) -> bool:
    """Tell whether a line begins by saying how long ago something was: ``4m ago Power is back``."""
    said = _words().relative.search(folded(text[:_AGO]))
    return bool(said) and text[:1].isdigit() and len(tokens(text[: said.start()] if said else "")) <= _AGO_WORDS


def beside_dates(text: str, known: Lexicon) -> list[str]:
    """Return what else stands on a line with dates, piece by piece; nothing for a line without."""
    dates = _dates(text, known) if len(text) <= _LONGEST else ()
    pieces = _BAR.split(_marked(text, dates)) if dates else ()
    return [plain for piece in pieces if (plain := piece.strip(" ,;:/()–—-"))]


def stands_beside(word: str) -> bool:
    """Tell whether a word says nothing but when: numbers, single letters and the words beside dates do."""
    return _words().stands_beside(word)


def stated_day(text: str, known: Lexicon) -> Published | None:
    """Return the day of publication that a line of its own states; ``None`` for any other line."""
    return published_day(text, known) if is_date_line(text, known) else None


def _marked(text: str, dates: Sequence[Stated]) -> str:
    """Return a text with a sign for each of its dates."""
    parts, at = [], 0
    for one in dates:
        parts += [text[at : one.start], _DAY]
        at = one.end
    return " ".join((*parts, text[at:]))


def _without_source(text: str, known: Lexicon) -> str:
    """Return a text without the source named behind its date: ``2025年3月5日 来源：新华社``."""
    source = next(
        (at for at in _LABELLED.finditer(text) if known.details.kind(tokens(at[1]), at[1]) == "sources"), None
    )
    return text[: source.start()] if source else text


def _without_ago(text: str) -> str:
    """Return a text without how long ago something was, which stands beside the date: ``updated 2 months ago``."""
    words = _words()
    said = words.relative.search(folded(text))
    if not said:
        return text
    return " ".join(
        word
        for word in text.split(" ")
        if not (plain := folded(word.strip(".,;:()")))
        or (plain not in words.units and not words.relative.fullmatch(plain))
    )


def _is_named(part: str) -> bool:
    """Tell whether beside a date stands a person's name."""
    pieces = (name.split() for piece in part.split(_DAY) for name in AND.split(piece))
    kept = [[word for word in piece if not all(map(stands_beside, tokens(word)))] for piece in pieces]
    return all(not words or is_person(" ".join(words)) for words in kept)


def _is_relative(text: str) -> bool:
    """Tell whether a line without a date says when all the same: ``Yesterday at 10:14``, ``2 hours ago``."""
    words, plain = _words(), folded(text)
    # An hour alone is a heading of a live report.
    when = words.relative.search(plain) or (_CLOCK.search(text) and any(map(str.isalpha, text)))
    return bool(when) and all(words.stands_beside(word) or folded(word) in words.units for word in tokens(text))


def _dates(text: str, known: Lexicon) -> Sequence[Stated]:
    """Return the dates in the language of the page, else in any: pages keep the dates of their makers."""
    return find_dates(text, known.months, known.day_first) or find_dates(text, month_names(), known.day_first)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words beside dates in every language; ``solid`` are those that stand inside longer ones too."""

    beside: frozenset[str]
    solid: re.Pattern[str]
    said: re.Pattern[str]
    relative: re.Pattern[str]
    units: frozenset[str]

    def stands_beside(self, word: str) -> bool:
        """Tell whether a word says nothing but when: numbers, single letters and the words beside dates do."""
        plain = folded(word)
        return len(plain) == 1 or plain[0].isdigit() or plain in self.beside or not self.solid.sub("", word)


@cache
def _words() -> _Words:
    tables = head_tables().values()
    plain = {word for table in tables for key in ("days", "beside") for word in table[key].split()}
    said = {
        key: {words.strip() for table in tables for words in table[key].split(",")} - {""}
        for key in (*_SAID, "relative")
    }
    every = plain.union(month_names(), *(words.split() for key in _SAID for words in said[key]))
    solid = sorted(filter(_SOLID.search, every), key=len, reverse=True)
    return _Words(
        frozenset(folded(word) for words in every for word in tokens(words)),
        re.compile("|".join(map(re.escape, solid)) + r"|\d"),
        re.compile("|".join(f"(?P<{key}>{_either(said[key])})" for key in _SAID)),
        re.compile(_either(said["relative"])),
        frozenset(folded(word) for table in tables for key in ("relative", "units") for word in tokens(table[key])),
    )


def _either(words: Iterable[str]) -> str:
    """Return a pattern for any of some words; only words of languages without spaces match inside longer ones."""
    longest_first = sorted(map(folded, words), key=lambda word: (-len(word), word))
    solid = [re.escape(word) for word in longest_first if _SOLID.search(word)]
    spaced = "|".join(re.escape(word) for word in longest_first if not _SOLID.search(word))
    return "|".join((rf"\b(?:{spaced})\b", *solid))
