"""A row of words of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.looks import Looks
from ui.widgets.boxes import row


class _Segment(QAbstractButton):
    """One of the words."""

    def __init__(self, looks: Looks, key: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks, self.key = looks, key
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the word in its bold form."""
        return QSize(QFontMetrics(self._looks.font(13, 600)).horizontalAdvance(self.text()) + 16, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the word, on a raised ground when it is the chosen one."""
        look = self._looks.now
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        if self.isChecked():
            painter.setPen(QPen(look.colour("accent" if self.hasFocus() else "rule"), 1))
            painter.setBrush(look.colour("card"))
            painter.drawRoundedRect(box, 6, 6)
        elif self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.drawRoundedRect(box, 6, 6)
        painter.setFont(self._looks.font(13, 600 if self.isChecked() else 400))
        painter.setPen(look.colour("text" if self.isChecked() or self.underMouse() else "muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class Segments(QWidget):
    """Sends ``chosen`` with the key of the word that the reader chose; arrows walk over them."""

    chosen = Signal(str)

    def __init__(
        self, looks: Looks, choices: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None
    ) -> None:
        """Offer (key, word) pairs; ``name`` says what is chosen here."""
        super().__init__(parent)
        self._looks = looks
        self.setAccessibleName(name)
        self._segments = [_Segment(looks, key, text, self) for key, text in choices]
        for segment in self._segments:
            segment.clicked.connect(self._clicked)
        self.setLayout(row(*self._segments, spacing=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._key = ""
        looks.changed.connect(self.update)

    def show_key(self, key: str) -> None:
        """Show which one is chosen; nothing is sent."""
        self._key = key
        for segment in self._segments:
            segment.setAutoExclusive(False)
            segment.setChecked(segment.key == key)
            segment.setAutoExclusive(True)

    def key(self) -> str:
        """Return which one is chosen."""
        return self._key

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._looks.now.colour("rule"), 1))
        painter.setBrush(self._looks.now.colour("hover"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()

    def _clicked(self) -> None:
        segment = self.sender()
        assert isinstance(segment, _Segment)
        if segment.key != self._key:
            self._key = segment.key
            self.chosen.emit(segment.key)
