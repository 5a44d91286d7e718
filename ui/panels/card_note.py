"""Where the note of a passage is written in a list of cards: in the card itself, which makes room for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTreeView

from ui.looks import Looks
from ui.panels.card_delegate import CardDelegate
from ui.panels.cards import Card, CardModel
from ui.widgets.note_editor import NoteEditor


class CardNote(QObject):
    """An editor lying over the room that its card leaves for it. Esc closes it, and so does leaving it."""

    saved = Signal(str, str)
    private_wished = Signal(str, bool)

    def __init__(self, looks: Looks, view: QTreeView, cards: CardModel, delegate: CardDelegate) -> None:
        """Write nothing yet; the editor is made when the first note is written."""
        super().__init__(view)
        self._looks = looks
        self._view, self._cards, self._delegate = view, cards, delegate
        self._editor: NoteEditor | None = None

    def open(self, card: Card) -> None:
        """Write the note of a card."""
        self.close(back=False)
        editor = self._editor = self._editor or self._made()
        row = self._cards.row_of(card.key)
        editor.setFixedWidth(self._delegate.note_rect(card, self._box(row)).width())
        editor.show_note(card.highlight.id, card.highlight.note, card.highlight.private)
        self._delegate.editing, self._delegate.editor_height = card.key, editor.height()
        self._cards.refresh(row)
        editor.show()
        self._view.scrollTo(self._cards.index(row))
        self.follow()
        editor.focus()

    def flush(self) -> None:
        """Save now what is being written."""
        if self._editor is not None and self._delegate.editing:
            self._editor.flush()

    def close(self, *, back: bool) -> None:
        """Save, and close the card again; ``back``: the keyboard goes to the list."""
        if self._editor is None or not self._delegate.editing:
            return
        key, self._delegate.editing = self._delegate.editing, ""
        self._editor.flush()
        self._editor.hide()
        if (row := self._cards.row_of(key)) >= 0:
            self._cards.refresh(row)
        if back:
            self._view.setFocus()

    def renew(self) -> None:
        """Close when there is no such card any more; else stay in it."""
        if self._delegate.editing and self._cards.row_of(self._delegate.editing) < 0:
            self.close(back=False)
        self.follow()

    def follow(self) -> None:
        """Stay in the card when it moves."""
        row = self._cards.row_of(self._delegate.editing) if self._delegate.editing else -1
        card = self._cards.items[row] if row >= 0 else None
        if self._editor is None or not isinstance(card, Card):
            return
        self._editor.show_private(card.highlight.private)
        place = self._delegate.note_rect(card, self._box(row))
        self._editor.setFixedWidth(place.width())
        self._editor.move(place.topLeft())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close by Esc; what was written is saved. Grow with what is written."""
        if _is_escape(event):
            self.close(back=True)
            return True
        if event.type() is QEvent.Type.Resize and self._delegate.editing:
            QTimer.singleShot(0, self, self._fit)
        return False

    def _made(self) -> NoteEditor:
        editor = NoteEditor(self._looks, self._view.viewport())
        editor.saved.connect(self.saved)
        editor.private_wished.connect(self.private_wished)
        editor.field.left.connect(self._left)
        editor.installEventFilter(self)
        return editor

    def _fit(self) -> None:
        """Make the card as high as the note in it has become."""
        if self._editor is None or self._editor.height() == self._delegate.editor_height:
            return
        self._delegate.editor_height = self._editor.height()
        if (row := self._cards.row_of(self._delegate.editing)) >= 0:
            self._cards.refresh(row)
        self.follow()

    def _left(self) -> None:
        QTimer.singleShot(0, self, self._close_when_left)

    def _close_when_left(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self._editor is not None and not self._editor.isAncestorOf(focus):
            self.close(back=False)

    def _box(self, row: int) -> QRect:
        return self._delegate.card_rect(self._view.visualRect(self._cards.index(row)), self._view.width())


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape
