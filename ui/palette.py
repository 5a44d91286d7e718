"""The palette: type a few letters of any action, article, theme, collection or setting, and go there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from ui.looks import Looks
from ui.palette_rows import ROW, Entry, PaletteDelegate, PaletteRows
from ui.widgets.boxes import column, row, rule
from ui.widgets.buttons import IconButton
from ui.widgets.labels import label
from ui.widgets.list_rows import set_up_list
from ui.widgets.overlay import Overlay

__all__ = ["Entry", "Palette"]

_WIDTH: Final = 660
_SHOWN: Final = 9
_TOP: Final = 64
_ROUND: Final = 12  # pixels of padding above and below the rows


class Palette(Overlay):
    """A field and a list over the window. ``typed`` tells what stands in the field, ``chosen`` the key of an entry."""

    chosen = Signal(str)
    typed = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """Make a hidden one; :meth:`open` shows it."""
        self._field = QLineEdit()
        self._list = QListView()
        self._nothing = label("", "muted")
        self._icon = IconButton(looks, "ph.magnifying-glass", "")
        self._icon.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._icon.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        content = column(
            row(self._icon, self._field, margins=(10, 8, 12, 8), spacing=4),
            rule(),
            self._list,
            self._nothing,
            margins=(1, 1, 1, 1),
            spacing=0,
        )
        super().__init__(looks, parent, content, dims=False)
        self.click_closes = True
        self._rows = PaletteRows(self)
        self._set_up_field()
        self._set_up_list(looks)
        self._nothing.setText(self.tr("Nothing is called that. Type fewer letters."))
        self._nothing.setContentsMargins(18, 12, 18, 14)

    def open(self, entries: Sequence[Entry]) -> None:
        """Show it with nothing typed, over all entries, in their order."""
        self._rows.take(entries)
        self._field.clear()
        self._show_found()
        self.appear(self._field)

    def add(self, text: str, entries: Sequence[Entry]) -> None:
        """Add what was found elsewhere for ``text``; when something else is typed by now, it is too late.

        Who has walked down the list stays at the same entry.
        """
        if self.isVisible() and text == self._field.text():
            self._stay(self._rows.add, entries)

    def add_first(self, entries: Sequence[Entry]) -> None:
        """Add what is offered before all else; who has walked down the list stays at the same entry."""
        if self.isVisible():
            self._stay(self._rows.take_first, entries)

    def _stay(self, take: Callable[[Sequence[Entry]], None], entries: Sequence[Entry]) -> None:
        here = self._list.currentIndex().row()
        walked_to = self._rows.entry(here).key if here > 0 else ""
        take(entries)
        self._settle(self._rows.row_of(walked_to) if walked_to else 0)

    def text(self) -> str:
        """Return what is typed."""
        return self._field.text()

    def shown_entries(self) -> tuple[Entry, ...]:
        """Return the entries in the list, from the top."""
        return self._rows.entries()

    def wanted_size(self) -> QSize:
        """Return a size with room for the rows there are, nine at most."""
        rows = min(_SHOWN, self._rows.rowCount())
        listed = rows * ROW + _ROUND if rows else self._nothing.sizeHint().height()
        return QSize(_WIDTH, self.card.layout().itemAt(0).sizeHint().height() + 5 + listed)

    def wanted_place(self, room: QRect, size: QSize) -> QRect:
        """Return a place at the top in the middle; it stays there while the list grows and shrinks."""
        top = room.top() + min(_TOP, max(0, room.height() - _SHOWN * ROW - 70))
        height = min(size.height(), room.bottom() - top)
        return QRect(room.left() + (room.width() - size.width()) // 2, top, size.width(), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list by the arrows and pages while the field has the keyboard."""
        if watched is self._field and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_Tab: 1,
                Qt.Key.Key_Backtab: -1,
                Qt.Key.Key_PageDown: _SHOWN - 1,
                Qt.Key.Key_PageUp: 1 - _SHOWN,
            }
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self._step(step)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose(self._list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _set_up_field(self) -> None:
        self._field.setPlaceholderText(self.tr("Find an action, article, theme, collection or setting"))
        self._field.setAccessibleName(self.tr("Find anything"))
        self._field.setStyleSheet("QLineEdit { border: none; background: transparent; font-size: 17px; padding: 5px; }")
        self._field.setMaxLength(200)
        self._field.textChanged.connect(self._text_changed)
        self._field.installEventFilter(self)

    def _set_up_list(self, looks: Looks) -> None:
        self._list.setModel(self._rows)
        self._list.setItemDelegate(PaletteDelegate(looks, self._rows, self._list))
        set_up_list(self._list, keyboard=False)
        self._list.setAccessibleName(self.tr("What was found"))
        # the corners are the card's
        self._list.setStyleSheet("QListView { padding: 6px; border: none; background: transparent; }")
        self._list.entered.connect(self._list.setCurrentIndex)
        self._list.clicked.connect(self._choose)

    def _text_changed(self, text: str) -> None:
        self._show_found()
        if self.isVisible():
            self.typed.emit(text)

    def _show_found(self) -> None:
        self._rows.find(self._field.text())
        self._settle(0)
        self._list.scrollToTop()

    def _settle(self, row_number: int) -> None:
        count = self._rows.rowCount()
        self._list.setVisible(count > 0)
        self._nothing.setVisible(count == 0)
        if count:
            self._list.setCurrentIndex(self._rows.index(min(row_number, count - 1)))
        if self.isVisible():
            self.place()

    def _step(self, step: int) -> None:
        count = self._rows.rowCount()
        if not count:
            return
        here = self._list.currentIndex().row()
        there = (here + step) % count if abs(step) == 1 else min(max(0, here + step), count - 1)
        self._list.setCurrentIndex(self._rows.index(there))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            entry = self._rows.entry(index.row())
            self.dismiss()
            self.chosen.emit(entry.key)
