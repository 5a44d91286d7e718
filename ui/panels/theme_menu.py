"""The menu of a theme: everything that can be done with it, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.model import Theme
from ui.wording import filled


class ThemeMenu(QObject):
    """Builds the menu of a theme; each signal carries the theme's id first."""

    put_wished = Signal(str)
    board_wished = Signal(str)
    rename_wished = Signal(str)
    colour_wished = Signal(str)
    digit_wished = Signal(str, int)
    definition_wished = Signal(str)
    about_wished = Signal(str)
    new_below_wished = Signal(str)
    move_wished = Signal(str)
    top_wished = Signal(str)
    step_wished = Signal(str, bool)
    merge_wished = Signal(str)
    delete_wished = Signal(str)

    def build(self, theme: Theme, themes: Sequence[Theme], parent: QWidget) -> QMenu:
        """Return a fresh menu for one of ``themes``; it goes away with its closing."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        id_ = theme.id
        self._entry(menu, self.tr("Put on the passage"), "Space").triggered.connect(partial(self.put_wished.emit, id_))
        self._entry(menu, self.tr("Open the board"), "Enter").triggered.connect(partial(self.board_wished.emit, id_))
        menu.addSeparator()
        self._entry(menu, self.tr("Rename"), "F2").triggered.connect(partial(self.rename_wished.emit, id_))
        self._entry(menu, self.tr("Colour…")).triggered.connect(partial(self.colour_wished.emit, id_))
        self._digits(menu, theme, themes)
        words = self.tr("Change the definition…") if theme.definition else self.tr("Define…")
        self._entry(menu, words).triggered.connect(partial(self.definition_wished.emit, id_))
        self._entry(menu, self.tr("Note…")).triggered.connect(partial(self.about_wished.emit, id_))
        menu.addSeparator()
        self._entry(menu, self.tr("New theme below")).triggered.connect(partial(self.new_below_wished.emit, id_))
        move = self._entry(menu, self.tr("Move below…"))
        move.triggered.connect(partial(self.move_wished.emit, id_))
        move.setEnabled(len(themes) > 1)
        if theme.parent is not None:
            up = self._entry(menu, self.tr("Move to the top level"))
            up.triggered.connect(partial(self.top_wished.emit, id_))
        beside = [other.id for other in themes if other.parent == theme.parent]
        for words, key, down in ((self.tr("Move up"), "Alt+Up", False), (self.tr("Move down"), "Alt+Down", True)):
            step = self._entry(menu, words, key)
            step.triggered.connect(partial(self.step_wished.emit, id_, down))
            step.setEnabled(id_ != beside[-1 if down else 0])
        merge = self._entry(menu, self.tr("Merge into…"))
        merge.triggered.connect(partial(self.merge_wished.emit, id_))
        merge.setEnabled(len(themes) > 1)
        menu.addSeparator()
        self._entry(menu, self.tr("Delete"), "Del").triggered.connect(partial(self.delete_wished.emit, id_))
        return menu

    def _digits(self, menu: QMenu, theme: Theme, themes: Sequence[Theme]) -> None:
        below = menu.addMenu(self.tr("Key"))
        holders = {other.digit: other.name for other in themes if other.digit and other.id != theme.id}
        group = QActionGroup(below)
        for digit in range(1, 10):
            words = str(digit)
            if digit in holders:
                words = filled(self.tr("{digit}  ({theme} has it)"), digit=digit, theme=holders[digit])
            action = below.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(theme.digit == digit)
            action.triggered.connect(partial(self.digit_wished.emit, theme.id, digit))
            group.addAction(action)
        below.addSeparator()
        none = below.addAction(self.tr("None"))
        none.setCheckable(True)
        none.setChecked(theme.digit is None)
        none.triggered.connect(partial(self.digit_wished.emit, theme.id, 0))
        group.addAction(none)

    def _entry(self, menu: QMenu, text: str, key: str = "") -> QAction:
        action = menu.addAction(text)
        if key:
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return action
