"""The highlights of an article by block: what is painted in each, computed once and kept until it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.model import Highlight, Status
from app.text.ranges import Span, merge, segments
from ui.reader.positions import Positions

NO_THEME: Final = ""
LANES: Final = 3
PLAIN, HOVERED, FOCUSED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Wash:
    """A span under which the colour of a theme lies, weaker or stronger."""

    span: Span
    theme: str
    strength: int


@dataclass(frozen=True, slots=True)
class Underline:
    """A span with a line of a theme's colour below it, in a lane from 0."""

    span: Span
    theme: str
    lane: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is painted in one block; spans are code points of the text."""

    washes: tuple[Wash, ...] = ()
    underlines: tuple[Underline, ...] = ()


_NOTHING: Final = Plan()


class Marks:
    """The anchored highlights of one article, found by id, by block and by position."""

    def __init__(self, positions: Positions) -> None:
        """Hold none."""
        self._positions = positions
        self._by_id: dict[str, Highlight] = {}
        self._by_block: dict[int, dict[str, Highlight]] = {}
        self._plans: dict[int, Plan] = {}
        self._order: list[Highlight] | None = None
        self.focused: str | None = None
        self.hovered: str | None = None

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._by_id)

    def get(self, highlight: str | None) -> Highlight | None:
        """Return a highlight by its id."""
        return self._by_id.get(highlight) if highlight is not None else None

    def replace(self, highlights: Iterable[Highlight]) -> set[int]:
        """Hold these and no others; return the blocks in which something changed."""
        wanted = {one.id: one for one in highlights if one.status is Status.ANCHORED and one.start < one.end}
        changed: set[int] = set()
        for known in [one for one in self._by_id.values() if wanted.get(one.id) != one]:
            changed |= self._remove(known)
        for one in wanted.values():
            if one.id not in self._by_id:
                changed |= self._add(one)
        self._by_id = {one.id: self._by_id[one.id] for one in wanted.values()} if changed else self._by_id
        return changed

    def in_block(self, block: int) -> Sequence[Highlight]:
        """Return the highlights that touch a block."""
        return tuple(self._by_block.get(block, {}).values())

    def at(self, position: int) -> list[Highlight]:
        """Return the highlights over a code point, the shortest first."""
        here = self.in_block(self._positions.block(position)) if len(self._positions) else ()
        return by_length(one for one in here if one.start <= position < one.end)

    def over(self, span: Span) -> list[Highlight]:
        """Return the highlights that cover some of a span, the shortest first."""
        found = {one.id: one for block in self._positions.blocks(*span) for one in self.in_block(block)}
        return by_length(one for one in found.values() if one.start < span[1] and span[0] < one.end)

    def ordered(self) -> list[Highlight]:
        """Return all of them in the order of the text."""
        if self._order is None:
            self._order = sorted(self._by_id.values(), key=lambda one: (one.start, -one.end, one.id))
        return self._order

    def focus(self, highlight: str | None) -> set[int]:
        """Paint one of them strongly; return the blocks that look different now."""
        before, self.focused = self.focused, highlight
        return self._touched(before, highlight)

    def hover(self, highlight: str | None) -> set[int]:
        """Paint the one under the mouse a little stronger; return the blocks that look different now."""
        before, self.hovered = self.hovered, highlight
        return self._touched(before, highlight)

    def plan(self, block: int) -> Plan:
        """Return what is painted in a block."""
        if block not in self._by_block:
            return _NOTHING
        plan = self._plans.get(block)
        if plan is None:
            bounds = self._positions.starts[block], self._positions.ends[block]
            plan = self._plans[block] = self._planned(tuple(self._by_block[block].values()), bounds)
        return plan

    def _touched(self, *highlights: str | None) -> set[int]:
        if highlights[0] == highlights[1]:
            return set()
        known = [one for one in map(self.get, highlights) if one is not None]
        blocks = {block for one in known for block in self._positions.blocks(one.start, one.end)}
        for block in blocks:
            self._plans.pop(block, None)
        return blocks

    def _add(self, one: Highlight) -> set[int]:
        self._by_id[one.id] = one
        blocks = set(self._positions.blocks(one.start, one.end))
        for block in blocks:
            self._by_block.setdefault(block, {})[one.id] = one
            self._plans.pop(block, None)
        self._order = None
        return blocks

    def _remove(self, one: Highlight) -> set[int]:
        del self._by_id[one.id]
        blocks = set(self._positions.blocks(one.start, one.end))
        for block in blocks:
            here = self._by_block[block]
            del here[one.id]
            if not here:
                del self._by_block[block]
            self._plans.pop(block, None)
        self._order = None
        return blocks

    def _planned(self, here: Sequence[Highlight], bounds: Span) -> Plan:
        """Unite what belongs to one theme before anything is coloured, so that no passage is washed twice."""
        washed: dict[str, list[tuple[Span, int]]] = {}
        lined: dict[str, list[Span]] = {}
        for one in sorted(here, key=lambda one: (one.start, -one.end, one.id)):
            span = max(one.start, bounds[0]), min(one.end, bounds[1])
            strength = FOCUSED if one.id == self.focused else HOVERED if one.id == self.hovered else PLAIN
            washed.setdefault(one.themes[0] if one.themes else NO_THEME, []).append((span, strength))
            for theme in one.themes or (NO_THEME,):
                lined.setdefault(theme, []).append(span)
        washes: list[Wash] = []
        for theme, spans in washed.items():
            flat = segments([span for span, _ in spans])
            by_strength: dict[int, list[Span]] = {}
            for start, end, numbers in flat:
                by_strength.setdefault(max(spans[number][1] for number in numbers), []).append((start, end))
            washes += [Wash(span, theme, strength) for strength, some in by_strength.items() for span in merge(some)]
        return Plan(tuple(washes), tuple(_lanes(lined)))


def by_length(highlights: Iterable[Highlight]) -> list[Highlight]:
    """Return highlights with the shortest first: the one a click means where several overlap."""
    return sorted(highlights, key=lambda one: (one.end - one.start, one.start, one.id))


def _lanes(lined: dict[str, list[Span]]) -> Iterable[Underline]:
    """Give each theme's stretches the first free lane; those for which there is none have a bracket only."""
    stretches = sorted(
        ((span, number, theme) for number, (theme, spans) in enumerate(lined.items()) for span in merge(spans)),
        key=lambda item: (item[0][0], item[1], -item[0][1]),
    )
    ends = [-1] * LANES
    for span, _, theme in stretches:
        for lane, end in enumerate(ends):
            if end <= span[0]:
                ends[lane] = span[1]
                yield Underline(span, theme, lane)
                break
