"""A line that narrows a list while one types; the arrows go through the list without leaving the line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.dialogs.choice_list import ChoiceList

_STEPS: Final = frozenset((Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown))


class FindLine(QLineEdit):
    """Narrows ``choices``. Esc empties it first, Enter goes to what is chosen."""

    def __init__(self, choices: ChoiceList, words: str) -> None:
        """Say in ``words`` what is looked for."""
        super().__init__()
        self._choices = choices
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(False)
        self.textChanged.connect(choices.narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the arrows on, empty the line by Esc, and go to the list by Enter."""
        if event.key() in _STEPS:
            QCoreApplication.sendEvent(self._choices, QKeyEvent(event.type(), event.key(), event.modifiers()))
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choices.setFocus()
        else:
            super().keyPressEvent(event)
