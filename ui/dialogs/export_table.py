"""The beginning of a table of comma-separated values, with its columns side by side."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.looks import Looks

Index = QModelIndex | QPersistentModelIndex
_ROW: Final = 28
_NARROW: Final = 56
_WIDE: Final = 200
_CODED: Final = 104
_LONGEST: Final = 200  # code points of a value that are shown


def values(text: str) -> list[list[str]]:
    """Return the rows of a table; of one that was cut off in the middle, as far as it goes."""
    try:
        return [row for row in csv.reader(text.splitlines(keepends=True)) if row]
    except csv.Error:
        return []


class _Rows(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.head: Sequence[str] = ()
        self.rows: Sequence[Sequence[str]] = ()

    def take(self, rows: Sequence[Sequence[str]]) -> None:
        self.beginResetModel()
        self.head, self.rows = (rows[0], rows[1:]) if rows else ((), ())
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.head)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self.rows[index.row()]
        return " ".join(row[index.column()][:_LONGEST].split()) if index.column() < len(row) else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self.head[section]


class ExportTable(QTableView):
    """Shows a table to look at; nothing in it can be changed."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show no rows yet."""
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setFont(looks.font(13))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(34)
        self.setStyleSheet(
            "QTableView { padding: 2px 6px; } QHeaderView::section { padding: 4px 3px; }"
            "QAbstractScrollArea::corner { background: transparent; border: none; }"
        )

    def show_text(self, text: str) -> bool:
        """Show the table that a text holds; say whether it holds one."""
        rows = values(text)
        self._rows.take(rows)
        metrics = self.fontMetrics()
        for column, name in enumerate(rows[0] if rows else ()):
            shown = [name, *(row[column][:_LONGEST] for row in rows[1:13] if column < len(row))]
            wide = max(metrics.horizontalAdvance(" ".join(value.split())) for value in shown) + 24
            coded = all(" " not in value for value in shown)  # ids and the like are not read
            self.setColumnWidth(column, max(_NARROW, min(_CODED if coded else _WIDE, wide)))
        self.scrollToTop()
        return len(rows) > 1
