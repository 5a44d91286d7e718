"""What stands in a list of cards: passages with their notes, headings, and other articles of a theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.model import Highlight, Status, Theme
from ui.widgets.carried import IDS, carrying
from ui.widgets.notes import plain

CARD_ROLE: Final = Qt.ItemDataRole.UserRole
_ROOT: Final = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Card:
    """A highlight with its themes."""

    highlight: Highlight
    themes: tuple[Theme, ...]

    @property
    def key(self) -> str:
        """Return what makes it the same card after a change."""
        return f"card {self.highlight.id}"

    @property
    def lost(self) -> bool:
        """Return whether its passage was not found in the text."""
        return self.highlight.status is Status.ORPHAN


@dataclass(frozen=True, slots=True)
class Heading:
    """A line over a group of rows."""

    text: str
    count: str

    @property
    def key(self) -> str:
        """Return what makes it the same heading after a change."""
        return f"heading {self.text}"


@dataclass(frozen=True, slots=True)
class Other:
    """Another article of a theme. ``where`` is its outlet and date, ``count`` its highlights of the theme."""

    article: str
    title: str
    where: str
    count: int

    @property
    def key(self) -> str:
        """Return what makes it the same row after a change."""
        return f"article {self.article}"


Item = Card | Heading | Other


def cards(highlights: Sequence[Highlight], themes: Sequence[Theme]) -> list[Card]:
    """Return the cards of an article: those whose passage was lost first, the rest in the order of the text."""
    by_id: Mapping[str, Theme] = {theme.id: theme for theme in themes}
    made = [Card(one, tuple(by_id[id_] for id_ in one.themes if id_ in by_id)) for one in highlights]
    return sorted(made, key=lambda card: (not card.lost, card.highlight.start, card.highlight.end))


@lru_cache(maxsize=4096)
def note_text(note: str) -> str:
    """Return a note as it reads: its Markdown without the marks."""
    return plain(note)


class CardModel(QAbstractListModel):
    """The rows of a list of cards; only what is new or changed is told, so that the reader's place stays."""

    def __init__(self, spoken: Callable[[Item], str], parent: QObject) -> None:
        """``spoken`` says what a screen reader reads of a row."""
        super().__init__(parent)
        self._spoken = spoken
        self._items: list[Item] = []

    @property
    def items(self) -> Sequence[Item]:
        """Return the rows."""
        return self._items

    def show(self, items: Sequence[Item]) -> None:
        """Show these rows, changing no more than the stretch in which they differ."""
        new, old = list(items), self._items
        start = 0
        while start < min(len(old), len(new)) and old[start].key == new[start].key:
            start += 1
        end = 0
        while end < min(len(old), len(new)) - start and old[-1 - end].key == new[-1 - end].key:
            end += 1
        if len(old) - end > start:
            self.beginRemoveRows(QModelIndex(), start, len(old) - end - 1)
            self._items = old[:start] + old[len(old) - end :]
            self.endRemoveRows()
        if len(new) - end > start:
            self.beginInsertRows(QModelIndex(), start, len(new) - end - 1)
            self._items = self._items[:start] + new[start : len(new) - end] + self._items[start:]
            self.endInsertRows()
        changed = [row for row, item in enumerate(new) if self._items[row] != item]
        self._items = new
        for row in changed:
            self.refresh(row)

    def refresh(self, row: int) -> None:
        """Tell that a row looks different now."""
        self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, key: str) -> int:
        """Return the row of a key; -1 when it is not there."""
        return next((row for row, item in enumerate(self._items) if item.key == key), -1)

    def card(self, highlight: str) -> Card | None:
        """Return the card of a highlight."""
        row = self.row_of(f"card {highlight}")
        item = self._items[row] if row >= 0 else None
        return item if isinstance(item, Card) else None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._items)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that headings cannot be chosen, and that passages can be dragged into collections."""
        if not index.isValid() or isinstance(self._items[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row for the painter, or what is read of it."""
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == CARD_ROLE:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(item)
        return None

    def mimeTypes(self) -> list[str]:
        """Return the kind of what is dragged."""
        return [IDS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the ids of the passages or articles that are dragged."""
        items = [self._items[index.row()] for index in indexes]
        return carrying(
            item.highlight.id if isinstance(item, Card) else item.article
            for item in items
            if not isinstance(item, Heading)
        )
