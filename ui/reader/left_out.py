"""What was left out of an article, shown in place: dimmed, in a dashed box, with a button that puts it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from app.model import Content, LeftOut
from ui.looks import Looks, font
from ui.reader.render import GUTTER, Gap
from ui.reader.view import ArticleView
from ui.widgets.boxes import column, row
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.wrapped import paint_lines, wrapped
from ui.wording import filled

_MOST_LINES: Final = 8
_LETTERS: Final = 14
_HEAD: Final = 34
_PADDING: Final = 14
KINDS: Final = {
    "share": QT_TRANSLATE_NOOP("LeftOutPieces", "share buttons"),
    "social": QT_TRANSLATE_NOOP("LeftOutPieces", "links to social media"),
    "comment": QT_TRANSLATE_NOOP("LeftOutPieces", "comments"),
    "related": QT_TRANSLATE_NOOP("LeftOutPieces", "related articles"),
    "subscribe": QT_TRANSLATE_NOOP("LeftOutPieces", "a call to subscribe"),
    "author": QT_TRANSLATE_NOOP("LeftOutPieces", "about the author"),
    "byline": QT_TRANSLATE_NOOP("LeftOutPieces", "byline"),
    "date": QT_TRANSLATE_NOOP("LeftOutPieces", "date"),
    "date_line": QT_TRANSLATE_NOOP("LeftOutPieces", "date"),
    "details": QT_TRANSLATE_NOOP("LeftOutPieces", "details"),
    "reading_time": QT_TRANSLATE_NOOP("LeftOutPieces", "reading time"),
    "navigation": QT_TRANSLATE_NOOP("LeftOutPieces", "navigation"),
    "topics": QT_TRANSLATE_NOOP("LeftOutPieces", "topics"),
    "sections": QT_TRANSLATE_NOOP("LeftOutPieces", "sections"),
    "promotion": QT_TRANSLATE_NOOP("LeftOutPieces", "promotion"),
    "image": QT_TRANSLATE_NOOP("LeftOutPieces", "picture"),
    "image_credit": QT_TRANSLATE_NOOP("LeftOutPieces", "credit of a picture"),
    "caption": QT_TRANSLATE_NOOP("LeftOutPieces", "caption"),
    "avatar": QT_TRANSLATE_NOOP("LeftOutPieces", "picture of the author"),
    "logo": QT_TRANSLATE_NOOP("LeftOutPieces", "logo"),
    "link": QT_TRANSLATE_NOOP("LeftOutPieces", "link"),
    "cookie": QT_TRANSLATE_NOOP("LeftOutPieces", "notice on cookies"),
    "footer": QT_TRANSLATE_NOOP("LeftOutPieces", "foot of the page"),
    "views": QT_TRANSLATE_NOOP("LeftOutPieces", "number of views"),
    "sources": QT_TRANSLATE_NOOP("LeftOutPieces", "sources"),
    "disclaimer": QT_TRANSLATE_NOOP("LeftOutPieces", "disclaimer"),
    "repeated": QT_TRANSLATE_NOOP("LeftOutPieces", "in other articles of the outlet too"),
    "by hand": QT_TRANSLATE_NOOP("LeftOutPieces", "by you"),
}


def places_of(content: Content) -> Sequence[int]:
    """Return where the pieces that were left out stand: the code points before which they are shown, about."""
    blocks = content.body.blocks
    return [
        blocks[piece.before].start if piece.before < len(blocks) else len(content.body.text)
        for piece in content.left_out
    ]


class LeftOutBox(QWidget):
    """One piece that was left out."""

    keep_wished = Signal(int)

    def __init__(self, looks: Looks, number: int, piece: LeftOut, kind: str, parent: QWidget) -> None:
        """Show ``piece``, the ``number``-th of the article."""
        super().__init__(parent)
        self._looks, self._number, self._piece = looks, number, piece
        self._kind = label(kind, "section", self)
        self._kind.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._back = button(self.tr("Put back"), "link", self)
        self._back.setAccessibleName(filled(self.tr("Put back: {text}"), text=piece.text[:80]))
        self._back.clicked.connect(self._keep)
        line = row(self._kind, self._back, spacing=8)
        line.setStretch(0, 1)
        self.setLayout(column(line, None, margins=(_PADDING, 5, 8, 5), spacing=0))
        self.setAccessibleName(filled(self.tr("Left out: {kind}"), kind=kind))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box and its text."""
        look = self._looks.now
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("paper"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("faint"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setFont(font(_LETTERS))
        painter.setPen(look.colour("faint"))
        high = QFontMetrics(font(_LETTERS)).height() + 2
        line = QSizeF(self.width() - 2 * _PADDING, high)
        paint_lines(painter, _lines(self._piece, self.width()), QPointF(_PADDING, _HEAD), line)
        painter.end()

    def _keep(self) -> None:
        self.keep_wished.emit(self._number)


class LeftOutPieces(QObject):
    """The boxes of an article. Only those that can be seen are there."""

    keep_wished = Signal(int)

    def __init__(self, looks: Looks, view: ArticleView) -> None:
        """Show none."""
        super().__init__(view)
        self._looks, self._view = looks, view
        self._pieces: Sequence[LeftOut] = ()
        self._boxes: dict[int, LeftOutBox] = {}
        view.laid_out.connect(self.place)

    def show_pieces(self, pieces: Sequence[LeftOut]) -> None:
        """Show these and no others; they come into sight with the next document."""
        focused = QApplication.focusWidget()
        if focused is not None and any(box.isAncestorOf(focused) for box in self._boxes.values()):
            self._view.setFocus()  # else the keyboard would go to the first widget of the window
        for box in self._boxes.values():
            box.hide()
            box.deleteLater()
        self._boxes = {}
        self._pieces = tuple(pieces)

    def gaps(self, width: int) -> list[Gap]:
        """Return the room that the boxes need in lines of ``width`` pixels."""
        return [Gap(piece.before, _height(piece, width)) for piece in self._pieces]

    def place(self) -> None:
        """Put the boxes where their room is."""
        if not self._pieces or self._view.scene is None:
            return
        seen = {one.gap: one.rect for one in self._view.seen(-200) if one.gap is not None}
        for number in [number for number in self._boxes if number not in seen]:
            if not self._boxes[number].isAncestorOf(self._view.focusWidget() or self._view):
                box = self._boxes.pop(number)
                box.hide()
                box.deleteLater()
        for number, rect in seen.items():
            if not 0 <= number < len(self._pieces):
                continue
            box = self._boxes.get(number) or self._box(number)
            width = self._view.text_width()
            box.setGeometry(
                GUTTER, round(rect.top()) - self._view.offset(), width, _height(self._pieces[number], width)
            )
            box.show()

    def _box(self, number: int) -> LeftOutBox:
        piece = self._pieces[number]
        named = KINDS.get(piece.kind)
        kind = self.tr("Left out") if named is None else filled(self.tr("Left out: {kind}"), kind=self.tr(named))
        box = LeftOutBox(self._looks, number, piece, kind, self._view.viewport())
        box.keep_wished.connect(self.keep_wished)
        self._boxes[number] = box
        return box


def _lines(piece: LeftOut, width: int) -> tuple[str, ...]:
    return wrapped(piece.text, font(_LETTERS), width - 2 * _PADDING, _MOST_LINES)


def _height(piece: LeftOut, width: int) -> int:
    high = QFontMetrics(font(_LETTERS)).height() + 2
    return _HEAD + len(_lines(piece, width)) * high + _PADDING
