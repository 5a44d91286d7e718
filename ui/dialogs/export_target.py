"""Where an export goes: a path that follows what is exported, and in which format, until it is written by hand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app import places
from ui.dialogs.choosing import choose_folder, choose_target
from ui.dialogs.new_library import folder_name
from ui.widgets.boxes import column, row
from ui.widgets.buttons import button
from ui.widgets.labels import label


class ExportTarget(QWidget):
    """A path field and a button; the end of the path is always that of the format."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self._folder = ""
        self._suffix = ""
        self._name = ""
        self._by_hand = False
        self._field = QLineEdit()
        self._field.setAccessibleName(self.tr("Save as"))
        self._browse = button(self.tr("Choose…"))
        self._hint = label("", "small", wrap=True)
        self._hint.hide()
        self._field.textEdited.connect(self._written)
        self._field.textChanged.connect(self.look)
        self._field.textChanged.connect(self.changed)
        self._browse.clicked.connect(self._choose)
        self.setLayout(column(row(self._field, self._browse, spacing=8), self._hint, spacing=4))

    def path(self) -> Path | None:
        """Return where to write, or ``None`` when that is not said."""
        text = self._field.text().strip()
        if not text:
            return None
        return _ending(places.written(text), self._suffix)

    def take_focus(self) -> None:
        """Let the place be written anew."""
        self._field.setFocus()
        self._field.selectAll()

    def start_over(self) -> None:
        """Forget the place that was written by hand, and propose one."""
        self._by_hand = False
        self._propose()

    def look(self) -> None:
        """Look what is there by now, and say what becomes of it."""
        path = self.path()
        said = ""
        if not self._suffix:
            said = self.tr("This format writes a folder. Notes that stand in it already are kept up to date.")
        elif path is not None and places.is_file(path):
            said = self.tr("This file is there already. The export takes its place.")
        self._hint.setText(said)
        self._hint.setVisible(bool(said))

    def folder(self) -> str:
        """Return the folder that the target is in."""
        path = self.path()
        return str(path.parent) if path is not None else self._folder

    def set_folder(self, folder: str) -> None:
        """Say in which folder exports are proposed."""
        self._folder = folder
        self._propose()

    def propose(self, name: str, suffix: str) -> None:
        """Follow the name of what is exported and the suffix of the format (``""`` for a folder of files)."""
        self._name, earlier, self._suffix = name, self._suffix, suffix
        if self._by_hand:
            self._change_suffix(earlier)
        else:
            self._propose()
        self.look()

    def _propose(self) -> None:
        if not self._by_hand and self._folder:
            name = folder_name(self._name) or folder_name(self.tr("Export"))
            self._field.setText(str(_ending(Path(self._folder, name), self._suffix)))
            self._field.setCursorPosition(len(self._field.text()))

    def _change_suffix(self, earlier: str) -> None:
        text = self._field.text().strip()
        if text and earlier != self._suffix:
            bare = text[: -len(earlier)] if earlier and text.lower().endswith(earlier) else text
            self._field.setText(str(_ending(Path(bare), self._suffix)))

    def _written(self) -> None:
        self._by_hand = bool(self._field.text().strip())

    def _choose(self) -> None:
        if self._suffix:
            choose_target(self, self.tr("Export to"), self._field.text(), self._suffix, self._chosen)
        else:
            choose_folder(self, self.tr("Export into a folder"), self.folder(), self._chosen)

    def _chosen(self, path: str) -> None:
        self._by_hand = True
        self._field.setText(str(_ending(Path(path), self._suffix)))


def _ending(path: Path, suffix: str) -> Path:
    """Return a path that ends in a suffix; a name with a dot in it keeps it."""
    if not suffix or path.name.lower().endswith(suffix) or not path.name:
        return path
    return path.with_name(path.name + suffix)
