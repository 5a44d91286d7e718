"""Where a note, a heading or a text is written on a board: in the card itself, which makes room for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.board.listing import PassageList
from ui.looks import Looks
from ui.widgets.boxes import column
from ui.widgets.note_editor import NoteEditor


class NotePlace(QWidget):
    """An editor lying over the room that a card leaves for it.

    ``saved``: the id of the item and the text; ``left``: the id of the one that is not written any more.
    """

    saved = Signal(str, str)
    private_wished = Signal(str, bool)
    left = Signal(str)

    def __init__(self, looks: Looks, cards: PassageList) -> None:
        """Lie over ``cards``, out of sight."""
        super().__init__(cards.viewport())
        self._cards = cards
        self._passage: str | None = None
        self._one_line = False
        self._editor = NoteEditor(looks, self)
        self.setLayout(column(self._editor, spacing=0))
        self._editor.saved.connect(self.saved)
        self._editor.private_wished.connect(self.private_wished)
        self._editor.installEventFilter(self)
        self._editor.field.installEventFilter(self)
        cards.moved.connect(self.follow)
        cards.selectionModel().currentChanged.connect(self._left)
        self.hide()

    def open(
        self, passage: str, note: str, hint: str = "", *, one_line: bool = False, private: bool | None = None
    ) -> None:
        """Write the note of a passage, or an item itself; ``one_line``: Enter ends it; ``private``: see the editor."""
        was, self._passage = self._passage, passage
        self._one_line = one_line
        self._editor.field.setPlaceholderText(hint or self.tr("Write a note"))
        self._editor.show_note(passage, note, private)
        self._cards.make_room(passage, was, self._editor.height())
        self._cards.reveal(passage)
        self.follow()
        self._editor.focus()

    def show_note(self, passage: str, note: str, private: bool | None = None) -> None:
        """Take over what the library holds by now, unless somebody is typing."""
        if passage == self._passage:
            self._editor.show_note(passage, note, private)

    def passage(self) -> str | None:
        """Return the passage whose note is being written."""
        return self._passage

    def close_note(self) -> None:
        """Save, and close the card again."""
        if self._passage is None:
            return
        was, self._passage = self._passage, None
        inside = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._editor.flush()
        self.hide()
        self._cards.make_room(None, was, 0)
        if inside:
            self._cards.setFocus(Qt.FocusReason.OtherFocusReason)
        self.left.emit(was)

    def follow(self) -> None:
        """Stay on the card when it moves; close when there is no such card any more."""
        if self._passage is None:
            return
        place = self._cards.editor_place(self._passage)
        if place is None:
            self.close_note()
        elif place.bottom() < 0 or place.top() > self._cards.viewport().height():
            self.move(0, -self.height() - 100)  # out of sight, but with the keyboard and what is not saved yet
        else:
            self.setGeometry(place)
            self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc; no key goes on to the cards."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_note()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks beside the words from the cards."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make as much room as the editor needs by now; Enter ends what has one line."""
        if watched is self._editor.field:
            return self._one_line and self._ends(event)
        if event.type() is QEvent.Type.Resize and self._passage is not None:
            self._cards.make_room(self._passage, None, self._editor.height())
            self.follow()
        return False

    def _ends(self, event: QEvent) -> bool:
        entered = event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if not entered or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        self.close_note()
        return True

    def _left(self, now: QModelIndex, _before: QModelIndex) -> None:
        if self._passage is not None and now.isValid() and self._cards.passage_at(now.row()) != self._passage:
            self.close_note()
