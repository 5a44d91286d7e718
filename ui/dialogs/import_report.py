"""The report of an import as a list that can be walked by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.dialogs.import_rows import ROW, ImportDelegate, ImportRows, Line, Section, Way
from ui.looks import Looks

if TYPE_CHECKING:
    from app.importing.reporting import ImportReport

_SHOWN: Final = 11
_FITTED: Final = 200  # rows that are as high as what stands in them
_SEEN: Final = 3  # lines that come into sight with a section that is opened


class ImportReportView(QTableView):
    """Sections by what became of the files, what wants attention open; ten thousand lines cost no more than ten."""

    open_wished = Signal(str)
    compare_wished = Signal(str)
    place_wished = Signal(str)
    grown = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self._rows = ImportRows(self)
        self.setModel(self._rows)
        self._delegate = ImportDelegate(looks, self._rows, self)
        self.setItemDelegate(self._delegate)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setShowGrid(False)
        # The table would paint a square selection below the rounded one of the delegate.
        self.setStyleSheet("QTableView { selection-background-color: transparent; }")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("What the import did"))
        self._ways = {Way.OPEN: self.open_wished, Way.COMPARE: self.compare_wished, Way.PLACE: self.place_wished}
        self.clicked.connect(self._act)
        looks.changed.connect(self.viewport().update)

    def show_report(self, report: ImportReport) -> None:
        """Show what an import did."""
        self._rows.take(report)
        self._fit()
        self.scrollToTop()
        if self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(0, 0))

    def wanted_height(self) -> int:
        """Return the height at which nothing has to be scrolled, within reason."""
        return sum(self.rowHeight(row) for row in range(min(_SHOWN, self._rows.rowCount()))) + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let reasons have as many lines as they need in the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter or Space; Right opens a section, Left closes it."""
        index = self.currentIndex()
        shown = self._rows.at(index.row()) if index.isValid() else None
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and shown is not None:
            self._act(index)
        elif event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Left} and isinstance(shown, Section):
            if shown.is_open is (event.key() == Qt.Key.Key_Left):
                self._act(index)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _act(self, index: QModelIndex) -> None:
        shown = self._rows.at(index.row())
        if isinstance(shown, Line):
            if shown.article:
                self._ways[shown.way].emit(shown.article)
            return
        self._rows.toggle(index.row())
        self._fit()
        self.grown.emit()
        if isinstance(shown, Section) and shown.is_open:
            self.updateGeometries()  # the scroll bar knows nothing of the new rows yet
            self.scrollTo(self._rows.index(index.row() + min(_SEEN, len(shown.parts)), 0))
            self.scrollTo(self._rows.index(index.row(), 0))

    def _fit(self) -> None:
        width = self.viewport().width()
        for row in range(min(_FITTED, self._rows.rowCount())):
            self.setRowHeight(row, self._delegate.height(row, width))
