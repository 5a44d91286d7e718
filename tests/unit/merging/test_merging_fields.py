"""Two libraries of one reader, worked in by turns: of each value the latest stays, whichever is merged into which."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.library.rounds import CONSENSUS
from app.rounds import Round
from app.workspace import Workspace
from tests.libraries import add, finished, tables
from tests.twins import DEEDS, FIELDS, TEXT, at, key, mark, merged, pair, state


@pytest.fixture
def twins(tmp_path):
    """Return a library and a copy of it on the other laptop."""
    return pair(tmp_path)


@pytest.mark.parametrize("name", [*FIELDS, "state", "tone", "tour", "ranks", "shelf"])
def test_of_each_value_the_latest_stays_whichever_way_it_is_merged(twins, name):
    here, there = twins
    deed = DEEDS[name]
    at(here, lambda space: deed(space, "zulu"))
    at(there, lambda space: deed(space, "alpha"))
    later = state(there)
    report = merged(here, there)
    assert state(here) == later
    assert len(report.overwritten) == 1
    assert merged(there, here).overwritten == ()
    assert state(there) == later


def test_each_field_for_itself(twins):
    here, there = twins
    at(here, lambda space: space.articles.edit(key(space), {"outlet": "Ours", "section": "Old"}))
    at(there, lambda space: space.articles.edit(key(space), {"section": "New"}))
    at(there, lambda space: space.themes.edit("Transport", colour="#112233"))
    at(here, lambda space: space.themes.edit("Transport", definition="Ours", digit=5))
    report = merged(here, there)
    with Workspace(here, create=False) as space:
        article = space.articles.by_keys([key(space)])[0].metadata
        assert (article.outlet, article.section) == ("Ours", "New")
        found = space.themes.find("Transport")
        assert (found.colour, found.definition, found.digit) == ("#112233", "Ours", 5)
    assert sorted((one.kind, one.field, one.after) for one in report.overwritten) == [
        ("article", "section", "New"),
        ("theme", "colour", "#112233"),
    ]


def test_what_was_undone_is_as_if_it_had_never_been(twins):
    here, there = twins
    at(there, lambda space: space.articles.edit(key(space), {"outlet": "Theirs"}))
    at(here, lambda space: space.articles.edit(key(space), {"outlet": "Ours"}))
    at(here, lambda space: space.undo())
    merged(here, there)
    with Workspace(here, create=False) as space:
        assert space.articles.by_keys([key(space)])[0].metadata.outlet == "Theirs"


def test_what_the_reader_set_comes_before_what_an_import_said(twins):
    here, there = twins
    at(here, lambda space: space.articles.edit(key(space), {"outlet": "Mine"}))

    def imported(space: Workspace) -> None:
        with space.library.deed("Imported again"):
            space.library.database.update("article", key(space), {"outlet": "Found"})

    at(there, imported)
    merged(here, there)
    merged(there, here)
    for folder in twins:
        with Workspace(folder, create=False) as space:
            assert space.articles.by_keys([key(space)])[0].metadata.outlet == "Mine"


def test_what_one_side_took_away_later_is_away_on_both(twins):
    here, there = twins
    at(there, lambda space: space.highlights.remove(mark(space, "coaches")))
    at(there, lambda space: space.highlights.retheme(mark(space, "euros"), remove=["Transport"]))
    at(there, lambda space: space.collections.take("List", list(space.collections.find("List").sequence)))
    away = state(there)
    report = merged(here, there)
    assert state(here) == away
    assert sorted((one.kind, one.field) for one in report.overwritten) == [
        ("collection", "article"), ("highlight", "highlight"), ("highlight", "theme"), ("interlude", "text"),
    ]  # fmt: skip
    with Workspace(here, create=False) as space:
        space.undo()
    assert state(here) != away


def test_what_we_took_away_stays_away_unless_they_changed_it_since(twins):
    here, there = twins
    at(here, lambda space: space.highlights.remove(mark(space, "coaches")))
    at(here, lambda space: space.highlights.remove(mark(space, "euros")))
    at(there, lambda space: space.highlights.note(mark(space, "euros"), "worked on since"))
    report = merged(here, there)
    with Workspace(here, create=False) as space:
        assert [one.quote for one in space.highlights.of_article(key(space))] == ["59 euros"]
    assert any("stays away" in str(note) for note in report.notes)
    at(here, lambda space: space.articles.remove([key(space)]))
    assert merged(here, there).articles == 1  # what was deleted whole comes back, with its marks
    with Workspace(here, create=False) as space:
        assert len(space.highlights.of_article(key(space))) == 2


def test_a_later_text_takes_the_place_of_ours_and_marks_follow(twins):
    here, there = twins
    at(there, lambda space: space.bodies.leave_out(key(space), 1))
    merged(here, there)
    with Workspace(here, create=False) as space:
        assert space.bodies.content(key(space)).body.text == TEXT[0]
        assert [one.status for one in space.highlights.of_article(key(space))] == ["anchored", "orphan"]
    assert state(here)["texts"] == state(there)["texts"]
    assert merged(here, there).overwritten == ()


def test_everything_else_of_a_library_comes_along_too(twins):
    here, there = twins

    def deed(space: Workspace) -> None:
        space.collections.write("List", "Between", before=space.collections.find("List").items[0])
        space.notes.set_private("article", key(space), private=True)
        space.rounds.keep(Round("r", "Ben", ("x",), 1, 2))
        with space.library.deed("Layers"):
            space.rounds.cover([key(space)], "Ben")
            space.layers.put_theme(key(space), space.themes.find("Money"), "Ben")
            space.layers.put_theme(key(space), space.themes.find("Money"), CONSENSUS)

    at(there, deed)
    merged(here, there)
    assert state(here) == state(there)
    with Workspace(here, create=False) as space:
        assert [one.text for one in space.collections.find("List").interludes] == ["Between", "A heading"]
        assert space.layers.themes([key(space)], "Ben")[key(space)] == {space.themes.find("Money").id}
        assert (space.rounds.coders(), space.rounds.articles("Ben")) == (("Ben",), {key(space)})
        assert space.notes.is_private("article", key(space))


def test_a_preview_says_what_a_merge_does_and_does_nothing(twins):
    here, there = twins
    at(there, lambda space: DEEDS["outlet"](space, "new"))
    at(there, lambda space: add(space.holdings, "One more.", title="More"))
    at(there, lambda space: space.highlights.remove(mark(space, "coaches")))
    with Workspace(here, create=False) as space:
        before, files = tables(space.library.database), sorted(path for path in here.rglob("*"))
        expected = finished(space.preview_merge(there))
        assert tables(space.library.database) == before
        assert sorted(path for path in here.rglob("*")) == files
        done = finished(space.merge(there))
    assert (done.articles, done.overwritten, done.notes) == (expected.articles, expected.overwritten, expected.notes)
    assert (expected.articles, len(expected.overwritten)) == (1, 2)


@settings(max_examples=6)
@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from(sorted(DEEDS)), st.sampled_from(["alpha", "kilo", "zulu"])), max_size=8
    )
)
def test_both_come_to_the_same(tmp_path_factory, deeds):
    here, there = pair(tmp_path_factory.mktemp("twins"))
    for is_here, name, word in deeds:
        at(here if is_here else there, lambda space, name=name, word=word: DEEDS[name](space, word))
    merged(here, there)
    merged(there, here)
    assert state(here) == state(there)
    assert merged(here, there).step is None
