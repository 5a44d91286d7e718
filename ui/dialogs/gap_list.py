"""The list of articles of which something is missing: the rows in sight are asked for, the chosen ones told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.model import Gap
from ui.dialogs.gap_delegate import ROW, GapDelegate
from ui.dialogs.gap_rows import GapRows
from ui.looks import Looks

Index = QModelIndex | QPersistentModelIndex

_NEAR: Final = 24  # rows above and below what is in sight
_SOON: Final = 30  # milliseconds


class GapList(QTableView):
    """The list. ``chosen`` carries the keys of the selected articles, ``entered`` tells that Enter was pressed."""

    chosen = Signal(object)
    entered = Signal()
    articles_wished = Signal(object)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self.rows = GapRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(GapDelegate(looks, self.rows, self))
        self._asking = QTimer(self, singleShot=True, interval=_SOON)
        self._asking.timeout.connect(self._ask)
        self._shape()
        self.selectionModel().selectionChanged.connect(self._tell)
        self.verticalScrollBar().valueChanged.connect(self._soon)
        looks.changed.connect(self.viewport().update)

    def _shape(self) -> None:
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setShowGrid(False)
        # The table would paint a square selection below the rounded one of the delegate.
        self.setStyleSheet("QTableView { selection-background-color: transparent; }")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Articles of which something is missing"))
        self.verticalScrollBar().setSingleStep(ROW // 3)

    def take(self, gaps: Sequence[Gap]) -> None:
        """List these, the first of them chosen."""
        self.rows.take(gaps)
        self.scrollToTop()
        if gaps:
            self.choose(0)
        self._soon()

    def choose(self, row: int) -> None:
        """Choose a row alone, and bring it into sight."""
        index = self.rows.index(row, 0)
        self.selectionModel().setCurrentIndex(index, self.selectionModel().SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def choose_all(self, keys: Sequence[int]) -> None:
        """Choose the rows of some articles, and bring the first of them into sight."""
        rows = [row for key in keys if (row := self.rows.row_of(key)) is not None]
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self.rows.index(row, 0), self.rows.index(row, 0))
        model = self.selectionModel()
        model.select(chosen, model.SelectionFlag.ClearAndSelect)
        if rows:
            model.setCurrentIndex(self.rows.index(rows[0], 0), model.SelectionFlag.NoUpdate)
            self.scrollTo(self.rows.index(rows[0], 0))

    def selected(self) -> tuple[int, ...]:
        """Return the keys of the chosen articles, from the top."""
        chosen = self.selectionModel().selection()
        ranges = sorted((chosen.at(number).top(), chosen.at(number).bottom()) for number in range(chosen.count()))
        keys = self.rows.keys()
        return tuple(key for first, last in ranges for key in keys[first : last + 1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the fields by Enter; the keys of the sheet are the sheet's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for what came into sight."""
        super().resizeEvent(event)
        self._soon()

    def _soon(self) -> None:
        if not self._asking.isActive():  # while one scrolls on, too
            self._asking.start()

    def _tell(self, _new: QItemSelection, _old: QItemSelection) -> None:
        self.chosen.emit(self.selected())

    def _ask(self) -> None:
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        last = last if last >= 0 else self.rows.rowCount() - 1
        keys = self.rows.wanted(first - _NEAR, min(last, first + self.viewport().height() // ROW + 1) + _NEAR)
        if keys:
            self.articles_wished.emit(keys)
