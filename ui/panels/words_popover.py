"""A small sheet to write a few lines about something: what a theme means, what a collection is for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import button
from ui.widgets.focus_popover import FocusPopover
from ui.widgets.labels import ElidedLabel, label

_WIDE: Final = 268


class WordsPopover(FocusPopover):
    """Several lines about one thing; kept when it closes, except by Esc. ``written`` sends its id and the text."""

    written = Signal(str, str)

    def __init__(self, looks: Looks, parent: QWidget, name: str, hint: str) -> None:
        """Make a hidden one; ``name`` says what the lines are, ``hint`` what to write."""
        super().__init__(looks, parent)
        self._id = self._before = ""
        self._title = ElidedLabel("", "strong", self)
        self.field = QPlainTextEdit(self)
        self.field.setProperty("role", "field")
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(name)
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(124)
        self.field.installEventFilter(self)
        self._save = button(self.tr("Save"), "primary", self)
        self._save.clicked.connect(self.hide)
        foot = row(label(self.tr("Esc takes back"), "small", self), None, self._save)
        self.setLayout(column(self._title, self.field, foot, margins=(14, 12, 14, 12), spacing=8))
        self.closed.connect(self._keep)

    def open_for(self, id_: str, title: str, text: str, anchor: QRect) -> None:
        """Show what is written about something, below ``anchor`` in the parent's coordinates."""
        self._keep()
        self._id, self._before = id_, text
        self._title.setText(title)
        self.field.setPlainText(text)
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        self.setFixedWidth(min(_WIDE, self.parentWidget().width() - 16))
        self.open_at(anchor)
        self.take_keyboard(self.field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what was written."""
        if event.key() == Qt.Key.Key_Escape:
            self.field.setPlainText(self._before)
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save by Ctrl+Enter."""
        if watched is self.field and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.hide()
                return True
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        text = self.field.toPlainText().strip()
        if self._id and text != self._before.strip():
            self._before = text
            self.written.emit(self._id, text)
