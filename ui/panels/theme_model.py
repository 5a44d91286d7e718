"""The themes as a tree for a view: what is changed is told as little as possible, so that the reader's place stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.model import Theme
from ui.matching import folded
from ui.widgets.tips import plain_tip
from ui.wording import filled, number

THEME_MIME: Final = "application/x-commonplace-theme"
ROW_ROLE: Final = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_FLAGS: Final = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEditable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemIsDropEnabled
)


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A row of the tree. ``here`` counts in the article that is open; ``focused``: it is on the focused passage."""

    theme: Theme
    here: int
    focused: bool


@dataclass(slots=True)
class _Node:
    theme: Theme
    parent: int
    row: int
    children: list[int] = field(default_factory=list)


class ThemeModel(QAbstractItemModel):
    """The tree of themes, or those of it whose names hold some words, with their ancestors."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without themes."""
        super().__init__(parent)
        self._themes: tuple[Theme, ...] = ()
        self._words = ""
        self._nodes: list[_Node] = []
        self._roots: list[int] = []
        self._numbers: dict[str, int] = {}
        self._here: Mapping[str, int] = {}
        self._focused: frozenset[str] = frozenset()

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Return all themes, the hidden ones too."""
        return self._themes

    @property
    def nested(self) -> bool:
        """Return whether any theme that is shown lies below another."""
        return len(self._roots) < len(self._nodes)

    def show_themes(self, themes: Sequence[Theme]) -> None:
        """Show these, parents before children; a change of values alone leaves the rows where they are."""
        self._themes = tuple(themes)
        self._rebuild()

    def show_here(self, counts: Mapping[str, int], focused: frozenset[str]) -> None:
        """Show how often each theme is on the article, and which ones are on the focused passage."""
        changed = {id_ for id_ in {*counts, *self._here} if counts.get(id_, 0) != self._here.get(id_, 0)}
        changed |= focused ^ self._focused
        self._here, self._focused = dict(counts), focused
        for id_ in changed:
            index = self.index_of(id_)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def filter(self, words: str) -> None:
        """Show only the themes whose names, definitions or notes hold ``words``; none shows all."""
        self._words = folded(" ".join(words.split())).text
        self._rebuild()

    def index_of(self, id_: str | None) -> QModelIndex:
        """Return where a theme is; an invalid index when it is not shown."""
        place = self._numbers.get(id_ or "")
        return QModelIndex() if place is None else self.createIndex(self._nodes[place].row, 0, place)

    def theme_at(self, index: _Index) -> Theme | None:
        """Return the theme of a row."""
        return self._nodes[index.internalId()].theme if index.isValid() else None

    def is_below(self, id_: str | None, ancestor: str) -> bool:
        """Tell whether a theme is ``ancestor`` or lies anywhere below it."""
        parents = {theme.id: theme.parent for theme in self._themes}
        while id_ is not None:
            if id_ == ancestor:
                return True
            id_ = parents.get(id_)
        return False

    def _rebuild(self) -> None:
        shown = self._matching()
        nodes: list[_Node] = []
        numbers: dict[str, int] = {}
        roots: list[int] = []
        for theme in shown:
            parent = numbers.get(theme.parent or "", -1)
            siblings = roots if parent < 0 else nodes[parent].children
            numbers[theme.id] = len(nodes)
            nodes.append(_Node(theme, parent, len(siblings)))
            siblings.append(numbers[theme.id])
        if [(node.theme.id, node.parent) for node in nodes] == [(node.theme.id, node.parent) for node in self._nodes]:
            self._take_values(nodes)
            return
        self.beginResetModel()
        self._nodes, self._numbers, self._roots = nodes, numbers, roots
        self.endResetModel()

    def _take_values(self, nodes: list[_Node]) -> None:
        changed = [place for place, node in enumerate(nodes) if node.theme != self._nodes[place].theme]
        self._nodes = nodes
        for place in changed:
            index = self.createIndex(nodes[place].row, 0, place)
            self.dataChanged.emit(index, index)

    def _matching(self) -> Sequence[Theme]:
        if not self._words:
            return self._themes
        parents = {theme.id: theme.parent for theme in self._themes}
        wanted: set[str] = set()
        for theme in self._themes:
            if any(self._words in folded(text).text for text in (theme.name, theme.definition, theme.note)):
                id_: str | None = theme.id
                while id_ is not None and id_ not in wanted:
                    wanted.add(id_)
                    id_ = parents.get(id_)
        return [theme for theme in self._themes if theme.id in wanted]

    def index(self, row: int, column: int, parent: _Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's default
        """Return the index of a child."""
        siblings = self._nodes[parent.internalId()].children if parent.isValid() else self._roots
        if column or not 0 <= row < len(siblings):
            return QModelIndex()
        return self.createIndex(row, 0, siblings[row])

    def parent(self, index: _Index) -> QModelIndex:
        """Return the index of the theme above."""
        above = self._nodes[index.internalId()].parent if index.isValid() else -1
        return QModelIndex() if above < 0 else self.createIndex(self._nodes[above].row, 0, above)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """Return how many themes lie right below."""
        return len(self._nodes[parent.internalId()].children) if parent.isValid() else len(self._roots)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """Return that there is one column."""
        return 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that a theme can be chosen, renamed and dragged."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a theme's name, its row for the painter, its tip, or what a screen reader says of it."""
        theme = self.theme_at(index)
        if theme is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return theme.name
        if role == ROW_ROLE:
            return ThemeRow(theme, self._here.get(theme.id, 0), theme.id in self._focused)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(theme))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(theme)
        return None

    def mimeTypes(self) -> list[str]:
        """Return the kind of what is dragged."""
        return [THEME_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the id of the theme that is dragged."""
        data = QMimeData()
        ids = [theme.id for index in indexes if (theme := self.theme_at(index)) is not None]
        data.setData(THEME_MIME, "\n".join(ids).encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that themes are moved."""
        return Qt.DropAction.MoveAction

    def _tip(self, theme: Theme) -> str:
        lines = [" > ".join(theme.path)]
        if theme.definition:
            lines.append(theme.definition)
        lines.append(
            filled(
                self.tr("{here} here, {all} in the library"),
                here=number(self._here.get(theme.id, 0)),
                all=number(theme.highlights),
            )
        )
        return "\n".join(lines)

    def _spoken(self, theme: Theme) -> str:
        said = filled(
            self.tr("{theme}, {here} here, {all} in the library"),
            theme=theme.name,
            here=self._here.get(theme.id, 0),
            all=theme.highlights,
        )
        if theme.digit:
            said += filled(self.tr(", key {digit}"), digit=theme.digit)
        return said + (self.tr(", on the focused passage") if theme.id in self._focused else "")
