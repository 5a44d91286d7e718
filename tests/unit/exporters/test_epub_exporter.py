"""The book: a valid package, well-formed pages, notes as footnotes, and a way back into the library."""

from __future__ import annotations

import hashlib
import io
import posixpath
import time
import zipfile
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.importers._base import File, importers
from app.model import Interlude, Published
from app.text.body import Piece, Run

X = "{http://www.w3.org/1999/xhtml}"
E = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
PIXEL = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\0\0\x09\0\0\0\x09" + b"rest of a picture"


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def checked(data: bytes) -> dict[str, bytes]:
    """Return the files of a book after checking the rules of its package (EPUB 3.3, 4 to 7)."""
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    files = opened(data)
    pages = {name: parsed(text) for name, text in files.items() if name.endswith((".xhtml", ".opf", ".ncx", ".xml"))}
    (root,) = pages["META-INF/container.xml"].iter("{*}rootfile")
    package = pages[root.get("full-path")]
    items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    listed = ["EPUB/" + item.get("href") for item in items.values()]
    assert sorted(listed) == sorted(set(files) - {"mimetype", "META-INF/container.xml", root.get("full-path")})
    assert len(items) == len(listed) == len(set(listed))
    spine = [items[one.get("idref")].get("href") for one in package.iter(f"{OPF}itemref")]
    assert sorted(spine) == sorted(
        item.get("href")
        for item in items.values()
        if item.get("media-type") == "application/xhtml+xml" and "nav" not in item.get("properties", "").split()
    )
    assert package.get("unique-identifier") == next(package.iter(f"{DC}identifier")).get("id")
    assert all(next(package.iter(f"{DC}{name}")).text for name in ("identifier", "title", "language"))
    assert sum(meta.get("property") == "dcterms:modified" for meta in package.iter(f"{OPF}meta")) == 1
    known = {name: ids_of(page, name) for name, page in pages.items() if name.endswith(".xhtml")}
    for name, page in pages.items():
        for address in addresses(page):
            if ":" not in address.split("/", 1)[0]:
                place, _, mark = address.partition("#")
                whole = posixpath.join(posixpath.dirname(name), unquote(place)) if place else name
                assert whole in files
                assert not mark or mark in known[whole]
            else:
                assert address.split(":", 1)[0].lower() in ("http", "https", "mailto")
        assert not list(page.iter(f"{X}script", f"{X}iframe", f"{X}object", f"{X}style"))
    return files


def ids_of(page: etree._Element, name: str) -> set[str]:
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), name
    return set(ids)


def addresses(page: etree._Element) -> list[str]:
    found = [element.get(name) for element in page.iter() for name in ("href", "src") if element.get(name)]
    return [one for one in found if one is not None]


def text_of(page: etree._Element) -> str:
    return "".join(page.itertext())


@pytest.fixture(scope="module")
def rich(made):
    digest = hashlib.sha256(PIXEL).hexdigest()
    war, peace = made.theme("War & more"), made.theme("Peace")
    drones = made.theme("Drones", war, definition="Those that *fly*.")
    cells = [
        Piece(text, "cell", {"table": 0, "row": row, "column": column, "header": not row})
        for row, text, column in ((0, "A", 0), (0, "B", 1), (1, "C", 1))
    ]
    bad = Run(0, 4, "link", {"address": 'https://example.org/"a b"<c>[d]'})
    pieces = [
        "The talks stalled on Monday, and nobody would say why.", Piece("Part", "heading", {"level": 1}),
        Piece("link here", runs=(bad, Run(5, 9, "superscript"))), Piece("one", "item"),
        Piece("two", "item", {"depth": 2}),
        *cells, Piece("x = <1>", "code"), Piece("", "rule"), Piece("", "image", {"alt": 'A "map"', "picture": digest}),
        Piece("", "image", {"alt": "gone"}), Piece("Title", "callout", {"label": "Title"}), "مرحبا بالعالم",
        *made.nasty,
    ]  # fmt: skip
    marks = [
        ("talks stalled on Monday", [war, drones], "Who *said* so?"), ("on Monday, and nobody", [peace]),
        ("link here", [peace], "On a link"), ("say why", ()), ("\ufffc", [war], "<script>alert(1)</script>"),
    ]  # fmt: skip
    item = made.article(
        pieces, marks, title="Talks & <harbours>", byline="A. Writer", outlet="The Outlet",
        address="https://example.org/talks", published=Published.parse("2025-03"), language="en",
        about={"note": "About it", "themes": (peace.id,), "attributes": {"tone": "calm"}},
    )  # fmt: skip
    lost = replace(made.orphan(item, "a passage that is gone", [war], "Lost."), author="B. Coder")
    second = made.article(["Second text."], [("Second", [war, peace], "n")], "Another", 2, language="fr")
    items = (replace(item, highlights=(*item.highlights, lost)), second)
    return made.bundle(*items, themes=[war, drones, peace], title="Dossier <1>", pictures={digest: PIXEL})


@pytest.fixture(scope="module")
def book(rich, exported_bytes):
    return exported_bytes(rich, "epub")[""]


def test_the_package_is_valid_and_every_page_is_well_formed(book, rich, made):
    files = checked(book)
    contents = [text_of(link) for link in parsed(files["EPUB/nav.xhtml"]).iter(f"{X}a")]
    assert contents == ["Dossier <1>", "Talks & <harbours>", "Another"]
    assert [text_of(one) for one in parsed(files["EPUB/toc.ncx"]).iter(f"{NCX}navLabel")] == contents
    orders = [one.get("playOrder") for one in parsed(files["EPUB/toc.ncx"]).iter(f"{NCX}navPoint")]
    assert orders == ["1", "2", "3"]
    text = text_of(parsed(files["EPUB/text-0001.xhtml"]))
    assert all(line.strip() in text for line in (*made.nasty, "A. Writer", "March 2025", "tone: calm", "About it"))
    assert all(said in text for said in ("Lost.", "B. Coder", "a passage that is gone", "No longer in the text"))
    assert parsed(files["EPUB/text-0002.xhtml"]).get("lang") == "fr"
    assert files["EPUB/images/0001.png"] == PIXEL


def test_marks_lie_flat_and_notes_are_footnotes(book):
    files = checked(book)
    page = parsed(files["EPUB/text-0001.xhtml"])
    marks = list(page.iter(f"{X}mark"))
    assert [text_of(mark) for mark in marks[:4]] == ["talks stalled ", "on Monday", ", and nobody", "say why"]
    assert not [mark for mark in marks if list(mark.iterdescendants(f"{X}mark"))]
    classes = {mark.get("class") for mark in marks}
    sheet = files["EPUB/style.css"].decode()
    assert all(f"mark.{name} {{ background-color: rgba(" in sheet for name in classes)
    asides = {aside.get("id"): text_of(aside) for aside in page.iter(f"{X}aside")}
    references = [link for link in page.iter(f"{X}a") if link.get(f"{E}type") == "noteref"]
    assert [link.get("href") for link in references] == [f"#{key}" for key in asides]
    assert all(aside.get(f"{E}type") == "footnote" for aside in page.iter(f"{X}aside"))
    said = list(asides.values())
    assert "War & more" in said[0]
    assert "Drones" in said[0]
    assert "Who said so?" in said[0]
    assert "<script>alert(1)</script>" in "".join(said)
    before = references[0].getprevious()
    assert before is not None
    assert text_of(before) == "on Monday"  # where the first passage ends, inside the second


def test_a_collection_becomes_chapters_and_no_passage_is_lost(made, exported_bytes):
    war = made.theme("War")
    items = [made.article([f"Text {n} is here."], [(f"Text {n}", [war], f"Note {n}")], f"No {n}", n) for n in (1, 2, 3)]
    parts = (
        Interlude("i1", "First part", 1),
        Interlude("i2", "Some *words* between.", 0),
        Interlude("i3", "Second", 1),
    )
    order = ("i1", items[0].article.id, items[1].article.id, "i2", "i3", items[2].highlights[0].id)
    bundle = made.bundle(*items, themes=[war], order=order, interludes=parts)
    files = checked(exported_bytes(bundle, "epub")[""])
    nav = parsed(files["EPUB/nav.xhtml"])
    assert [text_of(link) for link in nav.iter(f"{X}a")] == ["A set", "First part", "No 1", "No 2", "Second"]
    inner = [text_of(link) for link in nav.iterfind(f".//{X}li/{X}ol/{X}li/{X}a")]
    assert inner == ["No 1", "No 2"]
    whole = "".join(text_of(parsed(text)) for name, text in files.items() if "text-" in name)
    assert all(f"Note {n}" in whole for n in (1, 2, 3))
    assert "Some words between." in whole
    by_theme = checked(exported_bytes(bundle, "epub", group="theme", texts=False)[""])
    assert "Text 3" in text_of(parsed(by_theme["EPUB/text-0001.xhtml"]))


def test_the_program_reads_its_own_books(book, rich):
    importer = importers()["epub"]
    drafts = [one for one in importer.read(File(book, "book.epub", {"chapters": True})) if hasattr(one, "body")]
    first = next(one for one in drafts if one.metadata.title == "Talks & <harbours>")
    for block in rich.articles[0].content.body.pieces():
        words = block.text.replace("\ufffc", "").strip()
        assert " ".join(words.split()[:2]) in " ".join(first.body.text.split()) or not words


def test_a_single_article_says_where_it_comes_from(made, exported_bytes):
    item = made.article(byline="A. Writer", outlet="The Outlet", published=Published.parse("about 2025-03-04"))
    package = parsed(checked(exported_bytes(made.bundle(item), "epub")[""])["EPUB/package.opf"])
    found = {name: next(package.iter(f"{DC}{name}")).text for name in ("creator", "publisher", "date")}
    assert found == {"creator": "A. Writer", "publisher": "The Outlet", "date": "2025-03-04"}


def test_the_same_bytes_in_another_zone_and_hour(book, rich, exported_bytes, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    if hasattr(time, "tzset"):
        time.tzset()
    assert exported_bytes(rich, "epub")[""] == book
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@settings(max_examples=25)
@given(data=st.data())
def test_every_text_makes_a_valid_book(made, exported_bytes, data):
    lines = [line for line in data.draw(made.lines) if line] or ["x"]
    text = "\n".join(lines)
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    theme = made.theme(data.draw(made.line.filter(str.strip)))
    kinds = [Run(0, len(lines[0]), kind, {"address": f"https://x.org/{lines[0]}"}) for kind in ("link", "code")]
    marks = [(span, [theme], lines[-1]) for span in spans if span[0] < span[1]]
    item = made.article([Piece(lines[0], runs=tuple(kinds)), *lines[1:]], marks, title=lines[0], byline=lines[-1])
    files = checked(exported_bytes(made.bundle(item, themes=[theme], title=lines[0]), "epub")[""])
    page = text_of(parsed(files["EPUB/text-0001.xhtml"]))
    assert all(line in page for line in lines if not marks)
