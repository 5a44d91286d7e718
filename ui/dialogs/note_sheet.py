"""A sheet with one note on it: on a theme, or on the library as a whole. It saves itself."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.note_editor import NoteEditor

_LINES: Final = (8, 18)


class NoteSheet(Sheet):
    """Shows one note; ``saved`` and ``private_wished`` carry the key it was opened with."""

    saved = Signal(str, str)
    private_wished = Signal(str, bool)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Show nothing yet."""
        super().__init__(looks, parent, "", width=560)
        self.note = NoteEditor(looks, lines=_LINES)
        self.note.saved.connect(self.saved)
        self.note.private_wished.connect(self.private_wished)
        self.body.addWidget(self.note)
        self.body.addWidget(label(self.tr("In Markdown. It is saved as you write."), "small"))
        self.buttons.addStretch(1)
        self.add_primary(button(self.tr("Close"))).clicked.connect(self.escape)

    def open_for(self, key: str, title: str, text: str, *, private: bool) -> None:
        """Show a note under a title, ready to be written."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.note.show_note(key, text, private)
        self.open()
        self.note.focus()

    def first_field(self) -> QWidget:
        """Return the note."""
        return self.note.field
