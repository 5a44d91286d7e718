"""A small sheet that floats over the window and goes away by Esc or by a click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QLayout, QWidget

from ui.looks import Looks

_GAP = 6


class Popover(QFrame):
    """A rounded, shadowed frame inside the window of ``parent``; show it with :meth:`open_at`."""

    closed = Signal()

    def __init__(self, looks: Looks, parent: QWidget, layout: QLayout | None = None) -> None:
        """Make a hidden one."""
        super().__init__(parent)
        self.setProperty("surface", "popover")
        self._looks = looks
        if layout is not None:
            self.setLayout(layout)
        self._shadow = QGraphicsDropShadowEffect(self)
        self._shadow.setBlurRadius(26)
        self._shadow.setOffset(0, 6)
        self.setGraphicsEffect(self._shadow)
        looks.changed.connect(self._shade)
        self._shade()
        self.hide()

    def open_at(self, anchor: QRect) -> None:
        """Show it below ``anchor`` (in the parent's coordinates), or above it, always inside the parent."""
        self.adjustSize()
        room = self.parentWidget().rect().adjusted(8, 8, -8, -8)
        left = min(max(room.left(), anchor.left()), max(room.left(), room.right() - self.width()))
        top = anchor.bottom() + _GAP
        if top + self.height() > room.bottom() and anchor.top() - _GAP - self.height() >= room.top():
            top = anchor.top() - _GAP - self.height()
        top = max(room.top(), min(top, room.bottom() - self.height()))
        self.move(QPoint(left, top))
        self.show()
        self.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        """Listen for clicks elsewhere as long as it is shown."""
        super().showEvent(event)
        QApplication.instance().installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop listening."""
        super().hideEvent(event)
        QApplication.instance().removeEventFilter(self)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close by a click elsewhere in the window; the click goes on to where it went."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            assert isinstance(event, QMouseEvent)
            inside = watched is self or self.isAncestorOf(watched)
            own_popup = watched.window() is not self.window()  # a menu or a drop-down list of ours
            if not inside and not own_popup:
                self.hide()
        return False

    def _shade(self) -> None:
        self._shadow.setColor(QColor(0, 0, 0, self._looks.now.shadow))
