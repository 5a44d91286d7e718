"""Fields that Qt draws badly under a style sheet: a drop-down list with its arrow, a check box with its box."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QListView, QWidget

from ui.looks import Looks

_BOX: Final = 18


class DropDown(QComboBox):
    """A drop-down list; the wheel turns it only while it has the keyboard, so that scrolling past changes nothing."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self._looks = looks
        self.setView(QListView(self))  # a plain list, so that the style sheet holds for its rows
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn while it has the keyboard, else leave the wheel to what scrolls."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then the arrow that the style sheet has taken away."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._looks.now.colour("muted" if self.isEnabled() else "rule")
        painter.setPen(QPen(colour, 1.5, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        middle = QPointF(self.width() - 16, self.height() / 2 + 0.5)
        painter.drawPolyline(
            QPolygonF([middle + QPointF(-4, -2), middle + QPointF(0, 2), middle + QPointF(4, -2)]),
        )
        painter.end()


class CheckBox(QCheckBox):
    """A word that is on or off, with a box before it."""

    def __init__(self, looks: Looks, text: str, parent: QWidget | None = None) -> None:
        """Show ``text`` as it is, ampersands too."""
        super().__init__(text.replace("&", "&&"), parent)
        self._looks = looks
        self._words = text
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        looks.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the room for the box and the word."""
        width = self.fontMetrics().horizontalAdvance(self._words)
        return QSize(_BOX + 12 + width + 2 if self._words else _BOX + 6, max(26, self.fontMetrics().height() + 4))

    def minimumSizeHint(self) -> QSize:
        """Return that the word is never cut."""
        return self.sizeHint()

    def hitButton(self, place: object) -> bool:
        """Take clicks on the word, too."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, its tick and the word."""
        look = self._looks.now
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(3.5, (self.height() - _BOX) // 2 + 0.5, _BOX - 1, _BOX - 1)
        edge = "accent" if self.isChecked() or self.hasFocus() else "faint"
        painter.setPen(QPen(look.colour(edge), 1.4))
        painter.setBrush(look.colour("accent" if self.isChecked() else "field"))
        painter.drawRoundedRect(box, 5, 5)
        if self.isChecked():
            tick = QPen(look.colour("on_accent"), 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin)
            painter.setPen(tick)
            left, top = box.left(), box.top()
            corners = [QPointF(left + 4, top + 9), QPointF(left + 7.3, top + 12.2), QPointF(left + 13, top + 5.2)]
            painter.drawPolyline(QPolygonF(corners))
        if self.hasFocus():
            ring = look.colour("accent")
            ring.setAlphaF(0.35)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ring, 2))
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 7, 7)
        painter.setFont(self.font())
        painter.setPen(look.colour("text" if self.isEnabled() else "faint"))
        words = self.rect().adjusted(_BOX + 12, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words)
        painter.end()
