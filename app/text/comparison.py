"""Two texts side by side: which lines face each other, and what in them differs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from app.text.alignment import Pair, common
from app.text.anchors import trim
from app.text.ranges import Span


@dataclass(frozen=True, slots=True)
class Side:
    """A line of a text, or several that face one line of the other: where it stands, and what the other has not.

    ``differing`` are spans of the whole text, within ``start`` and ``end``.
    """

    start: int
    end: int
    differing: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Facing:
    """Lines that face each other. One of the sides is ``None`` where only one of the texts says this."""

    old: Side | None
    new: Side | None

    def is_same(self) -> bool:
        """Tell whether both sides say the same."""
        return self.old is not None and self.new is not None and not (self.old.differing or self.new.differing)


def compare(old: str, new: str) -> list[Facing]:
    """Return the lines of both texts in order, each once, those that have something in common facing each other."""
    pairs = common(old, new)
    lines, others = _lines(old), _lines(new)
    partner = _partners(pairs, lines, others)
    missing = _missing([(start, size) for start, _, size in pairs], len(old))
    fresh = _missing([(start, size) for _, start, size in pairs], len(new))
    found: list[Facing] = []
    place = 0
    for number, line in enumerate(lines):
        other = partner.get(number)
        if other is None:
            found.append(Facing(_side(old, line, missing), None))
            continue
        found += [Facing(None, _side(new, one, fresh)) for one in others[place:other]]
        found.append(Facing(_side(old, line, missing), _side(new, others[other], fresh)))
        place = other + 1
    return found + [Facing(None, _side(new, one, fresh)) for one in others[place:]]


def _lines(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for line in text.split("\n") if text else ():
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _partners(pairs: Sequence[Pair], lines: Sequence[Span], others: Sequence[Span]) -> dict[int, int]:
    """Return which line of the new text each line of the old one faces: that with most in common, in rising order."""
    starts, new_starts = [start for start, _ in lines], [start for start, _ in others]
    weight: dict[tuple[int, int], int] = {}
    for old, new, size in pairs:
        for first, second, count in _pieces(old, new, size, lines, starts):
            other = bisect_right(new_starts, second) - 1
            key = (bisect_right(starts, first) - 1, other)
            weight[key] = weight.get(key, 0) + count
    empty = {number for number, (start, end) in enumerate(others) if start == end}
    best: dict[int, tuple[int, int]] = {}
    for (line, other), count in weight.items():
        if count > best.get(line, (0, 0))[0]:
            best[line] = (count, other)
    taken: dict[int, int] = {}
    last = -1
    for line, (start, end) in enumerate(lines):
        if line in best:
            other = best[line][1]
        elif start == end:  # an empty line has nothing in common with any
            other = next((number for number in (last + 1,) if number in empty), -1)
        else:
            continue
        if other > last:
            taken[line] = last = other
    return taken


def _pieces(
    old: int, new: int, size: int, lines: Sequence[Span], starts: Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    """Cut a common stretch at the ends of the old text's lines."""
    place = old
    while place < old + size:
        end = lines[bisect_right(starts, place) - 1][1]
        count = min(end, old + size) - place
        if count > 0:
            yield place, new + place - old, count
        place = max(end + 1, place + count)


def _missing(held: Sequence[tuple[int, int]], size: int) -> list[Span]:
    """Return the stretches of a text that are in no common one, in order."""
    spans: list[Span] = []
    place = 0
    for start, count in sorted(held):
        if start > place:
            spans.append((place, start))
        place = max(place, start + count)
    return [*spans, (place, size)] if place < size else spans


def _side(text: str, line: Span, missing: Sequence[Span]) -> Side:
    start, end = line
    first, last = bisect_right(missing, start, key=itemgetter(1)), bisect_left(missing, end, key=itemgetter(0))
    within = [(max(begun, start), min(ended, end)) for begun, ended in missing[first:last]]
    trimmed = [trim(text, begun, ended) for begun, ended in within]
    return Side(start, end, tuple(span for span in trimmed if span[0] < span[1]))
