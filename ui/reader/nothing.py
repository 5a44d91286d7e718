"""What the reading pane says as long as no article is open, and how to open one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.key_caps import KeyCaps
from ui.widgets.labels import label

_ICON: Final = 40


class Nothing(QWidget):
    """An icon, a line, and two ways to an article: the list, and the palette with its keys."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Say it."""
        super().__init__(parent)
        self._looks = looks
        self._icon = QLabel(self)
        title = label(self.tr("No article is open"), "strong", self)
        first = label(self.tr("Choose one on the left to read it here,"), "muted", self)
        for part in (self._icon, title, first):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        second = row(
            None,
            label(self.tr("or press"), "muted", self),
            KeyCaps(looks, "Ctrl+K", self),
            label(self.tr("and type some of its title."), "muted", self),
            None,
            spacing=7,
        )
        middle = column(None, self._icon, 4, title, first, second, None, None, spacing=6)
        self.setLayout(row(None, middle, None, margins=(24, 24, 24, 24)))
        looks.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._icon.setPixmap(self._looks.icon("ph.book-open", "faint").pixmap(QSize(_ICON, _ICON)))
