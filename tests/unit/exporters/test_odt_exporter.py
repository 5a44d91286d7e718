"""OpenDocument texts, by the letter of the format."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from app.exporters._odt_body import characters
from app.text.body import Piece
from tests import printed

OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, OFFICE, STYLE, FO = (f"{OASIS}{name}:1.0}}" for name in ("text", "office", "style", "xsl-fo-compatible"))
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def archive(made, exported_bytes):
    with zipfile.ZipFile(io.BytesIO(exported_bytes(printed.bundle(made), "odt")[""])) as opened:
        yield opened


@pytest.fixture(scope="module")
def content(archive) -> etree._Element:
    return etree.fromstring(archive.read("content.xml"))


def test_the_package_begins_with_its_kind_and_lists_its_files(archive):
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.header_offset) == ("mimetype", zipfile.ZIP_STORED, 0)
    assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
    manifest = etree.fromstring(archive.read("META-INF/manifest.xml"))
    listed = [value for node in manifest for at, value in node.attrib.items() if at.endswith("full-path")]
    rest = [name for name in archive.namelist() if name not in ("mimetype", "META-INF/manifest.xml")]
    assert listed == ["/", *rest]
    assert len([name for name in rest if name.startswith("Pictures/")]) == 2


def test_every_style_that_is_named_is_there(archive, content):
    common = etree.fromstring(archive.read("styles.xml"))
    known = {node.get(f"{STYLE}name") for root in (common, content) for node in root.iter() if node.get(f"{STYLE}name")}
    for root in (common, content):
        for node in root.iter():
            for at, value in node.attrib.items():
                if at.endswith(("}style-name", "parent-style-name", "next-style-name", "master-page-name")):
                    assert value in known, (node.tag, at, value)


def test_comments_reach_over_their_passages(content):
    begun = {node.get(f"{OFFICE}name"): node for node in content.iter(f"{OFFICE}annotation")}
    ended = [node.get(f"{OFFICE}name") for node in content.iter(f"{OFFICE}annotation-end")]
    assert sorted(begun) == sorted(ended)
    said = {"\n".join("".join(p.itertext()) for p in node.iter(f"{TEXT}p")): node for node in begun.values()}
    first = said["Diplomacy & <talks>\nA short note."]
    assert first.findtext(f"{DC}creator") == "Reader"
    assert first.findtext(f"{DC}date") == "2025-03-04T05:06:07Z"
    # LibreOffice anchors a comment in one text: it begins and ends in the same cell, or outside of tables.
    cells = {name: next(node.iterancestors(f"{OASIS}table:1.0}}table-cell"), None) for name, node in begun.items()}
    for node in content.iter(f"{OFFICE}annotation-end"):
        assert next(node.iterancestors(f"{OASIS}table:1.0}}table-cell"), None) is cells[node.get(f"{OFFICE}name")]


def test_a_comment_that_would_reach_into_a_table_ends_before_it(made, exported_bytes):
    pieces = ["Before.", *printed.cells(2, 2), "After."]
    item = made.article(pieces, [((2, 60), [], "Too far"), ((12, 60), [], "Two cells")])
    with zipfile.ZipFile(io.BytesIO(exported_bytes(made.bundle(item), "odt")[""])) as opened:
        root = etree.fromstring(opened.read("content.xml"))
    marked = ["".join("".join(one.itertext()) for one in node.itersiblings(f"{TEXT}span", preceding=True))
              for node in root.iter(f"{OFFICE}annotation-end")]  # fmt: skip
    assert marked == ["fore.", "reFigu"]


def test_lists_nest_and_never_stand_empty(content):
    for listing in content.iter(f"{TEXT}list"):
        assert [child.tag for child in listing] == [f"{TEXT}list-item"] * len(listing)
        assert all(item[0].tag == f"{TEXT}p" for item in listing)
    deepest = max(len(list(node.iterancestors(f"{TEXT}list"))) for node in content.iter(f"{TEXT}list"))
    assert deepest == 2


def test_lines_from_the_right_are_set_so(content):
    arabic = next(p for p in content.iter(f"{TEXT}p") if "Boeing 747" in "".join(p.itertext()))
    style = next(
        node for node in content.iter(f"{STYLE}style") if node.get(f"{STYLE}name") == arabic.get(f"{TEXT}style-name")
    )
    properties = style.find(f"{STYLE}paragraph-properties")
    assert (properties.get(f"{STYLE}writing-mode"), properties.get(f"{FO}text-align")) == ("rl-tb", "right")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a b", "a b"), (" a", "<text:s/>a"), ("a ", "a<text:s/>"), ("a   b", 'a <text:s text:c="2"/>b'),
        ("a  b", "a <text:s/>b"), ("a\tb & <", "a<text:tab/>b &amp; &lt;"), ("   ", '<text:s text:c="3"/>'),
    ],
)  # fmt: skip
def test_spaces_that_a_reader_would_lose_are_elements(text, written):
    assert characters(text) == written


def test_code_keeps_its_spaces(made, exported_bytes):
    item = made.article([Piece("def f(x):", "code"), Piece("    return  x", "code")])
    with zipfile.ZipFile(io.BytesIO(exported_bytes(made.bundle(item), "odt")[""])) as opened:
        assert b'<text:s text:c="4"/>return <text:s/>x' in opened.read("content.xml")
