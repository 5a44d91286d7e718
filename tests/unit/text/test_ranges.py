from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.text.ranges import Span, clip, length, merge, overlap, segments, shift, subtract

SPANS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair)))
MANY = st.lists(SPANS, max_size=12)


def covered(spans: list[Span]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


@given(SPANS, SPANS)
def test_what_two_spans_share(one: Span, other: Span) -> None:
    shared = covered([one]) & covered([other])
    assert overlap(one, other) == len(shared)
    part = clip(one, other)
    assert covered([part] if part else []) == shared
    assert length(one) == len(covered([one]))


@given(MANY)
def test_merged_spans_cover_the_same_and_do_not_touch(spans: list[Span]) -> None:
    merged = merge(spans)
    assert covered(merged) == covered(spans)
    assert merged == sorted(merged)
    assert all(before[1] < after[0] for before, after in pairwise(merged))


@given(SPANS, MANY)
def test_what_is_left_when_holes_are_taken_out(span: Span, holes: list[Span]) -> None:
    left = subtract(span, holes)
    assert covered(left) == covered([span]) - covered(holes)
    assert all(start < end for start, end in left)


@given(MANY)
def test_segments_say_for_every_place_what_covers_it(spans: list[Span]) -> None:
    flat = segments(spans)
    position = -1
    for start, end, indexes in flat:
        assert position <= start < end
        assert indexes
        position = end
        for place in range(start, end):
            assert indexes == tuple(number for number, span in enumerate(spans) if span[0] <= place < span[1])
    assert covered([(start, end) for start, end, _ in flat]) == covered(spans)


@given(MANY)
def test_segments_are_no_finer_than_the_edges(spans: list[Span]) -> None:
    edges = {edge for span in spans if span[0] < span[1] for edge in span}
    assert all(start in edges and end in edges for start, end, _ in segments(spans))


def test_segments_of_overlapping_highlights() -> None:
    assert segments([(0, 10), (5, 15), (20, 22), (5, 5)]) == [
        (0, 5, (0,)),
        (5, 10, (0, 1)),
        (10, 15, (1,)),
        (20, 22, (2,)),
    ]


def test_shift() -> None:
    assert shift((3, 5), 4) == (7, 9)
