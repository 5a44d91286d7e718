"""What can be done with the selected passages, as a menu; each entry carries the key that does the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.model import Theme
from ui.board.passage import Passage


def passage_menu(chosen: Sequence[Passage], themes: Sequence[Theme], parent: QWidget, *, removable: bool) -> QMenu:
    """Return the menu; the data of an action is its key as the board knows it."""
    menu = QMenu(parent)
    marks = [passage.highlight for passage in chosen if passage.highlight]
    single = len(chosen) == 1
    _add(menu, QCoreApplication.translate("board", "Open in its article"), "open", "Enter")
    if marks and single:
        _add(menu, QCoreApplication.translate("board", "Write a note"), "n", "N")
        _add(menu, QCoreApplication.translate("board", "Copy with citation"), "c", "C")
    _add(menu, QCoreApplication.translate("board", "Add to a collection…"), "a", "A")
    digits = sorted((theme for theme in themes if theme.digit), key=lambda theme: theme.digit or 0)
    if marks and digits:
        menu.addSeparator()
        for theme in digits:
            action = _add(menu, theme.name.replace("&", "&&"), str(theme.digit), str(theme.digit))
            action.setCheckable(True)
            action.setChecked(all(theme.id in mark.themes for mark in marks))
    if removable:
        menu.addSeparator()
        _add(menu, QCoreApplication.translate("board", "Take out of this collection"), "delete", "Del")
    return menu


def _add(menu: QMenu, text: str, key: str, shown: str) -> QAction:
    action = QAction(f"{text}\t{shown}", menu)
    action.setData(key)
    menu.addAction(action)
    return action
