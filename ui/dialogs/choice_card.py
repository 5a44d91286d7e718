"""A large button with an icon, a title and a line of text: a way to begin."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.looks import Looks

_ICON: Final = 28
_LEFT: Final = 74
_HEIGHT: Final = 78


class ChoiceCard(QAbstractButton):
    """A card that can be pressed; its title and its line are what a listener hears."""

    def __init__(self, looks: Looks, icon: str, title: str, line: str, parent: QWidget | None = None) -> None:
        """Draw a Phosphor icon, a title and a line."""
        super().__init__(parent)
        self._looks = looks
        self._icon = icon
        self._line = line
        self._over = False
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        looks.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the size of the card."""
        widest = max(
            QFontMetrics(self._looks.font(16, 600)).horizontalAdvance(self.text()),
            QFontMetrics(self._looks.font(14)).horizontalAdvance(self._line),
        )
        return QSize(_LEFT + widest + 44, _HEIGHT)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Lift it under the mouse."""
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Let it down again."""
        self._over = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        look = self._looks.now
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lively = self._over or self.hasFocus()
        painter.setPen(look.colour("accent" if lively else "rule"))
        painter.setBrush(look.colour("selected" if self._over or self.isDown() else "card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 11, 11)
        top = (self.height() - _ICON) // 2
        self._looks.icon(self._icon, "accent").paint(painter, QRect(24, top, _ICON, _ICON))
        width = self.width() - _LEFT - 16
        self._write(painter, QRect(_LEFT, self.height() // 2 - 24, width, 24), self.text(), 16, 600, "text")
        self._write(painter, QRect(_LEFT, self.height() // 2 + 1, width, 22), self._line, 14, 400, "muted")
        painter.end()

    def _write(self, painter: QPainter, room: QRect, text: str, px: int, weight: int, colour: str) -> None:
        font = self._looks.font(px, weight)
        painter.setFont(font)
        painter.setPen(self._looks.now.colour(colour))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
