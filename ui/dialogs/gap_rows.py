"""The rows of articles of which something is missing: what of each, and what has been filled in meanwhile."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.model import Article, Gap
from ui.wording import filled

Index = QModelIndex | QPersistentModelIndex

_KEPT: Final = 2_000  # articles
_NOTHING: Final = QModelIndex()


def missing_words(missing: Iterable[str]) -> list[str]:
    """Return what is missing in words."""
    say = QCoreApplication.translate
    words = {
        "title": say("gaps", "title"),
        "outlet": say("gaps", "outlet"),
        "published": say("gaps", "date"),
        "byline": say("gaps", "byline"),
    }
    return [words[name] for name in missing]


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
