"""The rows of the palette: which entries match what is typed, and how one of them is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.looks import Looks
from ui.matching import UNMATCHED, Catalogue, Matcher, folded
from ui.widgets.key_caps import caps_width, paint_caps
from ui.widgets.units import drawn_as

Index = QModelIndex | QPersistentModelIndex

ROW: Final = 38
_ICON: Final = 18
_MOST: Final = 200
_LINE: Final = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to go to or to do: ``kind`` says what it is, ``hint`` its keys (``Ctrl+K``), ``icon`` a Phosphor name.

    ``text`` and ``kind`` are for a person and are shown as they are; ``key`` comes back when it is chosen.
    """

    key: str
    text: str
    kind: str = ""
    hint: str = ""
    icon: str = ""


class PaletteRows(QAbstractListModel):
    """The entries that match, the best first, 200 at most."""

    def __init__(self, parent: QObject) -> None:
        """Start without entries."""
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._catalogue = Catalogue(())
        self._late: dict[str, Entry] = {}
        self._shown: list[Entry] = []
        self.matcher = Matcher("")

    def take(self, entries: Sequence[Entry]) -> None:
        """Take the entries among which to search."""
        self._entries = list(entries)
        self._catalogue = Catalogue(_line(entry) for entry in self._entries)
        self._late.clear()
        self.matcher = Matcher("")

    def take_first(self, entries: Sequence[Entry]) -> None:
        """Take more entries, which stand before the others."""
        self._entries = [*entries, *self._entries]
        self._catalogue = Catalogue(_line(entry) for entry in self._entries)
        self._show()

    def find(self, text: str) -> None:
        """Show what matches a text."""
        self.matcher = Matcher(text)
        self._late = {key: entry for key, entry in self._late.items() if self._matches(entry)}
        self._show()

    def add(self, entries: Sequence[Entry]) -> None:
        """Add entries that were found elsewhere: after those whose own words match as well, or last of all."""
        self._late = {entry.key: entry for entry in entries}
        self._show()

    def entries(self) -> tuple[Entry, ...]:
        """Return the entries shown."""
        return tuple(self._shown)

    def entry(self, row: int) -> Entry:
        """Return an entry shown."""
        return self._shown[row]

    def row_of(self, key: str) -> int:
        """Return the row of an entry that is shown; 0 for one that is not."""
        return next((number for number, entry in enumerate(self._shown) if entry.key == key), 0)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many entries are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return an entry's text, also for those who listen to the screen."""
        if role == Qt.ItemDataRole.DisplayRole:
            entry = self._shown[index.row()]
            return ", ".join(part for part in (_line(entry), entry.kind, entry.hint) if part)
        return None

    def _matches(self, entry: Entry) -> bool:
        return self.matcher.rank(folded(_line(entry))) is not None

    def _tier(self, entry: Entry) -> int:
        """Return how well an entry's own words match (less is better); what only its text matched comes last."""
        rank = self.matcher.rank(folded(_line(entry)))
        return rank[0] if rank is not None else UNMATCHED

    def _show(self) -> None:
        self.beginResetModel()
        found = [self._entries[number] for number in self._catalogue.best(self.matcher, _MOST)]
        known = {entry.key for entry in found}
        late = [entry for key, entry in self._late.items() if key not in known]
        self._shown = sorted(found + late, key=self._tier) if late else found
        self.endResetModel()


class PaletteDelegate(QStyledItemDelegate):
    """Draws an entry: its icon, its text with the matching letters bold, its kind and its keys at the right."""

    def __init__(self, looks: Looks, rows: PaletteRows, parent: QWidget) -> None:
        """Draw the rows of a palette."""
        super().__init__(parent)
        self._looks = looks
        self._rows = rows
        self._drawn: dict[tuple[str, str, float], QPixmap] = {}
        looks.changed.connect(self._forget_icons)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of all rows."""
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one entry."""
        entry, look = self._rows.entry(index.row()), self._looks.now
        place: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selected"))
            painter.drawRoundedRect(place, 7, 7)
        if entry.icon:
            ratio = painter.device().devicePixelRatioF()
            icon = self._icon(entry.icon, "accent" if chosen else "muted", ratio)
            painter.drawPixmap(QPoint(place.left() + 11, place.top() + (ROW - _ICON) // 2), icon)
        right = self._paint_right(painter, entry, place)
        self._paint_text(painter, _line(entry), QRect(place.left() + 40, place.top(), right - place.left() - 52, ROW))
        painter.restore()

    def _icon(self, name: str, colour: str, ratio: float) -> QPixmap:
        """Return an icon as it was drawn before: drawing its letter anew takes longer than the rest of the row."""
        key = (name, colour, ratio)
        if key not in self._drawn:
            self._drawn[key] = self._looks.icon(name, colour).pixmap(QSize(_ICON, _ICON), ratio)
        return self._drawn[key]

    def _forget_icons(self) -> None:
        self._drawn.clear()

    def _paint_right(self, painter: QPainter, entry: Entry, place: QRect) -> int:
        """Draw the keys and the kind; return where there is room left of them."""
        right = place.right() - 11
        if entry.hint:
            width = caps_width(self._looks, entry.hint)
            paint_caps(painter, self._looks, QPointF(right - width, place.center().y() + 0.5), entry.hint)
            right -= width + 12
        if entry.kind:
            font = self._looks.font(13)
            width = QFontMetrics(font).horizontalAdvance(entry.kind)
            painter.setFont(font)
            painter.setPen(self._looks.now.colour("muted"))
            painter.drawText(
                QRect(right - width, place.top(), width + 1, ROW), Qt.AlignmentFlag.AlignVCenter, entry.kind
            )
            right -= width
        return right

    def _paint_text(self, painter: QPainter, line: str, room: QRect) -> None:
        bold = QFont(self._looks.font(15, 700))
        shown = QFontMetrics(bold).elidedText(line, Qt.TextElideMode.ElideRight, room.width())
        kept = len(shown) if shown == line else len(shown) - 1
        layout = QTextLayout(shown, self._looks.font(15))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        mark = QTextCharFormat()
        mark.setFont(bold)
        mark.setForeground(self._looks.now.colour("accent"))
        places = [place for place in self._rows.matcher.places(folded(line)) if place < kept]
        layout.setFormats([drawn_as(mark, shown, (place, place + 1)) for place in places])
        layout.beginLayout()
        made = layout.createLine()
        made.setLineWidth(100_000)
        layout.endLayout()
        painter.setPen(self._looks.now.colour("text"))
        layout.draw(painter, QPointF(room.left(), room.top() + (room.height() - made.height()) / 2))


def _line(entry: Entry) -> str:
    """Return an entry's text as a line, however long and however broken it is."""
    return " ".join(entry.text[:_LINE].split())
