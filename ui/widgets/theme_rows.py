"""The rows of the theme picker: which themes match what is typed, and how one of them is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.model import Theme
from ui.looks import Looks
from ui.matching import Folded, Matcher, folded
from ui.widgets.key_caps import caps_width, paint_caps
from ui.widgets.list_rows import Index, ListRows, paint_ground
from ui.widgets.matched_line import paint_matched
from ui.widgets.theme_marks import paint_square, written_path
from ui.wording import filled

ROW: Final = 34
_ARROW: Final = ">"
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme that matches, with the places (code points) in its path that do; without a theme, a name to be made."""

    theme: Theme | None
    text: str
    places: tuple[int, ...] = ()


class ThemeRows(ListRows):
    """The themes that match what is typed, the best first, and a last row that makes what is called so by none."""

    def __init__(self, parent: QObject, *, makes: bool = True) -> None:
        """Start without themes. ``makes`` says whether there is that last row."""
        super().__init__(parent)
        self._makes = makes
        self._themes: list[tuple[Theme, str, Folded, Folded]] = []
        self._typed = ""
        self.chosen: frozenset[str] = frozenset()

    def take_themes(self, themes: Sequence[Theme], chosen: frozenset[str]) -> None:
        """Take the themes among which to choose, and which of them are chosen already."""
        paths = [(theme, written_path(theme)[:_LONGEST]) for theme in themes]
        self._themes = [(theme, path, folded(path), folded(theme.name[:_LONGEST])) for theme, path in paths]
        self.chosen = chosen
        self.find(self._typed)

    def find(self, typed: str) -> None:
        """Show what matches; a path may be written with or without blanks round its arrows."""
        self._typed = typed
        parts = [" ".join(part.split()) for part in typed.split(_ARROW)]
        wanted = " > ".join(parts) if all(parts) else " ".join(typed.split())
        matcher = Matcher(wanted)
        found = []
        for number, (theme, path, whole, name) in enumerate(self._themes):
            by_name, by_path = matcher.rank(name), matcher.rank(whole)
            if by_name is not None:
                shift = max(0, len(path) - len(name.text)) if path.endswith(theme.name[:_LONGEST]) else 0
                places = tuple(shift + place for place in matcher.places(name))
                exact = name.text == matcher.phrase
                found.append(((not exact, *by_name[:2], False), number, ThemeRow(theme, path, places)))
            elif by_path is not None:
                exact = whole.text == matcher.phrase
                found.append(((not exact, *by_path[:2], True), number, ThemeRow(theme, path, matcher.places(whole))))
        # Among equals the order of the tree: the reader knows it, and rows do not jump with every letter.
        found.sort(key=lambda one: one[:2])
        rows = [row for _rank, _number, row in found]
        if self._makes and wanted and not self._is_taken(wanted):
            rows.append(ThemeRow(None, wanted))
        self.take(rows)

    def toggled(self, row: int) -> bool:
        """Choose the theme of a row, or choose it no more; return whether it is chosen now."""
        theme = self.rows[row].theme
        assert theme is not None
        self.chosen = self.chosen ^ {theme.id}
        self.dataChanged.emit(self.index(row), self.index(row))
        return theme.id in self.chosen

    def row(self, number: int) -> ThemeRow | None:
        """Return a row, if there is one of that number."""
        return self.rows[number] if 0 <= number < len(self.rows) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says, and whether its theme is chosen."""
        row = self.row(index.row()) if index.isValid() else None
        if role == Qt.ItemDataRole.CheckStateRole and row is not None and row.theme:
            return Qt.CheckState.Checked if row.theme.id in self.chosen else Qt.CheckState.Unchecked
        return super().data(index, role)

    def shown(self, row: ThemeRow) -> str:
        """Return the path of a theme, or that one can be made."""
        return row.text if row.theme else filled(self.tr("Make “{name}”"), name=row.text)

    def _is_taken(self, wanted: str) -> bool:
        key = wanted.casefold()
        return any(key in {_key(theme.name), _key(path)} for theme, path, _whole, _name in self._themes)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


class ThemeRowDelegate(QStyledItemDelegate):
    """Draws a row: a tick, the colour, the path with the matching letters bold, the digit."""

    def __init__(self, looks: Looks, rows: ThemeRows, parent: QWidget) -> None:
        """Draw the rows of a picker."""
        super().__init__(parent)
        self._looks, self._rows = looks, rows

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of all rows."""
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = self._rows.row(index.row())
        if row is None:
            return
        place: QRect = option.rect
        look = self._looks.now
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, look)
        middle = place.center().y() + 0.5
        room = place.adjusted(32, 0, -10, 0)
        if row.theme is None:
            icon = self._looks.icon("ph.plus", "accent")
            icon.paint(painter, QRect(place.left() + 9, place.center().y() - 6, 14, 14))
            paint_matched(painter, self._looks, room, str(index.data()), colour="accent")
        else:
            paint_square(painter, QPointF(place.left() + 16, middle), look.theme(row.theme.colour), 12)
            if row.theme.id in self._rows.chosen:
                tick = QRect(room.right() - 14, place.center().y() - 7, 16, 16)
                self._looks.icon("ph.check-bold", "accent").paint(painter, tick)
            room.setRight(room.right() - 24)
            if row.theme.digit:
                cap = str(row.theme.digit)
                width = caps_width(self._looks, cap)
                paint_caps(painter, self._looks, QPointF(room.right() - width, middle), cap)
                room.setRight(room.right() - width - 8)
            parent = len(row.text) - len(row.theme.name) if row.text.endswith(row.theme.name) else 0
            paint_matched(painter, self._looks, room, row.text, row.places, parent=parent)
        painter.restore()
