"""A body block by block: which blocks make one thing, and which runs and marks lie in each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from app.text.body import Block, Body, Run, family
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
