"""Choosing themes by typing: what begins so comes first, and what is called so by none can be made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from app.model import Theme
from ui.looks import Looks
from ui.widgets.boxes import column
from ui.widgets.focus_popover import FocusPopover
from ui.widgets.labels import label
from ui.widgets.list_rows import set_up_list
from ui.widgets.theme_rows import ROW, ThemeRowDelegate, ThemeRows

_WIDTH: Final = 320
_MOST_ROWS: Final = 9
_FEWEST_ROWS: Final = 3
_STEPS: Final = {
    Qt.Key.Key_Down.value: 1,
    Qt.Key.Key_Up.value: -1,
    Qt.Key.Key_PageDown.value: _MOST_ROWS - 1,
    Qt.Key.Key_PageUp.value: 1 - _MOST_ROWS,
}


class ThemePicker(FocusPopover):
    """A field and a list of themes. ``picked`` carries an id, or the name or path of a theme to be made."""

    picked = Signal(str)
    unpicked = Signal(str)
    opened_from_others = True

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one."""
        super().__init__(looks, parent)
        self._settled = False  # the row the keyboard is on was toggled just now; Enter has nothing left to do
        self._moved = False  # the reader goes through the list by arrows, so that Space is no letter
        self.setAccessibleName(self.tr("Choose themes"))
        self.field = _Field(self)
        self.field.setPlaceholderText(self.tr("Find or make a theme"))
        self.field.setAccessibleName(self.tr("Find or make a theme"))
        self.rows = ThemeRows(self)
        self.list = QListView(self)
        self._set_up_list()
        self._hint = label(self.tr("Enter puts it · Space puts it and stays · A > B makes B below A"), "small", self)
        self.setLayout(column(self.field, self.list, self._hint, margins=(8, 8, 8, 8)))
        self.setFixedWidth(_WIDTH)
        self.field.textEdited.connect(self._find)
        self.field.stepped.connect(self._step)
        self.field.entered.connect(self._enter)
        self.list.clicked.connect(self._click)
        looks.changed.connect(self.list.viewport().update)

    def open_at(
        self, anchor: QRect, themes: Sequence[Theme] = (), chosen: frozenset[str] = frozenset(), text: str = ""
    ) -> None:
        """Show it beside ``anchor`` (in the parent's coordinates), with some themes (by id) chosen already."""
        self.field.setText(text)
        self.rows.find(text)
        self.show_themes(themes, chosen)
        shown = max(_FEWEST_ROWS, min(_MOST_ROWS, len(themes)))
        self.list.setFixedHeight(shown * ROW)
        self._settled = self._moved = False
        self._go_to(0)
        super().open_at(anchor)
        self.take_keyboard(self.field)

    def show_themes(self, themes: Sequence[Theme], chosen: frozenset[str]) -> None:
        """Take over themes that changed; what is typed and where the keyboard is stays."""
        here = self.list.currentIndex().row()
        self.rows.take_themes(themes, chosen)
        self._go_to(max(0, min(here, self.rows.rowCount() - 1)))

    def _set_up_list(self) -> None:
        self.list.setModel(self.rows)
        self.list.setItemDelegate(ThemeRowDelegate(self._looks, self.rows, self.list))
        set_up_list(self.list, keyboard=False)
        self.list.setAccessibleName(self.tr("Themes"))

    def _find(self, typed: str) -> None:
        self._settled = self._moved = False
        self.rows.find(typed)
        self._go_to(0)

    def _step(self, rows: int) -> None:
        last = self.rows.rowCount() - 1
        here = self.list.currentIndex().row()
        if last >= 0:
            self._settled, self._moved = False, True
            self._go_to(max(0, min(here + rows, last)))

    def _enter(self, stay: bool) -> None:
        number = self.list.currentIndex().row()
        if stay or not self._settled:
            self._toggle(number)
        self._settled = stay
        if not stay:
            self.hide()

    def _click(self, index: QModelIndex) -> None:
        self._toggle(index.row())
        self._settled = True
        self.field.setFocus(Qt.FocusReason.MouseFocusReason)

    def _toggle(self, number: int) -> None:
        row = self.rows.row(number)
        if row is None:
            return
        if row.theme is None:
            self.field.clear()
            self._find("")
            self.picked.emit(row.text)
        elif self.rows.toggled(number):
            self.picked.emit(row.theme.id)
        else:
            self.unpicked.emit(row.theme.id)

    def _go_to(self, row: int) -> None:
        index = self.rows.index(row, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def space_toggles(self) -> bool:
        """Say whether Space means the row, rather than a letter of a name."""
        return self._moved or self._settled or not self.field.text()


class _Field(QLineEdit):
    """A line that hands the keys of the list on."""

    stepped = Signal(int)
    entered = Signal(bool)

    def __init__(self, picker: ThemePicker) -> None:
        super().__init__(picker)
        self._picker = picker

    def event(self, event: QEvent) -> bool:
        """Keep the list's keys from the window's shortcuts."""
        overriding = event.type() is QEvent.Type.ShortcutOverride
        if (
            overriding
            and isinstance(event, QKeyEvent)
            and (event.key() in _STEPS or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter})
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, put or make what it is on, or write."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _STEPS and not held:
            self.stepped.emit(_STEPS[event.key()])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(bool(held))
        elif event.key() == Qt.Key.Key_Space and self._picker.space_toggles():
            self.entered.emit(True)
        else:
            super().keyPressEvent(event)
