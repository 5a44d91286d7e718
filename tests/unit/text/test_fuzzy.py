from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.text.fuzzy import Match, distance, search, similarity

FEW = st.text("abc é\u0301👩\u200d🚀中", max_size=24)
PATTERNS = st.text("abc é\u0301👩\u200d🚀中", min_size=1, max_size=12)


def table(pattern: str, text: str, *, whole: bool) -> list[int]:
    """The last row of the textbook table: edits between the pattern and what ends at each place of the text."""
    column = list(range(len(pattern) + 1))
    ends = [column[-1]]
    for place, character in enumerate(text, 1):
        above = [place if whole else 0]
        for row, wanted in enumerate(pattern, 1):
            above.append(min(above[-1] + 1, column[row] + 1, column[row - 1] + (wanted != character)))
        column = above
        ends.append(column[-1])
    return ends


@given(FEW, FEW)
def test_the_distance_is_that_of_the_textbook(one: str, other: str) -> None:
    assert distance(one, other) == table(one, other, whole=True)[-1]
    assert distance(one, other) == distance(other, one)
    assert 0.0 <= similarity(one, other) <= 1.0
    assert (similarity(one, other) == 1.0) == (one == other)


@given(FEW, PATTERNS, st.data())
@example("aaaaaaaaaaaaaaaaaaaaaaaa", "ab", None)
def test_the_best_match_is_found_and_is_what_it_says(text: str, pattern: str, data: st.DataObject | None) -> None:
    limit = data.draw(st.integers(0, len(pattern) - 1)) if data else 1
    best = min(table(pattern, text, whole=False))
    found = search(text, pattern, limit)
    assert bool(found) == (best <= limit)
    if found:
        assert found[0].errors == best
    for match in found:
        assert distance(text[match.start : match.end], pattern) == match.errors <= limit
    in_order = sorted(found, key=lambda match: match.start)
    assert all(left.end <= right.start for left, right in pairwise(in_order))


@given(FEW, PATTERNS, FEW)
def test_what_stands_there_exactly_is_found(before: str, pattern: str, after: str) -> None:
    text = before + pattern + after
    found = search(text, pattern, 0)
    assert found
    assert all(text[match.start : match.end] == pattern and match.errors == 0 for match in found)


@given(FEW, PATTERNS, st.data())
def test_a_narrowed_search_is_a_search_of_that_part(text: str, pattern: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    limit = len(pattern) // 3
    inside = [Match(m.start + first, m.end + first, m.errors) for m in search(text[first:last], pattern, limit)]
    assert search(text, pattern, limit, (first, last)) == inside


def test_a_changed_word_is_found_at_its_length() -> None:
    text = "They said the old bridge would stand for ever."
    (match,) = search(text, "the new bridge would", 6)
    assert text[match.start : match.end] == "the old bridge would"
    assert match.errors == 3


def test_a_pattern_longer_than_a_machine_word_works() -> None:
    pattern = "".join(chr(0x4E00 + number) for number in range(500))
    text = "x" * 40 + pattern[:200] + "yy" + pattern[210:] + "z" * 40
    (match,) = search(text, pattern, 100)
    assert (match.start, match.end) == (40, len(text) - 40)
    assert match.errors == 10


@pytest.mark.parametrize("limit", [-1, 3, 4])
def test_a_limit_that_lets_everything_pass_is_refused(limit: int) -> None:
    with pytest.raises(ValueError):
        search("abc", "abc", limit)
