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
    """An icon, a line, and two ways to an article: one for the mouse, and one with its keys."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Speak of a library that has articles."""
        super().__init__(parent)
        self._looks = looks
        self._icon = QLabel(self)
        title = label(self.tr("No article is open"), "strong", self)
        for part in (self._icon, title):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._some = self._ways(
            self.tr("Choose one on the left to read it here,"), "Ctrl+K", self.tr("and type some of its title.")
        )
        self._none = self._ways(self.tr("Drop files here to read them,"), "Ctrl+O", self.tr("and choose them."))
        middle = column(None, self._icon, 4, title, self._some, self._none, None, spacing=6)
        self.setLayout(row(None, middle, None, margins=(24, 24, 24, 64)))
        looks.changed.connect(self._draw)
        self._draw()
        self.show_stock(1)

    def show_stock(self, articles: int) -> None:
        """Say how an article is opened, or where there are none, how they come in."""
        self._some.setVisible(articles > 0)
        self._none.setVisible(not articles)

    def _ways(self, first: str, keys: str, second: str) -> QWidget:
        words = label(first, "muted", self)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        orders = (label(self.tr("or press"), "muted", self), KeyCaps(self._looks, keys), label(second, "muted", self))
        made = QWidget(self)
        made.setLayout(column(words, row(None, *orders, None, spacing=7), spacing=6))
        return made

    def _draw(self) -> None:
        self._icon.setPixmap(self._looks.icon("ph.book-open", "faint").pixmap(QSize(_ICON, _ICON)))
