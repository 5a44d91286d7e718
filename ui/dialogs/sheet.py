"""The form that all dialogs share: a card in the middle of the dimmed window, with a title and its buttons below."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import IconButton
from ui.widgets.labels import label
from ui.widgets.overlay import Overlay


class Sheet(Overlay):
    """A titled card with a body (``body``, a column) and buttons (``buttons``, a row; the primary one at its end)."""

    def __init__(self, looks: Looks, parent: QWidget, title: str, *, width: int, height: int = 0) -> None:
        """Make a hidden sheet of a width, as high as its content, or of a height."""
        self.title: QLabel = label(title, "title")
        self.body: QVBoxLayout = column(spacing=10)
        self.buttons: QHBoxLayout = row(spacing=8)
        self._size = QSize(width, height)
        self.head: QHBoxLayout = row(self.title, None, spacing=8)
        super().__init__(
            looks,
            parent,
            column(self.head, 14, self.body, 18, self.buttons, margins=(26, 20, 26, 22), spacing=0),
        )
        self.close_button = IconButton(looks, "ph.x", self.tr("Close"))
        self.close_button.clicked.connect(self.escape)
        self.head.addWidget(self.close_button)
        self.card.layout().setStretch(2, 1)
        self.setAccessibleName(title)

    def open(self) -> None:
        """Show it, with the keyboard in its first field."""
        self.appear(self.first_field())

    def first_field(self) -> QWidget | None:
        """Return what has the keyboard at first."""
        return self.primary

    def wanted_size(self) -> QSize:
        """Return the size it was made for."""
        width = self._size.width()
        layout = self.card.layout()
        height = layout.heightForWidth(width) if layout.hasHeightForWidth() else self.card.sizeHint().height()
        return QSize(width, self._size.height() or height)

    def add_primary(self, pressed: QPushButton) -> QPushButton:
        """Put a button at the end of the row, as the one that Enter presses."""
        pressed.setProperty("role", "primary")
        self.buttons.addWidget(pressed)
        self.primary = pressed
        return pressed
