"""How an article of which something is missing is drawn: title, file, and a chip for each thing that is missing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.dialogs.gap_rows import GapRows, missing_words
from ui.looks import Looks
from ui.wording import runs_left

ROW: Final = 80
_EDGE: Final = 12
_CHIP: Final = 19  # pixels high
_PAD: Final = 8
_GAP: Final = 5

Index = QModelIndex | QPersistentModelIndex


class GapDelegate(QStyledItemDelegate):
    """Draws the rows of a list of gaps."""

    def __init__(self, looks: Looks, rows: GapRows, parent: QWidget) -> None:
        """Draw the rows of ``rows``."""
        super().__init__(parent)
        self._looks = looks
        self._rows = rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        rows, place = self._rows, QRect(option.rect)
        article, missing = rows.article(rows.keys()[index.row()]), rows.missing(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._looks.now.colour("selected" if chosen else "hover"))
            painter.drawRoundedRect(place.adjusted(2, 1, -2, -1), 8, 8)
        room = place.adjusted(_EDGE, 0, -_EDGE, 0)
        if article is not None:
            title = " ".join((article.metadata.title or "").split())
            self._write(painter, QRect(room.left(), room.top() + 8, room.width(), 20), title, 14, "text")
            lower = QRect(room.left(), room.top() + 28, room.width(), 18)
            self._write(painter, lower, article.source, 12, "muted")
        chips = QRect(room.left(), room.top() + 51, room.width(), _CHIP)
        self._paint_chips(painter, chips, missing_words(missing)) if missing else self._paint_tick(painter, chips)
        painter.restore()

    def _write(self, painter: QPainter, room: QRect, text: str, px: int, colour: str) -> None:
        font = self._looks.font(px)
        painter.setFont(font)
        painter.setPen(self._looks.now.colour(colour))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if runs_left(text[:40]) else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, shown)

    def _paint_chips(self, painter: QPainter, room: QRect, words: list[str]) -> None:
        font = self._looks.font(12)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        left = room.left()
        for word in words:
            width = metrics.horizontalAdvance(word) + 2 * _PAD
            chip = QRectF(left + 0.5, room.top() + 0.5, width, room.height() - 1)
            painter.setPen(QPen(self._looks.now.colour("faint"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
            painter.setPen(self._looks.now.colour("text"))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, word)
            left += width + _GAP

    def _paint_tick(self, painter: QPainter, room: QRect) -> None:
        self._looks.icon("ph.check-circle", "accent").paint(painter, QRect(room.left(), room.top() + 1, 17, 17))
        complete = QCoreApplication.translate("gaps", "complete")
        self._write(painter, room.adjusted(23, 0, 0, 0), complete, 12, "muted")
