"""Markdown as a document: its words and marks are there, and nothing in it is loaded, run or opened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QTextCursor, QTextDocument, QTextList

from app.text.body import clean_line
from app.text.markdown_reader import read_markdown
from ui.looks import read_looks
from ui.widgets.markdown_document import MarkdownView, markdown_document

LIGHT = read_looks()["light"]


def words(document):
    return document.toRawText().translate(dict.fromkeys((0xFDD0, 0xFDD1), "\u2029")).split("\u2029")


def format_at(document, text):
    cursor = document.find(text)
    assert not cursor.isNull(), text
    return cursor.charFormat()


def test_marks_of_markdown_become_formats(qapp):
    document = markdown_document("# Head\n\nplain **bold *both*** `code` [link](https://a.org/x)", LIGHT)
    assert words(document) == ["Head", "plain bold both code link"]
    assert format_at(document, "Head").font().pixelSize() > format_at(document, "plain").font().pixelSize()
    assert format_at(document, "bold").fontWeight() > format_at(document, "plain").fontWeight()
    both = format_at(document, "both")
    assert both.fontItalic()
    assert both.fontWeight() == format_at(document, "bold").fontWeight()
    assert "Mono" in format_at(document, "code").fontFamilies()[0]
    assert format_at(document, "link").anchorHref() == "https://a.org/x"


def test_arabic_has_no_italics_but_may_be_bold(qapp):
    document = markdown_document("> \u0641\u064a\n\nsaid *\u0645\u0646* and *so*", LIGHT)
    assert not format_at(document, "\u0641\u064a").fontItalic()
    assert not format_at(document, "\u0645\u0646").fontItalic()
    assert format_at(document, "\u0645\u0646").fontWeight() > format_at(document, "said").fontWeight()
    assert format_at(document, "so").fontItalic()


def test_lists_count_and_nest(qapp):
    document = markdown_document("1. one\n2. two\n    - deep\n3. three\n\ntext\n\n1. again", LIGHT)
    blocks = {line: document.findBlockByNumber(number) for number, line in enumerate(words(document))}
    assert all(isinstance(blocks[line].textList(), QTextList) for line in ("one", "two", "deep", "three", "again"))
    assert [blocks[line].textList().itemText(blocks[line]) for line in ("one", "two", "three")] == ["1.", "2.", "3."]
    assert blocks["deep"].textList().format().indent() == 2
    assert blocks["again"].textList().itemText(blocks["again"]) == "1."
    assert blocks["text"].textList() is None


def test_a_table_has_its_cells(qapp):
    document = markdown_document("before\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nafter", LIGHT)
    table = document.find("a", QTextCursor(document.findBlockByNumber(1))).currentTable()
    assert (table.rows(), table.columns()) == (2, 2)
    assert [word for word in words(document) if word] == ["before", "a", "b", "1", "2", "after"]


def test_html_is_text_and_a_picture_its_description(qapp):
    document = markdown_document("<b>raw</b> <img src='/etc/passwd'>\n\n![a map](file:///etc/passwd)", LIGHT)
    assert words(document) == ["<b>raw</b> <img src='/etc/passwd'>", "[Picture: a map]"]


def test_a_dangerous_address_is_no_link(qapp):
    document = markdown_document("[js](javascript:alert(1)) and [file](file:///etc/passwd)", LIGHT)
    assert not format_at(document, "js").isAnchor()
    assert not format_at(document, "file").isAnchor()


@pytest.mark.parametrize(
    "kind", [QTextDocument.ResourceType.ImageResource, QTextDocument.ResourceType.StyleSheetResource]
)
def test_no_resource_is_ever_loaded(looks, shown, tmp_path, kind):
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    assert picture.save(str(tmp_path / "x.png"))
    address = QUrl.fromLocalFile(str(tmp_path / "x.png"))
    view = shown(MarkdownView(looks))
    view.show_markdown("text")
    for asked in (view.document(), markdown_document("text", LIGHT)):
        got = asked.resource(kind.value, address)
        assert got is None or not got or got.isNull()


def test_a_link_is_told_and_opens_nothing(looks, shown, qtbot):
    view = shown(MarkdownView(looks), 300, 200)
    view.show_markdown("[read on](https://example.org/a%20b?c=d)")
    before = view.document().toRawText()
    at = view.cursorRect(view.document().find("read")).center()
    with qtbot.waitSignal(view.link_wished) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at - QPoint(6, 0))
    assert told.args == ["https://example.org/a%20b?c=d"]
    assert view.document().toRawText() == before


def test_a_view_wears_the_look(looks, shown):
    view = shown(MarkdownView(looks))
    view.show_markdown("words")
    for key in ("dark", "light"):
        looks.choose(key)
        assert format_at(view.document(), "words").foreground().color() == looks.now.colour("text")


@given(st.text(alphabet=st.sampled_from("ab *_`#>-|[](!)1.\n\t<&é😀\u0301\u200d\u05d0"), max_size=120))
def test_every_word_that_was_read_is_shown(qapp, text):
    shown = [word for word in words(markdown_document(text, LIGHT)) if word]
    expected = [clean_line(piece.text) for piece in read_markdown(text) if piece.kind != "image" and piece.text]
    assert [word for word in shown if not word.startswith("[Picture: ")] == [
        word for word in expected if not word.startswith("[Picture: ")
    ]


def test_what_is_struck_through_and_boxes_are_seen(qapp):
    document = markdown_document("was ~~never~~ said\n\n- [ ] ask\n- [x] read", LIGHT)
    cursor = document.find("never")
    assert cursor.charFormat().fontStrikeOut()
    assert not document.find("said").charFormat().fontStrikeOut()
    assert document.toPlainText().split("\n") == ["was never said", "☐ ask", "☑ read"]
