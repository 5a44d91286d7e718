"""The presets of the export: chosen from a list, kept under a name, renamed and deleted, all on one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QStackedLayout, QWidget

from app.exporting import presets
from app.exporting.presets import Preset
from ui.looks import Looks
from ui.widgets.boxes import row
from ui.widgets.buttons import IconButton, button
from ui.widgets.fields import DropDown


class PresetLine(QWidget):
    """A drop-down list of names, or a field for one. ``changed`` carries all presets, to be remembered elsewhere."""

    chosen = Signal(object)
    changed = Signal(object)

    def __init__(self, looks: Looks, choices: Callable[[], Preset], parent: QWidget | None = None) -> None:
        """Offer no presets yet; ``choices`` returns what would be kept now, without a name."""
        super().__init__(parent)
        self._choices = choices
        self._presets: tuple[Preset, ...] = ()
        self._earlier = ""  # the name of the preset that gets another one
        self._list = DropDown(looks)
        self._list.setAccessibleName(self.tr("Preset"))
        self._keep = IconButton(looks, "ph.bookmark-simple", self.tr("Keep these choices as a preset"))
        self._more = IconButton(looks, "ph.dots-three", self.tr("Rename or delete the preset"))
        self._name = _NameField()
        self._name.setPlaceholderText(self.tr("Name of the preset"))
        self._name.setAccessibleName(self.tr("Name of the preset"))
        self._done = button(self.tr("Keep"))
        self._back = IconButton(looks, "ph.x", self.tr("Leave it"), size=16)
        self._pages = QStackedLayout(self)
        for line in (
            row(self._list, self._keep, self._more, spacing=4),
            row(self._name, self._done, self._back, spacing=4),
        ):
            line.setStretch(0, 1)
            page = QWidget()
            page.setLayout(line)
            self._pages.addWidget(page)
        self._list.activated.connect(self._choose)
        self._keep.clicked.connect(self._ask_name)
        self._more.clicked.connect(self._open_menu)
        self._name.entered.connect(self._finish)
        self._name.left.connect(self._leave)
        self._name.textChanged.connect(self._judge)
        self._done.clicked.connect(self._finish)
        self._back.clicked.connect(self._leave)
        self.show_presets(())

    def show_presets(self, kept: Sequence[Preset], chosen: str = "") -> None:
        """Offer these presets; the one of a name is in force, else the one that was."""
        chosen = chosen or self.name()
        self._presets = tuple(kept)
        self._list.clear()
        self._list.addItem(self.tr("No preset") if kept else self.tr("No presets yet"), "")
        for one in kept:
            self._list.addItem(one.name, one.name)
        self._list.setCurrentIndex(max(0, self._list.findData(chosen)))
        self._list.setEnabled(bool(kept))
        self._more.setEnabled(bool(self.name()))
        self._pages.setCurrentIndex(0)

    def release(self, what: str) -> None:
        """Let no preset be in force any more that exports something else."""
        found = presets.named(self._presets, self.name())
        if found is not None and found.what != what:
            self._list.setCurrentIndex(0)
            self._more.setEnabled(False)

    def name(self) -> str:
        """Return the name of the preset in force, or ``""``."""
        return str(self._list.currentData() or "")

    def menu(self) -> QMenu:
        """Return what can be done with the preset in force."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Rename…"), self._ask_other_name)
        menu.addAction(self.tr("Delete"), partial(self._delete, self.name()))
        return menu

    def _choose(self) -> None:
        self._more.setEnabled(bool(self.name()))
        found = presets.named(self._presets, self.name())
        if found is not None:
            self.chosen.emit(found)

    def _open_menu(self) -> None:
        self.menu().popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def _ask_name(self) -> None:
        self._ask("", self.tr("Keep"))

    def _ask_other_name(self) -> None:
        self._ask(self.name(), self.tr("Rename"))

    def _ask(self, earlier: str, verb: str) -> None:
        self._earlier = earlier
        self._name.setText(self.name())
        self._done.setText(verb)
        self._pages.setCurrentIndex(1)
        self._name.setFocus()
        self._name.selectAll()
        self._judge()

    def _judge(self) -> None:
        self._done.setEnabled(bool(self._name.text().strip()))

    def _finish(self) -> None:
        name = " ".join(self._name.text().split())
        if not name:
            return
        self._leave()
        if self._earlier:
            self._take(presets.renamed(self._presets, self._earlier, name), name)
        else:
            self._take(presets.kept(self._presets, replace(self._choices(), name=name)), name)

    def _delete(self, name: str) -> None:
        self._take(presets.without(self._presets, name), "")

    def _take(self, kept: tuple[Preset, ...], chosen: str) -> None:
        self.show_presets(kept, chosen)
        self.changed.emit(kept)

    def _leave(self) -> None:
        self._pages.setCurrentIndex(0)
        (self._list if self._list.isEnabled() else self._keep).setFocus()


class _NameField(QLineEdit):
    """A line whose Enter and Esc stay with it: the sheet would export, or close."""

    entered = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
