"""Markdown as a document: drawn block by block with a cursor, so that a stranger's note loads and runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from app.text.body import Piece, Run
from ui.looks import MONO, SANS, Look, Looks, font
from ui.widgets.notes import body
from ui.wording import filled, runs_left

_HEADINGS: Final = (18, 16, 15, 14, 14, 14)  # pixels, by level from 1
_INDENT: Final = 18
_GAP: Final = 7
_LARGEST_TABLE: Final = 2_000  # cells; a larger one is written line by line


class _Document(QTextDocument):
    """A document that asks for no file and no address, whatever it holds."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return nothing that can be seen: of ``None`` Qt would think that it shall load by itself."""
        return QImage() if kind == QTextDocument.ResourceType.ImageResource.value else ""


def markdown_document(text: str, look: Look, parent: QObject | None = None, *, px: int = 14) -> QTextDocument:
    """Return a Markdown text as a document in the colours of a look; HTML in it is text, a picture its description."""
    document = _Document(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(font(px))
    document.setIndentWidth(_INDENT)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    writer = _Writer(cursor, look, px)
    for table, pieces in groupby(body(text).pieces(), key=_table):
        if table is None:
            for piece in pieces:
                writer.write(piece)
        else:
            writer.write_table(tuple(pieces))
    cursor.endEditBlock()
    return document


def _table(piece: Piece) -> object:
    return piece.attributes.get("table", 0) if piece.kind == "cell" else None


@dataclass
class _Writer:
    """Writes pieces at a cursor, each into a block of its own."""

    cursor: QTextCursor
    look: Look
    px: int
    started: bool = False
    last: str = ""
    lists: list[QTextList] = field(default_factory=list)  # the open ones, by depth

    def write(self, piece: Piece) -> None:
        """Write one block."""
        self._begin(piece)
        form = self._plain(piece)
        if piece.kind == "image":
            self._write_image(piece, form)
        else:
            self.write_runs(piece, form)
        self.last = piece.kind

    def write_table(self, cells: tuple[Piece, ...]) -> None:
        """Write the cells of one table, or its lines when it is very large."""
        rows = 1 + max(_place(cell)[0] for cell in cells)
        columns = 1 + max(_place(cell)[1] for cell in cells)
        if rows * columns > _LARGEST_TABLE:
            for _row, line in groupby(cells, key=lambda cell: _place(cell)[0]):
                self.write(Piece(" | ".join(cell.text for cell in line)))
            return
        self.lists.clear()
        table = self.cursor.insertTable(rows, columns, self._table_format())
        for cell in cells:
            at = table.cellAt(*_place(cell)).firstCursorPosition()
            form = self._plain(cell)
            if cell.attributes.get("header"):
                form.setFontWeight(QFont.Weight.DemiBold)
            _Writer(at, self.look, self.px).write_runs(cell, form)
        self.cursor.movePosition(QTextCursor.MoveOperation.End)
        self.started, self.last = False, "cell"

    def write_runs(self, piece: Piece, form: QTextCharFormat) -> None:
        """Write the text of a piece; where runs overlap, their formats add up."""
        for start, end, runs in _stretches(piece):
            self.cursor.insertText(piece.text[start:end], self._marked(form, piece.text[start:end], runs))

    def _begin(self, piece: Piece) -> None:
        shape = self._shape(piece)
        if self.started:
            self.cursor.insertBlock(shape, QTextCharFormat())
        else:
            self.cursor.setBlockFormat(shape)
        self.started = True
        if piece.kind == "item":
            self._add_item(int(piece.attributes.get("depth", 1)), bool(piece.attributes.get("ordered")))
        else:
            self.lists.clear()

    def _add_item(self, depth: int, ordered: bool) -> None:
        del self.lists[depth:]
        style = QTextListFormat.Style.ListDecimal if ordered else QTextListFormat.Style.ListDisc
        if len(self.lists) == depth and self.lists[-1].format().style() == style:
            self.lists[-1].add(self.cursor.block())
            return
        del self.lists[depth - 1 :]
        shape = QTextListFormat()
        shape.setStyle(style)
        shape.setIndent(depth)
        made = self.cursor.createList(shape)
        self.lists += [made] * (depth - len(self.lists))

    def _shape(self, piece: Piece) -> QTextBlockFormat:
        shape = QTextBlockFormat()
        height = 100 if piece.kind == "code" else 122
        shape.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        close = piece.kind == self.last and piece.kind in {"item", "code", "quote", "callout"}
        shape.setTopMargin(0 if not self.started or piece.kind == "code" == self.last else 2 if close else _GAP)
        if piece.kind in {"quote", "callout"}:
            shape.setLeftMargin(12)
            shape.setProperty(QTextFormat.Property.BlockQuoteLevel, 1)
        if piece.kind == "code":
            shape.setBackground(self.look.colour("hover"))
        if piece.kind == "rule":
            whole = QTextLength(QTextLength.Type.PercentageLength, 100)
            shape.setProperty(QTextFormat.Property.BlockTrailingHorizontalRulerWidth, whole)
            shape.setProperty(QTextFormat.Property.BackgroundBrush, self.look.colour("rule"))
        return shape

    def _plain(self, piece: Piece) -> QTextCharFormat:
        size, weight, italic, family, colour = self.px, 400, False, SANS, "text"
        if piece.kind == "heading":
            level = min(6, max(1, int(piece.attributes.get("level", 1))))
            size, weight = max(self.px, _HEADINGS[level - 1]), 600
        elif piece.kind in {"quote", "callout"}:
            italic, colour = piece.kind == "quote" and not runs_left(piece.text), "muted"
        elif piece.kind == "code":
            family, size = MONO, self.px - 2
        if piece.kind == "callout" and piece.text == piece.attributes.get("label"):
            weight, colour = 600, "text"
        form = QTextCharFormat()
        form.setFont(font(size, weight, italic=italic, family=family))
        form.setForeground(self.look.colour(colour))
        return form

    def _marked(self, plain: QTextCharFormat, words: str, runs: Iterable[Run]) -> QTextCharFormat:
        form = QTextCharFormat(plain)
        for run in runs:
            if run.kind == "strong" or (run.kind == "emphasis" and runs_left(words)):  # Arabic has no italics
                form.setFontWeight(QFont.Weight.DemiBold)
            elif run.kind == "emphasis":
                form.setFontItalic(True)
            elif run.kind == "code":
                form.setFontFamilies([MONO])
                form.setProperty(QTextFormat.Property.FontPixelSize, self.px - 2)
                form.setBackground(self.look.colour("hover"))
            elif run.kind == "struck":
                form.setFontStrikeOut(True)
            elif run.kind == "superscript":
                form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
            elif run.kind == "link" and not str(run.attributes.get("address", "#")).startswith("#"):
                form.setAnchor(True)
                form.setAnchorHref(str(run.attributes["address"]))
                form.setForeground(self.look.colour("accent"))
                form.setFontUnderline(True)
        return form

    def _write_image(self, piece: Piece, form: QTextCharFormat) -> None:
        alt = str(piece.attributes.get("alt", "")) or str(piece.attributes.get("source", ""))
        form.setForeground(self.look.colour("muted"))
        shown = filled(QCoreApplication.translate("markdown", "[Picture: {what}]"), what=alt)
        self.cursor.insertText(shown, form)

    def _table_format(self) -> QTextTableFormat:
        form = QTextTableFormat()
        form.setBorder(1)
        form.setBorderCollapse(True)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(QColor(self.look.colours["rule"]))
        form.setCellPadding(4)
        form.setTopMargin(_GAP)
        form.setBottomMargin(_GAP)
        return form


def _place(cell: Piece) -> tuple[int, int]:
    return int(cell.attributes.get("row", 0)), int(cell.attributes.get("column", 0))


def _stretches(piece: Piece) -> Iterator[tuple[int, int, list[Run]]]:
    """Yield the stretches of a piece that have the same runs, in code points, with these runs."""
    cuts = {0, len(piece.text)}
    for run in piece.runs:
        cuts |= {run.start, run.end}
    for start, end in pairwise(sorted(cuts)):
        yield start, end, [run for run in piece.runs if run.start <= start and end <= run.end]


class MarkdownView(QTextBrowser):
    """Shows a Markdown text; a click on a link sends ``link_wished`` and opens nothing."""

    link_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._looks = looks
        self._text = ""
        self._drawn: QTextDocument | None = None
        self.setProperty("surface", "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Note"))
        self.viewport().setAutoFillBackground(False)
        self.anchorClicked.connect(self._tell)
        looks.changed.connect(self._draw)
        self._draw()

    def show_markdown(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self._draw()

    def wanted_height(self, width: int) -> int:
        """Return how many pixels high the text is when it is so wide, without a scroll bar."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setTextWidth(width)
        return round(self.document().size().height() + 0.5)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return nothing that can be seen: of ``None`` Qt would think that it shall load by itself."""
        return QImage() if kind == QTextDocument.ResourceType.ImageResource.value else ""

    def _tell(self, address: QUrl) -> None:
        self.link_wished.emit(address.toString(QUrl.ComponentFormattingOption.FullyEncoded))

    def _draw(self) -> None:
        earlier = self._drawn
        self._drawn = markdown_document(self._text, self._looks.now, self)
        self.setDocument(self._drawn)
        if earlier is not None:
            earlier.deleteLater()
