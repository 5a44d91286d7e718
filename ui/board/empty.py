"""What a board says when there is nothing on it: what to do next."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.model import Theme
from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.carried import IDS, carried_ids
from ui.widgets.labels import label
from ui.wording import filled

_ICON: Final = 40


class Empty(QWidget):
    """A few words in the middle of an empty board; a collection takes what is dropped on it."""

    dropped = Signal(object)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Make one that says nothing yet."""
        super().__init__(parent)
        self._looks = looks
        self._icon = QLabel(self)
        self._title = label("", "strong", self)
        self._next = label("", "muted", self, wrap=True)
        self._next.setMinimumWidth(320)
        self._next.setMaximumWidth(400)
        for part in (self._icon, self._title, self._next):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        middle = column(None, self._icon, self._title, self._next, None, None, spacing=8)
        self.setLayout(row(None, middle, None, margins=(24, 24, 24, 24)))
        self._name = "ph.quotes"
        looks.changed.connect(self._draw)
        self._draw()

    def show_kind(self, kind: str, theme: Theme | None, *, by_hand: bool) -> None:
        """Say what fits a theme, a collection by hand, or a collection that is a query."""
        self.setAcceptDrops(by_hand)
        self._name = "ph.stack" if kind == "collection" else "ph.quotes"
        if kind != "collection":
            self._title.setText(self.tr("No passages yet"))
            self._next.setText(self._how_to_mark(theme))
        elif by_hand:
            self._title.setText(self.tr("Nothing in this collection yet"))
            self._next.setText(
                self.tr(
                    "Drag passages or articles here, or press Ctrl+D while you read one. "
                    "H begins with a heading, T with some text."
                )
            )
        else:
            self._title.setText(self.tr("Nothing matches this collection’s query"))
            self._next.setText(self.tr("What is found later will stand here by itself."))
        self._draw()

    def show_waiting(self) -> None:
        """Say that what lies here is still being gathered."""
        self.setAcceptDrops(False)
        self._title.setText(self.tr("Gathering the passages…"))
        self._next.setText("")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take passages and articles."""
        if event.mimeData().hasFormat(IDS):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dropped."""
        event.acceptProposedAction()
        self.dropped.emit(carried_ids(event.mimeData()))

    def _how_to_mark(self, theme: Theme | None) -> str:
        if theme and theme.digit:
            words = self.tr("Select some words while you read and press {digit}: they will stand here.")
            return filled(words, digit=theme.digit)
        return self.tr("Select some words while you read, press T and choose this theme: they will stand here.")

    def _draw(self) -> None:
        self._icon.setPixmap(self._looks.icon(self._name, "faint").pixmap(_ICON, _ICON))
