"""What programs mean by a position in a text: they differ in line ends, marks at the beginning and units.

The standard says code points. Which dialect a file speaks is told by the words that its selections are named after.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from typing import Final

from app.text.ranges import Span
from app.text.sentences import inside_word

_CUT: Final = re.compile(r"\s*(?:…|\.{3}|\[…\]|\[\.\.\.\])\s*$")
_SHORTEST: Final = 3
_CLEAN: Final = 0.9  # so many of the ends of spans lie between words where a dialect is surely right
_UNKNOWN: Final = 0.5
_ASTRAL: Final = "\uffff"
_COUNTED: Final = re.compile("\r\n|\n|[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of a text as a file gives it, with the words it may be named after."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A way to count: what a line end is worth (0: as it is written), whether in UTF-16, and from where."""

    line_end: int = 0
    wide: bool = False
    first: int = 0

    def __str__(self) -> str:
        """Return the dialect in words, empty for that of the standard."""
        parts = [f"line ends count as {self.line_end}"] if self.line_end else []
        parts += ["UTF-16"] if self.wide else []
        parts += [f"counted from {self.first}"] if self.first else []
        return ", ".join(parts)


def placed(raw: str, selections: Sequence[Selection]) -> tuple[str, list[Span | None], Dialect]:
    """Return a text with plain line ends, where its selections stand in it, and the dialect in which that is so.

    ``raw`` is the text as it is in the file, without a byte order mark. A span outside the text is ``None``.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    everything = _plain(text)
    names = [_name(one, everything) for one in selections]
    best: tuple[tuple[float, float], list[Span | None], Dialect] | None = None
    for dialect in _dialects(raw):
        spans = _spans(raw, text, selections, dialect)
        score = (_named(text, names, spans), _whole(text, spans))
        if best is None or score > best[0]:
            best = (score, spans, dialect)
        if score[0] == 1.0 and score[1] >= _CLEAN:
            break
    assert best is not None
    return text, best[1], best[2]


def borne_out(text: str, selections: Sequence[Selection], spans: Sequence[Span | None]) -> list[Span | None]:
    """Return those of some spans that the text bears out, where the positions may be about another one.

    A span does whose words are those that it is named after; the others do when all of those do, or where there are
    none when nearly all ends lie between words.
    """
    everything = _plain(text)
    names = [_name(one, everything) for one in selections]
    said = [bool(name and span and _says(text, span, name)) for name, span in zip(names, spans, strict=True)]
    is_sure = all(said[number] for number, name in enumerate(names) if name)
    if is_sure and (any(said) or _whole(text, spans) >= _CLEAN):
        return list(spans)
    return [span if right else None for span, right in zip(spans, said, strict=True)]


def _name(selection: Selection, everything: str) -> str:
    """Return the words of a text that a selection is named after, ``""`` when it is named after none."""
    name = _plain(_CUT.sub("", selection.name))
    return name if len(name) >= _SHORTEST and name in everything else ""


def _says(text: str, span: Span, name: str) -> bool:
    return _plain(text[slice(*span)]).startswith(name)


def _dialects(raw: str) -> Iterator[Dialect]:
    """Yield the dialects that make a difference for a text, the likeliest first."""
    line_ends = (0, 1) if "\r\n" in raw else (0, 2) if "\n" in raw else (0,)
    wide = (False, True) if max(raw, default="") > _ASTRAL else (False,)
    return (Dialect(ends, units, first) for first, units, ends in product((0, 1, -1), wide, line_ends))


def _spans(raw: str, text: str, selections: Sequence[Selection], dialect: Dialect) -> list[Span | None]:
    count = _Count(raw, text, dialect)
    spans: list[Span | None] = []
    for one in selections:
        start, end = one.start - dialect.first, one.end - dialect.first
        span = (count.place(start), count.place(end)) if 0 <= start < end <= count.end else None
        spans.append(span if span and span[0] < span[1] <= len(text) else None)
    return spans


class _Count:
    """Turns positions of a dialect into code points of the text with plain line ends."""

    def __init__(self, raw: str, text: str, dialect: Dialect) -> None:
        self._places: list[int] = []
        more: list[int] = []
        shift = 0  # a line end of two characters is one in the text
        for match in _COUNTED.finditer(raw):
            letter = match[0]
            worth = 1 + dialect.wide
            if letter[0] in "\r\n":
                worth = dialect.line_end or len(letter)
            if worth > 1:
                self._places.append(match.start() - shift)
                more.append(worth - 1)
            shift += len(letter) - 1
        self._more = list(accumulate(more, initial=0))
        self._starts = [place + before for place, before in zip(self._places, self._more, strict=False)]
        self.end = len(text) + self._more[-1]

    def place(self, position: int) -> int:
        """Return the first code point that begins at a position, or after it."""
        number = bisect_left(self._starts, position)
        return max(position - self._more[number], self._places[number - 1] + 1 if number else 0)


def _named(text: str, names: Sequence[str], spans: Sequence[Span | None]) -> float:
    """Return how many of the selections that are named after words of the text have these words, from 0 to 1.

    Where none is, nothing is known.
    """
    asked = sum(map(bool, names))
    said = sum(_says(text, span, name) for name, span in zip(names, spans, strict=True) if name and span)
    return said / asked if asked else _UNKNOWN


def _whole(text: str, spans: Sequence[Span | None]) -> float:
    """Return how many of the ends of spans lie between words, from 0 to 1; those outside the text do not."""
    ends = sum(
        (not inside_word(text, span[0])) + (not inside_word(text, span[1])) for span in spans if span is not None
    )
    return ends / (2 * len(spans)) if spans else 1.0


def _plain(text: str) -> str:
    return " ".join(text.split())
