"""Word documents, as python-docx and the letter of the format see them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests import printed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def opened(data: bytes):
    return docx.Document(io.BytesIO(data))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def commented(root: etree._Element) -> dict[str, str]:
    """Return the text over which each comment reaches, its paragraphs as lines."""
    found: dict[str, list[str]] = {}
    reaching: set[str] = set()
    for node in root.iter():
        if node.tag == f"{W}commentRangeStart":
            reaching.add(node.get(f"{W}id"))
            found[node.get(f"{W}id")] = []
        elif node.tag == f"{W}commentRangeEnd":
            reaching.remove(node.get(f"{W}id"))
        words = {f"{W}p": "\n", f"{W}tab": "\t", f"{W}t": node.text or ""}.get(node.tag, "")
        for number in reaching:
            found[number].append(words)
    return {number: "".join(words) for number, words in found.items()}


@pytest.fixture(scope="module")
def beside(made, exported_bytes):
    return exported_bytes(printed.bundle(made), "docx")[""]


def test_themes_and_notes_are_comments_on_their_passages(beside):
    document = opened(beside)
    texts = {one.text: one for one in document.comments}
    first = texts["Diplomacy & <talks>\nA short note."]
    assert (first.author, first.initials) == ("Reader", "R")
    assert first.timestamp == datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
    nested = next(text for text in texts if "Compare both" in text)
    assert nested.split("\n")[:5] == [
        "Drones; Drones > Costs / fees: who, what", "Compare both tellings:", "1. the wire", "2. the paper",
        "\N{EM SPACE}• page two",
    ]  # fmt: skip
    assert next(one.author for text, one in texts.items() if "On a link." in text) == "Mary \ufffd Ann & Co"
    assert max(map(len, texts)) > 10_000
    reach = commented(part(beside, "word/document.xml"))
    by_text = {one.text: reach[str(one.comment_id)] for one in document.comments}
    assert by_text["Diplomacy & <talks>\nA short note."] == "Talks went on while strikes did"
    assert by_text["Diplomacy & <talks>\nOver two items."] == "item 3\na plain item 4"
    assert len(reach) == len(texts) == 13  # the one passage without themes and note has none


@settings(max_examples=25)
@given(data=st.data())
def test_a_comment_reaches_over_its_passage_to_the_character(made, exported_bytes, data):
    lines = [line for line in data.draw(made.lines) if line] or ["x"]
    text = "\n".join(lines)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = [span for span in data.draw(st.lists(places, max_size=4)) if span[0] < span[1]]
    item = made.article(lines, [(span, [], f"note {number}") for number, span in enumerate(spans)])
    written = exported_bytes(made.bundle(item), "docx")[""]
    reach = commented(part(written, "word/document.xml"))
    said = {one.text: reach[str(one.comment_id)] for one in opened(written).comments}
    for number, (start, end) in enumerate(spans):
        assert said[f"note {number}"].strip("\n") == text[start:end].strip("\n")


def test_comments_that_meet_at_the_end_of_a_line_begin_before_they_end(made, exported_bytes):
    spans = [((0, 3), [], "line"), ((3, 4), [], "break"), ((3, 7), [], "next")]
    written = exported_bytes(made.bundle(made.article(["one", "two"], spans)), "docx")[""]
    reach = commented(part(written, "word/document.xml"))
    said = {one.text: reach[str(one.comment_id)] for one in opened(written).comments}
    assert said == {"line": "one", "break": "", "next": "\ntwo"}


def test_the_styles_are_words_own(beside):
    document = opened(beside)
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    for text, style in (
        ("Two tellings & a <third>", "Title"), ("Talking while <striking>", "Heading 1"), ("The terms", "Heading 2"),
        ("Details of it", "Heading 3"), ("a plain item 0", "List Bullet"), ("an ordered item 1", "List Number 2"),
        ("a plain item 3", "List Bullet 3"), ("The second argument never ends.", "Quote"),
        ("def f(x):", "HTML Preformatted"), ("The harbour at dawn. Photograph: nobody", "Caption"),
        ("Good to know", "Call-out Title"), ("A licence transfers no property.", "Call-out"),
    ):  # fmt: skip
        assert styles[text] == style
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Figure", "What it is said to count", "Source"]
    assert table.cell(2, 0).text == "figure number 2 "
    assert [shape.width.cm for shape in document.inline_shapes] == [pytest.approx(16, abs=0.1)]


def test_each_ordered_list_counts_from_one(beside):
    root = part(beside, "word/document.xml")
    numbers = {}
    for p in root.iter(f"{W}p"):
        place = p.find(f"{W}pPr/{W}numPr/{W}numId")
        if place is not None:
            numbers["".join(p.itertext())] = (place.get(f"{W}val"), p.find(f"{W}pPr/{W}numPr/{W}ilvl").get(f"{W}val"))
    assert numbers["an ordered item 1"] == numbers["an ordered item 2"]
    assert numbers["an ordered item 5"] == numbers["an ordered item 7"] != numbers["an ordered item 1"]
    assert numbers["a plain item 0"][0] == numbers["a plain item 6"][0] == "1"
    lists = part(beside, "word/numbering.xml")
    counted = {one.get(f"{W}numId") for one in lists.iter(f"{W}num") if one.find(f"{W}lvlOverride") is not None}
    assert {number for text, (number, _) in numbers.items() if "ordered" in text} <= counted


def test_each_ordered_list_of_a_note_counts_from_one(made, exported_bytes):
    note = "- x\n- y\n    1. deep\n- last\n\n1. one\n2. two\n\nSo.\n\n1. again"
    data = exported_bytes(made.bundle(made.article(["Some text."], [("Some", (), note)])), "docx")[""]
    (comment,) = opened(data).comments
    lines = [line.strip() for line in comment.text.split("\n")]
    assert lines == ["• x", "• y", "1. deep", "• last", "1. one", "2. two", "So.", "1. again"]


def test_both_directions_and_every_script_have_their_settings(beside):
    root = part(beside, "word/document.xml")
    arabic = next(p for p in root.iter(f"{W}p") if "".join(p.itertext()) == printed.ARABIC)
    assert arabic.find(f"{W}pPr/{W}bidi") is not None
    runs = {"".join(r.itertext()): r.find(f"{W}rPr/{W}rtl") is not None for r in arabic.iter(f"{W}r")}
    assert not runs["Boeing 747"]
    assert runs[" إن الخبر غير مؤكد."]
    languages = {lang.get(f"{W}bidi") for p in root.iter(f"{W}p") for lang in p.iter(f"{W}lang")}
    assert "ar" in languages
    assert [lang.get(f"{W}val") for lang in root.iter(f"{W}lang") if lang.get(f"{W}val")] == ["de"] * 5
    fonts = part(beside, "word/styles.xml").find(f"{W}docDefaults//{W}rFonts")
    assert all(fonts.get(f"{W}{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs"))


def test_the_contents_are_there_and_word_can_renew_them(beside):
    root = part(beside, "word/document.xml")
    (contents,) = root.iter(f"{W}sdt")
    lines = ["".join(p.itertext(f"{W}t")) for p in contents.iter(f"{W}p")]
    assert lines == ["Contents", "Talking while <striking>", "خبرة تسافر بلا حقائب", printed.HOSTILE]
    fields = [node.text.split()[0] for node in contents.iter(f"{W}instrText")]
    assert fields == ["TOC", "PAGEREF", "PAGEREF", "PAGEREF"]
    kinds = [node.get(f"{W}fldCharType") for node in contents.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 4
    anchors = {node.get(f"{W}name") for node in root.iter(f"{W}bookmarkStart")}
    assert {node.get(f"{W}anchor") for node in contents.iter(f"{W}hyperlink")} <= anchors


def test_only_safe_links_can_be_followed(made, beside, exported_bytes):
    for data in (beside, exported_bytes(printed.collected(made), "docx")[""]):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if name.endswith(".rels")]
            outside = [
                node.get("Target")
                for name in names
                for node in etree.fromstring(archive.read(name)).iter()
                if node.get("TargetMode") == "External"
            ]
        assert set(outside) <= {
            "https://example.org/x?a=1&b=2",
            "https://example.org/a?b=1&c=%22d%22",
            "https://x.org/",
        }
        assert outside
    links = [link.text for p in opened(beside).paragraphs for link in p.hyperlinks if link.address]
    assert links == ["https://example.org/x?a=1&b=2", " link"]
    assert "javascript:alert(1)" in "".join(p.text for p in opened(beside).paragraphs)


def test_overlaps_are_blended_and_lined_in_the_colour_of_the_first_theme(made, exported_bytes):
    blue, red = made.theme("A", colour="#0000ff"), made.theme("B", colour="#ff0000")
    item = made.article(["One two three"], [("One two", [blue]), ("two three", [red])])
    root = part(exported_bytes(made.bundle(item, themes=[blue, red]), "docx")[""], "word/document.xml")
    body = next(p for p in root.iter(f"{W}p") if "".join(p.itertext()) == "One two three")
    found = [
        ("".join(run.itertext()), run.find(f"{W}rPr/{W}shd").get(f"{W}fill"), run.find(f"{W}rPr/{W}u").get(f"{W}color"))
        for run in body.iter(f"{W}r")
        if run.find(f"{W}t") is not None
    ]
    assert found == [("One ", "ccccff", "0000ff"), ("two", "d1a3d1", "0000ff"), (" three", "ffcccc", "ff0000")]


def test_settings_stand_in_the_order_of_the_schema(beside):
    """Word refuses a document in which they do not (CT_PPr and CT_RPr of ECMA-376, part 1)."""
    orders = {
        f"{W}pPr": "pStyle keepNext keepLines numPr pBdr shd tabs bidi spacing ind jc outlineLvl",
        f"{W}rPr": "rStyle rFonts b bCs i iCs color sz szCs u shd vertAlign rtl lang",
    }
    for name in ("document", "comments", "footnotes", "styles"):
        for node in part(beside, f"word/{name}.xml").iter(*orders):
            settings = [child.tag.removeprefix(W) for child in node]
            assert [known for known in orders[node.tag].split() if known in settings] == settings


def test_properties_name_the_document_and_nobody(beside):
    known = opened(beside).core_properties
    assert (known.title, known.author, known.last_modified_by) == ("Two tellings & a <third>", "", "")
    assert known.created == known.modified == datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert known.language == "en"
    with zipfile.ZipFile(io.BytesIO(beside)) as archive:
        names = archive.namelist()
        types = archive.read("[Content_Types].xml").decode()
    assert names[0] == "[Content_Types].xml"
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]
    assert {re.sub(r".*\.", "", name) for name in names} <= set(re.findall(r'Extension="(\w+)"', types))
