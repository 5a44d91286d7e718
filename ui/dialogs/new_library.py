"""Naming a new library and choosing its folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.dialogs.choosing import choose_folder
from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import button
from ui.widgets.labels import label

_UNFIT: Final = re.compile(r'[/\\:*?"<>|\x00-\x1f\ud800-\udfff]+')
_LONGEST: Final = 80


def folder_name(name: str) -> str:
    """Return a name for a file or folder, as like ``name`` as every disk allows; empty when nothing is left."""
    return _UNFIT.sub("-", " ".join(name.split())).strip(" .-")[:_LONGEST].rstrip(" .")


def free_folder(folder: Path) -> Path:
    """Return a folder, or one with a number behind its name where there is something of that name already."""
    again, found = 2, folder
    while _is_taken(found):
        found = folder.with_name(f"{folder.name} {again}")
        again += 1
    return found


def _is_taken(folder: Path) -> bool:
    try:
        return folder.exists()
    except OSError:
        return False  # where nobody may look, the library itself will say that it cannot be made


class NewLibraryForm(QWidget):
    """A name and a folder. The folder follows the name until it is written by hand."""

    wished = Signal(str, str)
    cancelled = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Make an empty form."""
        super().__init__(parent)
        self._parent_folder = ""
        self._by_hand = False
        self.name = QLineEdit()
        self.folder = QLineEdit()
        self.create_button = button(self.tr("Create library"), "primary")
        self._back = button(self.tr("Back"))
        self._browse = button(self.tr("Choose…"))
        self._set_up()
        self.setLayout(
            column(
                self._labelled(self.tr("Name"), self.name),
                row(self.name),
                8,
                self._labelled(self.tr("Folder"), self.folder),
                row(self.folder, self._browse, spacing=8),
                label(
                    self.tr("Everything of this library lives in this folder: back it up or move it as one."),
                    "faint",
                    wrap=True,
                ),
                14,
                row(None, self._back, self.create_button, spacing=8),
                spacing=6,
            )
        )
        self.start()

    def set_default_folder(self, folder: str) -> None:
        """Say in which folder new libraries get a folder of their own."""
        self._parent_folder = folder
        self._follow()

    def start(self) -> None:
        """Empty the form for another library."""
        self._by_hand = False
        self.name.setText(self.tr("My library"))
        self.name.selectAll()
        self._follow()

    def wish(self) -> None:
        """Ask for the library, when there is all that it needs."""
        if self.create_button.isEnabled():
            self.wished.emit(self.folder.text().strip(), self.name.text().strip())

    def _set_up(self) -> None:
        self.name.setMaxLength(_LONGEST)
        self.name.textChanged.connect(self._follow)
        self.folder.textChanged.connect(self._judge)
        self.folder.textEdited.connect(self._written)
        self.name.returnPressed.connect(self.wish)
        self.folder.returnPressed.connect(self.wish)
        self.create_button.clicked.connect(self.wish)
        self._back.clicked.connect(self.cancelled)
        self._browse.clicked.connect(self._choose)

    def _labelled(self, text: str, field: QLineEdit) -> QWidget:
        made = label(text, "strong")
        made.setBuddy(field)
        field.setAccessibleName(text)
        return made

    def _follow(self) -> None:
        if not self._by_hand:
            name = folder_name(self.name.text())
            fits = self._parent_folder and name
            self.folder.setText(str(free_folder(Path(self._parent_folder, name))) if fits else "")
        self._judge()

    def _written(self) -> None:
        self._by_hand = bool(self.folder.text().strip())

    def _judge(self) -> None:
        self.create_button.setEnabled(bool(self.name.text().strip() and self.folder.text().strip()))

    def _choose(self) -> None:
        choose_folder(self, self.tr("A folder for the library"), self._parent_folder, self._chosen)

    def _chosen(self, folder: str) -> None:
        self._by_hand = True
        self.folder.setText(folder)
