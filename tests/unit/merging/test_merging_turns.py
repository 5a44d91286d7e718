"""More than two libraries of one reader, and copies that have grown old: a value is as old as where it came from."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.workspace import Workspace
from tests.twins import (
    DEEDS,
    FIELDS,
    at,
    copied,
    key,
    mark,
    merged,
    pair,
    ranks,
    shelf,
    state,
    tour,
)


@pytest.fixture
def three(tmp_path):
    """Return three copies of one library."""
    here, there = pair(tmp_path)
    return here, there, copied(here, tmp_path / "third")


@pytest.mark.parametrize("name", [*FIELDS, "state", "tone", "tour", "ranks", "shelf", "extent"])
@pytest.mark.parametrize("is_new", [False, True], ids=["known", "new"])
def test_a_value_that_came_by_a_merge_is_no_younger_than_it_was(three, tmp_path, name, is_new):
    hub, first, second = three
    hub = tmp_path / "hub" if is_new else hub
    Workspace(hub).close()
    at(first, lambda space: DEEDS[name](space, "alpha"))
    at(second, lambda space: DEEDS[name](space, "zulu"))
    latest = state(second)
    merged(hub, first)
    merged(hub, second)
    assert state(hub) == latest
    merged(hub, first)
    assert state(hub) == latest


def test_what_was_done_after_a_copy_went_onto_a_stick_is_later_than_the_copy(three, tmp_path):
    home, office, _ = three
    at(home, lambda space: FIELDS["outlet"](space, "first"))
    at(home, lambda space: FIELDS["mark"](space, "first"))
    stick = copied(home, tmp_path / "stick")
    at(home, lambda space: FIELDS["outlet"](space, "second"))
    at(home, lambda space: FIELDS["mark"](space, "second"))
    merged(office, stick)
    merged(office, home)
    assert state(office) == state(home)


def test_what_was_taken_away_is_gone_since_then_and_not_since_the_merge(three):
    hub, first, second = three
    at(first, lambda space: space.highlights.remove(mark(space, "coaches")))
    at(first, lambda space: space.highlights.retheme(mark(space, "euros"), remove=["Transport"]))
    at(first, lambda space: space.collections.take("List", [space.collections.find("List").interludes[0].id]))
    at(first, lambda space: DEEDS["toneless"](space, ""))
    at(second, lambda space: space.highlights.note(mark(space, "coaches"), "worked on since"))
    at(second, lambda space: FIELDS["heading"](space, "rewritten since"))
    at(second, lambda space: DEEDS["tone"](space, "alpha"))
    merged(hub, first)
    assert state(hub) == state(first)
    merged(hub, second)
    with Workspace(hub, create=False) as space:
        assert [one.quote for one in space.highlights.of_article(key(space))] == ["59 euros", "coaches"]
        assert space.highlights.find(mark(space, "euros")).themes == ()
        assert [one.text for one in space.collections.find("List").interludes] == ["H rewritten since"]
        assert dict(space.articles.by_keys([key(space)])[0].attributes) == {"Tone": "loud"}


def test_a_merge_that_was_undone_and_redone_brings_nothing_new(three):
    hub, first, second = three
    at(first, lambda space: FIELDS["outlet"](space, "first"))
    at(second, lambda space: FIELDS["outlet"](space, "second"))
    merged(hub, first)
    at(hub, lambda space: space.undo())
    at(hub, lambda space: space.redo())
    merged(hub, second)
    assert state(hub) == state(second)


def test_a_part_of_a_merge_that_became_a_step_of_its_own_keeps_the_ages(three):
    """Somebody works in the library while another is merged in, on what the merge comes to afterwards."""
    hub, first, second = three
    at(first, lambda space: FIELDS["outlet"](space, "first"))
    at(second, lambda space: FIELDS["outlet"](space, "second"))
    with Workspace(hub, create=False) as space, Workspace(hub, create=False) as other:
        before = space.library.journal.latest()
        journey = space.merge(first)
        while space.library.journal.latest() == before:
            next(journey)  # begun: it has taken what was new among the themes, or the first article
        other.articles.edit(key(other), {"section": "Meanwhile"})
        for _ in journey:
            pass
    merged(hub, second)
    with Workspace(hub, create=False) as space:
        found = space.articles.by_keys([key(space)])[0].metadata
        assert (found.outlet, found.section) == ("second", "Meanwhile")


ORDERS = {"tour": tour, "ranks": ranks, "shelf": shelf}
MOVES = st.one_of(
    st.tuples(st.integers(0, 2), st.sampled_from([*FIELDS, *ORDERS])),
    st.tuples(st.integers(0, 2), st.integers(0, 2)),
)


@settings(max_examples=6)
@given(st.lists(MOVES, max_size=8), st.permutations([0, 1, 2]))
@example([(0, "outlet"), (1, 0), (2, "outlet"), (1, 2)], [1, 0, 2])
@example([(0, "tour"), (2, "tour"), (1, 0)], [1, 2, 0])
def test_the_latest_of_three_libraries_is_as_if_all_had_been_done_in_one(tmp_path_factory, moves, last):
    """Whatever was merged into what meanwhile: each field is as the last who gave it a value left it."""
    folder = tmp_path_factory.mktemp("three")
    one, first = pair(folder)
    libraries = (first, copied(one, folder / "second"), copied(one, folder / "third"))
    for number, (place, what) in enumerate(moves):
        if isinstance(what, int):
            if what != place:
                merged(libraries[place], libraries[what])
            continue
        for folder in (libraries[place], one):
            if what in ORDERS:  # each time another order
                at(folder, lambda space, what=what, number=number: ORDERS[what](space, 1 + number))
            else:
                at(folder, lambda space, what=what, number=number: FIELDS[what](space, f"word {number}"))
    hub, *others = (libraries[place] for place in last)
    for other in others:
        merged(hub, other)
    assert state(hub) == state(one)
    for other in others:
        merged(other, hub)
        assert state(other) == state(one)
