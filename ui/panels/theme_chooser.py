"""Choosing one theme out of those that there are: where to move a theme, or into which to merge it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from app.model import Theme
from ui.looks import Looks
from ui.widgets.boxes import column
from ui.widgets.focus_popover import FocusPopover
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.list_rows import set_up_list
from ui.widgets.theme_rows import ROW, ThemeRowDelegate, ThemeRows

_WIDTH: Final = 276
_MOST_ROWS: Final = 8
_STEPS: Final = {
    Qt.Key.Key_Down.value: 1,
    Qt.Key.Key_Up.value: -1,
    Qt.Key.Key_PageDown.value: _MOST_ROWS - 1,
    Qt.Key.Key_PageUp.value: 1 - _MOST_ROWS,
}


class ThemeChooser(FocusPopover):
    """A field and a list of themes; ``chosen`` sends what it was asked for and the id of the theme."""

    chosen = Signal(object, str)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent)
        self._asked: object = None
        self._title = ElidedLabel("", "strong", self)
        self._warning = label("", "muted", self, wrap=True)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Find a theme"))
        self.field.setAccessibleName(self.tr("Find a theme"))
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._find)
        self.rows = ThemeRows(self, makes=False)
        self.list = QListView(self)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(ThemeRowDelegate(looks, self.rows, self.list))
        set_up_list(self.list, keyboard=False)
        self.list.setAccessibleName(self.tr("Themes"))
        self.list.clicked.connect(self._choose)
        self._nothing = label(self.tr("No theme is called that."), "muted", self)
        self._nothing.setContentsMargins(8, 0, 0, 4)
        said = (self._title, self._warning, self.field, self._nothing)
        parts = column(*said, self.list, None, margins=(10, 10, 10, 8))
        parts.setSpacing(7)
        self.setLayout(parts)

    def ask(self, asked: object, title: str, explained: str, themes: Sequence[Theme], anchor: QRect) -> None:
        """Show it beside ``anchor`` (in the parent's coordinates); ``asked`` comes back with the answer."""
        self._asked = asked
        self._title.setText(title)
        self._warning.setText(explained)
        self._warning.setVisible(bool(explained))
        self.field.clear()
        self.rows.take_themes(themes, frozenset())
        self._find("")
        self.list.setFixedHeight(max(1, min(_MOST_ROWS, len(themes))) * ROW)
        self.setFixedWidth(min(_WIDTH, self.parentWidget().width() - 16))
        self.open_at(anchor)
        self.take_keyboard(self.field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go through the list by arrows, choose by Enter."""
        if watched is self.field and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _STEPS:
                row = self.list.currentIndex().row() + _STEPS[event.key()]
                self._go_to(max(0, min(row, self.rows.rowCount() - 1)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> None:
        self.rows.find(typed)
        some = self.rows.rowCount() > 0
        self.list.setVisible(some)
        self._nothing.setVisible(not some)
        self._go_to(0)

    def _go_to(self, row: int) -> None:
        self.list.setCurrentIndex(self.rows.index(row, 0))
        self.list.scrollTo(self.list.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        row = self.rows.row(index.row()) if index.isValid() else None
        if row is not None and row.theme is not None:
            self.hide()
            self.chosen.emit(self._asked, row.theme.id)
