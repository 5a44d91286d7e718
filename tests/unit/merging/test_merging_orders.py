"""Orders are values too: of a collection, of themes, of the collections themselves; what is new keeps its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.merging.orders import joined
from app.workspace import Workspace
from tests.libraries import add
from tests.twins import at, key, mark, merged, pair, state, stops, theme


@pytest.fixture
def twins(tmp_path):
    """Return a library and a copy of it on the other laptop."""
    return pair(tmp_path)


def test_what_both_put_into_a_collection_stands_in_one_order(twins):
    here, there = twins
    for folder in twins:
        at(folder, lambda space: space.collections.write("Tour", f"From {space.library.origin}"))
        at(
            folder,
            lambda space: space.collections.write("Tour", f"{space.library.origin} first", before=stops(space)[0]),
        )
    report = merged(here, there)
    assert report.overwritten == ()
    merged(there, here)
    assert state(here) == state(there)
    with Workspace(here, create=False) as space:
        assert sorted(one.text for one in space.collections.find("Tour").interludes) == [
            "Between the stops", "From here", "From there", "here first", "there first",
        ]  # fmt: skip


def test_a_heading_in_between_is_no_other_order(twins):
    """We put the collection into another order; later, they only wrote something into the middle."""
    here, there = twins
    at(here, lambda space: space.collections.order("Tour", stops(space)[::-1]))
    at(there, lambda space: space.collections.write("Tour", "Middle", before=stops(space)[2]))
    with Workspace(here, create=False) as space:
        before = stops(space)
    merged(here, there)
    with Workspace(here, create=False) as space:
        after = space.collections.find("Tour")
        new = next(one.id for one in after.interludes if one.text == "Middle")
        assert [one for one in after.sequence if one != new] == list(before)
        assert after.sequence.index(new) == after.sequence.index(before[2]) + 1


def test_what_was_taken_out_and_put_in_again_stands_where_it_was_put(twins):
    here, there = twins
    first = []

    def put_last(space: Workspace) -> None:
        first.append(stops(space)[0])
        space.collections.take("Tour", first)
        space.collections.put("Tour", first)

    at(there, put_last)
    merged(here, there)
    assert state(here) == state(there)


def test_new_themes_and_collections_stand_where_they_stand_there(twins):
    here, there = twins
    at(there, lambda space: space.themes.add("Rail"))
    at(there, lambda space: space.themes.move("Rail", None, before=theme(space, "Money")))
    at(there, lambda space: space.themes.add("Prices", under="Money"))
    at(there, lambda space: space.themes.add("Beds", under="Money"))
    at(there, lambda space: space.themes.move("Beds", "Money", before="Prices"))
    at(there, lambda space: space.collections.add("New"))
    at(there, lambda space: space.collections.arrange([one.id for one in space.collections.all()][::-1]))
    merged(here, there)
    assert state(here) == state(there)
    assert merged(here, there).step is None


def test_an_order_that_gives_way_is_said(twins):
    here, there = twins
    at(there, lambda space: space.collections.order("Tour", stops(space)[::-1]))
    at(there, lambda space: space.themes.move(theme(space, "Transport"), None))
    at(there, lambda space: space.collections.arrange([one.id for one in space.collections.all()][::-1]))
    report = merged(here, there)
    assert sorted((one.kind, one.name, one.field) for one in report.overwritten) == [
        ("collection", "", "order"), ("collection", "Tour", "order"), ("theme", "", "order"),
    ]  # fmt: skip
    at(here, lambda space: space.undo())
    assert state(here) != state(there)


def test_articles_that_go_by_another_id_there_keep_their_places(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    for folder, names in ((here, "abc"), (there, "cdab")):
        Workspace(folder).close()

        def put(space: Workspace, names=names) -> None:
            keys = [add(space.holdings, f"Text {name}.", title=name) for name in names]
            space.collections.add("List")
            space.collections.put("List", [one.id for one in space.articles.by_keys(keys)])

        at(folder, put)
    at(here, lambda space: space.collections.order("List", space.collections.find("List").sequence))
    merged(here, there)
    with Workspace(here, create=False) as space:
        keys = space.collections.keys(space.collections.find("List"))[0]
        assert [one.metadata.title for one in space.articles.by_keys(keys)] == ["c", "d", "a", "b"]


@given(st.permutations(range(8)), st.permutations(range(8)), st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)))
def test_orders_joined_hold_all_and_both_sides_come_to_the_same(mine, theirs, without, lacking):
    ours = [one for one in mine if one not in without]
    others = [one for one in theirs if one not in lacking]
    for later in (False, True):
        found = joined(ours, others, later=later)
        assert sorted(found) == sorted({*ours, *others})
        base = others if later else ours
        assert [one for one in found if one in base] == base
        # as they join it afterwards
        assert joined(others, found, later=not later) == found
        assert joined(found, others, later=later) == found


def names_on(folder: Path) -> list[list[str]]:
    """Return the themes on the passages of the first article, in their order."""
    with Workspace(folder, create=False) as space:
        names = {one.id: one.name for one in space.themes.all()}
        return [[names[uid] for uid in one.themes] for one in space.highlights.of_article(key(space))]


@pytest.mark.parametrize("which", ["here", "there"])
def test_themes_on_a_passage_stand_in_one_order_though_one_side_united_two_of_them(twins, which):
    here, there = twins if which == "here" else twins[::-1]
    for folder in twins:
        at(folder, lambda space: space.highlights.retheme(mark(space, "euros"), add=["Money", "Ships"]))
    at(here, lambda space: space.themes.merge("Transport", "Weather"))
    at(there, lambda space: space.highlights.retheme(mark(space, "coaches"), add=["Ships"]))
    merged(here, there)
    merged(there, here)
    assert names_on(here) == names_on(there)
    assert names_on(here)[0].index("Weather") < names_on(here)[0].index("Money")
    assert merged(here, there).step is None


def test_themes_put_in_another_order_later_stand_in_that_on_both_sides_and_none_is_lost(twins):
    here, there = twins
    for name in ("Money", "Ships"):
        at(here, lambda space, name=name: space.highlights.retheme(mark(space, "euros"), add=[name]))
    for name in ("Ships", "Money"):
        at(there, lambda space, name=name: space.highlights.retheme(mark(space, "euros"), add=[name]))
    merged(here, there)
    merged(there, here)
    assert names_on(here)[0] == names_on(there)[0] == ["Transport", "Ships", "Money"]
    at(here, lambda space: space.highlights.retheme(mark(space, "euros"), remove=["Ships"]))
    merged(there, here)
    assert names_on(there)[0] == ["Transport", "Money"]
