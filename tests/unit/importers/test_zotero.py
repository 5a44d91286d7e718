"""What Zotero exports: its items wait for their articles, with bylines, tags and notes as they are here."""

from __future__ import annotations

import json

import pytest

from app.drafts import Draft
from app.importers._base import File
from app.importers._note_markup import as_note
from app.importers._parts import choose
from app.text.names import as_spoken
from tests.unit.importers.boxes import sample

NOTE = (
    '<div data-schema-version="9"><p>Ask <strong>Ada</strong> about the <em>money</em>.</p><ul><li>one</li></ul></div>'
)
SAID = "Ask **Ada** about the *money*.\n\n- one"
ITEM = {
    "key": "ABCD2345", "itemType": "newspaperArticle", "title": "The wall", "url": "https://harbour.example/wall",
    "creators": [{"creatorType": "author", "firstName": "Ada", "lastName": "Marsh"}], "date": "2025-03-04",
    "publicationTitle": "Harbour Post", "tags": [{"tag": "harbour"}],
}  # fmt: skip
JSON = {
    "api.json": [{"key": "ABCD2345", "data": ITEM},
                 {"key": "N", "data": {"key": "N", "itemType": "note", "parentItem": "ABCD2345", "note": NOTE}}],
    "better.json": {"config": {"label": "BetterBibTeX JSON"}, "items": [{**ITEM, "notes": [{"note": NOTE}]}]},
    "csl.json": [{"id": "1", "type": "article-newspaper", "container-title": "Harbour Post", "title": "The wall",
                  "URL": "https://harbour.example/wall", "author": [{"family": "Marsh", "given": "Ada"}],
                  "issued": {"date-parts": [[2025, 3, 4]]}, "note": NOTE, "keyword": "harbour"}],
}  # fmt: skip
TEXTS = {
    **{name: json.dumps(value) for name, value in JSON.items()},
    "one.ris": "TY  - NEWS\nTI  - The wall\nAU  - Marsh, Ada\nT2  - Harbour Post\nDA  - 2025/03/04/\n"
    f"UR  - https://harbour.example/wall\nKW  - harbour\nN1  - {NOTE}\nER  - \n",
    "one.bib": "@article{a,\n title = {The wall},\n author = {Marsh, Ada},\n date = {2025-03-04},\n"
    " journaltitle = {Harbour Post},\n url = {https://harbour.example/wall},\n keywords = {harbour},\n note = {"
    + NOTE.replace("<", r"{\textless}").replace(">", r"{\textgreater}")
    + "},\n}\n",
}  # fmt: skip


def read(name: str, data: bytes) -> list[Draft]:
    found = choose(name, data).read(File(data, name))
    return [one for one in found if isinstance(one, Draft)]


@pytest.mark.parametrize("name", TEXTS)
def test_an_item_has_its_byline_its_tags_as_themes_and_its_note_in_markdown(name):
    (draft,) = read(name, TEXTS[name].encode())
    known = draft.metadata
    assert (known.title, known.byline, known.outlet) == ("The wall", "Ada Marsh", "Harbour Post")
    assert (known.address, str(known.published)) == ("https://harbour.example/wall", "2025-03-04")
    assert (draft.themes, draft.note) == (("harbour",), SAID)
    assert draft.stub


def test_the_table_of_a_library():
    wall, tide = read("zotero.csv", sample("marks/zotero.csv"))
    assert (wall.metadata.byline, tide.metadata.byline) == (
        "Ada Marsh, Ben Lowe",
        "Jan van der Berg, Ministry of Water",
    )
    assert (wall.metadata.outlet, str(wall.metadata.published), wall.metadata.accessed) == (
        "Harbour Post", "2025-03-04", "2025-03-05",
    )  # fmt: skip
    assert wall.themes == ("harbour", "money")
    assert wall.note == "Ask **Ada** about the *money*.\n\n- first\n- second\n\nSecond note & more"
    assert wall.details["abstract"] == "The council decides."
    assert not wall.attributes
    assert (str(tide.metadata.published), tide.metadata.language) == ("2024-06", "nl")


def test_names_of_a_table_are_turned_round_and_have_commas_between_them():
    data = 'title,author,text\nA,"Marsh, Ada; Lowe, Ben",It stands.\nB,"Ada Marsh; Ben Lowe",It lies.\n'
    data += 'C,"Ada Marsh, Ben Lowe",It falls.\n'
    assert {draft.metadata.byline for draft in read("a.csv", data.encode())} == {"Ada Marsh, Ben Lowe"}


@pytest.mark.parametrize(
    ("names", "spoken"),
    [
        ("King, Martin Luther, Jr.", "Martin Luther King Jr."),
        ("King, Jr., Martin Luther", "Martin Luther King Jr."),
        ("Ministry of Water", "Ministry of Water"),
        ("Marsh, Ada; van der Berg, Jan", "Ada Marsh, Jan van der Berg"),
        ("Bay, Harbour, and Wall, Ltd", "Bay, Harbour, and Wall, Ltd"),
    ],
)
def test_names_of_bibliographies_as_they_are_spoken(names, spoken):
    assert as_spoken(names) == spoken


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("Ask <Ada> about it.", "Ask <Ada> about it."),
        ("<p>One</p>\n<p>Two</p>", "One\n\nTwo"),
        ("<h2>Head</h2><ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>", "## Head\n\n1. a\n2. b\n  - c"),
        ('<p><a href="https://h.example/a">See <b>there</b></a>.</p>', "[See **there**](https://h.example/a)."),
        ("<blockquote><p>Said</p></blockquote><p>so</p>", "> Said\n\nso"),
        ('<p><a href="javascript:x()">See</a></p>', "See"),
    ],
)
def test_notes_in_html(note, said):
    assert as_note(note) == said
