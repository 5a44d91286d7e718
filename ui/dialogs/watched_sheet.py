"""The folders that are watched: what lands in them comes into the library by itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import places
from app.importing.watching import Watched
from ui.dialogs.sheet import Sheet
from ui.looks import Looks
from ui.widgets.boxes import column, emptied, row, scrolled
from ui.widgets.buttons import button
from ui.widgets.fields import DropDown
from ui.widgets.labels import ElidedLabel, label
from ui.wording import filled

_WIDTH: Final = 560
_LISTED: Final = 180  # pixels
_CHOICE: Final = 200


class WatchedSheet(Sheet):
    """Lists the watched folders; one can be added or left."""

    add_wished = Signal(str)
    remove_wished = Signal(object)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent, "", width=_WIDTH)
        self.title.setText(self.tr("Watched folders"))
        hint = self.tr("Files that land in these folders are imported while the window is open.")
        self._rows = column(spacing=10)
        self._listed = scrolled(QWidget())
        self._listed.widget().setLayout(column(self._rows, None, margins=(0, 0, 8, 0)))
        self._listed.setFixedHeight(_LISTED)
        self._collections = DropDown(looks)
        self._collections.setMinimumWidth(_CHOICE)
        self._collections.setAccessibleName(self.tr("Collection for what lands in the folder"))
        into = label(self.tr("Put articles of a new folder into"), "muted")
        into.setBuddy(self._collections)
        for part in (label(hint, "muted", wrap=True), self._listed):
            self.body.addWidget(part)
        self.body.addLayout(row(into, self._collections, None, spacing=8))
        close = button(self.tr("Close"))
        close.clicked.connect(self.dismiss)
        self.buttons.addStretch(1)
        self.buttons.addWidget(close)
        self._add = self.add_primary(button(self.tr("Watch a folder…")))
        self._add.clicked.connect(self._wish)

    def show_watched(self, watched: Sequence[Watched], collections: Sequence[str]) -> None:
        """Show the folders, and the names of the collections that a new one may fill."""
        emptied(self._rows)
        for one in watched:
            self._rows.addLayout(self._row(one))
        if not watched:
            self._rows.addWidget(label(self.tr("No folder is watched yet."), "faint"))
        before = self._collections.currentData()
        self._collections.clear()
        self._collections.addItem(self.tr("no collection"), "")
        for name in collections:
            self._collections.addItem(name, name)
        self._collections.setCurrentIndex(max(0, self._collections.findData(before)))

    def _row(self, one: Watched) -> QVBoxLayout:
        leave = button(self.tr("Stop watching"), "link")
        leave.setAccessibleName(filled(self.tr("Stop watching {folder}"), folder=one.folder))
        leave.clicked.connect(partial(self.remove_wished.emit, one.folder))
        head = row(ElidedLabel(str(one.folder), "strong"), leave, spacing=8)
        head.setStretch(0, 1)
        if not places.is_folder(one.folder):
            below = self.tr("It is not there now: connect its disk, or stop watching it.")
        elif one.collection:
            below = filled(self.tr("into the collection “{name}”"), name=one.collection)
        else:
            below = self.tr("into the library")
        return column(head, label(below, "small", wrap=True), spacing=1)

    def _wish(self) -> None:
        self.add_wished.emit(str(self._collections.currentData() or ""))
