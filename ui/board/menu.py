"""What can be done with the selected passages, as a menu; each entry carries the key that does the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.copying import Form
from app.model import Theme
from ui.board.passage import Passage


def passage_menu(chosen: Sequence[Passage], themes: Sequence[Theme], parent: QWidget, *, removable: bool) -> QMenu:
    """Return the menu; the data of an action is its key as the board knows it, or the form in which it copies."""
    menu = QMenu(parent)
    marks = [passage.highlight for passage in chosen if passage.highlight]
    single = len(chosen) == 1
    _add(menu, QCoreApplication.translate("board", "Open in its article"), "open", "Enter")
    if marks and single:
        _add(menu, QCoreApplication.translate("board", "Write a note"), "n", "N")
    _add(menu, QCoreApplication.translate("board", "Add to a collection…"), "a", "A")
    menu.addSeparator()
    if marks:
        quotation = QCoreApplication.translate("board", "Copy quotation with citation")
        _add(menu, quotation, Form.QUOTATION.value, "C" if single else "")
    _add(menu, QCoreApplication.translate("board", "Copy citation"), Form.CITATION.value)
    _add(menu, QCoreApplication.translate("board", "Copy as Markdown"), Form.MARKDOWN.value)
    _add(menu, QCoreApplication.translate("board", "Copy as rich text"), Form.RICH.value)
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


def _add(menu: QMenu, text: str, key: str, shown: str = "") -> QAction:
    action = QAction(f"{text}\t{shown}" if shown else text, menu)
    action.setData(key)
    menu.addAction(action)
    return action
