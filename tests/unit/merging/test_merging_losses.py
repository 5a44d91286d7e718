"""A merge loses nothing that nobody took away, and says what it leaves out."""

from __future__ import annotations

import pytest

from app.drafts import Draft
from app.importing.originals import Originals
from app.library.articles import Source
from app.model import Content, Metadata
from app.text.body import Body
from app.workspace import Workspace
from tests.libraries import add
from tests.twins import FIELDS, TEXT, at, collection, key, mark, merged, pair, state, stops, theme


@pytest.fixture
def twins(tmp_path):
    """Return a library and a copy of it on the other laptop."""
    return pair(tmp_path)


def quotes(folder) -> list[str]:
    with Workspace(folder, create=False) as space:
        return [one.quote for one in space.highlights.of_article(key(space))]


def reimported(space: Workspace) -> None:
    """Remove the article, and import the same text again: it has another id then."""
    space.articles.remove([key(space)])
    add(space.holdings, *TEXT, title="Trains")


@pytest.mark.parametrize("which", ["here", "there"])
def test_marks_outlast_an_article_that_was_removed_and_imported_again(twins, which):
    here, there = twins
    at(here if which == "here" else there, reimported)
    report = merged(here, there)
    assert quotes(here) == ["59 euros", "coaches"]
    assert [one.kind for one in report.overwritten] == []
    with Workspace(here, create=False) as space:
        assert space.articles.count() == 2
        assert [one.items for one in space.collections.all() if one.name == "List"] == [
            (space.articles.by_keys([key(space)])[0].id,)
        ]


def test_an_article_that_was_imported_apart_is_read_though_it_is_unread_there(twins):
    here, there = twins
    at(here, lambda space: space.articles.edit(key(space), state="read"))
    at(there, reimported)
    for into, other in ((here, there), (there, here)):
        merged(into, other)
        with Workspace(into, create=False) as space:
            assert space.articles.by_keys([key(space)])[0].state == "read"


def test_a_collection_that_comes_back_has_its_texts(twins):
    here, there = twins
    whole = state(there)
    at(here, lambda space: space.collections.delete("Tour"))
    report = merged(here, there)
    assert state(here) == whole
    assert report.notes == ()


def test_texts_outlast_a_collection_that_was_deleted_and_made_again(twins):
    here, there = twins

    def remake(space: Workspace) -> None:
        held = stops(space)
        space.collections.delete("Tour")
        space.collections.add("Tour")
        space.collections.put("Tour", [held[0]])

    at(there, remake)
    merged(here, there)
    with Workspace(here, create=False) as space:
        assert [one.text for one in space.collections.find("Tour").interludes] == ["Between the stops"]
        assert len(stops(space)) == 4


def test_a_text_that_was_rewritten_after_it_was_taken_out_here_comes_back(twins):
    here, there = twins
    at(here, lambda space: space.collections.take("List", [space.collections.find("List").interludes[0].id]))
    at(there, lambda space: FIELDS["heading"](space, "later words"))
    merged(here, there)
    assert state(here) == state(there)


def test_a_text_that_was_only_moved_after_it_was_taken_out_here_stays_away(twins):
    here, there = twins
    at(here, lambda space: space.collections.take("Tour", [stops(space)[-1]]))
    at(there, lambda space: space.collections.order("Tour", stops(space)[::-1]))
    report = merged(here, there)
    with Workspace(here, create=False) as space:
        assert space.collections.find("Tour").interludes == ()
    assert any("stays away" in str(note) for note in report.notes)


def widened(space: Workspace) -> None:
    start, end = space.highlights.locate(article(space), "the coaches")
    space.highlights.move(coaches(space), start, end)


def article(space: Workspace) -> int:
    return key(space, "the coaches")


def coaches(space: Workspace) -> str:
    return next(one.id for one in space.highlights.of_article(article(space)) if one.quote.endswith("coaches"))


def test_a_later_extent_stays_though_the_text_changed_too(twins):
    """They cut a block and widened a highlight afterwards; ours only follows the text."""
    here, there = twins
    at(there, lambda space: space.bodies.leave_out(article(space), 0))
    at(there, widened)
    report = merged(here, there)
    assert state(here) == state(there)
    assert [(one.kind, one.field, one.after) for one in report.overwritten] == [
        ("article", "text", ""), ("highlight", "extent", "the coaches"),
    ]  # fmt: skip


def test_marks_that_follow_their_text_are_not_placed_anew_by_that(twins):
    """We cut a block after they had widened a highlight in the old text."""
    here, there = twins
    at(there, widened)
    at(here, lambda space: space.bodies.leave_out(article(space), 0))
    merged(here, there)
    with Workspace(here, create=False) as space:
        assert space.highlights.find(coaches(space)).quote == "the coaches"
    merged(there, here)
    assert state(here) == state(there)


def test_an_extent_that_our_later_text_does_not_hold_is_said(twins):
    here, there = twins
    at(here, lambda space: space.bodies.leave_out(article(space), 0))
    at(there, lambda space: space.highlights.move(mark(space, "euros"), 30, 48))
    report = merged(here, there)
    assert ["“bed costs 59 euros” has no place" in str(note) for note in report.notes] == [True]


def test_a_mark_that_was_removed_stays_away_though_the_text_was_cut_since(twins):
    here, there = twins
    at(here, lambda space: space.highlights.remove(coaches(space)))
    at(there, lambda space: space.bodies.leave_out(article(space), 0))
    merged(here, there)
    with Workspace(here, create=False) as space:
        assert [one.quote for one in space.highlights.of_article(article(space))] == ["59 euros"]


def stub(space: Workspace) -> None:
    with space.library.deed("Passages"):
        draft = Draft(
            Body.of(["A bed costs 59 euros."]), Metadata(title="Beds"), details={"device": "reader"}, stub=True
        )
        space.articles.add(draft, Source("clippings.txt", format="clippings"))


def whole(space: Workspace) -> None:
    """Import the article whose passages are there already."""
    found = next(one for one in space.articles.by_keys(space.articles.keys()) if one.stub)
    draft = Draft(
        Body.of(["A bed costs 59 euros.", "And breakfast 9."]), Metadata(title="Beds"), details={"source": "Post"}
    )
    digest = Originals(space.library.originals).put_bytes(b"<p>Some sleep at night.")
    with space.library.deed("Text"):
        space.articles.update(found.key, draft, Source("beds.html", "/beds.html", digest, "web"))


@pytest.mark.parametrize("later", ["text", "stub"])
def test_a_stub_is_none_any_more_when_its_text_came(tmp_path, later):
    here, there = tmp_path / "here", tmp_path / "there"
    Workspace(here).close()
    at(here, stub)
    Workspace(there).close()
    merged(there, here)
    at(there, whole)
    if later == "stub":  # a passage more of an article is no later text of it

        def grown(space: Workspace) -> None:
            with space.library.deed("Passages"):
                found = next(one for one in space.articles.by_keys(space.articles.keys()) if one.stub)
                body = Body.of(["A bed costs 59 euros.", "Breakfast costs 9."])
                space.bodies.change(found.key, Content(body), "grown")

        at(here, grown)
    with Workspace(there, create=False) as space:
        (wanted,) = space.articles.by_keys(space.articles.keys())
        text = space.bodies.content(wanted.key)
    for into, other in ((here, there), (there, here)):
        merged(into, other)
        with Workspace(into, create=False) as space:
            (found,) = space.articles.by_keys(space.articles.keys())
            assert space.bodies.content(found.key) == text
            for name in ("stub", "details", "original", "format", "source", "words"):
                assert getattr(found, name) == getattr(wanted, name)


@pytest.mark.parametrize("which", ["here", "there"])
def test_a_value_that_was_cleared_stays_cleared(twins, which):
    here, there = twins
    at(here if which == "here" else there, lambda space: space.articles.edit(key(space), attributes={"Tone": ""}))
    report = merged(here, there)
    with Workspace(here, create=False) as space:
        assert space.articles.by_keys([key(space)])[0].attributes == {}
    if which == "here":
        assert ["stays away" in str(note) for note in report.notes] == [True]
    else:
        assert [(one.kind, one.field, one.before, one.after) for one in report.overwritten] == [
            ("article", "Tone", "calm", "")
        ]


def test_a_value_that_was_set_after_it_was_cleared_here_comes_back(twins):
    here, there = twins
    at(here, lambda space: space.articles.edit(key(space), attributes={"Tone": ""}))
    at(there, lambda space: space.articles.edit(key(space), attributes={"Tone": "loud"}))
    merged(here, there)
    assert state(here) == state(there)


def test_a_query_of_a_collection_that_is_by_hand_here_is_said(twins):
    here, there = twins

    def refilled(space: Workspace) -> None:
        space.collections.delete("List")
        space.collections.add("List", "is:read")

    at(there, refilled)
    report = merged(here, there)
    assert ["List" in str(note) and "is:read" in str(note) for note in report.notes] == [True]
    back = merged(there, here)
    assert ["List" in str(note) for note in back.notes] == [True]


def test_digits_that_were_swapped_are_swapped(twins):
    here, there = twins
    for transport, money in ((0, 1), (2, None)):
        at(there, lambda space, digit=transport: space.themes.edit("Transport", digit=digit))
        at(there, lambda space, digit=money: digit and space.themes.edit("Money", digit=digit))
    report = merged(here, there)
    assert state(here) == state(there)
    assert sorted((one.name, one.before, one.after) for one in report.overwritten) == [
        ("Money", "2", "1"), ("Transport", "1", "2"),
    ]  # fmt: skip


def test_of_two_themes_with_one_digit_the_later_has_it_and_that_is_said(twins):
    here, there = twins
    at(there, lambda space: space.themes.edit("Money", digit=7))
    at(here, lambda space: space.themes.edit("Transport", digit=7))
    assert any("7" in str(note) and "Money" in str(note) for note in merged(here, there).notes)
    merged(there, here)
    for folder in twins:
        with Workspace(folder, create=False) as space:
            assert [space.themes.find(name).digit for name in ("Transport", "Money")] == [7, None]


def test_a_new_theme_takes_no_digit_away_and_that_is_said(twins):
    here, there = twins
    at(there, lambda space: space.themes.add("Rail", digit=9))
    at(here, lambda space: space.themes.edit("Money", digit=9))
    assert any("9" in str(note) and "Rail" in str(note) for note in merged(here, there).notes)
    with Workspace(here, create=False) as space:
        assert [space.themes.find(name).digit for name in ("Money", "Rail")] == [9, None]


def test_a_name_that_is_taken_here_is_said(twins):
    here, there = twins
    at(there, lambda space: space.themes.edit(theme(space, "Money"), new_name="Prices"))
    at(there, lambda space: space.collections.edit(collection(space, "List"), new_name="Later"))
    at(there, lambda space: space.library.database.execute("UPDATE attribute SET name='Mood'"))
    at(here, lambda space: space.themes.add("Prices"))
    at(here, lambda space: space.collections.add("Later"))
    at(here, lambda space: space.attributes.add("Mood"))
    said = [str(note) for note in merged(here, there).notes]
    assert [sum(f"“{name}”" in one for one in said) for name in ("Money", "List")] == [1, 1]
