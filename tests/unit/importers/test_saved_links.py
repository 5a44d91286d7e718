"""Links and entries of services for saving articles: Pocket, Instapaper, browsers, wallabag, Zotero."""

from __future__ import annotations

import json

import pytest

from app.errors import ImportFailed
from app.importers._csl import metadata
from app.model import State
from tests.marks import chosen_for, drafts, parts, told


def test_links_of_pocket_wait_for_their_articles():
    wall, boat, other = drafts("pocket.csv")
    assert all(draft.stub and not draft.body.text for draft in (wall, boat, other))
    assert (wall.metadata.title, wall.metadata.address) == ("The Sea Wall", "https://harbour.example/wall")
    assert (wall.themes, wall.metadata.accessed, wall.state) == (("towns", "sea wall"), "2024-05-06", None)
    assert (boat.state, boat.metadata.title) == (State.ARCHIVED, "harbour.example/boat")
    assert boat.metadata.origins["title"] == "derived"
    assert other.metadata.title == 'مرحبا, "boats" 👩‍👩‍👧'
    assert told(parts("pocket.csv")) == ["Links that lead to no page of the web: 1."]


def test_the_page_of_pocket():
    wall, boat = drafts("pocket.html")
    assert (wall.metadata.title, wall.themes, wall.state) == ("The Sea Wall & more", ("towns", "sea wall"), None)
    assert boat.state is State.ARCHIVED


def test_highlights_of_the_last_export_of_pocket():
    wall, boat = drafts("pocket-annotations.json")
    assert (wall.metadata.title, wall.metadata.address) == ("The Sea Wall", "https://harbour.example/wall")
    assert [(mark.quote, mark.created) for mark in wall.marks] == [
        ("The wall was built for a sea that stood a foot lower.", 1714979289000),
        ("مرحبا (UAV) بالعالم", 1714979290000),
    ]  # fmt: skip
    assert (boat.metadata.title, boat.marks[0].quote) == ("harbour.example/boat", "The boat was late.")
    linked, _boat, *marked = sorted(drafts("pocket.zip"), key=lambda draft: bool(draft.marks))
    assert linked.state is State.ARCHIVED
    assert [one.marks for one in marked] == [wall.marks, boat.marks]


def test_links_of_instapaper_with_the_words_selected():
    wall, boat, pier, thought = drafts("instapaper.csv")
    assert (wall.themes, wall.marks[0].quote) == (("towns", "sea, wall"), "The wall was built for a sea.")
    assert (boat.state, pier.details) == (State.ARCHIVED, {"folder": "Coast"})
    assert (thought.metadata.title, thought.note, thought.marks) == ("A thought", "Buy a boat", ())


def test_the_table_of_instapaper_from_before_it_had_times():
    (one,) = drafts("i.csv", b"URL,Title,Selection,Folder\nhttps://x.org/a,A,,Starred\n")
    assert (one.metadata.accessed, one.details) == (None, {"folder": "Starred"})


def test_links_of_raindrop_with_their_highlights():
    wall, boat = drafts("raindrop.csv")
    assert [(mark.quote, mark.note) for mark in wall.marks] == [
        ("the wall was built for a sea that stood a foot lower", "Whose *foot*?"),
        ("مرحبا (UAV) بالعالم", ""),
        ("👩‍👩‍👧 stood a foot lower", ""),
    ]
    assert (wall.themes, wall.note, wall.metadata.accessed) == (
        ("towns", "sea wall"), "Before the *council* meets", "2024-05-06",
    )  # fmt: skip
    assert wall.details == {"summary": "A wall & a sea", "favourite": "yes"}
    assert (boat.marks, boat.details) == ((), {"folder": "Coast/سفن"})


def test_links_of_diigo_with_their_highlights_and_sticky_notes():
    wall, boat = drafts("diigo.csv")
    assert [(mark.quote, mark.note) for mark in wall.marks] == [
        ("the wall was built for a sea that stood a foot lower", 'Whose "foot"?'), ("مرحبا (UAV) بالعالم", ""),
    ]  # fmt: skip
    assert (wall.themes, wall.note, wall.metadata.accessed) == (("towns", "sea wall"), "About the wall", "2024-05-06")
    assert (boat.themes, boat.note) == ((), "Read it later")


def test_bookmarks_with_their_folders():
    wall, boat, pier = drafts("bookmarks.html")
    assert (wall.themes, wall.note, wall.details) == (("towns", "sea wall"), "About the wall", {"keyword": "wall"})
    assert (boat.metadata.title, boat.details) == ("مرحبا 👩‍👩‍👧", {"folder": "Coast > سفن"})
    assert pier.details == {}
    assert told(parts("bookmarks.html")) == ["Links that lead to no page of the web: 2."]


def test_a_saved_page_is_no_list_of_bookmarks():
    assert chosen_for("page.html", b"<!DOCTYPE html><html><body><p>Netscape</p></body></html>").key == "html"


def test_entries_of_wallabag_with_their_texts_and_annotations():
    wall, boat = drafts("wallabag.json")
    assert [piece.kind for piece in wall.body.pieces()] == ["heading", "paragraph", "item"]
    assert (wall.metadata.byline, str(wall.metadata.published)) == ("Ada Marsh", "2024-05-01")
    assert (wall.metadata.language, wall.state, wall.details["starred"]) == ("en-GB", State.ARCHIVED, "yes")
    assert (wall.marks[0].quote, wall.marks[0].note) == ("stood a foot lower", "Whose *foot*?")
    assert boat.stub
    assert (boat.marks[0].quote, boat.marks[0].note) == ("بالعالم", "ملاحظة")


def test_annotations_of_the_reader_of_zotero():
    (wall,) = drafts("The Sea Wall.zotero.json")
    assert [(mark.quote, mark.note, mark.themes, mark.author) for mark in wall.marks] == [
        ("The wall was built for a sea.", "But *whose*?", ("towns",), "Ada"), ("مرحبا (UAV) بالعالم", "", (), "Ada"),
    ]  # fmt: skip
    assert wall.note == "A loose note"
    assert [mark.themes for mark in drafts("The Sea Wall.zotero.json", colours="yes")[0].marks] == [
        ("towns", "yellow"), ("red",),
    ]  # fmt: skip


def test_annotations_of_zotero_among_the_items_of_a_library():
    (wall,) = drafts("zotero-items.json")
    known = wall.metadata
    assert (known.title, known.byline, known.outlet) == ("The Sea Wall", "Ada Marsh, Harbour Desk", "Harbour Post")
    assert (str(known.published), known.accessed) == ("2025-03-04", "2025-03-11")
    assert wall.marks[0].note == "But *whose*?"


def test_annotations_that_better_bibtex_put_into_their_attachments():
    wall, boat = drafts("better-bibtex.json")
    known = wall.metadata
    assert (known.title, known.byline, known.outlet) == ("The Sea Wall", "Ada Marsh", "Harbour Post")
    assert (known.address, str(known.published)) == ("https://harbour.example/wall", "2025-03-04")
    assert [(mark.quote, mark.note, mark.themes) for mark in wall.marks] == [
        ("The wall was built for a sea.", "But *whose*?", ("money",)), ("A second wall is planned.", "", ()),
    ]  # fmt: skip
    assert (boat.metadata.title, boat.metadata.byline, boat.marks[0].quote) == (
        "The Boat", "Ben Lowe", "The boat was late.",
    )  # fmt: skip
    assert told(parts("better-bibtex.json")) == ["Annotations that are pictures or drawings, without a word: 2."]


def test_a_note_of_zotero_made_from_annotations():
    (wall,) = drafts("zotero-note.html")
    known = wall.metadata
    assert (known.title, known.address) == ("The Sea Wall", "https://harbour.example/wall")
    assert [(mark.quote, mark.note) for mark in wall.marks] == [
        ("The wall was built for a sea.", "But whose?"), ("مرحبا (UAV) بالعالم", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ({"date-parts": [[2025]]}, "2025"),
        ({"date-parts": [["2025", "3"]]}, "2025-03"),
        ({"raw": "2025-03-04"}, "2025-03-04"),
        ({"date-parts": [[2025, 3, 4]], "circa": True}, "about 2025-03-04"),
        ({"date-parts": [[2025]], "circa": True}, "2025"),
        ({"date-parts": []}, "None"),
        ({"date-parts": [["x"]]}, "None"),
        ({"date-parts": [[2025, 13]]}, "None"),
        ("2025", "None"),
    ],
)
def test_dates_of_a_bibliography(issued, published):
    assert str(metadata({"title": "T", "issued": issued}).published) == published


@pytest.mark.parametrize("name", ["pocket.csv", "instapaper.csv", "bookmarks.html", "wallabag.json"])
def test_a_list_of_nothing_is_refused(name):
    empty = {
        "pocket.csv": b"title,url,time_added\n", "instapaper.csv": b"URL,Title,Selection,Folder\n",
        "bookmarks.html": b"<!DOCTYPE NETSCAPE-Bookmark-file-1>", "wallabag.json": json.dumps([]).encode(),
    }  # fmt: skip
    with pytest.raises(ImportFailed, match="holds no passage and no article"):
        parts(name, empty[name], chosen_for(name).key)


def test_what_a_bibliography_says_exactly_goes_before_what_its_fields_say():
    people = [{"family": "Marsh", "given": "Ada", "suffix": "Jr."}, {"family": "Berg", "non-dropping-particle": "van"}]
    item = {"title": "T", "author": people, "custom": {"accessed": "last May", "byline": {"x": 1}}}
    assert (metadata({**item, "custom": []}).byline, metadata(item).accessed) == ("Ada Marsh Jr., van Berg", "last May")
    assert metadata({**item, "custom": {"byline": "A and B"}}).byline == "A and B"


def test_a_bibliography_waits_for_its_articles():
    wall, boat = drafts("bibliography.json")
    assert (wall.metadata.title, wall.metadata.byline) == ("The Sea Wall", "Ada Marsh")
    assert (str(wall.metadata.published), wall.metadata.accessed) == ("2025-03-04", "2025-03-11")
    assert (wall.themes, wall.note, wall.details["abstract"]) == (("towns", "sea wall"), "Read again", "On walls.")
    assert (boat.metadata.byline, str(boat.metadata.published)) == ("Harbour Desk", "2024")
