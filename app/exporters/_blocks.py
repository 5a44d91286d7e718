"""A body block by block: which blocks make one thing, and which runs and marks lie in each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.text.body import Attributes, Block, Body, Run, family
from app.text.ranges import Segment, Span, clip, segments


def families(blocks: Sequence[Block]) -> Iterator[Sequence[int]]:
    """Yield the numbers of neighbouring blocks that make one thing: a list, a table, code; most stand alone."""
    first = 0
    while first < len(blocks):
        after = first + 1
        thing = family(blocks[first].kind, blocks[first].attributes)
        if thing[0]:
            while after < len(blocks) and family(blocks[after].kind, blocks[after].attributes) == thing:
                after += 1
        yield range(first, after)
        first = after


def counted_items(items: Iterable[Attributes]) -> Iterator[tuple[int, int]]:
    """Yield the depth of each item of a list, no level skipped, and its number: 0 where it has none.

    Where a list goes over into one of the other kind, that counts from one.
    """
    opened: list[tuple[bool, int]] = []  # of each level, whether it counts, and how far it is
    for attributes in items:
        is_ordered = bool(attributes.get("ordered"))
        depth = min(max(1, int(attributes.get("depth", 1))), len(opened) + 1)
        goes_on = len(opened) >= depth and opened[depth - 1][0] == is_ordered
        number = opened[depth - 1][1] + 1 if goes_on else 1
        opened = [*opened[: depth - 1], (is_ordered, number)]
        yield depth, number if is_ordered else 0


def runs_by_block(body: Body) -> Mapping[int, list[Run]]:
    """Return the runs by the numbers of the blocks in which they lie."""
    starts = [block.start for block in body.blocks]
    found: dict[int, list[Run]] = {}
    for run in body.runs:
        found.setdefault(bisect_right(starts, run.start) - 1, []).append(run)
    return found


def marks_by_block(body: Body, spans: Sequence[Span]) -> Mapping[int, list[Segment]]:
    """Return the flat stretches of marks, cut at the ends of blocks, by the numbers of their blocks."""
    cut: dict[int, list[Segment]] = {}
    for start, end, covering in segments(spans):
        number = body.block_number(start)
        while number < len(body.blocks) and body.blocks[number].start < end:
            part = clip((start, end), (body.blocks[number].start, body.blocks[number].end))
            if part:
                cut.setdefault(number, []).append((*part, covering))
            number += 1
    return cut
