"""Articles that run from right to left: tables, and the lines beside quotations, begin at the right."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import lxml.html
import pypdfium2
import pytest
from lxml import etree

from app.model import Published
from app.text.body import Piece

HEBREW, SAID = "הנמל נפתח ביום שני והרבה אנשים באו לראות.", "כך אמר הבעלים של הטחנה."
ENGLISH, QUOTED = "The harbour opened on Monday.", "So the owner said."
OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
TABLE, TEXT, STYLE = (f"{OASIS}{name}:1.0}}" for name in ("table", "text", "style"))
ROWS = (("Widgets", "Gallons"), ("12", "34"))


def pieces(running, said):
    cells = [
        Piece(text, "cell", {"table": 0, "row": row, "column": column, "header": not row})
        for row, texts in enumerate(ROWS)
        for column, text in enumerate(texts)
    ]
    return [running, *cells, Piece(said, "quote"), Piece(said, "item"), Piece("Latin", "item")]


@pytest.fixture(scope="module")
def right(made):
    return made.bundle(made.article(pieces(HEBREW, SAID), [(SAID, ())], "נמל"))


@pytest.fixture(scope="module")
def left(made):
    return made.bundle(made.article(pieces(ENGLISH, QUOTED), [(QUOTED, ())]))


def member(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def directions(root, *tags: str) -> list[str | None]:
    return [next(root.iter(f"{{*}}{tag}")).get("dir") for tag in tags]


def test_a_word_document(right, left, exported_bytes):
    for bundle, count in ((right, 1), (left, 0)):
        document = member(exported_bytes(bundle, "docx")[""], "word/document.xml")
        assert len(list(document.iter("{*}bidiVisual"))) == count
        assert len(list(document.iter("{*}jc"))) == 4 * count  # the cells run from left to right


def test_an_opendocument_text(right, left, exported_bytes):
    for bundle, is_right in ((right, True), (left, False)):
        content = member(exported_bytes(bundle, "odt")[""], "content.xml")
        (table,) = content.iter("{*}table")
        styles = {one.get(f"{STYLE}name"): etree.tostring(one) for one in content.iter("{*}style")}
        used = table.get(f"{TABLE}style-name")
        assert (b'writing-mode="rl-tb"' in styles[used]) is is_right
        cells = [styles.get(one.get(f"{TEXT}style-name"), b"") for one in table.iter("{*}p")]
        assert [b'text-align="right"' in style for style in cells] == [is_right] * 4


def test_a_page(right, left, exported):
    for bundle, way in ((right, "rtl"), (left, None)):
        for texts in (True, False):
            page = lxml.html.document_fromstring(exported(bundle, "html", texts=texts)[""])
            assert [one.get("dir") for one in page.iter("blockquote")] == [way]
            if texts:
                assert directions(page, "ul") == [way]
                assert next(page.iter("table")).getparent().get("dir") == way


def test_a_book(right, left, exported_bytes):
    for bundle, way, within in ((right, "rtl", "ltr"), (left, None, None)):
        page = member(exported_bytes(bundle, "epub")[""], "EPUB/text-0001.xhtml")
        assert directions(page, "table", "blockquote", "ul") == [way] * 3
        assert {cell.get("dir") for tag in ("th", "td") for cell in page.iter(f"{{*}}{tag}")} == {within}
        assert [item.get("dir") for item in page.iter("{*}li")] == [way, within]
        alone = member(exported_bytes(bundle, "epub", texts=False)[""], "EPUB/text-0001.xhtml")
        assert directions(alone, "blockquote") == [way]


def test_a_report(right, left, exported_bytes):
    for bundle, is_right in ((right, True), (left, False)):
        bare = replace(bundle, articles=tuple(replace(item, highlights=()) for item in bundle.articles))
        with pypdfium2.PdfDocument(exported_bytes(bare, "pdf")[""]) as document:
            text = document[0].get_textpage()
            first, second = (text.get_charbox(text.search(word).get_next()[0])[0] for word in ROWS[0])
            paths = (one for one in document[0].get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH)
            edges = [one.get_bounds() for one in paths]
            (bar,) = (left for left, low, right, high in edges if right - left < 4 and high - low > 6)
            width, _ = document[0].get_size()
            text.close()
        assert (first > second) is is_right
        assert (bar > width / 2) is is_right


ARABIC = {
    "title": "عنوان المقال",
    "outlet": "الصحيفة",
    "byline": "Müller-Lüdenscheidt, الكاتب",
    "published": Published.parse("2025-03-04"),
    "address": "https://x.org/ar",
}


@pytest.fixture(scope="module")
def arabic(made):
    known = dict(ARABIC)
    title = known.pop("title")
    return made.bundle(made.article(["نص المقال هنا.", "One two."], [("two", ())], title, **known))


def shown_lines(data: bytes, name: str, *tags: str) -> list[str]:
    return ["".join(one.itertext()) for tag in tags for one in member(data, name).iter(tag)]


def is_kept_apart(text: str) -> bool:
    """Return whether every letter that runs from right to left lies between isolating signs."""
    outside = re.sub("\u2068[^\u2069]*\u2069", "", text)
    return not re.search("[\u0590-\u08ff]", outside)


@pytest.mark.parametrize("style", ["house", "apa", "chicago", "mla", "harvard"])
def test_a_footnote_keeps_its_order(arabic, exported_bytes, style):
    data = exported_bytes(arabic, "docx", group="theme", citations="footnote", style=style)[""]
    notes = member(data, "word/footnotes.xml")
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    (note,) = (one for one in notes.iter(f"{word}p") if "x.org" in "".join(one.itertext()))
    text = "".join(part.text or "" for part in note.iter(f"{word}t"))
    assert is_kept_apart(text)
    assert text.count("\u2068") == text.count("\u2069") >= 3
    assert "عنوان المقال" in text
    assert note.find(f"{word}pPr/{word}bidi") is None  # it is English, whatever the names in it are


def test_the_parts_of_a_source_line_stand_apart(arabic, exported_bytes):
    for key, name in (("docx", "word/document.xml"), ("odt", "content.xml")):
        (line,) = (
            one
            for one in shown_lines(exported_bytes(arabic, key)[""], name, "{*}p")
            if "الكاتب" in one and "x.org" in one and "الصحيفة" in one
        )
        assert is_kept_apart(line)
        assert line.count("\u2068") == 2
        assert line.endswith(", 4 March 2025, https://x.org/ar")


def test_every_part_of_a_source_stands_apart_on_a_page(arabic, exported):
    page = lxml.html.document_fromstring(exported(arabic, "html")[""])
    apart = [one.text_content() for one in page.xpath("//*[@class='source'][1]/bdi")]
    assert apart == [ARABIC["outlet"], ARABIC["byline"], "4 March 2025", ARABIC["address"]]
    assert [one.text_content() for one in page.xpath("//nav//bdi")][:2] == [ARABIC["outlet"], "4 March 2025"]


def test_data_have_no_signs_of_direction(arabic, exported):
    for key in ("bibtex", "ris", "csl", "csv", "json", "text", "markdown_file"):
        assert not re.search("[\u2066-\u2069]", exported(arabic, key)[""])


def test_a_report_keeps_a_name_of_two_scripts_together(arabic, exported_bytes):
    with pypdfium2.PdfDocument(exported_bytes(arabic, "pdf")[""]) as document:
        text = document[0].get_textpage()
        found = {}
        for word in ("Lüdenscheidt", "March"):
            place, _ = text.search(word).get_next()
            found[word] = text.get_charbox(place)
        (digit,) = (
            text.get_charbox(place)
            for place in range(text.count_chars())
            if text.get_text_range(place, 1) == "4"
            and abs(text.get_charbox(place)[1] - found["March"][1]) < 4
            and text.get_charbox(place)[2] <= found["March"][0]
            and found["March"][0] - text.get_charbox(place)[2] < 8
        )
        text.close()
    assert digit[0] > found["Lüdenscheidt"][2]
