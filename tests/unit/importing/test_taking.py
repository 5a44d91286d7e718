"""What left a library with ids, times and collections is taken in with them, and joins what is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.drafts import AttributeDraft, Codebook, CollectionDraft, Draft, Framework, Mark, ThemeDraft
from app.importing.taking import Taking
from app.library.articles import Source
from app.library.holdings import Holdings
from app.model import Interlude, Metadata, Origin, Status
from app.text.body import Body
from tests.libraries import opened, tables

A, B, H, I, J, T, U, F, C, K = (letter * 32 for letter in "abcdef0123")
FILE = Source("all.json", "/all.json", "digest", "commonplace")
TEXT = "The night train to Vienna runs again. The night train is old."


@pytest.fixture
def holdings(tmp_path: Path) -> Iterator[Holdings]:
    found = opened(tmp_path / "library")
    yield found
    found.library.close()


def whole(*marks: Mark, uid: str = A, text: str = TEXT, title: str | None = "Trains", **more: object) -> Draft:
    return Draft(Body.of([text]), Metadata(title=title), marks=marks, id=uid, **more)


def take(holdings: Holdings, *parts: Draft | Codebook | Framework) -> Taking:
    """Take in what one file holds, as an import does."""
    taking = Taking(holdings)
    taking.expect(part for part in parts if isinstance(part, Draft))
    with holdings.library.deed("Import"):
        for part in parts:
            if isinstance(part, Codebook):
                taking.take_codebook(part)
            elif isinstance(part, Framework):
                taking.define(part, FILE)
        for part in parts:
            if isinstance(part, Draft):
                taking.take(part, FILE)
        for part in parts:
            if isinstance(part, Framework):
                taking.arrange(part)
    return taking


def test_times_privacy_and_state_come_along(holdings):
    mark = Mark("night", 4, 9, note="n", id=H, created=5, modified=6, private=True, author="Bo")
    take(holdings, whole(mark, added=7, modified=8, private=True, note="stays"))
    article = holdings.articles.find(A)
    (highlight,) = holdings.highlights.of_article(article.key)
    assert (article.added, article.modified) == (7, 8)
    assert (highlight.id, highlight.created, highlight.modified, highlight.author) == (H, 5, 6, "Bo")
    assert holdings.notes.private() == {A, H}


def test_an_article_that_left_without_a_title_has_none(holdings):
    known = Metadata(origins={"title": Origin.MINE})
    take(holdings, replace(whole(), metadata=known))
    found = holdings.articles.find(A).metadata
    assert (found.title, found.origins) == (None, {"title": Origin.MINE})


def test_each_author_has_a_highlight_of_their_own_on_one_span(holdings):
    take(holdings, whole())
    key = holdings.articles.key(A)
    mine = holdings.highlights.add(key, 4, 9, note="mine")
    marks = [Mark("night", 4, 9, author=author, note=author or "again") for author in ("", "Bo", "Cy", "Bo")]
    for _ in range(2):
        take(holdings, whole(*marks))
        found = holdings.highlights.of_article(key)
        assert [(one.author, one.note) for one in found] == [("", "mine\n\nagain"), ("Bo", "Bo"), ("Cy", "Cy")]
        assert found[0].id == mine.id


def test_highlights_with_ids_never_become_one(holdings):
    marks = (Mark("night", 4, 9, id=H), Mark("night", 4, 9, id=I))
    for _ in range(2):
        take(holdings, whole(*marks))
        assert [one.id for one in holdings.highlights.of_article(holdings.articles.key(A))] == [H, I]


def test_the_id_of_another_articles_highlight_makes_no_second_one_each_time(holdings):
    take(holdings, whole(Mark("night", 4, 9, id=H)))
    for _ in range(2):
        take(holdings, whole(Mark("ferry", 4, 9, id=H), uid=B, text="The ferry was sold to a yard."))
        (one,) = holdings.highlights.of_article(holdings.articles.key(B))
        assert one.id != H


def test_an_orphan_stays_one_though_its_words_are_there(holdings):
    take(holdings, whole(Mark("night", 40, 45, "x ", " y", id=H, orphan=True)))
    (one,) = holdings.highlights.of_article(holdings.articles.key(A))
    assert (one.status, one.start, one.end, one.prefix, one.suffix) == (Status.ORPHAN, 40, 45, "x ", " y")


def test_two_articles_of_one_text_are_two_when_they_left_as_two(holdings):
    for _ in range(2):
        take(holdings, whole(), whole(uid=B), replace(whole(uid=C), stub=True))
        assert {one.id for one in holdings.articles.by_keys(holdings.articles.keys())} == {A, B, C}


def test_an_article_that_came_into_the_other_library_meanwhile_replaces_none(holdings):
    known = Metadata(title="Trains", address="https://x.org/a")
    take(holdings, replace(whole(), metadata=known))
    other = replace(whole(uid=B, text="Of another day."), metadata=known)
    take(holdings, replace(whole(), metadata=known), other)
    assert holdings.articles.count() == 2
    assert holdings.bodies.texts([holdings.articles.key(A)]) == {holdings.articles.key(A): TEXT}


def test_themes_are_known_by_their_ids_under_any_name(holdings):
    book = Codebook((ThemeDraft(("War",), "#112233", "D", "n", 3, T, private=True), ThemeDraft(("War", "Air"), id=U)))
    draft = whole(Mark("night", 4, 9, themes=(U,), id=H), themes=(T,))
    take(holdings, book, draft)
    holdings.themes.edit("War", new_name="Conflict")
    holdings.themes.move("Air", None)
    before = tables(holdings.library.database)
    take(holdings, book, draft)
    assert tables(holdings.library.database) == before
    assert holdings.notes.private() == {T}
    assert [(one.path, one.id, one.digit) for one in holdings.themes.tree()] == [
        (("Conflict",), T, 3), (("Air",), U, None),
    ]  # fmt: skip


def test_a_theme_of_the_same_path_is_the_one_that_is_there(holdings):
    own = holdings.themes.add("War", colour="#445566")
    book = Codebook((ThemeDraft(("War",), "#112233", "D", id=T),))
    take(holdings, book, whole(Mark("night", 4, 9, themes=(T,), id=H), themes=(T,)))
    (theme,) = holdings.themes.tree()
    assert (theme.id, theme.colour, theme.definition) == (own.id, "#445566", "D")
    assert holdings.articles.find(A).themes == (own.id,)
    assert holdings.highlights.find(H).themes == (own.id,)


def test_fields_are_made_before_articles_and_keep_what_they_are(holdings):
    frame = Framework(attributes=(AttributeDraft("tone", "choice", ("warm", "cool"), "how", F),
                                  AttributeDraft("size", "number", id=K)))  # fmt: skip
    take(holdings, frame, whole(attributes={"tone": "cool", "size": "3"}))
    assert [(one.id, one.name, one.kind, one.choices, one.definition) for one in holdings.attributes.all()] == [
        (F, "tone", "choice", ("warm", "cool"), "how"), (K, "size", "number", (), ""),
    ]  # fmt: skip
    assert holdings.articles.find(A).attributes == {"tone": "cool", "size": "3"}


def test_a_field_of_another_name_here_takes_the_values_and_new_choices(holdings):
    take(holdings, Framework(attributes=(AttributeDraft("tone", "choice", ("warm",), id=F),)))
    with holdings.library.deed("renamed"):
        holdings.library.database.execute("UPDATE attribute SET name='mood' WHERE uid=?", (F,))
    frame = Framework(attributes=(AttributeDraft("tone", "choice", ("Warm", "grim"), "D", F),))
    take(holdings, frame, whole(attributes={"tone": "grim"}))
    (one,) = holdings.attributes.all()
    assert (one.name, one.choices, one.definition) == ("mood", ("warm", "grim"), "D")
    assert holdings.articles.find(A).attributes == {"mood": "grim"}


def test_a_collection_comes_with_its_order_its_headings_and_its_ids(holdings):
    mark = Mark("night", 4, 9, id=H)
    said = (Interlude(I, "Part one", 1), Interlude(J, "And *then*"))
    by_hand = CollectionDraft("To write", "", "Of all", said, (I, B, J, H, "gone", A), C, private=True)
    by_query = CollectionDraft("Found", 'in:"To write" -theme:War in:Later', id=K)
    later = CollectionDraft("Later", "night", id=T)
    frame = Framework("Of the library", collections=(by_query, by_hand, later), private=True)
    parts = (Codebook((ThemeDraft(("War",), id=U),)), frame, whole(mark), whole(uid=B, text="The ferry was sold."))
    take(holdings, *parts)
    found, written, last = holdings.collections.all()
    assert (written.id, written.note, written.sequence, written.interludes) == (C, "Of all", (I, B, J, H, A), said)
    assert (found.id, found.query, last.id) == (K, 'in:"To write" -theme:War in:Later', T)
    assert {C, U, T} <= set(found.stored.replace(":", " ").replace("-theme", " ").split())
    assert holdings.notes.text() == "Of the library"
    assert holdings.notes.private() == {"", C}
    before = tables(holdings.library.database)
    take(holdings, *parts)
    assert tables(holdings.library.database) == before


def test_what_is_new_in_a_collection_comes_after_what_it_follows(holdings):
    take(holdings, whole(), whole(uid=B, text="The ferry was sold."), whole(uid=C, text="The bridge reopened today."))
    holdings.collections.add("Mine")
    holdings.collections.put("Mine", [C, A])
    frame = Framework(collections=(CollectionDraft("mine", interludes=(Interlude(I, "B", 2),), sequence=(A, I, B, C)),))
    for _ in range(2):
        take(holdings, frame)
        (one,) = holdings.collections.all()
        assert one.sequence == (C, A, I, B)


def test_what_has_another_id_here_is_put_into_collections_all_the_same(holdings):
    take(holdings, replace(whole(), id=""))
    (own,) = holdings.articles.by_keys(holdings.articles.keys())
    frame = Framework(collections=(CollectionDraft("Mine", sequence=(A,), id=C),))
    take(holdings, frame, whole())
    assert holdings.collections.find("Mine").items == (own.id,)


def test_what_does_not_fit_is_said(holdings):
    holdings.notes.write("Ours")
    holdings.collections.add("Asked", "night")
    holdings.collections.add("Filled")
    frame = Framework("Theirs", collections=(CollectionDraft("Asked", sequence=(A,)), CollectionDraft("Filled", "day")))
    taking = take(holdings, whole())
    with holdings.library.deed("Import"):
        arranged = taking.arrange(frame)
    assert holdings.notes.text() == "Ours"
    assert [str(one) for one in arranged.left] == [
        "The library has a note of its own; that of the file is not in: Theirs",
        "“Asked” is filled by its query here; what was put into it by hand did not come along.",
        "“Filled” is filled by hand here; its query did not come along: day",
    ]
    assert (holdings.collections.find("Asked").query, holdings.collections.find("Filled").items) == ("night", ())


@pytest.mark.parametrize("name", ["a=b", "title", " ", "\x00"])
def test_a_field_that_cannot_be_is_left_behind(holdings, name):
    frame = Framework(attributes=(AttributeDraft(name, "choice", ("", "x")),), collections=(CollectionDraft(name),))
    take(holdings, frame, whole(attributes={name: "v"}))
    assert holdings.attributes.all() == ()
    assert holdings.articles.find(A).attributes == {}


def test_a_codebook_that_comes_late_orders_what_this_import_made_and_nothing_else(holdings):
    holdings.themes.add("Mine", colour="#111111", digit=5)
    taking = Taking(holdings)
    with holdings.library.deed("Import"):
        taking.take(whole(Mark("night", 4, 9, themes=("Zoo > B",)), themes=("Zoo > A", "Ark")), FILE)
        taking.take_codebook(Codebook((
            ThemeDraft(("Ark",), "#223344", digit=5), ThemeDraft(("Mine",), "#445566", digit=6),
            ThemeDraft(("Zoo",), "#334455", digit=7), ThemeDraft(("Zoo", "A")), ThemeDraft(("Zoo", "B")),
        )))  # fmt: skip
    assert [(one.path, one.colour, one.digit) for one in holdings.themes.tree() if len(one.path) == 1] == [
        (("Mine",), "#111111", 5), (("Ark",), "#223344", None), (("Zoo",), "#334455", 7),
    ]  # fmt: skip
    assert [one.name for one in holdings.themes.tree()] == ["Mine", "Ark", "Zoo", "A", "B"]


def test_notes_join_those_that_are_there_and_none_leaves_home_for_it(holdings):
    book, frame = Codebook((ThemeDraft(("War",), note="Theirs", id=T),)), CollectionDraft("List", note="Theirs")
    holdings.themes.add("War")
    holdings.notes.write("Ours", "theme", holdings.themes.find("War").key)
    holdings.collections.add("List", note="Ours")
    take(holdings, whole(Mark("night", 4, 9, note="Open", id=H), note="Open"))
    secret = whole(Mark("night", 4, 9, note="Secret", id=H, private=True), note="Secret", private=True)
    for _ in range(2):
        take(holdings, book, Framework(collections=(frame,)), secret)
        assert holdings.themes.find("War").note == holdings.collections.find("List").note == "Ours\n\nTheirs"
        assert holdings.highlights.find(H).note == holdings.articles.find(A).note == "Open\n\nSecret"
        assert holdings.notes.private() == {A, H}


@pytest.mark.parametrize("again", ["Our  own\nwords.", "Said before.", "First.\n\nSaid before.", "\x00 "])
def test_a_note_that_says_nothing_new_changes_nothing(holdings, again):
    take(holdings, whole(note="First.\n\nSaid before."))
    holdings.articles.note(holdings.articles.key(A), "Our own words.\n\nMore.")
    take(holdings, whole(note=again))
    assert holdings.articles.find(A).note == "Our own words.\n\nMore."


def test_a_value_of_the_readers_stays_whatever_the_case_of_its_name(holdings):
    take(holdings, whole(attributes={"Tone": "calm"}))
    take(holdings, whole(attributes={"tone": "loud"}))
    assert holdings.articles.find(A).attributes == {"Tone": "calm"}
