"""Word documents: what Word says in ways of its own, and documents made to harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File
from app.importers.docx import IMPORTER, read
from app.model import Origin

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = f"""<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"""
ROOT = f"""<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{R}/officeDocument"
Target="word/document.xml"/></Relationships>"""
STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Stufe"><w:name w:val="Stufe"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Intense Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="V1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>
<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style></w:styles>"""


def p(text: str, style: str = "", settings: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>"
    return f"<w:p><w:pPr>{named}{settings}</w:pPr>{runs}</w:p>"


def r(text: str, settings: str = "") -> str:
    return f'<w:r><w:rPr>{settings}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def made(body: str, head: str = "", main: str = "word/document.xml", space: str = W, **parts: str) -> bytes:
    target = io.BytesIO()
    document = f'{head}<w:document xmlns:w="{space}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
    named = {main: document, "word/styles.xml": STYLES, "_rels/.rels": ROOT, "[Content_Types].xml": TYPES}
    places = {"core": "docProps/core.xml", "relations": "word/_rels/document.xml.rels"}
    named |= {places.get(name, f"word/{name}.xml"): text for name, text in parts.items()}
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in named.items():
            archive.writestr(name, text)
    return target.getvalue()


def one(data: bytes) -> Draft:
    (draft,) = read(File(data, "wall.docx"))
    return draft


def test_styles_of_the_writers_own_are_what_they_are_based_on():
    body = [p("The Wall", "Titel"), p("One", "Kapitel"), p("Two", "Stufe"), p("It will hold.", "Zitat"), p("Text", "A")]
    draft = one(made("".join(body) + p("Three", "", '<w:outlineLvl w:val="3"/>') + p("End")))
    assert draft.metadata.title == "The Wall"
    assert draft.metadata.origins["title"] is Origin.STATED
    assert [(piece.kind, piece.attributes.get("level")) for piece in draft.body.pieces()] == [
        ("heading", 1), ("heading", 3), ("quote", None), ("paragraph", None), ("heading", 4), ("paragraph", None),
    ]  # fmt: skip


def test_bold_lines_are_the_headings_of_a_document_without_any():
    bold = "<w:b/>"
    body = p(r("What it costs", bold)) + p("A lot.") + p(r("A whole sentence in bold.", bold)) + p("More.")
    assert [piece.kind for piece in one(made(body)).body.pieces()] == ["heading", "paragraph", "paragraph", "paragraph"]
    titled = one(made(p("The Wall", "berschrift1") + body)).body.pieces()
    assert [piece.kind for piece in titled] == ["heading", "paragraph", "paragraph", "paragraph"]
    styled = one(made(p("The Wall", "Titel") + p("One", "berschrift1") + body)).body.pieces()
    assert [piece.text for piece in styled if piece.kind == "heading"] == ["One"]


def test_the_title_that_is_shown_comes_before_the_one_in_the_properties():
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Template 7</dc:title></c>'
    draft = one(made(p("The Wall", "Titel") + p("Text"), core=core))
    assert (draft.metadata.title, draft.body.text) == ("The Wall", "Text")
    assert draft.details["document_title"] == "Template 7"
    assert one(made(p("Text of it."), core=core)).metadata.title == "Template 7"
    untitled = one(made(p("Text of it."))).metadata
    assert (untitled.title, untitled.origins["title"]) == ("Text of it", Origin.DERIVED)


def properties(title: str = "", creator: str = "", language: str = "") -> str:
    stated = {"title": title, "creator": creator, "language": language}
    inside = "".join(f"<dc:{name}>{text}</dc:{name}>" for name, text in stated.items() if text)
    return f'<c xmlns:dc="http://purl.org/dc/elements/1.1/">{inside}</c>'


GERMAN = "Der Hafenmeister sagte am Dienstag, dass der Kai geschlossen bleibt, bis die Risse vermessen sind. " * 2


def test_the_language_that_word_is_set_to_is_not_stated_where_the_text_is_in_another():
    german = one(made(p(GERMAN), core=properties(language="en-US"))).metadata
    assert (german.language, german.origins["language"]) == ("de", Origin.DERIVED)
    kept = one(made(p(GERMAN), core=properties(language="de-AT"))).metadata
    assert (kept.language, kept.origins["language"]) == ("de-AT", Origin.STATED)
    short = one(made(p("Kai 7"), core=properties(language="en-US"))).metadata
    assert (short.language, short.origins["language"]) == ("en-US", Origin.STATED)


def test_the_only_heading_above_the_text_is_its_title_where_the_properties_have_another():
    core = properties("Kai")
    draft = one(made(p("Der Kai am Hafen", "berschrift1") + p(GERMAN), core=core))
    assert (draft.metadata.title, draft.details["document_title"]) == ("Der Kai am Hafen", "Kai")
    assert draft.body.text == GERMAN.strip()
    chapters = one(made(p("Erstens", "berschrift1") + p(GERMAN) + p("Zweitens", "berschrift1") + p(GERMAN), core=core))
    assert chapters.metadata.title == "Kai"
    assert chapters.body.text.startswith("Erstens\n")


def test_each_author_that_stands_at_the_head_leaves_the_text():
    shown = p("The Wall", "Titel") + p("Ada Marsh") + p("Ben Lowe") + p("Nobody was asked, Ada Marsh writes.")
    draft = one(made(shown, core=properties(creator="Ada Marsh; Ben Lowe")))
    assert draft.metadata.byline == "Ada Marsh, Ben Lowe"
    assert draft.body.text == "Nobody was asked, Ada Marsh writes."
    assert draft.details["byline_line"] == ("Ada Marsh", "Ben Lowe")


def test_what_was_deleted_is_no_text_and_a_table_of_contents_is_left_out():
    body = p("Contents 1", "V1") + p('<w:del w:id="1"><w:r><w:delText>old</w:delText></w:r></w:del>' + r("new"))
    draft = one(made(body))
    assert draft.body.text == "new"
    assert [(piece.kind, piece.text, piece.before) for piece in draft.left_out] == [("navigation", "Contents 1", 0)]


def test_an_answer_to_a_comment_goes_into_the_same_note():
    comments = f"""<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="Ada" w:date="2025-03-11T10:05:00Z">
{p("Is it so?")}</w:comment><w:comment w:id="1" w:author="Ben">{p("It is.")}</w:comment></w:comments>"""
    around = "".join(f'<w:commentRange{kind} w:id="{number}"/>' for kind in ("Start",) for number in (0, 1))
    after = around.replace("Start", "End")
    draft = one(made(p(r("The wall ") + around + r("is low", "<w:b/>") + after + r(".")), comments=comments))
    (mark,) = draft.marks
    assert (mark.quote, mark.note, mark.author) == ("is low", "Ada: Is it so?\n\nBen: It is.", "Ada")
    assert mark.created == 1_741_687_500_000


def test_a_comment_keeps_its_tabs_and_breaks():
    said = '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr><w:r>'
    said += "<w:t>Two  and</w:t><w:tab/><w:t>a tab</w:t><w:br/><w:t>a line</w:t></w:r></w:p>"
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="0">{said}</w:comment></w:comments>'
    body = p('<w:commentRangeStart w:id="0"/>' + r("One") + '<w:commentRangeEnd w:id="0"/>')
    (mark,) = one(made(body, comments=comments)).marks
    assert mark.note == "Two  and\ta tab\na line"


def test_a_comment_over_several_paragraphs_is_one_mark():
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="Ada">{p("All.")}</w:comment></w:comments>'
    body = p('<w:commentRangeStart w:id="0"/>' + r("One")) + p("Two") + '<w:commentRangeEnd w:id="0"/>' + p("Three")
    (mark,) = one(made(body, comments=comments)).marks
    assert mark.quote == "One\nTwo"


def test_a_comment_on_cells_of_a_table_is_one_mark():
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="Ada">{p("Sum?")}</w:comment></w:comments>'

    def row(*texts: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{p(text)}</w:tc>" for text in texts) + "</w:tr>"

    start, end = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'
    draft = one(made(f"<w:tbl>{row('a', 'b')}{start}{row('c', 'd')}{end}{row('e', 'f')}</w:tbl>", comments=comments))
    assert [piece.kind for piece in draft.body.pieces()] == ["cell"] * 6
    assert [(mark.quote, mark.note) for mark in draft.marks] == [("c\nd", "Sum?")]


def test_runs_that_word_has_cut_are_one_text():
    proof = '<w:proofErr w:type="spellStart"/>'
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    linked = field.format("begin") + '<w:r><w:instrText>HYPERLINK "https://a.example/"</w:instrText></w:r>'
    linked += field.format("separate") + r("the to") + proof + r("wn") + field.format("end")
    tabbed = "<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t></w:r>"
    body = p(r("The se") + proof + r("a ") + r("wa", "<w:b/>") + r("ll", "<w:b/>") + r(" of ") + linked) + p(
        tabbed + r("3")
    )
    first, second = one(made(body)).body.pieces()
    assert (first.text, second.text) == ("The sea wall of the town", "one two3")
    assert [(first.text[run.start : run.end], run.kind) for run in first.runs] == [
        ("wall", "strong"), ("the town", "link"),
    ]  # fmt: skip


def test_of_several_ways_to_show_a_box_one_is_read_and_a_missing_picture_costs_nothing_else():
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    choice = f'<mc:AlternateContent xmlns:mc="{mc}"> <mc:Choice>{r("twice")}</mc:Choice>'
    choice += f"<mc:Fallback>{r('once')}</mc:Fallback></mc:AlternateContent>"
    picture = (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{drawing}/wordprocessingDrawing"><a:graphic xmlns:a="{drawing}/main">'
    )
    picture += f'<a:graphicData><pic:pic xmlns:pic="{drawing}/picture"><pic:blipFill><a:blip r:embed="p1"/>'
    picture += "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    relation = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="p1" Type="{R}/image" '
    relation += 'Target="media/gone.png"/></Relationships>'
    draft = one(made(p(r("Said ") + choice) + p(picture) + p("End"), relations=relation))
    assert [piece.text for piece in draft.body.pieces() if piece.kind == "paragraph"] == ["Said once", "End"]


def test_notes_stand_behind_the_text_that_names_them():
    note = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{p("Says who?")}</w:footnote></w:footnotes>'
    draft = one(made(p(r("The wall") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + p("End"), footnotes=note))
    assert [piece.text for piece in draft.body.pieces()] == ["The wall[1]", "End", "Says who?"]
    assert draft.body.pieces()[-1].attributes["footnote"] == "[1]"


def test_formulas_are_spelt_out():
    maths = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f'<m:oMath xmlns:m="{maths}"><m:r><m:t>E=m</m:t></m:r><m:r><m:t>c2</m:t></m:r></m:oMath>'
    assert one(made(p(r("So ") + formula + r(".")))).body.text == "So E=mc2."


def test_a_comment_on_the_title_is_kept_for_the_reader_to_place():
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="Ada">{p("Better?")}</w:comment></w:comments>'
    title = '<w:commentRangeStart w:id="0"/>' + r("The Wall") + '<w:commentRangeEnd w:id="0"/>'
    draft = one(made(p(title, "Titel") + p("Text"), comments=comments))
    (mark,) = draft.marks
    assert (draft.body.text, mark.quote, mark.start, mark.note) == ("Text", "The Wall", -1, "Better?")


def test_highlighted_runs_of_one_colour_are_one_mark():
    def lit(colour: str) -> str:
        return f'<w:highlight w:val="{colour}"/>'

    yellow, bold = lit("yellow"), lit("yellow") + "<w:b/>"
    grey = '<w:shd w:val="clear" w:fill="EEEEEE"/>'
    runs = r("The ") + r("wall is ", yellow) + r("low", bold) + r(" and ", lit("darkBlue")) + r("old", lit("none"))
    draft = one(made(p(runs + r(".", grey)) + p(r("Next.", yellow))))
    marks = [(mark.quote, mark.themes) for mark in draft.marks]
    assert marks == [("wall is low", ("yellow",)), ("and", ("dark blue",)), ("Next.", ("yellow",))]
    assert all(draft.body.text[mark.start : mark.end] == mark.quote for mark in draft.marks)


def test_characters_that_mark_places_inside_may_stand_in_the_text():
    draft = one(made(p("a\ufdd0\ufdd2\ufdd1b\ufdd0c") + p(r("x", '<w:highlight w:val="red"/>'))))
    assert "c" in draft.body.text
    assert all(draft.body.text[mark.start : mark.end] == mark.quote for mark in draft.marks)


def test_lists_may_be_nine_deep():
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="{"decimal" if n % 2 else "bullet"}"/></w:lvl>' for n in range(9)
    )
    numbering = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
    items = "".join(
        p(f"Item {n}", "", f'<w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="1"/></w:numPr>') for n in range(9)
    )
    pieces = one(made(items, numbering=numbering)).body.pieces()
    assert [(piece.kind, piece.attributes["depth"]) for piece in pieces] == [("item", n + 1) for n in range(9)]
    assert [piece.attributes["ordered"] for piece in pieces] == [bool(n % 2) for n in range(9)]


def test_nothing_outside_the_document_is_read(tmp_path: Path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\nsecret")
    relations = f"""<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r9" Type="{R}/image"
Target="{secret.as_uri()}" TargetMode="External"/></Relationships>"""
    picture = """<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>
<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="r9"/>
</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""
    draft = one(made(p(picture) + p("Text"), relations=relations))
    assert not draft.pictures
    assert "secret" not in draft.body.text


@pytest.mark.parametrize(
    "inside", ['<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE x [<!ENTITY e "e">]>']
)
def test_entities_are_refused(inside):
    with pytest.raises(ImportFailed, match="entities"):
        one(made(p("Text &e;"), head=inside))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old Word"),
        (made(p("x"), main="word/other.xml"), "no Word document"),
        (made(p("x")).replace(b"PK\x01\x02", b"PK\x01\x03"), "damaged"),
        (made(p("x"), space="http://purl.oclc.org/ooxml/wordprocessingml/main"), "Strict"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_reason(data, what):
    with pytest.raises(ImportFailed, match=what) as caught:
        one(data)
    assert caught.value.hint


def test_the_format_is_known():
    assert IMPORTER.suffixes[0] == ".docx"
    assert IMPORTER.sniff is not None
    assert IMPORTER.sniff(made(p("x")))
