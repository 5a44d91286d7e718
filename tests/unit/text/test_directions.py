from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.directions import begins_at_right, is_rightward, stretches


@pytest.mark.parametrize(
    ("text", "rightward"),
    [
        ("English", False), ("خبر", True), ("12, “שלום” world", True), ("A word: خبر", False), ("123 …", False),
        ("", False),
        ("٣ articles", False), ("和谈", False), ("\U0001e900 Adlam", True), ("(UAV) مرحبا", False), ("“ ab” אב", False),
        ("\u200f12", True), ("۱۲ …", False),
    ],
)  # fmt: skip
def test_the_first_letter_tells_which_way_a_line_runs(text, rightward):
    assert is_rightward(text) is rightward


def test_stretches_of_the_other_direction_go_from_letter_to_letter():
    assert list(stretches("He said خبر (UAV)، نعم.", rightward=False)) == [
        ("He said ", False), ("خبر", True), (" (UAV)", False), ("، نعم", True), (".", False),
    ]  # fmt: skip
    assert list(stretches("وقال Boeing 747 إن (UAV).", rightward=True)) == [
        ("وقال ", True), ("Boeing 747", False), (" إن (", True), ("UAV", False), (").", True),
    ]  # fmt: skip
    assert list(stretches("plain", rightward=False)) == [("plain", False)]
    assert list(stretches(", ", rightward=True)) == [(", ", True)]


@given(text=st.text(st.sampled_from("ab1 .,(אבخبر٣é"), min_size=1), rightward=st.booleans())
def test_no_letter_is_lost_and_neighbours_differ(text, rightward):
    found = list(stretches(text, rightward=rightward))
    assert "".join(part for part, _ in found) == text
    assert all(part for part, _ in found)
    assert all(one[1] != other[1] for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("article", "table", "right"),
    [
        ("English.", "one\ntwo", False), ("English.", "12\nשלום\ntwo", True), ("שלום לכולם", "GDP\n12", True),
        ("A single שלום.", "GDP\n12", False), ("", "12", False),
    ],
)  # fmt: skip
def test_a_table_begins_where_its_letters_or_those_of_the_article_begin(article, table, right):
    text = f"{article}\n{table}\nend"
    assert begins_at_right(text, len(article) + 1, len(article) + 1 + len(table)) is right
