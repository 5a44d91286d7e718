"""What an empty panel says: what it is for and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import button
from ui.widgets.labels import label


class EmptyHint(QWidget):
    """An icon, a line, a sentence that says what to do, and where there is one, the button that does it."""

    pressed = Signal()

    def __init__(
        self, looks: Looks, icon: str, title: str, text: str, deed: str = "", parent: QWidget | None = None
    ) -> None:
        """Show ``icon`` (Phosphor), ``title`` and ``text``; ``deed`` is the button's word."""
        super().__init__(parent)
        self._looks, self._name = looks, icon
        self._icon = QLabel(self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title, self._text = label(title, "strong", self, wrap=True), label(text, "muted", self, wrap=True)
        for words in (self._title, self._text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button = button(deed, "link", self)
        self._button.setVisible(bool(deed))
        self._button.clicked.connect(self.pressed)
        pressed = row(None, self._button, None)
        self.setLayout(column(self._icon, 2, self._title, self._text, 2, pressed, margins=(22, 34, 30, 20), spacing=5))
        looks.changed.connect(self._draw)
        self._draw()

    def say(self, title: str, text: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)

    def _draw(self) -> None:
        self._icon.setPixmap(self._looks.icon(self._name, "faint").pixmap(QSize(30, 30)))
