"""The sheet of a note over a window: on a theme, or on the library as a whole."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.loading import load
from ui.commands import noting
from ui.frame import Frame
from ui.wording import filled

if TYPE_CHECKING:
    from ui.dialogs.note_sheet import NoteSheet


class NotePage(QObject):
    """Opens the sheet, and hands on what is written in it."""

    def __init__(self, window: Frame) -> None:
        """Open nothing yet."""
        super().__init__(window)
        self._window = window

    def open_library(self) -> None:
        """Write the note on the library."""
        self.open(noting.LIBRARY)

    def open(self, given: str) -> None:
        """Write the note on a theme, by its id, or on the library."""
        noting.ask(self._window.context, given, partial(self._show, given))

    def _show(self, given: str, name: str, text: str, private: bool) -> None:
        title = filled(self.tr("Note on “{name}”"), name=name) if name else self.tr("Note on the library")
        self._sheet.open_for(given, title, text, private=private)

    @cached_property
    def _sheet(self) -> NoteSheet:
        context = self._window.context
        sheet: NoteSheet = load("ui.dialogs.note_sheet").NoteSheet(self._window.looks, self._window)
        sheet.saved.connect(partial(noting.write, context))
        sheet.private_wished.connect(partial(noting.set_private, context))
        return sheet
