"""What can be done with what is selected on a board, as a menu; each entry carries the key that does the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.copying import Form
from app.model import Interlude, Theme
from ui.board.passage import Item, Passage


def item_menu(chosen: Sequence[Item], themes: Sequence[Theme], parent: QWidget, *, by_hand: bool) -> QMenu:
    """Return the menu; the data of an action is its key as the board knows it, or the form in which it copies."""
    menu = QMenu(parent)
    passages = [one for one in chosen if isinstance(one, Passage)]
    if passages:
        _offer_passages(menu, passages, themes, single=len(chosen) == 1)
    else:
        _offer_interludes(menu, [one for one in chosen if isinstance(one, Interlude)])
    if by_hand:
        menu.addSeparator()
        _add(menu, QCoreApplication.translate("board", "Heading above"), "h", "H")
        _add(menu, QCoreApplication.translate("board", "Text above"), "t", "T")
        _add(menu, QCoreApplication.translate("board", "Text at the end"), "T", "Shift+T")
        menu.addSeparator()
        words = QCoreApplication.translate("board", "Take out of this collection")
        _add(menu, words if passages else QCoreApplication.translate("board", "Delete"), "delete", "Del")
    return menu


def _offer_interludes(menu: QMenu, chosen: Sequence[Interlude]) -> None:
    if len(chosen) == 1:
        _add(menu, QCoreApplication.translate("board", "Write"), "open", "Enter")
        menu.addSeparator()
    names = (
        QCoreApplication.translate("board", "Heading 1"),
        QCoreApplication.translate("board", "Heading 2"),
        QCoreApplication.translate("board", "Heading 3"),
        QCoreApplication.translate("board", "Text"),
    )
    for level, name in zip((1, 2, 3, 0), names, strict=True):
        action = _add(menu, name, str(level), str(level))
        action.setCheckable(True)
        action.setChecked(all(one.level == level for one in chosen))


def _offer_passages(menu: QMenu, chosen: Sequence[Passage], themes: Sequence[Theme], *, single: bool) -> None:
    marks = [passage.highlight for passage in chosen if passage.highlight]
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


def _add(menu: QMenu, text: str, key: str, shown: str = "") -> QAction:
    action = QAction(f"{text}\t{shown}" if shown else text, menu)
    action.setData(key)
    menu.addAction(action)
    return action
