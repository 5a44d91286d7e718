"""The box in which one searches."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ui.looks import Looks
from ui.widgets.buttons import IconButton

_PICTURE: Final = 17
_LONGEST: Final = 2_000


class SearchBox(QLineEdit):
    """A line with a magnifier; a cross or Esc clears it, a second Esc leaves it, Down goes on to the list."""

    down_pressed = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Be empty."""
        super().__init__(parent)
        self._looks = looks
        self.setProperty("role", "search")
        self.setMaxLength(_LONGEST)
        self.setPlaceholderText(self.tr("Search"))
        self.setAccessibleName(self.tr("Search the library"))
        self.setTextMargins(0, 0, 22, 0)
        self._picture = QLabel(self)
        self._picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._cross = IconButton(looks, "ph.x", self.tr("Clear"), self, size=13)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.hide()
        self._cross.clicked.connect(self._clear)
        self.textChanged.connect(self._show_cross)
        looks.changed.connect(self._draw)
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear, leave, go to the list, or write."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif key == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome words; the path of a file is nothing to search for."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the magnifier at the left and the cross at the right."""
        super().resizeEvent(event)
        middle = self.height() / 2
        self._picture.setGeometry(11, round(middle - _PICTURE / 2), _PICTURE, _PICTURE)
        self._cross.setGeometry(self.width() - 29, round(middle - 12), 24, 24)

    def _clear(self) -> None:
        self.clear()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_cross(self, text: str) -> None:
        self._cross.setVisible(bool(text))

    def _draw(self) -> None:
        self._picture.setPixmap(self._looks.icon("ph.magnifying-glass").pixmap(QSize(_PICTURE, _PICTURE)))
