"""What Word documents and OpenDocument texts promise alike, through the programs that read them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from app.importers._base import File
from app.importers._parts import choose
from app.text.body import Piece, Run
from tests import printed

KEYS = ("docx", "odt")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, OFFICE = f"{OASIS}text:1.0}}", f"{OASIS}office:1.0}}"
NOTED = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
RIGHTWARD = re.compile("[\u0590-\u06ff]")


def flat(text: str) -> str:
    """Return a text without white space, which programs set as they like."""
    return "".join(text.split())


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} on this machine")
    return found


def spoken(key: str, data: bytes) -> list[tuple[str, str]]:
    """Return the paragraphs of a document in order: the name of their style, and their text without notes on it."""
    if key == "docx":
        root = etree.fromstring(parts(data)["word/document.xml"])
        return [
            (
                p.find(f"{W}pPr/{W}pStyle").get(f"{W}val"),
                "".join("\t" if node.tag == f"{W}tab" else node.text or "" for node in p.iter(f"{W}t", f"{W}tab")),
            )
            for p in root.iter(f"{W}p")
        ]
    root = etree.fromstring(parts(data)["content.xml"])
    parents = {style.get(f"{OASIS}style:1.0}}name"): style.get(f"{OASIS}style:1.0}}parent-style-name")
               for style in root.iter(f"{OASIS}style:1.0}}style")}  # fmt: skip
    found = []
    for p in root.iter(f"{TEXT}p", f"{TEXT}h"):
        if next(p.iterancestors(f"{OFFICE}annotation", f"{TEXT}note"), None) is None:
            style = p.get(f"{TEXT}style-name")
            found.append((parents.get(style) or style, _odt_text(p)))
    return found


def _odt_text(element: etree._Element) -> str:
    """Return text as ODF 1.3 (part 3, 6.1.2) has it read: white space is one space, and the outer one is none."""
    spaces = {f"{TEXT}s": "\x01", f"{TEXT}tab": "\x02"}
    words = [element.text or ""]
    for child in element:
        if child.tag in spaces:
            words.append(spaces[child.tag] * int(child.get(f"{TEXT}c", "1")))
        elif child.tag not in (f"{OFFICE}annotation", f"{TEXT}note"):
            words.append(_odt_text(child))
        words.append(child.tail or "")
    whole = "".join(words)
    if element.tag not in (f"{TEXT}p", f"{TEXT}h"):
        return whole
    return re.sub(r" +", " ", whole).strip(" ").replace("\x01", " ").replace("\x02", "\t")


@pytest.fixture(scope="module")
def whole(made):
    return printed.bundle(made)


@pytest.fixture(scope="module")
def written(made, whole, exported_bytes):
    """Return documents by their names: with comments and footnotes, and with everything in the text."""
    collected = printed.collected(made)
    inside = {"comments": False, "citations": "inline"}
    return {
        f"{name}.{key}": exported_bytes(of, key, **options)[""]
        for key in KEYS
        for name, of, options in (
            ("beside", collected, {}),
            ("inside", whole, inside),
            ("passages", collected, {**inside, "texts": False}),
            ("themes", whole, {"group": "theme", "texts": False}),
        )
    }


@pytest.fixture(scope="module")
def pages(written, tmp_path_factory) -> dict[str, Path]:
    """Return the documents as PDFs, made by LibreOffice."""
    office, folder = program("soffice"), tmp_path_factory.mktemp("office")
    found = {}
    for name, data in written.items():
        found[name] = folder / f"{name.replace('.', '-')}.pdf"
        found[name].with_suffix(f".{name[-4:].lstrip('.')}").write_bytes(data)
    sources = sorted(folder.glob("*-*"))
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", NOTED]
    subprocess.run([*command, "--outdir", folder, *sources], check=True, capture_output=True, timeout=100)
    return found


def read(pdf: Path) -> str:
    return subprocess.run([program("pdftotext"), "-raw", pdf, "-"], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("key", KEYS)
def test_libreoffice_shows_every_passage_note_and_theme(whole, pages, key):
    text = flat(read(pages[f"inside.{key}"]))
    for item in whole.articles:
        for highlight in item.highlights:
            lines = highlight.quote.replace("\ufffc", "").split("\n")
            assert all(flat(line) in text for line in lines if not RIGHTWARD.search(line))
    for words in (
        "A short note.", "Compare both", "page two", "code and a link", "Paragraph 19: who said so", "In a cell.",
        "It stood in the first version", "Diplomacy & <talks>", "by Mary", "Drones > Costs / fees: who, what",
    ):  # fmt: skip
        assert flat(words) in text
    assert text.count(flat(printed.HOSTILE)) >= 4
    assert flat("The Post & Courier, A. Writer, 4 March 2025, https://example.org/x?a=1&b=2") in text


@pytest.mark.parametrize("key", KEYS)
def test_libreoffice_has_the_sources_at_the_foot_and_the_comments_beside(whole, pages, key):
    text = read(pages[f"themes.{key}"])
    source = "The Post & Courier, A. Writer, “Talking while <striking>”, 4 March 2025, https://example.org/x?a=1&b=2,"
    passages = sum(max(1, len(one.themes)) for one in whole.articles[0].highlights)
    assert flat(text).count(flat(source)) == passages
    places = [int(number) for number in re.findall(r"accessed 5 March 2025,\sparagraphs?\s(\d+)(?:–\d+)?\s", text)]
    assert {2, 3, 4, 9, 17, 32, 37, 39, 42} == set(places)
    with pypdf.PdfReader(pages[f"themes.{key}"]) as reader:
        notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", ())]
        said = [str(note.get("/Contents", "")) for note in notes if note.get("/Subtype") == "/Text"]
    for words in (
        "A short note.",
        "On a link.",
        "Over two items.",
        "ملاحظة عربية قصيرة",
        "Drones > Costs / fees: who, what",
    ):
        assert any(words in one for one in said), words


@pytest.mark.parametrize("key", KEYS)
def test_pandoc_reads_the_whole_document(whole, written, key, tmp_path):
    path = tmp_path / f"beside.{key}"
    path.write_bytes(written[f"beside.{key}"])
    command = [program("pandoc"), "--from", key, "--to", "html", "--wrap", "none", path]
    html = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    text = flat("".join(etree.fromstring(f"<div>{html}</div>", etree.HTMLParser()).itertext()))
    second, third = whole.articles[1:]
    for item in (second, third):
        for line in item.content.body.text.split("\n"):
            assert flat(line) in text
    for words in ("Both say this:", "Part 1 & more", "while strikes did, and nobody would say", "What was said"):
        assert flat(words) in text
    assert html.count("footnote-ref") == 4
    assert "javascript:" not in re.sub(r">[^<]*<", "", html)


@pytest.mark.parametrize("key", KEYS)
def test_what_goes_out_comes_in_again(whole, exported_bytes, key):
    """Our own importer finds the text, and the comments on it as marks with their notes."""
    item = whole.articles[0]
    data = exported_bytes(type(whole)("One", (item,), whole.themes, pictures=whole.pictures), key)[""]
    importer = choose(f"one.{key}", data)
    assert importer.key == key
    (draft,) = importer.read(File(data, f"one.{key}", {}))
    lines = [" ".join(line.split()) for line in draft.body.text.split("\n")]
    for block, line in zip(item.content.body.blocks, item.content.body.text.split("\n"), strict=True):
        if block.kind not in ("rule", "image"):
            assert " ".join(line.split()) in lines
    quotes = {mark.quote: mark for mark in draft.marks if mark.note}
    assert "A short note." in quotes["Talks went on while strikes did"].note
    assert "1. the wire" in quotes["while strikes did, and nobody would say"].note
    assert quotes["link a bad"].author == "Mary \N{REPLACEMENT CHARACTER} Ann & Co"
    assert all(draft.body.text[mark.start : mark.end] == mark.quote for mark in draft.marks)
    assert len(draft.pictures) == (1 if key == "docx" else 2)


@pytest.mark.parametrize("key", KEYS)
def test_the_same_bundle_makes_the_same_bytes(made, whole, written, exported_bytes, key):
    again = exported_bytes(printed.bundle(made), key, comments=False, citations="inline")[""]
    assert again == written[f"inside.{key}"]
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


@pytest.mark.parametrize("key", KEYS)
def test_every_part_is_well_formed_and_nothing_outside_is_asked_for(written, key):
    for name, data in written.items():
        if not name.endswith(key):
            continue
        for part, content in parts(data).items():
            if part.endswith((".xml", ".rels")):
                root = etree.fromstring(content)
                named = [(node, at) for node in root.iter() for at in node.attrib]
                outside = [
                    node.get(at) for node, at in named if at == "Target" and node.get("TargetMode") == "External"
                ]
                addresses = outside + [node.get(at) for node, at in named if at.endswith("href")]
                assert all(re.match(r"https?://|#_Toc|Pictures/", address) for address in addresses)


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=25)
@given(data=st.data())
def test_every_text_is_there_to_the_character_whatever_is_marked(made, exported_bytes, key, data):
    lines = [line for line in data.draw(made.lines) if line] or ["x"]
    text = "\n".join(lines)
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    spans = [span for span in spans if span[0] < span[1]]
    theme = made.theme(data.draw(made.line.filter(str.strip)))
    runs = tuple(Run(0, len(lines[0]), kind) for kind in ("strong", "code"))
    item = made.article([Piece(lines[0], runs=runs), *lines[1:]], [(span, [theme], lines[0]) for span in spans])
    paragraphs = spoken(key, exported_bytes(made.bundle(item, themes=[theme]), key)[""])
    assert "\n".join(said for style, said in paragraphs if style in ("BodyText", "Text_20_body")) == text


@pytest.mark.parametrize("key", KEYS)
def test_a_document_has_the_order_of_its_outline(made, whole, exported_bytes, key):
    def headings(**options) -> list[str]:
        said = spoken(key, exported_bytes(whole, key, **options)[""])
        return [f"{style[-1]} {text}" for style, text in said if style.startswith("Heading")]

    assert headings(group="theme", texts=False) == [
        "1 Drones", "6 Talking while <striking>", "2 Costs / fees: who, what", "1 Diplomacy & <talks>",
        f"1 {printed.HOSTILE}", "6 Talking while <striking>", "1 Without a theme", "1 The articles",
        "2 خبرة تسافر بلا حقائب",
    ]  # fmt: skip
    assert headings(group="attribute", attribute="Tone") == [
        "1 calm", "2 Talking while <striking>", "3 The terms", "4 Details of it", "1 Not set", "2 خبرة تسافر بلا حقائب",
        f"2 {printed.HOSTILE}",
    ]  # fmt: skip
    said = [text for _, text in spoken(key, exported_bytes(printed.collected(made), key, texts=False)[""])]
    order = ["Part 1 & more", "Both say this:", "one thing", "and then:", "while strikes did, and nobody would say",
             "الثلاثاء", "The harbour", "What was said ", "before it was changed", "Part 2 & more"]  # fmt: skip
    first = len(said) - said[::-1].index(order[0]) - 1  # that in the contents goes before
    assert [text for text in said[first:] if text in order][: len(order)] == order


@pytest.mark.parametrize("key", KEYS)
def test_a_document_says_what_it_leaves_behind(whole, key):
    told = printed.left_behind(whole, key)
    images = [message for message in told if "WebP" not in message]
    assert images == ["One image: its description stands in its place."]
    assert len(told) == (2 if key == "docx" else 1)
    assert not printed.left_behind(whole, key, texts=False)


@pytest.mark.parametrize("key", KEYS)
def test_one_article_is_not_announced_twice_and_needs_no_contents(made, exported_bytes, key):
    item = made.article(["Some text."], [("text", ())], "Only this")
    said = spoken(key, exported_bytes(made.bundle(item, title="Only this"), key)[""])
    assert [text for _, text in said].count("Only this") == 1
    assert "Contents" not in [text for _, text in said]


@pytest.mark.parametrize("key", KEYS)
def test_sources_are_cited_in_the_style_of_a_manual(made, exported_bytes, key):
    known = {"byline": "Ada Lovelace", "outlet": "The Post", "address": "https://example.org/x"}
    theme = made.theme("Money")
    item = made.article(["Talks cost money."], [("cost", [theme])], "On talks", **known)
    data = exported_bytes(
        made.bundle(item, themes=[theme]), key, group="theme", citations="inline", style="chicago", texts=False
    )[""]
    said = [text for _, text in spoken(key, data)]
    assert "— Ada Lovelace, “On talks,” The Post, n.d., para. 1, https://example.org/x." in said
