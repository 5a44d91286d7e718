"""A line for a library: its name, its folder, whether it is the example, and whether it is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame

from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import IconButton
from ui.widgets.labels import ElidedLabel, label

_QUIET = "QFrame#libraryRow { background: transparent; border: 1px solid transparent; border-radius: 8px; }"
_LIVELY = "QFrame#libraryRow { background: %s; border: 1px solid %s; border-radius: 8px; }"


class LibraryRow(QFrame):
    """Opens its library by a click, Enter or Space; with ``forgettable``, a button takes it off the list."""

    open_wished = Signal(str)
    forget_wished = Signal(str)

    def __init__(
        self, looks: Looks, name: str, folder: str, *, example: bool, is_open: bool = False, forgettable: bool = False
    ) -> None:
        """Show a library by its name and folder."""
        super().__init__()
        self._looks = looks
        self._folder = folder
        self._forgettable = forgettable
        self._over = False
        self.setObjectName("libraryRow")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        badges = [self.tr("example")] * example + [self.tr("open now")] * is_open
        self.setAccessibleName(", ".join([name, *badges, folder]))
        self._title = ElidedLabel(name, "strong")
        self._title.setSizePolicy(self._title.sizePolicy().Policy.Maximum, self._title.sizePolicy().Policy.Fixed)
        head = row(self._title, *(label(badge, "badge") for badge in badges), None, spacing=8)
        content = row(column(head, ElidedLabel(folder, "small"), spacing=1), margins=(12, 7, 8, 7), spacing=8)
        if forgettable:
            forget = IconButton(looks, "ph.x", self.tr("Take off this list; the folder stays"), size=15)
            forget.clicked.connect(self._forget)
            content.addWidget(forget)
        self.setLayout(content)
        looks.changed.connect(self._draw)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter or Space, forget by Delete, go up and down by the arrows."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.open_wished.emit(self._folder)
        elif event.key() == Qt.Key.Key_Delete and self._forgettable:
            self._forget()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._go(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open by a click."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.open_wished.emit(self._folder)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that the release comes here."""
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it has the keyboard."""
        super().focusInEvent(event)
        self._draw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it has not."""
        super().focusOutEvent(event)
        self._draw()

    def enterEvent(self, event: object) -> None:
        """Show that it can be pressed."""
        self._over = True
        self._draw()

    def leaveEvent(self, event: object) -> None:
        """Be quiet again."""
        self._over = False
        self._draw()

    def _go(self, step: int) -> None:
        """Give the keyboard to the row above or below."""
        rows = self.parentWidget().findChildren(LibraryRow)
        there = rows.index(self) + step
        if 0 <= there < len(rows):
            rows[there].setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        self.forget_wished.emit(self._folder)

    def _draw(self) -> None:
        colours = self._looks.now.colours
        lively = self._over or self.hasFocus()
        edge = colours["accent"] if self.hasFocus() else colours["selected"]
        self.setStyleSheet(_LIVELY % (colours["selected"], edge) if lively else _QUIET)
