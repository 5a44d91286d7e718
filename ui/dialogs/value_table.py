"""A table of values to look at: words at the left, numbers at the right of their columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.looks import Looks
from ui.widgets.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
_ROW: Final = 30
_ROOM: Final = 26
_WIDEST: Final = 300
_LONGEST: Final = 300  # code points of a value that are shown
_MEASURED: Final = 200  # rows by which the columns get their widths


class _Rows(QAbstractTableModel):
    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks
        self.head: Sequence[str] = ()
        self.rows: Sequence[Sequence[str]] = ()
        self.tips: Sequence[str] = ()
        self.words = 1

    def take(self, head: Sequence[str], rows: Sequence[Sequence[str]], tips: Sequence[str], words: int) -> None:
        self.beginResetModel()
        self.head, self.rows, self.tips, self.words = head, rows, tips, words
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.head)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(self.rows[index.row()][index.column()][:_LONGEST].split())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.row() < len(self.tips):
            return plain_tip(self.tips[index.row()])
        if role == Qt.ItemDataRole.ForegroundRole and index.column() >= self.words:
            return QColor(self._looks.now.colour("muted"))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self.head[section]

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if column < self.words else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class ValueTable(QTableView):
    """Shows rows of text; nothing in them can be changed."""

    def __init__(self, looks: Looks, name: str, parent: QWidget | None = None) -> None:
        """Show no rows yet; ``name`` is what a screen reader calls the table."""
        super().__init__(parent)
        self._rows = _Rows(looks, self)
        self.setModel(self._rows)
        self.setFont(looks.font(14))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(32)
        self.setStyleSheet("QTableView { padding: 2px 6px; } QHeaderView::section { padding: 4px 6px; }")
        looks.changed.connect(self.viewport().update)

    def show_rows(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        tips: Sequence[str] = (),
        words: int = 1,
        wide: Sequence[int] = (0,),
    ) -> None:
        """Show rows under a head; the first ``words`` columns are words, the others numbers. ``tips`` are plain.

        The ``wide`` columns share the room that the others leave.
        """
        self._rows.take(head, rows, tips, words)
        metrics = self.fontMetrics()
        header = self.horizontalHeader()
        for column, name in enumerate(head):
            shown = [name, *(row[column][:_LONGEST] for row in rows[:_MEASURED])]
            asked = max(metrics.horizontalAdvance(" ".join(value.split())) for value in shown) + _ROOM
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, min(_WIDEST, asked))
        for column in wide if head else ():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.scrollToTop()

    def rows(self) -> Sequence[Sequence[str]]:
        """Return what is shown, row by row."""
        return self._rows.rows
