"""REFI-QDA: projects with their codings to the letter, whatever a program means by a position."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import ImportFailed
from app.importers._dialects import Dialect, Selection, placed
from tests.marks import EXAMPLES, codebook, drafts, parts, told

TEXT = "The wall\n\nA sea 👩‍👩‍👧 stood lower.\nمرحبا بالعالم\n😀 The end of it.\n"
QUOTES = ("The wall", "stood lower", "بالعالم", "end of")
GUID = "00000000-0000-4000-8000-000000000001"


def project(*, text: bytes, spans: list[tuple[int, int, str]], folder: str = "sources", name: str = "project.qde",
            path: str = f"internal://{GUID}.txt", more: str = "", origin: str = "") -> bytes:  # fmt: skip
    """Return a project of one source."""
    selections = "".join(
        f'<PlainTextSelection guid="{GUID}" name={quoteattr(words)} startPosition="{start}" endPosition="{end}"/>'
        for start, end, words in spans
    )
    xml = (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="P" origin="{origin}">'
        f'<Sources><TextSource guid="{{{GUID.upper()}}}" name="Wall" plainTextPath="{path}">{selections}</TextSource>'
        f"{more}</Sources></Project>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as zipped:
        zipped.writestr(name, xml)
        zipped.writestr(f"{folder}/{GUID}.txt", text)
    return data.getvalue()


def spans_in(counted: str, *, first: int = 0, wide: bool = False) -> list[tuple[int, int, str]]:
    """Return where the quotes stand in a text, as a program that counts in its own way says it."""

    def at(place: int) -> int:
        return first + (len(counted[:place].encode("utf-16-le")) // 2 if wide else place)

    return [(at(counted.index(quote)), at(counted.index(quote) + len(quote)), quote) for quote in QUOTES]


def test_sources_have_their_codings_notes_and_variables():
    wall, inside = drafts("project.qdpx")
    assert [(mark.quote, mark.themes, mark.note, mark.author) for mark in wall.marks] == [
        ("foot lower", ("Water > Wall",), "", "Ada Marsh"),
        ("foot lower", ("Water > Sea > level",), "", "Ben Lowe"),
        ("👩‍👩‍👧 stood", ("Water",), "Who is *this*?", "Ada Marsh"),
        ("(UAV) بالعالم", ("سماء",), "Linked.", "Ada Marsh"),
        ("café.", (), "A word", "Ada Marsh"),
    ]
    assert {mark.created for mark in wall.marks} == {1714979289000}
    assert (wall.themes, wall.note, wall.details) == (("Water",), "On the whole.", {"sets": ("Coast",)})
    assert (wall.metadata.address, str(wall.metadata.published)) == ("https://harbour.example/wall", "2025-03-04")
    assert wall.attributes == {"Town": "Rye", "Tone": "grim", "Case": "Rye"}
    assert (inside.body.text, inside.marks[0].quote) == ("One line.\nAnother line.", "Another")


def test_codes_are_themes_with_colours_and_definitions():
    water, level, wall, sky = codebook(parts("project.qdpx")).themes
    assert (water.path, water.colour, water.definition) == (("Water",), "#1b9e77", "All that is *wet*.")
    assert water.note == "A note on water."
    assert (level.path, level.colour) == (("Water", "Sea > level"), "#aabbcc")
    assert (wall.path, sky.path) == (("Water", "Wall"), ("سماء",))


def test_what_has_no_place_is_told():
    assert told(parts("project.qdpx")) == [
        "Picture “Photograph” brings no text. Import its own file.",
        ("This has no place here: links (1), selections in pictures, on pages or in recordings (1)."),
    ]


@pytest.mark.parametrize(
    ("text", "spans", "dialect"),
    [
        (TEXT.encode(), spans_in(TEXT), ""),
        (TEXT.encode("utf-8-sig"), spans_in(TEXT), ""),
        (TEXT.encode("utf-8-sig"), spans_in(TEXT, first=1), "counted from 1"),
        (TEXT.encode(), spans_in(TEXT, wide=True), "UTF-16"),
        (TEXT.encode(), spans_in(TEXT.replace("\n", "\r\n")), "line ends count as 2"),
        (TEXT.replace("\n", "\r\n").encode(), spans_in(TEXT.replace("\n", "\r\n")), ""),
        (TEXT.replace("\n", "\r\n").encode(), spans_in(TEXT), "line ends count as 1"),
        (TEXT.replace("\n", "\r\n").encode("utf-16"), spans_in(TEXT, wide=True), "line ends count as 1, UTF-16"),
    ],
)
def test_positions_are_understood_in_every_dialect(text, spans, dialect):
    (draft,) = drafts("p.qdpx", project(text=text, spans=spans))
    assert [mark.quote for mark in draft.marks] == list(QUOTES)
    assert draft.details.get("positions", "") == dialect


def test_without_names_the_bounds_of_words_tell():
    nameless = [(start, end, "") for start, end, _words in spans_in(TEXT, wide=True)]
    (draft,) = drafts("p.qdpx", project(text=TEXT.encode(), spans=nameless))
    assert [mark.quote for mark in draft.marks] == list(QUOTES)


@pytest.mark.parametrize(
    "different",
    [
        {"folder": "Sources"},
        {"name": "Harbour.qde"},
        {"path": f"{GUID}.txt"},
        {"path": f"internal://{GUID.upper()}.TXT"},
    ],
)
def test_what_programs_write_otherwise_is_read_too(different):
    (draft,) = drafts("p.qdpx", project(text=TEXT.encode(), spans=spans_in(TEXT), **different))
    assert [mark.quote for mark in draft.marks] == list(QUOTES)


def test_a_selection_outside_the_text_keeps_its_words():
    (draft,) = drafts("p.qdpx", project(text=TEXT.encode(), spans=[(5000, 5010, "The wall"), (3, 3, "")]))
    assert [(mark.quote, mark.start) for mark in draft.marks] == [("The wall", -1)]


def test_the_note_of_a_selection_that_has_neither_place_nor_words_is_a_note_on_the_article():
    more = (
        f'<TextSource guid="{GUID[:-1]}2" name="Sea"><PlainTextSelection guid="{GUID[:-1]}3" startPosition="9000" '
        'endPosition="9010"><Description>Look here.</Description></PlainTextSelection>'
        "<PlainTextContent>The sea stood lower.</PlainTextContent></TextSource>"
    )
    _wall, sea = drafts("p.qdpx", project(text=TEXT.encode(), spans=[], more=more))
    assert (sea.note, sea.marks) == ("Look here.", ())


def test_ids_and_positions_that_are_none_leave_the_rest_of_an_own_project_as_it_is():
    odd = (
        f'<TextSource guid="x" name="Odd" plainTextPath="internal://{GUID}.txt"><PlainTextSelection guid="y"'
        f' name="The wall" startPosition="{"9" * 5000}" endPosition="{"9" * 5001}"/></TextSource>'
    )
    data = project(text=TEXT.encode(), spans=spans_in(TEXT), more=odd, origin="Commonplace")
    whole, other = drafts("p.qdpx", data)
    assert (whole.id, [mark.quote for mark in whole.marks]) == (GUID.replace("-", ""), list(QUOTES))
    assert (other.id, [(mark.quote, mark.start, mark.id) for mark in other.marks]) == ("", [("The wall", -1, "")])


def test_a_source_whose_text_lies_elsewhere_is_named():
    found = parts("p.qdpx", project(text=TEXT.encode(), spans=[], path="relative:///elsewhere.txt"))
    assert told(found) == ["Text “Wall” brings no text. Import its own file."]


def test_entities_are_refused(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    bomb = (
        b'<!DOCTYPE p [<!ENTITY a SYSTEM "file://%s">]><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
        b'<Code guid="1" name="A"><Description>&a;</Description></Code></Codes></CodeBook>' % str(secret).encode()
    )
    with pytest.raises(ImportFailed, match="defines entities"):
        parts("c.qdc", bomb)


def test_a_codebook_with_sets_tells_of_them():
    data = (
        b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="1" name="A"/></Codes><Sets><Set guid="2" '
        b'name="Mine"/></Sets></CodeBook>'
    )
    assert told(parts("c.qdc", data)) == ["Sets of codes are not kept: Mine."]
    with pytest.raises(ImportFailed, match="without codes"):
        parts("c.qdc", b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>')


@given(st.text(st.sampled_from("ab é👩\n\r"), max_size=50), st.data())
def test_positions_of_the_standard_need_no_evidence_but_a_name(text, data):
    raw = text.replace("\r\n", "\n")
    places = [place for place in range(len(raw)) if raw[place : place + 3].strip() == raw[place : place + 3] != ""]
    if not places:
        return
    start = data.draw(st.sampled_from(places))
    end = min(len(raw), start + 3)
    plain, (span,), dialect = placed(raw, [Selection(start, end, raw[start:end])])
    wanted = raw[start:end].replace("\r", "\n")
    if span is not None and str(dialect) == str(Dialect()):
        assert plain[slice(*span)] == wanted


def test_a_formatted_source_lends_its_structure_where_it_says_the_same():
    words = next(path for path in (EXAMPLES.parent).glob("*.docx"))
    (document,) = drafts(words.name, words.read_bytes())
    plain = document.body.text.replace("\ufffc", "")
    start = plain.index(" ") + 1
    xml = (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="P"><Sources><TextSource guid="{GUID}" name="W" '
        f'plainTextPath="internal://{GUID}.txt" richTextPath="internal://{GUID}.docx"><PlainTextSelection '
        f'guid="{GUID}" startPosition="{start}" endPosition="{start + 20}"/></TextSource></Sources></Project>'
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as zipped:
        zipped.writestr("project.qde", xml)
        zipped.writestr(f"sources/{GUID}.txt", plain)
        zipped.writestr(f"sources/{GUID}.docx", words.read_bytes())
    (draft,) = drafts("p.qdpx", data.getvalue())
    assert draft.body == document.body
    assert draft.marks[0].quote == plain[start : start + 20].strip()
