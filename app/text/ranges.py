"""Spans: half-open stretches ``(start, end)`` of a text, in Unicode code points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Span = tuple[int, int]
Segment = tuple[int, int, tuple[int, ...]]


def length(span: Span) -> int:
    """Return how many code points ``span`` covers."""
    return max(0, span[1] - span[0])


def overlap(one: Span, other: Span) -> int:
    """Return how many code points the two spans have in common."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def clip(span: Span, bounds: Span) -> Span | None:
    """Return the part of ``span`` that lies inside ``bounds``, or ``None`` when nothing does."""
    start, end = max(span[0], bounds[0]), min(span[1], bounds[1])
    return (start, end) if start < end else None


def shift(span: Span, by: int) -> Span:
    """Return ``span`` moved ``by`` code points to the right."""
    return span[0] + by, span[1] + by


def merge(spans: Iterable[Span]) -> list[Span]:
    """Return what ``spans`` cover, as few spans as can be, in text order; touching spans become one, empty ones go."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def subtract(span: Span, holes: Iterable[Span]) -> list[Span]:
    """Return what is left of ``span`` when ``holes`` are taken out, in text order."""
    left: list[Span] = []
    position, last = span
    for start, end in merge(holes):
        if start > position and position < last:
            left.append((position, min(start, last)))
        position = max(position, end)
    if position < last:
        left.append((position, last))
    return left


def segments(spans: Sequence[Span]) -> list[Segment]:
    """Cut overlapping spans into flat stretches ``(start, end, indexes)`` that do not overlap, in text order.

    ``indexes`` are the places in ``spans`` of all spans that cover the stretch, ascending. Uncovered stretches are
    absent, and so are empty spans. What draws or writes highlights that overlap needs exactly this.
    """
    edges: list[tuple[int, bool, int]] = []
    for index, (start, end) in enumerate(spans):
        if start < end:
            edges.append((start, True, index))
            edges.append((end, False, index))
    edges.sort()
    flat: list[Segment] = []
    open_spans: set[int] = set()
    position = 0
    for edge, opens, index in edges:
        if open_spans and position < edge:
            flat.append((position, edge, tuple(sorted(open_spans))))
        position = edge
        if opens:
            open_spans.add(index)
        else:
            open_spans.remove(index)
    return flat
