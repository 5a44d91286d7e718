"""Lines from right to left: characters as they are drawn, back in the order in which they are read.

A file may keep such a line in the order of reading, as it is drawn, or mixed; only the places of its characters are
sure. Numbers and words from left to right are turned round inside the line, brackets are mirrored back.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

_R: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_L: Final = rf"[^\W\d_{_R}]"
_NUMBER: Final = r"\d+(?:[.,:/]\d+)*"
# As drawn from the right: a Latin word with what stands between it and the next one, a number before it; or a number.
_TURNED: Final = re.compile(rf"(?:{_NUMBER}[ ])?{_L}(?:[^{_R}]*{_L})?(?:(?<={_L})[-/.]?\d+)?|[%‰€$£°]?{_NUMBER}")
_SPACE: Final = 0.15
_WIDE_SPACE: Final = 0.25  # letters that do not join stand apart, too
_LAM: Final = "\u0644"
_ALEFS: Final = frozenset("\u0622\u0623\u0625\u0627")
_MIRRORED: Final = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


@dataclass(slots=True)
class Glyph:
    """A character where it is drawn: ``x0`` and ``x1`` grow to the left; ``word`` and ``number`` say which it is."""

    sign: str
    x0: float
    x1: float
    word: int
    number: int


@dataclass(frozen=True, slots=True)
class Read:
    """A line in the order of reading: its text, and for each character the ``(word, number)`` of its glyph.

    A space between two words has ``(-1, -1)``.
    """

    text: str
    sources: tuple[tuple[int, int], ...]


def read_line(glyphs: Sequence[Glyph], size: float) -> Read:
    """Return a line in letters of ``size`` points in the order of reading."""
    letters = [glyph for glyph in glyphs if not unicodedata.combining(glyph.sign)]
    letters.sort(key=lambda glyph: glyph.x0 + glyph.x1)
    _mend_ligatures(letters)
    above = _marks_of(letters, [glyph for glyph in glyphs if unicodedata.combining(glyph.sign)])
    drawn: list[Glyph | None] = []
    for before, glyph in pairwise([None, *letters]):
        if before is not None and glyph is not None and _is_spaced(before, glyph, size):
            drawn.append(None)
        drawn.append(glyph)
    text = "".join(glyph.sign if glyph else " " for glyph in drawn)
    if RIGHT_TO_LEFT.search(text):
        for match in _TURNED.finditer(text):
            drawn[match.start() : match.end()] = drawn[match.start() : match.end()][::-1]
        mirrored = {id(drawn[at]) for at in _brackets(text)}
    else:
        drawn.reverse()
        mirrored = set()
    return _read(drawn, above, mirrored)


def _read(drawn: Sequence[Glyph | None], above: dict[int, list[Glyph]], mirrored: set[int]) -> Read:
    signs: list[str] = []
    sources: list[tuple[int, int]] = []
    for glyph in drawn:
        if glyph is None:
            signs.append(" ")
            sources.append((-1, -1))
            continue
        sign = glyph.sign.translate(_MIRRORED) if id(glyph) in mirrored else glyph.sign
        for part, source in ((sign, glyph), *((mark.sign, mark) for mark in above.get(id(glyph), ()))):
            plain = unicodedata.normalize("NFKC", part) if "\ufb1d" <= part <= "\ufefc" else part
            signs.append(plain)
            sources += [(source.word, source.number)] * len(plain)
    return Read(_paired("".join(signs)), tuple(sources))


def _paired(text: str) -> str:
    """Return a text in which no bracket opens twice without closing: some files hold the second one as it is read."""
    for opening, closing in ("()", "[]", "«»"):
        while (first := text.find(opening)) >= 0 and closing not in text and text.count(opening) == 2:
            second = text.index(opening, first + 1)
            text = f"{text[:second]}{closing}{text[second + 1 :]}"
    return text


def _brackets(text: str) -> Iterator[int]:
    """Yield where brackets stand that do not lie within words from left to right."""
    inner = [match.span() for match in _TURNED.finditer(text)]
    ends = [end for _, end in inner]
    for at, sign in enumerate(text):
        if ord(sign) in _MIRRORED:
            near = bisect_left(ends, at + 1)
            if near == len(inner) or not inner[near][0] <= at:
                yield at


def _is_spaced(before: Glyph, glyph: Glyph, size: float) -> bool:
    gap = glyph.x0 - before.x1
    within = before.word == glyph.word and before.sign.isalpha() and glyph.sign.isalpha()
    return gap > (_WIDE_SPACE if within else _SPACE) * size


def _mend_ligatures(letters: list[Glyph]) -> None:
    """Put lam before alef where one glyph is both: no other ligature of two letters is used by all."""
    for at, (one, other) in enumerate(pairwise(letters)):
        if other.sign == _LAM and one.sign in _ALEFS and one.x0 == other.x0 and one.x1 == other.x1:
            letters[at], letters[at + 1] = other, one


def _marks_of(letters: Sequence[Glyph], marks: Sequence[Glyph]) -> dict[int, list[Glyph]]:
    """Return the combining marks of each letter: those that are drawn over it, in canonical order."""
    middles = [glyph.x0 + glyph.x1 for glyph in letters]
    found: dict[int, list[Glyph]] = {}
    for mark in marks:
        middle = mark.x0 + mark.x1
        at = bisect_left(middles, middle)
        near = [number for number in (at - 1, at) if 0 <= number < len(letters)]
        if near:
            base = min(near, key=lambda number: max(letters[number].x0 - middle / 2, middle / 2 - letters[number].x1))
            found.setdefault(id(letters[base]), []).append(mark)
    for group in found.values():
        group.sort(key=lambda mark: unicodedata.combining(mark.sign))
    return found
