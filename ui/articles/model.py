"""The rows of the list: known by their number, fetched by pages, and only a few pages kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.searching.answers import Found, Results
from ui.listing import Listing
from ui.widgets.carried import IDS, carrying

PAGE: Final = 50
_KEPT: Final = 40
_ROLES: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.UserRole, Qt.ItemDataRole.AccessibleTextRole)
_NONE: Final = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


def object_id(found: Found) -> str:
    """Return the id of what a row is: of the highlight in a list of passages, otherwise of the article."""
    return found.highlight.id if found.highlight is not None else found.article.id


class Rows(QAbstractTableModel):
    """One column of found articles or passages. Its length is known with the first page; rows may still be missing."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Have no rows."""
        super().__init__(parent)
        self.spoken: Callable[[Found], str] = object_id
        self.listing: Listing | None = None
        self.answer: Results | None = None
        self.fresh = False
        self._total = 0
        self._pages: OrderedDict[int, tuple[Found, ...]] = OrderedDict()
        self._stale: set[int] = set()
        self._asked: set[int] = set()
        self._names: tuple[str, ...] = ()
        self._named: dict[str, int] = {}

    def begin(self, listing: Listing) -> None:
        """Wait for the first page of a listing. The rows of the one before stand until it is there."""
        self.listing = listing
        self.fresh = True
        self._asked = {0}

    def mark_stale(self) -> None:
        """Have every page asked for again when it is next in sight; until then it is shown as it was."""
        self._stale = set(self._pages)
        self._asked = {0} if self.fresh else set()

    def missing(self, first: int, last: int) -> list[int]:
        """Return the pages that rows ``first`` to ``last`` need, and count them as asked for."""
        if self.fresh or not self._total:
            return []
        pages = range(max(0, first) // PAGE, min(last, self._total - 1) // PAGE + 1)
        wanted = [
            page for page in pages if (page not in self._pages or page in self._stale) and page not in self._asked
        ]
        self._asked.update(wanted)
        return wanted

    def take(self, listing: Listing, offset: int, results: Results) -> bool:
        """Take in a page of an answer; returns whether it belongs to what is listed now."""
        if listing != self.listing:
            return False
        self.answer = results
        if self.fresh:
            self.beginResetModel()
            self.fresh = False
            self._pages.clear()
            self._stale.clear()
            self._asked.clear()
            self.take_names(())
            self._total = results.total
            self._keep(offset // PAGE, results.found)
            self.endResetModel()
            return True
        self._resize(results.total)
        self._keep(offset // PAGE, results.found)
        if self._total:
            last = min(offset + PAGE, self._total) - 1
            self.dataChanged.emit(self.index(min(offset, last), 0), self.index(last, 0))
        return True

    def found(self, row: int) -> Found | None:
        """Return what stands in a row, ``None`` when its page is not there."""
        page = self._pages.get(row // PAGE)
        if page is None:
            return None
        self._pages.move_to_end(row // PAGE)
        place = row % PAGE
        return page[place] if place < len(page) else None

    def take_names(self, ids: Sequence[str]) -> None:
        """Take the ids of all rows, from which those are named whose pages are not there."""
        self._names = tuple(ids)
        self._named = {one: row for row, one in enumerate(self._names)}

    def has_names(self) -> bool:
        """Return whether the ids of all rows came once."""
        return bool(self._names)

    def name(self, row: int) -> str | None:
        """Return the id of what stands in a row, ``None`` when neither its page nor all ids are there."""
        page, place = self._pages.get(row // PAGE), row % PAGE
        if page is not None and self._tells(row // PAGE):
            return object_id(page[place]) if place < len(page) else None
        return self._names[row] if row < len(self._names) else None

    def _tells(self, page: int) -> bool:
        """Return whether a page says what stands in its rows: one that may be old does not where all ids are there."""
        return not self._names or page not in self._stale

    def places(self) -> dict[str, int]:
        """Return the rows of what is there, by id."""
        made: dict[str, int] = {}
        for page, rows in self._pages.items():
            for row, found in enumerate(rows, page * PAGE):
                if row < self._total and self._tells(page):
                    made.setdefault(object_id(found), row)
        return {**self._named, **made}

    def row_of(self, wanted: str) -> int | None:
        """Return the row of an article or highlight by its id, if its page is there."""
        return self.places().get(wanted)

    def waiting(self) -> bool:
        """Return whether pages were asked for that have not come."""
        return bool(self._asked)

    def rowCount(self, parent: Index = _NONE) -> int:
        """Return how many were found."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _NONE) -> int:
        """Return one."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title, the row in words for a screen reader, or (``UserRole``) what was found."""
        if not index.isValid() or role not in _ROLES:
            return None
        found = self.found(index.row())
        if role == Qt.ItemDataRole.UserRole:
            return found
        if found is None:
            return ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(found)
        return found.article.metadata.title or found.excerpt

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that rows can be chosen and dragged out."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return usual | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags

    def mimeTypes(self) -> list[str]:
        """Return the form in which rows are dragged."""
        return [IDS]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """Return the ids of rows."""
        return carrying(self.ids(index.row() for index in indexes))

    def ids(self, rows: Iterable[int]) -> Iterator[str]:
        """Yield the ids of rows in the order of the list; rows that are not there are passed over."""
        for row in sorted(rows):
            name = self.name(row)
            if name is not None:
                yield name

    def _keep(self, page: int, rows: tuple[Found, ...]) -> None:
        self._pages[page] = rows
        self._pages.move_to_end(page)
        self._stale.discard(page)
        self._asked.discard(page)
        while len(self._pages) > _KEPT:
            gone, _ = self._pages.popitem(last=False)
            self._stale.discard(gone)

    def _resize(self, total: int) -> None:
        """Grow or shrink at the end; what moved is seen when its page comes."""
        if total > self._total:
            self.beginInsertRows(_NONE, self._total, total - 1)
            self._total = total
            self.endInsertRows()
        elif total < self._total:
            self.beginRemoveRows(_NONE, total, self._total - 1)
            self._total = total
            self.endRemoveRows()
