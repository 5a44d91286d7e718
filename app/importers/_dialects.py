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
    best: tuple[tuple[float, float], list[Span | None], Dialect] | None = None
    for dialect in _dialects(raw):
        spans = _spans(raw, text, selections, dialect)
        score = (_named(text, selections, spans), _whole(text, spans))
        if best is None or score > best[0]:
            best = (score, spans, dialect)
        if score[0] == 1.0 and score[1] >= _CLEAN:
            break
    assert best is not None
    return text, best[1], best[2]


def _dialects(raw: str) -> Iterator[Dialect]:
    """Yield the dialects that make a difference for a text, the likeliest first."""
    line_ends = (0, 1) if "\r\n" in raw else (0, 2) if "\n" in raw else (0,)
    wide = (False, True) if max(raw, default="") > _ASTRAL else (False,)
    return (Dialect(ends, units, first) for first, units, ends in product((0, 1, -1), wide, line_ends))


def _spans(raw: str, text: str, selections: Sequence[Selection], dialect: Dialect) -> list[Span | None]:
    places = _places(raw, dialect)
    spans: list[Span | None] = []
    for one in selections:
        start, end = one.start - dialect.first, one.end - dialect.first
        if not 0 <= start < end <= places[-1]:
            spans.append(None)
            continue
        span = bisect_left(places, start), bisect_left(places, end)
        spans.append(span if span[0] < span[1] <= len(text) else None)
    return spans


def _places(raw: str, dialect: Dialect) -> list[int]:
    """Return for each code point of the text with plain line ends how the dialect counts it, and its end."""
    worth: list[int] = []
    for letter in re.findall(r"\r\n|[\s\S]", raw):
        if letter in ("\r\n", "\n"):
            worth.append(dialect.line_end or len(letter))
        else:
            worth.append(2 if dialect.wide and letter > _ASTRAL else 1)
    return list(accumulate(worth, initial=0))


def _named(text: str, selections: Sequence[Selection], spans: Sequence[Span | None]) -> float:
    """Return how many of the selections that are named after words of the text have these words, from 0 to 1.

    Where none is, nothing is known.
    """
    asked = said = 0
    everything = _plain(text)
    for one, span in zip(selections, spans, strict=True):
        name = _plain(_CUT.sub("", one.name))
        if len(name) < _SHORTEST or name not in everything:
            continue
        asked += 1
        said += bool(span and _plain(text[slice(*span)]).startswith(name))
    return said / asked if asked else _UNKNOWN


def _whole(text: str, spans: Sequence[Span | None]) -> float:
    """Return how many of the ends of spans lie between words, from 0 to 1; those outside the text do not."""
    ends = sum(
        (not inside_word(text, span[0])) + (not inside_word(text, span[1])) for span in spans if span is not None
    )
    return ends / (2 * len(spans)) if spans else 1.0


def _plain(text: str) -> str:
    return " ".join(text.split())
