"""Going over to another library: those that were open lately, a new one, one from a folder, the example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.dialogs.choosing import choose_folder
from ui.dialogs.library_row import LibraryRow
from ui.dialogs.new_library import NewLibraryForm
from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.boxes import column, emptied, scrolled
from ui.widgets.buttons import button
from ui.widgets.labels import label

_WIDTH: Final = 600
_HEIGHT: Final = 420


class LibrariesSheet(Sheet):
    """A list of libraries; the open one is marked. The window closes it when a wish was done or failed."""

    example_wished = Signal()
    new_wished = Signal(str, str)
    open_wished = Signal(str)
    forget_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one without libraries."""
        super().__init__(looks, parent, "", width=_WIDTH, height=_HEIGHT)
        self._default_folder = ""
        self._current = ""
        self._rows: list[LibraryRow] = []
        self._listed = column(spacing=2)
        self._empty = label(self.tr("No other library was open yet."), "muted")
        self._form = NewLibraryForm(looks)
        self._pages = QStackedWidget()
        self._new = button(self.tr("New…"), "primary")
        self._folder = button(self.tr("Open folder…"))
        self._example = button(self.tr("Example library"))
        self._lay_out()
        self._connect()
        self._show_list()

    def set_default_folder(self, folder: str) -> None:
        """Say in which folder new libraries get a folder of their own."""
        self._default_folder = folder
        self._form.set_default_folder(folder)

    def show_recent(self, known: Sequence[tuple[str, str, bool]], current: str = "") -> None:
        """Show libraries: name, folder, and whether it is the example; ``current`` is the folder of the open one."""
        emptied(self._listed)
        self._current = current
        self._rows = []
        for name, folder, example in known:
            is_open = folder == current
            made = LibraryRow(self._looks, name, folder, example=example, is_open=is_open, forgettable=not is_open)
            made.open_wished.connect(self._open)
            made.forget_wished.connect(self.forget_wished)
            self._rows.append(made)
            self._listed.addWidget(made)
        self._empty.setVisible(not known)

    def open(self) -> None:
        """Show the list."""
        self._show_list()
        super().open()

    def escape(self) -> None:
        """Go back from naming a new library, or close."""
        if self._pages.currentWidget() is self._form:
            self._show_list()
            self._new.setFocus()
        else:
            self.dismiss()

    def first_field(self) -> QWidget | None:
        """Return the first library, or the button for a new one."""
        return self._rows[0] if self._rows else self._new

    def _lay_out(self) -> None:
        holder = QWidget()
        holder.setLayout(column(self._listed, self._empty, None, margins=(0, 0, 6, 0)))
        area = scrolled(holder)
        self._pages.addWidget(area)
        self._pages.addWidget(self._form)
        self.body.addWidget(self._pages, 1)
        self.buttons.addWidget(self._example)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._folder)
        self.add_primary(self._new)

    def _connect(self) -> None:
        self._new.clicked.connect(self._name_new)
        self._folder.clicked.connect(self._choose)
        self._example.clicked.connect(self._open_example)
        self._form.wished.connect(self.new_wished)
        self._form.cancelled.connect(self.escape)

    def _show_list(self) -> None:
        self.title.setText(self.tr("Libraries"))
        self._pages.setCurrentIndex(0)
        for shown in (self._new, self._folder, self._example):
            shown.show()

    def _name_new(self) -> None:
        self.title.setText(self.tr("A library of your own"))
        self._form.start()
        self._pages.setCurrentWidget(self._form)
        for hidden in (self._new, self._folder, self._example):
            hidden.hide()
        self._form.name.setFocus()

    def _open(self, folder: str) -> None:
        if folder == self._current:
            self.dismiss()
        else:
            self.open_wished.emit(folder)

    def _open_example(self) -> None:
        self.example_wished.emit()

    def _choose(self) -> None:
        choose_folder(self, self.tr("Open a library"), self._default_folder, self._open)
