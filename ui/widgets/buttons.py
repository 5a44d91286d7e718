"""Buttons: an icon, a chip, a tab, a word. All of them can be reached and pressed by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from ui.looks import Looks
from ui.widgets.tips import plain_tip


class IconButton(QToolButton):
    """A button that shows an icon in the colours of the look. ``tip`` says what it does; it is its name, too."""

    def __init__(
        self, looks: Looks, icon: str, tip: str, parent: QWidget | None = None, *, colour: str = "muted", size: int = 18
    ) -> None:
        """Draw ``icon`` (Phosphor, e.g. ``ph.plus``) ``size`` pixels wide."""
        super().__init__(parent)
        self._looks, self._icon, self._colour = looks, icon, colour
        self.setAutoRaise(True)
        self.setIconSize(QSize(size, size))
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        looks.changed.connect(self._draw)
        self._draw()

    def show_icon(self, icon: str, tip: str | None = None) -> None:
        """Show another icon, and say something else about it."""
        self._icon = icon
        if tip is not None:
            self.setToolTip(plain_tip(tip))
            self.setAccessibleName(tip)
        self._draw()

    def _draw(self) -> None:
        self.setIcon(self._looks.icon(self._icon, self._colour))


class Chip(QToolButton):
    """A rounded button that is on or off, such as a filter; a count may stand behind its word."""

    def __init__(self, text: str, parent: QWidget | None = None, *, checkable: bool = True) -> None:
        """Show ``text``."""
        super().__init__(parent)
        self._word = text
        self.setText(text)
        self.setCheckable(checkable)
        self.setProperty("role", "chip")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_count(self, count: str) -> None:
        """Show a number behind the word."""
        self.setText(f"{self._word}  {count}" if count else self._word)


def tab(text: str, parent: QWidget | None = None) -> QToolButton:
    """Return a tab of a row of tabs."""
    made = QToolButton(parent)
    made.setText(text)
    made.setCheckable(True)
    made.setAutoExclusive(True)
    made.setProperty("role", "tab")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def button(text: str, role: str = "", parent: QWidget | None = None) -> QPushButton:
    """Return a button with a word on it. Roles: primary, danger, link."""
    made = QPushButton(text, parent)
    made.setProperty("role", role)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    return made
