"""The articles of which something is missing, as a list: what of each, and what has been filled in meanwhile."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.model import Article, Gap
from ui.dialogs.gap_delegate import ROW, GapDelegate, missing_words
from ui.looks import Looks
from ui.wording import filled

Index = QModelIndex | QPersistentModelIndex

_KEPT: Final = 2_000  # articles
_NEAR: Final = 24  # rows above and below what is in sight
_SOON: Final = 30  # milliseconds
_NOTHING: Final = QModelIndex()


class GapRows(QAbstractTableModel):
    """One row for each article. Only those near what is in sight are known by more than their key."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Have no rows."""
        super().__init__(parent)
        self._keys: list[int] = []
        self._missing: list[tuple[str, ...]] = []
        self._places: dict[int, int] = {}
        self._articles: OrderedDict[int, Article] = OrderedDict()
        self._asked: set[int] = set()

    def take(self, gaps: Sequence[Gap]) -> None:
        """List these."""
        self.beginResetModel()
        self._keys = [gap.article for gap in gaps]
        self._missing = [gap.missing for gap in gaps]
        self._places = {key: row for row, key in enumerate(self._keys)}
        self._articles.clear()
        self._asked.clear()
        self.endResetModel()

    def take_articles(self, articles: Iterable[Article]) -> None:
        """Know more of some of the articles."""
        for article in articles:
            row = self._places.get(article.key)
            if row is not None:
                self._articles[article.key] = article
                self._articles.move_to_end(article.key)
                self._show_again(row)
            self._asked.discard(article.key)
        while len(self._articles) > _KEPT:
            self._articles.popitem(last=False)

    def update(self, keys: Collection[int], gaps: Iterable[Gap]) -> None:
        """Take in what is missing now of some articles; what is missing no longer stays in its row."""
        now = {gap.article: gap.missing for gap in gaps}
        for key in keys:
            row = self._places.get(key)
            if row is not None:
                self._missing[row] = now.get(key, ())
                self._show_again(row)

    def wanted(self, first: int, last: int) -> list[int]:
        """Return the keys of articles in some rows that are not known, and count them as asked for."""
        rows = self._keys[max(0, first) : last + 1]
        keys = [key for key in rows if key not in self._articles and key not in self._asked]
        self._asked.update(keys)
        return keys

    def keys(self) -> Sequence[int]:
        """Return the keys of all articles, from the top."""
        return self._keys

    def row_of(self, key: int) -> int | None:
        """Return the row of an article."""
        return self._places.get(key)

    def article(self, key: int) -> Article | None:
        """Return an article, if it is known."""
        return self._articles.get(key)

    def missing(self, row: int) -> tuple[str, ...]:
        """Return what is missing of the article in a row."""
        return self._missing[row]

    def left(self) -> int:
        """Return of how many articles something is missing still."""
        return sum(bool(missing) for missing in self._missing)

    def next_after(self, row: int, passing: Collection[int]) -> int | None:
        """Return the next row below, or else from the top, of which something is missing; ``passing`` some articles."""
        count = len(self._keys)
        rows = (number % count for number in range(row + 1, row + 1 + count))
        return next((one for one in rows if self._missing[one] and self._keys[one] not in passing), None)

    def rowCount(self, parent: Index = _NOTHING) -> int:
        """Return how many articles there are."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = _NOTHING) -> int:
        """Return one."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title, or the row in words for a screen reader."""
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        article = self._articles.get(self._keys[index.row()])
        title = article.metadata.title or "" if article is not None else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        missing = ", ".join(missing_words(self._missing[index.row()]))
        template = self.tr("{title}, {file}, missing: {missing}") if missing else self.tr("{title}, {file}, complete")
        return filled(template, title=title, file=article.source if article is not None else "", missing=missing)

    def _show_again(self, row: int) -> None:
        index = self.index(row, 0)
        self.dataChanged.emit(index, index)


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
        self.setItemDelegate(GapDelegate(looks, self))
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
