"""The menu of the text: what can be done with what is selected, and with the paragraph under the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

Deed = tuple[str, Callable[[], None], bool]


def open_menu(parent: QWidget, where: QPoint, deeds: Sequence[Deed | None]) -> QMenu:
    """Show a menu at a global point: a text, what it does and whether it can be done now; ``None`` is a line."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for entry in deeds:
        if entry is None:
            menu.addSeparator()
            continue
        text, deed, possible = entry
        menu.addAction(text, deed).setEnabled(possible)
    menu.popup(where)
    return menu


def shortened(words: str, most: int = 40) -> str:
    """Return words for a menu: on one line, not too long, and with no letter underlined."""
    flat = " ".join(words.split())
    return (flat if len(flat) <= most else f"{flat[: most - 1]}…").replace("&", "&&")
