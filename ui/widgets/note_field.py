"""The field of a note: plain text without a frame, in which keys put the marks of Markdown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from app.text.body import clean_line

_LINE_ENDS: Final = {ord(end): "\n" for end in "\r\u2028\u2029"}
_HOLDING: Final = {"**": {2, 3}, "*": {1, 3}}  # how many stars beside a word say that it is marked so already


class NoteField(QPlainTextEdit):
    """Plain text without a frame; Ctrl+B and Ctrl+I mark it in Markdown."""

    entered = Signal()
    left = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)

    def text(self) -> str:
        """Return the text to the letter; ``toPlainText`` would make spaces of no-break spaces."""
        return cleaned(self.document().toRawText())

    def wanted_height(self, most: int) -> int:
        """Return how high the text is in pixels, or ``most`` when it is higher."""
        height, block = 0.0, self.document().begin()
        while block.isValid() and height < most:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return round(height + 0.5)

    def sizeHint(self) -> QSize:
        """Return next to nothing: the editor round it decides."""
        return QSize(80, 20)

    def minimumSizeHint(self) -> QSize:
        """Return the same as :meth:`sizeHint`."""
        return QSize(40, 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that lines may be broken in other places now."""
        super().resizeEvent(event)
        self.resized.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that writing may begin."""
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that writing is over."""
        super().focusOutEvent(event)
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        """Keep the marks' keys from the window's shortcuts."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _mark(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put marks round the selection, or take them off."""
        if (mark := _mark(event)) and not self.isReadOnly():
            self._wrap(mark)
        else:
            super().keyPressEvent(event)

    def _wrap(self, mark: str) -> None:
        cursor = self.textCursor()
        start, end, width = cursor.selectionStart(), cursor.selectionEnd(), len(mark)
        marked = start < end and {self._stars(start - 1, -1), self._stars(end, 1)} <= _HOLDING[mark]
        cursor.beginEditBlock()
        for place in (end, start):  # the later one first: it does not move the earlier one
            cursor.setPosition(place)
            if marked:
                step = QTextCursor.MoveOperation.Right if place == end else QTextCursor.MoveOperation.Left
                cursor.movePosition(step, QTextCursor.MoveMode.KeepAnchor, width)
                cursor.removeSelectedText()
            else:
                cursor.insertText(mark)
        cursor.endEditBlock()
        moved = -width if marked else width
        cursor.setPosition(start + moved)
        cursor.setPosition(end + moved, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _stars(self, position: int, step: int) -> int:
        """Return how many stars stand at a place (in units) and beyond it, three at most."""
        count = 0
        while count < 3 and position >= 0 and self.document().characterAt(position) == "*":
            count, position = count + 1, position + step
        return count


def _mark(event: QKeyEvent) -> str:
    """Return the mark of Markdown that a key stands for, or nothing."""
    if event.modifiers() != Qt.KeyboardModifier.ControlModifier:
        return ""
    return {Qt.Key.Key_B.value: "**", Qt.Key.Key_I.value: "*"}.get(event.key(), "")


def cleaned(text: str) -> str:
    """Return a text with plain line ends, as every file and the database can hold it."""
    lines = text.replace("\r\n", "\n").translate(_LINE_ENDS).split("\n")
    return "\n".join(map(clean_line, lines))
