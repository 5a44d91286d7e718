"""The orders of a board, and what a key does to several passages: pure values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.screen.board.values import THEMES, article, passage, several
from ui.board.passage import Group, grouped, marked_with, ordered, subtree, toggled
from ui.widgets.stepping import moved, stepped

ids = st.lists(st.integers(0, 40).map(str), unique=True, max_size=12)


def names(passages):
    return [one.id for one in passages]


def test_by_date_the_oldest_is_first_and_the_undated_are_last():
    assert names(ordered(several(), "date")) == ["h4", "h1", "h3", "h0", "h5", "h2"]


def test_by_outlet_the_unknown_ones_are_last():
    assert names(ordered(several(), "outlet")) == ["h4", "h1", "h3", "h0", "h5", "h2"]
    later = passage("z", article("a9", outlet="harbour review", published="2025-01-01"))
    earlier = passage("y", article("a8", outlet="Harbour Review", published="2024-01-01"))
    assert names(ordered([later, earlier, *several(2)], "outlet")) == ["y", "h1", "z", "h0"]


def test_by_reading_articles_go_as_they_were_added_and_passages_as_they_stand():
    assert names(ordered(several(), "reading")) == ["h5", "h2", "h4", "h1", "h3", "h0"]


def test_a_collections_own_order_is_kept():
    assert names(ordered(several()[::-1], "own")) == ["h5", "h4", "h3", "h2", "h1", "h0"]


def test_each_outlet_has_one_heading_with_its_count():
    rows = grouped(ordered(several(), "outlet"))
    assert [row for row in rows if isinstance(row, Group)] == [
        Group("Harbour Review", 2),
        Group("World Today", 2),
        Group("", 2),
    ]
    assert [isinstance(row, Group) for row in rows] == [True, False, False] * 3


def test_a_subtree_ends_even_where_parents_go_in_a_circle():
    assert subtree("esc", THEMES) == {"esc", "dro", "sea"}
    assert names(marked_with([*several(1), passage("x", article("a"), themes=("dro",))], subtree("dro", THEMES))) == [
        "x"
    ]


def test_a_theme_is_taken_off_only_where_all_have_it():
    whole = article("a")
    with_it, without = passage("with", whole), passage("without", whole, themes=("dip",))
    assert toggled([with_it, without], "esc") == {"without": True}
    assert toggled([with_it], "esc") == {"with": False}


@given(ids, st.data())
def test_moving_loses_nobody_and_keeps_the_chosen_together(order, data):
    chosen = frozenset(data.draw(st.sets(st.sampled_from(order))) if order else ())
    before = data.draw(st.integers(0, len(order)))
    after = moved(order, chosen, before)
    assert sorted(after) == sorted(order)
    assert [one for one in after if one in chosen] == [one for one in order if one in chosen]
    assert [one for one in after if one not in chosen] == [one for one in order if one not in chosen]
    places = [place for place, one in enumerate(after) if one in chosen]
    assert places == list(range(places[0], places[0] + len(places))) if places else True


@given(ids, st.data(), st.booleans())
def test_a_step_moves_each_chosen_one_by_a_place_at_most(order, data, down):
    chosen = frozenset(data.draw(st.sets(st.sampled_from(order))) if order else ())
    after = stepped(order, chosen, down)
    assert sorted(after) == sorted(order)
    for one in chosen:
        assert after.index(one) - order.index(one) in ((0, 1) if down else (0, -1))
    assert [one for one in after if one in chosen] == [one for one in order if one in chosen]


def test_a_step_at_the_edge_pushes_against_it():
    assert stepped(["a", "b", "c", "d"], frozenset("ac"), down=False) == ["a", "c", "b", "d"]
    assert stepped(["a", "b", "c", "d"], frozenset("bd"), down=True) == ["a", "c", "b", "d"]
    assert stepped(["a", "b", "c"], frozenset("c"), down=False) == ["a", "c", "b"]
