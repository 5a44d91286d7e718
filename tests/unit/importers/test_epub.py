"""Books: the order of their pages, their chapters, notes and pictures, and locks."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File
from app.importers.epub import IMPORTER, read

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
STATED = """<dc:title>Walls</dc:title><dc:creator opf:role="aut">Ada Marsh</dc:creator>
<dc:creator opf:role="ill">Cy Hill</dc:creator><dc:publisher>Harbour Press</dc:publisher>
<dc:language>en-GB</dc:language>
<dc:date opf:event="modification">2025-01-01</dc:date><dc:date opf:event="publication">2024-05</dc:date>
<dc:identifier>urn:isbn:9780000000002</dc:identifier><dc:subject>Sea</dc:subject><dc:subject>Walls</dc:subject>"""
PICTURE = b"\x89PNG\r\n\x1a\n" + b"wall" * 9


def page(body: str, head: str = "") -> str:
    names = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    return f'<?xml version="1.0"?><!DOCTYPE html><html {names}><head><title/>{head}</head><body>{body}</body></html>'


def made(pages: dict[str, str], stated: str = STATED, order: list[str] | None = None, **parts: bytes | str) -> bytes:
    items = "".join(
        f'<item id="i{n}" href="text/{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages)
    )
    items += '<item id="css" href="style.css" media-type="text/css"/>'
    names = list(pages)
    spine = "".join(f'<itemref idref="i{names.index(name)}"/>' for name in order or names)
    package = f"""<package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{stated}</metadata>
<manifest>{items}</manifest><spine>{spine}</spine></package>"""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OPS/book.opf", package)
        for name, text in pages.items():
            archive.writestr(f"OPS/text/{name}", text)
        for name, data in parts.items():
            archive.writestr({"encryption": "META-INF/encryption.xml", "css": "OPS/style.css"}.get(name, name), data)
    return target.getvalue()


def several(data: bytes, chapters: bool) -> list[Draft]:
    drafts = read(File(data, "walls.epub", {"chapters": chapters}))
    assert all(isinstance(draft, Draft) for draft in drafts)
    return [draft for draft in drafts if isinstance(draft, Draft)]


def one(data: bytes) -> Draft:
    (draft,) = several(data, chapters=False)
    return draft


CHAPTERS = {
    "b.xhtml": page(
        "<h1>Two</h1><p>The second.</p><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    ),
    "front.xhtml": page("<h1>Walls</h1><p>Ada Marsh</p><p>For the harbour.</p>"),
    "a.xhtml": page(
        "<h1>One</h1><p>The first.</p><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    ),
    "a2.xhtml": page("<p>More of the first.</p><h2>A part of it</h2><p>Still the first.</p>"),
}
ORDER = ["front.xhtml", "a.xhtml", "a2.xhtml", "b.xhtml"]


def test_pages_stand_in_the_order_of_the_spine():
    draft = one(made(CHAPTERS, order=ORDER))
    lines = draft.body.text.split("\n")
    assert lines[:3] == ["For the harbour.", "One", "The first."]
    assert [line for line in lines if "first" in line or "second" in line] == [
        "The first.", "More of the first.", "Still the first.", "The second.",
    ]  # fmt: skip
    assert {piece.attributes["table"] for piece in draft.body.pieces() if piece.kind == "cell"} == {0, 1}


def test_the_package_states_the_metadata():
    metadata = one(made(CHAPTERS, order=ORDER)).metadata
    assert (metadata.title, metadata.byline, metadata.outlet) == ("Walls", "Ada Marsh", "Harbour Press")
    assert (str(metadata.published), metadata.language) == ("2024-05", "en-GB")
    details = one(made(CHAPTERS)).details
    assert (details["isbn"], details["subjects"]) == ("9780000000002", ("Sea", "Walls"))


@pytest.mark.parametrize("date", ["0101-01-01T00:00:00+00:00", "unknown", ""])
def test_a_date_that_says_nothing_is_none(date):
    stated = f"<dc:title>Walls</dc:title><dc:date>{date}</dc:date>"
    assert one(made(CHAPTERS, stated)).metadata.published is None


@pytest.mark.parametrize(
    ("date", "changed", "published"),
    [
        ("2026-12-01T06:39:31Z", "2026-12-01T06:39:31Z", None),
        ("2024-03-04T06:39:31Z", "2026-12-01T06:39:31Z", "2024-03-04"),
        ("2026-12-01", "2026-12-01T06:39:31Z", "2026-12-01"),
    ],
)
def test_the_moment_in_which_a_book_was_made_is_no_day_of_publication(date, changed, published):
    stated = f'<dc:title>Walls</dc:title><dc:date>{date}</dc:date><meta property="dcterms:modified">{changed}</meta>'
    found = one(made({"a.xhtml": page("<h1>Walls</h1><p>They are high.</p>")}, stated)).metadata.published
    assert (str(found) if found else None) == published


def test_each_chapter_may_be_an_article():
    drafts = several(made(CHAPTERS, order=ORDER), chapters=True)
    assert [(draft.part, draft.metadata.title) for draft in drafts] == [
        ("front.xhtml", "Walls"), ("a.xhtml", "One"), ("b.xhtml", "Two"),
    ]  # fmt: skip
    assert "Still the first." in drafts[1].body.text
    assert drafts[1].details["book"] == "Walls"
    assert {draft.metadata.byline for draft in drafts} == {"Ada Marsh"}


def test_chapters_may_lie_in_one_page():
    text = page(
        "<h1>Walls</h1>" + "".join(f"<h2>{name}</h2><p>Text of {name}.</p><h3>x</h3>" for name in ("One", "Two"))
    )
    drafts = several(made({"all.xhtml": text}), chapters=True)
    assert [(draft.part, draft.metadata.title) for draft in drafts] == [
        ("all.xhtml#2", "One"), ("all.xhtml#3", "Two"),
    ]  # fmt: skip


def test_pages_that_are_not_well_formed_are_read_as_browsers_do():
    broken = "<html><body><h1>One</h1><p>Salt &amp; water&nbsp;here<p>Next<br>line</body></html>"
    assert one(made({"a.xhtml": broken})).body.text == "One\nSalt & water\xa0here\nNext\nline"
    spelt = page("<p>caf&eacute; <a id='x'/>&mdash; <i/>tea</p>")
    assert one(made({"a.xhtml": spelt})).body.text == "café — tea"


def test_notes_have_their_numbers_and_no_way_back():
    text = page("""<p>It holds<a epub:type="noteref" href="#n1">1</a>.</p><aside epub:type="footnote" id="n1">
<p><a href="#r1">1</a> Not in winter.</p></aside>
<section epub:type="footnotes"><ol><li><p>Nor in spring. <a href="#r2" role="doc-backlink">↩</a></p></li></ol>
</section>""")
    draft = one(made({"a.xhtml": text}))
    assert draft.body.text == "It holds[1].\n[1] Not in winter.\nNor in spring."
    assert [run.kind for run in draft.body.runs] == ["superscript"]


def test_style_sheets_say_what_is_bold():
    text = page('<p>The <span class="b">sea</span> <span class="calibre3">wall</span></p>')
    sheet = "/* x */ .b, .c {font-weight: bold} span.calibre3 { color: red; font-style:italic }"
    draft = one(made({"a.xhtml": text}, css=sheet))
    assert [(run.kind, draft.body.text[run.start : run.end]) for run in draft.body.runs] == [
        ("strong", "sea"), ("emphasis", "wall"),
    ]  # fmt: skip


def test_a_style_sheet_that_cannot_be_read_costs_no_book():
    draft = one(made({"a.xhtml": page("<p>The sea wall</p>")}, css=bytes(range(256)) * 4))
    assert draft.body.text == "The sea wall"


def test_pictures_lie_beside_the_pages_and_covers_in_drawings():
    text = page("""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<image xlink:href="../img/wall%201.png"/></svg><p>x</p><img src="../img/gone.png" alt="Gone"/>
<img src="../../../../etc/passwd" alt="no"/><img src="../img/wall%201.png" alt="The wall"/>""")
    draft = one(made({"a.xhtml": text}, **{"OPS/img/wall 1.png": PICTURE}))
    images = [piece.attributes for piece in draft.body.pieces() if piece.kind == "image"]
    assert [(image["alt"], image["source"], bool(image.get("picture"))) for image in images] == [
        ("", "", True), ("Gone", "", False), ("no", "", False), ("The wall", "", True),
    ]  # fmt: skip
    assert list(draft.pictures.values()) == [PICTURE]


def test_locks_are_named_and_scrambled_fonts_are_none():
    def lock(method: str, name: str) -> str:
        return f"""<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><e:EncryptedData
xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptionMethod Algorithm="{method}"/><e:CipherData>
<e:CipherReference URI="{name}"/></e:CipherData></e:EncryptedData></encryption>"""

    with pytest.raises(ImportFailed, match="DRM"):
        one(made(CHAPTERS, encryption=lock("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OPS/text/a.xhtml")))
    fonts = lock("http://www.idpf.org/2008/embedding", "OPS/fonts/a.otf")
    assert one(made(CHAPTERS, encryption=fonts)).body.text


def test_a_book_of_pictures_is_refused():
    with pytest.raises(ImportFailed, match="no text"):
        one(made({"a.xhtml": page('<img src="x.png" alt="x"/>')}))


def test_the_options_are_offered():
    assert [(option.key, option.default) for option in IMPORTER.options] == [("chapters", False), ("colours", False)]
