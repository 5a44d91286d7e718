"""The rows of a board for Qt: passages, articles, what is written between them, and groups, which cannot be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from app.citing import inner_quotes
from app.model import Interlude, Status, Theme
from ui.board.passage import Group, Item, Passage
from ui.widgets.carried import IDS, carrying
from ui.widgets.notes import plain
from ui.wording import day, filled, in_a_row

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_NOTE: Final = 1200  # code points of a note that can matter on a card


class PassageModel(QAbstractListModel):
    """The rows, as they are shown from top to bottom."""

    def __init__(self, parent: Any = None) -> None:
        """Begin without rows."""
        super().__init__(parent)
        self.rows: Sequence[Item | Group] = ()
        self.themes: Mapping[str, Theme] = {}
        self._places: Mapping[str, int] = {}

    def show_rows(self, rows: Sequence[Item | Group], themes: Mapping[str, Theme]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows, self.themes = tuple(rows), themes
        self._places = {row.id: place for place, row in enumerate(rows) if not isinstance(row, Group)}
        self.endResetModel()

    def replace(self, interlude: Interlude) -> None:
        """Put another heading or text in the row of the one that has its id; nothing else moves."""
        place = self.place(interlude.id)
        if place is not None:
            self.rows = (*self.rows[:place], interlude, *self.rows[place + 1 :])
            self.dataChanged.emit(self.index(place), self.index(place))

    def passage(self, place: int) -> Passage | None:
        """Return the passage in a row; ``None`` for anything else."""
        item = self.item(place)
        return item if isinstance(item, Passage) else None

    def item(self, place: int) -> Item | None:
        """Return the passage, heading or text in a row; ``None`` for a group."""
        row = self.rows[place] if 0 <= place < len(self.rows) else None
        return None if isinstance(row, Group) else row

    def place(self, item: str) -> int | None:
        """Return the row of an item by its id."""
        return self._places.get(item)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row: nothing with a group."""
        if self.item(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a row, for those who hear the screen."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or not index.isValid():
            return None
        row = self.rows[index.row()]
        if isinstance(row, Interlude):
            return spoken_between(row)
        return group_name(row) if isinstance(row, Group) else spoken(row, self.themes)

    def mimeTypes(self) -> list[str]:
        """Return the one kind of thing that is carried away."""
        return [IDS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the ids of articles and passages: what is written between them stays with them."""
        places = sorted({index.row() for index in indexes})
        carried = [passage.id for place in places if (passage := self.passage(place))]
        return carrying(carried)


def group_name(group: Group) -> str:
    """Return the words of a heading."""
    return group.name or QCoreApplication.translate("board", "Outlet not known")


def title_of(passage: Passage) -> str:
    """Return the title of a passage's article on one line."""
    title = " ".join((passage.article.metadata.title or "").split())
    return title or QCoreApplication.translate("board", "Untitled")


def one_line(passage: Item) -> str:
    """Return the words of a passage, of what is written between passages, or the title of an article, on one line."""
    if isinstance(passage, Interlude):
        return " ".join(passage.text.split())
    return " ".join(passage.highlight.quote.split()) if passage.highlight else title_of(passage)


def source(passage: Passage) -> str:
    """Return the source line: outlet, byline, day, paragraph, title; each part keeps its own direction."""
    metadata = passage.article.metadata
    paragraph = f"¶ {passage.paragraph}" if passage.highlight and passage.paragraph else ""
    parts = [passage.outlet, " ".join((metadata.byline or "").split()), day(metadata.published), paragraph]
    if passage.highlight:
        parts.append(title_of(passage))
        if passage.highlight.author:
            said = QCoreApplication.translate("board", "by {name}")
            parts.insert(0, filled(said, name=passage.highlight.author))
        if passage.highlight.status is Status.ORPHAN:
            parts.insert(0, QCoreApplication.translate("board", "No longer in the text"))
    return in_a_row(parts)


def note_lines(note: str) -> str:
    """Return the beginning of a note in Markdown as plain text, a line for each block."""
    return plain(note[:_NOTE]) if note.strip() else ""


def shown_note(passage: Passage) -> str:
    """Return the beginning of a passage's note as it stands on its card; one that stays out of exports says so."""
    lines = note_lines(passage.note)
    if not lines or not passage.private:
        return lines
    return filled(QCoreApplication.translate("board", "Private · {note}"), note=lines)


def spoken_between(interlude: Interlude) -> str:
    """Return a heading or a text with what it is."""
    if not interlude.level:
        return filled(QCoreApplication.translate("board", "Text: {text}"), text=note_lines(interlude.text))
    said = QCoreApplication.translate("board", "Heading {level}: {text}")
    return filled(said, level=interlude.level, text=interlude.text)


def spoken(passage: Passage, themes: Mapping[str, Theme]) -> str:
    """Return all that a card shows as one sentence."""
    words = f"“{inner_quotes(passage.highlight.quote)}”" if passage.highlight else title_of(passage)
    parts = [words, source(passage), ", ".join(themes[key].name for key in passage.themes if key in themes)]
    note = shown_note(passage)
    if note:
        parts.append(filled(QCoreApplication.translate("board", "Note: {note}"), note=note))
    return ". ".join(part for part in parts if part)
