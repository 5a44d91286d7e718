"""OpenDocument texts: what their styles say, what is hidden in them, and what cannot be read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File
from app.importers.odt import read

DATA = Path(__file__).resolve().parents[2] / "data" / "imports"
NAMES = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("meta", "meta"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
STYLES = """<style:style style:name="Bold" style:family="text">
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Both" style:family="text" style:parent-style-name="Bold">
<style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="P2"/>
<style:style style:name="Lit" style:family="text">
<style:text-properties fo:background-color="#ff9900"/></style:style>"""


def made(body: str, styles: str = STYLES, meta: str = "", **parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content{NAMES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:text>{body}</office:text></office:body></office:document-content>",
        )
        if meta:
            archive.writestr(
                "meta.xml", f"<office:document-meta{NAMES}><office:meta>{meta}</office:meta></office:document-meta>"
            )
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def one(data: bytes) -> Draft:
    (draft,) = read(File(data, "wall.odt"))
    return draft


def test_styles_are_what_they_are_based_on():
    draft = one(made('<text:p text:style-name="P1">It will <text:span text:style-name="Both">hold</text:span>.</text:p>'
                     '<text:p text:style-name="P2">Text</text:p>'))  # fmt: skip
    assert [piece.kind for piece in draft.body.pieces()] == ["quote", "paragraph"]
    assert sorted(run.kind for run in draft.body.runs) == ["emphasis", "strong"]


def test_spaces_tabs_and_breaks_are_elements():
    draft = one(made("<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d\n e</text:p>"))
    assert draft.body.text == "a b c\nd e"


def test_a_document_in_one_piece_of_xml_is_the_same():
    flat, packed = (read(File((DATA / name).read_bytes(), name))[0] for name in ("wall.fodt", "wall-libreoffice.odt"))
    assert isinstance(flat, Draft)
    assert isinstance(packed, Draft)
    assert (flat.body, flat.marks, flat.pictures) == (packed.body, packed.marks, packed.pictures)
    assert (flat.metadata, flat.details) == (packed.metadata, packed.details)


def test_fields_and_marked_up_text_are_text():
    body = "<text:p><text:title>The Wall</text:title> of <text:meta>stone</text:meta></text:p>"
    assert one(made(body)).body.text == "The Wall of stone"


def test_what_was_deleted_or_hidden_is_no_text_and_an_index_is_left_out():
    body = """<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p></text:deletion>
</text:changed-region></text:tracked-changes><text:table-of-content><text:index-body><text:p>One 3</text:p>
</text:index-body></text:table-of-content><text:p>new<text:hidden-text>secret</text:hidden-text></text:p>"""
    draft = one(made(body))
    assert draft.body.text == "new"
    assert [(piece.kind, piece.text) for piece in draft.left_out] == [("navigation", "One 3")]


def test_a_box_of_text_and_a_caption_stand_in_the_text():
    box = "<draw:frame><draw:text-box><text:p>In the box</text:p></draw:text-box></draw:frame>"
    body = f"<text:p>Before {box}</text:p><text:p>After</text:p>"
    assert one(made(body)).body.text == "Before\nIn the box\nAfter"


def test_cells_that_span_others_keep_the_columns():
    def cell(text: str, settings: str = "") -> str:
        return f"<table:table-cell {settings}><text:p>{text}</text:p></table:table-cell>"

    wide = 'table:number-columns-spanned="2"'
    rows = [cell("a", wide) + "<table:covered-table-cell/>" + cell("b"), cell("c") + cell("d") + cell("e")]
    draft = one(
        made(f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>")
    )
    assert [piece.attributes["column"] for piece in draft.body.pieces()] == [0, 2, 0, 1, 2]


def test_the_author_is_who_began_the_document():
    meta = "<dc:creator>Ben</dc:creator><meta:initial-creator>Ada</meta:initial-creator><dc:title>T</dc:title>"
    assert one(made("<text:p>Text</text:p>", meta=meta)).metadata.byline == "Ada"
    assert one(made("<text:p>Text</text:p>", meta="<dc:creator>Ben</dc:creator>")).metadata.byline == "Ben"


def test_annotations_may_overlap_and_be_answered():
    def note(name: str, author: str, text: str) -> str:
        date = "<dc:date>2025-03-11T10:05:00.123456789</dc:date>"
        said = f"<dc:creator>{author}</dc:creator>{date}<text:p>{text}</text:p>"
        return f'<office:annotation office:name="{name}">{said}</office:annotation>'

    end = '<office:annotation-end office:name="{}"/>'
    notes = note("a", "Ada", "One") + note("b", "Ben", "Two")
    draft = one(made(f"<text:p>The {notes}sea {end.format('a')}wall{end.format('b')}.</text:p>"))
    assert [(mark.quote, mark.note) for mark in draft.marks] == [("sea", "One"), ("sea wall", "Two")]
    assert draft.body.text == "The sea wall."
    assert draft.marks[0].created == 1_741_687_500_123


def test_a_comment_keeps_spaces_and_breaks_and_folds_those_of_the_file():
    said = "Two <text:s/>and<text:s text:c='3'/>four,\n   one;<text:tab/>a tab<text:line-break/>"
    said += "and <text:span>a\n</text:span> line"
    note = f"<office:annotation><text:p>{said}</text:p><text:p>Next</text:p></office:annotation>"
    (mark,) = one(made(f"<text:p>The sea{note} wall.</text:p>")).marks
    assert mark.note == "Two  and   four, one;\ta tab\nand a line\n\nNext"


def test_colours_are_named():
    draft = one(made('<text:p>The <text:span text:style-name="Lit">sea wall</text:span></text:p>'))
    assert [(mark.quote, mark.themes) for mark in draft.marks] == [("sea wall", ("orange",))]


def test_text_that_is_nested_deeply_is_read_or_refused():
    for depth in (50, 240, 5000):
        body = "<text:p>" + "<text:span>" * depth + "deep" + "</text:span>" * depth + "</text:p>"
        try:
            assert one(made(body)).body.text == "deep"
        except ImportFailed:
            assert depth > 200


def test_a_locked_document_and_one_without_text_are_named():
    manifest = {"META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>"}
    with pytest.raises(ImportFailed, match="password"):
        one(made("<text:p>x</text:p>", **manifest))
    with pytest.raises(ImportFailed, match="no OpenDocument text"):
        one(made("x").replace(b"content.xml", b"kontent.xml"))


def test_entities_are_refused():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE d [<!ENTITY e "boom">]><d>&e;</d>')
    with pytest.raises(ImportFailed, match="entities"):
        one(data.getvalue())


def test_the_letters_of_a_formula_stand_in_the_text_and_a_damaged_one_costs_nothing():
    math = "<math xmlns='http://www.w3.org/1998/Math/MathML'><semantics><msup><mi>x</mi><mn>2</mn></msup>"
    math += "<annotation encoding='StarMath 5.0'>x^{2}</annotation></semantics></math>"
    content = (
        f"<office:document-content{NAMES}><office:body><office:text><text:p>So <draw:frame><draw:object "
        'xlink:href="./Formula-1"/></draw:frame> it is.</text:p></office:text></office:body></office:document-content>'
    )
    for formula, said in ((math, "So x2 it is."), ("<math", "So it is.")):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("content.xml", content)
            archive.writestr("Formula-1/content.xml", formula)
        (draft,) = read(File(made.getvalue(), "a.odt"))
        assert isinstance(draft, Draft)
        assert draft.body.text == said


@pytest.mark.parametrize(("text", "said"), [("<p>It is high.</p>", "no OpenDocument text"), ("<p>It is", "in line 1")])
def test_markup_that_is_no_document_is_not_called_an_archive(text, said):
    with pytest.raises(ImportFailed, match=said):
        read(File(text.encode(), "wall.fodt"))
