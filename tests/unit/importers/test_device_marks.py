"""Marks from programs that keep the text themselves, and from devices: Omnivore, KOReader, calibre."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ImportFailed
from app.importers._lua import read_table
from app.importers.omnivore import highlights
from app.model import State
from tests.marks import drafts, example, parts, told


def test_pages_of_omnivore_with_their_highlights():
    wall, boat, paper = drafts("omnivore.zip")
    assert [piece.kind for piece in wall.body.pieces()] == ["heading", "paragraph", "item", "item", "paragraph"]
    assert (wall.metadata.title, wall.state, wall.themes) == ("The Sea Wall", State.ARCHIVED, ("towns", "sea wall"))
    assert (str(wall.metadata.published), wall.metadata.accessed) == ("2024-05-01", "2024-05-06")
    assert [(mark.quote, mark.themes, mark.note) for mark in wall.marks] == [
        ("The wall was built for a sea that stood a foot lower", ("money", "towns"), "Whose *foot*?\n\nSays who?"),
        ("A second wall is planned.", (), ""),
        ("two 👩‍👩‍👧", (), ""),
    ]
    assert boat.stub
    assert (boat.marks[0].quote, boat.marks[0].note) == ("مرحبا (UAV)\nبالعالم", "ملاحظة")
    assert paper.metadata.address == "https://harbour.example/paper.pdf"
    assert all("a-paper.pdf" in said for said in told(parts("omnivore.zip")))


def page_of_omnivore(page, quote):
    listed = {"slug": "wall", "title": "The Sea Wall", "url": "https://harbour.example/wall", "state": "Active"}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("metadata_0_to_20.json", json.dumps([listed]))
        archive.writestr("content/wall.html", page)
        archive.writestr("highlights/wall.md", f"> {quote}\n\n")
    (draft,) = drafts("omnivore.zip", target.getvalue())
    return draft.body.text


def page_of_wallabag(page, quote):
    entry = {"title": "The Sea Wall", "url": "https://harbour.example/wall", "is_archived": 0, "content": page,
             "annotations": [{"quote": quote, "text": ""}]}  # fmt: skip
    (draft,) = drafts("wallabag.json", json.dumps([entry]).encode())
    return draft.body.text


@pytest.mark.parametrize("read", [page_of_omnivore, page_of_wallabag])
def test_a_heading_that_shows_the_title_is_not_in_the_text_again_unless_it_is_marked(read):
    page = "<div><h1>The Sea  Wall</h1><p>It is high.</p><h2>Why</h2><p>The sea is.</p></div>"
    assert read(page, "It is high.") == "It is high.\nWhy\nThe sea is."
    assert read(page, "Sea Wall").startswith("The Sea Wall\nIt is high.")
    assert read("<h1>A Sea Wall</h1><p>It is high.</p>", "It is high.") == "A Sea Wall\nIt is high."


def test_highlights_of_omnivore_one_after_the_other():
    found = list(highlights("> one\n> still one\n\n#a #b c\n\nnote\n\n> two\n> \n> two\n\nnote of two\n"))
    assert [(one.quote, one.themes, one.note) for one in found] == [
        ("one\nstill one", ("a", "b c"), "note"), ("two\n\ntwo", (), "note of two"),
    ]  # fmt: skip


def test_lines_and_notes_of_omnivore_as_it_wrote_them():
    wall, tides = drafts("omnivore-lines.zip")
    assert (wall.state, tides.state) == (State.ARCHIVED, None)
    assert wall.note == "Read before the council meets."
    assert [(mark.quote, mark.themes, mark.note) for mark in wall.marks] == [
        ("The wall was built for a sea\nthat stood a foot lower", ("money", "towns"), "Whose *foot*?"),
        ("A second wall is planned.\nNobody has paid for it yet.", (), ""),
    ]  # fmt: skip


def test_the_json_of_koreader_for_one_book_and_for_all():
    (wall,) = drafts("koreader.json")
    assert wall.metadata.byline == "Ada Marsh, Ben Lowe"
    assert [(mark.quote, mark.note, mark.created) for mark in wall.marks] == [
        ("The wall was built for a sea.", "But *whose*?", 1714979289000),
        ("مرحبا (UAV)\nبالعالم", "", 1714979290000),
    ]
    assert [draft.metadata.title for draft in drafts("koreader-all.json")] == ["The Sea Wall", "Boats"]


def test_sidecars_of_koreader_new_and_old():
    (new,), (old,) = drafts("metadata.epub.lua"), drafts("metadata.pdf.lua")
    assert (new.metadata.title, new.metadata.language) == ("The Sea Wall", "en")
    assert [(mark.quote, mark.note) for mark in new.marks] == [
        ("The wall was built for a sea.", 'But *whose*?\nAnd why "now"?'), ("مرحبا (UAV) بالعالم 👩‍👩‍👧", ""),
    ]  # fmt: skip
    assert [(mark.quote, mark.note) for mark in old.marks] == [
        ("The wall was built for a sea.", "A note of mine"), ("A second wall.", ""),
    ]  # fmt: skip
    assert [mark.themes for mark in drafts("metadata.epub.lua", colours="yes")[0].marks] == [("yellow",), ("red",)]


def test_what_koreader_wrote_of_itself_in_another_language_is_no_note_and_what_a_reader_wrote_is():
    (mauer,) = drafts("metadata (german).epub.lua")
    assert [(mark.quote, mark.note) for mark in mauer.marks] == [
        ("Die Mauer wurde für ein Meer gebaut.", ""), ("Eine zweite Mauer ist geplant.", "Page turner, really!"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["The Sea Wall.calibre_highlights", "calibre_bookmarks.txt"])
def test_highlights_of_calibre_without_those_removed(name):
    (wall,) = drafts(name)
    assert wall.metadata.title in ("The Sea Wall", "calibre_bookmarks.txt")
    assert [(mark.quote, mark.note) for mark in wall.marks] == [
        ("مرحبا (UAV) بالعالم", ""), ("The wall was built for a sea.", "But *whose*?"),
    ]  # fmt: skip
    assert wall.details["places"][1] == "Stone > Walls: The wall was built for a sea."


def test_the_annotations_of_a_library_of_calibre():
    wall, other = drafts("library.calibre_annotation_collection")
    assert (wall.metadata.title, wall.metadata.byline) == ("The Sea Wall", "Ada Marsh")
    assert other.metadata.title == "library 8"


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("return {}", {}),
        ('return { "a", ["b"] = 2; }', {1: "a", "b": 2}),
        ("return { c = { true, nil, -1.5, 0x1F, }; }", {"c": {1: True, 2: None, 3: -1.5, 4: 31}}),
        (r'return { "\65\"\n\x41\u{1F469}\195\169" }', {1: 'A"\nA👩é'}),
        ("-- a comment\nreturn {\n-- inside\n1 }", {1: 1}),
    ],
)  # fmt: skip
def test_tables_of_lua(text, table):
    assert read_table(text) == table


@pytest.mark.parametrize(
    "text", ["", "return 1", "return {", "return { os.exit() }", "return " + "{" * 500, "{[{}]=1}"]
)
def test_what_is_no_table_is_refused(text):
    with pytest.raises(ValueError):
        read_table(text)


_VALUES = st.recursive(
    st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=10),
    lambda inner: st.dictionaries(st.integers(1, 9) | st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=5), _VALUES, max_size=4))
def test_a_table_comes_back_as_it_was_written(table):
    assert read_table(f"return {_lua(table)}") == table


def _lua(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"[{_lua(key)}] = {_lua(held)}" for key, held in value.items()) + "}"
    if isinstance(value, str):
        special = {"\\": "\\\\", '"': '\\"', "\n": "\\\n", "\r": "\\r", "\0": "\\000"}
        return '"' + "".join(special.get(letter, letter) for letter in value) + '"'
    return str(value)


def test_a_sidecar_without_marks_is_refused():
    with pytest.raises(ImportFailed, match="holds no passage"):
        parts("metadata.epub.lua", b'return { ["annotations"] = {}, ["doc_props"] = { ["title"] = "T" } }')


def test_annotations_of_foliate_and_readest():
    (one,), (other,) = drafts("foliate.json"), drafts("readest.json")
    assert (one.metadata.title, one.metadata.byline) == ("The Sea Wall", "Ada Marsh, Ben Lowe")
    assert [(mark.quote, mark.note) for mark in one.marks] == [
        ("The wall was built for a sea.", "But *whose*?"), ("مرحبا (UAV) بالعالم", ""),
    ]  # fmt: skip
    assert [(mark.quote, mark.created) for mark in other.marks] == [("The wall was built for a sea.", 1714979289000)]


def test_highlights_that_calibre_left_inside_a_book(tmp_path):
    pages = {
        "one": "<h1>Stone</h1><p>The wall was built for a sea.</p>",
        "two": "<h1>Boats</h1><p>مرحبا (UAV) بالعالم</p>",
    }
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in pages)
    spine = "".join(f'<itemref idref="{name}"/>' for name in pages)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        book.writestr(
            "book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Sea Wall</dc:title></metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for name, body in pages.items():
            book.writestr(f"{name}.xhtml", f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>')
        book.writestr("META-INF/calibre_bookmarks.txt", example("calibre_bookmarks.txt"))
    (whole,) = drafts("wall.epub", data.getvalue())
    assert not whole.stub
    assert [(mark.quote, mark.note) for mark in whole.marks] == [
        ("مرحبا (UAV) بالعالم", ""), ("The wall was built for a sea.", "But *whose*?"),
    ]  # fmt: skip
    assert whole.details["places"] == (
        "Stone > Walls: مرحبا (UAV) بالعالم", "Stone > Walls: The wall was built for a sea.",
    )  # fmt: skip
    assert whole.details["colours"] == ("wavy: 1", "yellow: 1")
    coloured = drafts("wall.epub", data.getvalue(), colours="yes")[0]
    assert [mark.themes for mark in coloured.marks] == [("wavy",), ("yellow",)]
    stone, boats = drafts("wall.epub", data.getvalue(), chapters="yes")
    assert [mark.quote for mark in stone.marks] == ["The wall was built for a sea."]
    assert stone.details["places"] == ("Stone > Walls: The wall was built for a sea.",)
    assert [mark.quote for mark in boats.marks] == ["مرحبا (UAV) بالعالم"]
