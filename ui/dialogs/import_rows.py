"""The rows of an import's report: sections that open and close, and in each what was added, known or refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.dialogs.journey_words import file_name, files_words, marks_words
from ui.looks import Looks
from ui.widgets.tips import plain_tip
from ui.wording import filled, in_a_row, isolated, number, said

if TYPE_CHECKING:
    from app.importing.reporting import Alike, ImportReport, Recalled, Refused, Taken, Tidied

Index = QModelIndex | QPersistentModelIndex

ROW: Final = 46
_FEW: Final = 3  # lines that are shown at once
_BELOW: Final = 18  # pixels a line
_MOST: Final = 4  # lines of a reason
_LEFT: Final = 60
_RIGHT: Final = 14


class Way(Enum):
    """What a line leads to: its article, the article beside the one that it is like, or its highlights."""

    OPEN = "open"
    COMPARE = "compare"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a name, a line below it, the article that it leads to (or ``""``), and the whole of it as a tip.

    What is ``whole`` may take several lines.
    """

    name: str
    below: str
    article: str = ""
    tip: str = ""
    way: Way = Way.OPEN
    whole: bool = False


@dataclass(slots=True)
class Section:
    """What an import did with some files: they become lines when they are looked at."""

    name: str
    icon: str
    colour: str
    parts: Sequence[object]
    line: Callable[[Any], Line]
    is_open: bool = False


class ImportRows(QAbstractTableModel):
    """The sections that are not empty, each with its lines below it while it is open."""

    def __init__(self, parent: QObject) -> None:
        """Start without sections."""
        super().__init__(parent)
        self._sections: list[Section] = []

    def take(self, report: ImportReport) -> None:
        """Show a report, with what went wrong open."""
        self.beginResetModel()
        lost = [one for one in (*report.added, *report.updated) if one.highlights.orphaned]
        few = len(report.similar) <= _FEW
        sections = (
            Section(self.tr("Failed"), "ph.warning-circle", "danger", report.failed, self._refused, is_open=True),
            Section(self.tr("Highlights to place again"), "ph.push-pin", "danger", lost, self._lost, is_open=True),
            Section(self.tr("Much like others"), "ph.intersect", "accent", report.similar, self._alike, few),
            Section(self.tr("Added"), "ph.plus-circle", "accent", report.added, self._added),
            Section(self.tr("Updated"), "ph.arrow-clockwise", "accent", report.updated, self._updated),
            Section(self.tr("In the library already"), "ph.check-circle", "muted", report.duplicates, self._updated),
            Section(self.tr("New themes"), "ph.tag", "accent", report.themes, self._theme),
            Section(self.tr("New collections"), "ph.stack", "accent", report.collections, self._collection),
            Section(self.tr("Left out from now on"), "ph.scissors", "muted", report.tidied, self._tidied),
            Section(self.tr("Columns as you said before"), "ph.columns", "muted", report.recalled, self._recalled),
            Section(self.tr("Split as you said before"), "ph.columns", "muted", report.split, self._split),
            Section(self.tr("Skipped"), "ph.circle", "muted", report.skipped, self._refused),
        )
        self._sections = [section for section in sections if section.parts]
        self.endResetModel()

    def at(self, row: int) -> Section | Line:
        """Return the section or the line in a row."""
        for section in self._sections:
            if row == 0:
                return section
            row -= 1
            if section.is_open:
                if row < len(section.parts):
                    return section.line(section.parts[row])
                row -= len(section.parts)
        raise IndexError(row)

    def toggle(self, row: int) -> None:
        """Open or close the section in a row."""
        section = self.at(row)
        if not isinstance(section, Section):
            return
        first, last = row + 1, row + len(section.parts)
        if section.is_open:
            self.beginRemoveRows(QModelIndex(), first, last)
            section.is_open = False
            self.endRemoveRows()
        else:
            self.beginInsertRows(QModelIndex(), first, last)
            section.is_open = True
            self.endInsertRows()
        changed = self.index(row, 0)
        self.dataChanged.emit(changed, changed)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows are there, sections and open lines."""
        if parent is not None and parent.isValid():
            return 0
        return sum(1 + len(section.parts) * section.is_open for section in self._sections)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return that there is one column."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row in words."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        shown = self.at(index.row())
        if isinstance(shown, Section):
            return f"{shown.name}, {number(len(shown.parts))}" if role == Qt.ItemDataRole.DisplayRole else None
        return f"{shown.name}, {shown.below}" if role == Qt.ItemDataRole.DisplayRole else plain_tip(shown.tip)

    def _added(self, taken: Taken) -> Line:
        return _taken(taken, marks_words(taken, came=True))

    def _updated(self, taken: Taken) -> Line:
        return _taken(taken, marks_words(taken, came=False))

    def _lost(self, taken: Taken) -> Line:
        count = len(taken.highlights.orphaned)
        one = self.tr("1 highlight lost its passage · show it under Notes")
        many = self.tr("{count} highlights lost their passages · show them under Notes")
        below = one if count == 1 else filled(many, count=number(count))
        return Line(taken.title or file_name(taken), below, taken.id, f"{taken.title}\n{taken.source}", Way.PLACE)

    def _alike(self, alike: Alike) -> Line:
        share = filled(self.tr("{share} %"), share=number(int(alike.share * 100)))
        below = filled(self.tr("much like “{title}” ({share})"), title=isolated(alike.title), share=share)
        taken = alike.taken
        return Line(taken.title or file_name(taken), below, taken.id, f"{taken.title}\n{below}", Way.COMPARE)

    def _theme(self, path: str) -> Line:
        *above, name = path.split(" > ")
        return Line(name, " > ".join(above) or self.tr("a theme of its own"), "", path)

    def _collection(self, name: str) -> Line:
        return Line(name, self.tr("with the articles and passages that the file names"), "", name)

    def _tidied(self, tidied: Tidied) -> Line:
        reason = said(tidied.said)
        return Line(tidied.outlet, reason, "", f"{tidied.outlet}\n{reason}")

    def _recalled(self, recalled: Recalled) -> Line:
        return Line(recalled.columns, files_words(recalled.files), "", recalled.columns)

    def _split(self, file: str) -> Line:
        return Line(Path(file).name, self.tr("into its articles, as it was the last time"), "", file)

    def _refused(self, refused: Refused) -> Line:
        reason = said(refused.reason)
        return Line(file_name(refused), reason, "", f"{refused.source}\n{reason}", whole=True)


def _taken(taken: Taken, marks: str) -> Line:
    name = file_name(taken)
    return Line(taken.title or name, in_a_row((name, marks)), taken.id, f"{taken.title}\n{taken.source}\n{marks}")


class ImportDelegate(QStyledItemDelegate):
    """Draws a section as a heading with its count, and a line as a name with a smaller line below it."""

    def __init__(self, looks: Looks, rows: ImportRows, parent: QWidget) -> None:
        """Draw the rows of a report."""
        super().__init__(parent)
        self._looks = looks
        self._rows = rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        shown = self._rows.at(index.row())
        place: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = bool(option.state & QStyle.StateFlag.State_Selected) and option.widget.hasFocus()
        if current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._looks.now.colour("selected" if current else "hover"))
            painter.drawRoundedRect(place.adjusted(0, 1, 0, -1), 7, 7)
        if isinstance(shown, Section):
            self._paint_section(painter, shown, place)
        else:
            self._paint_line(painter, shown, place)
        painter.restore()

    def height(self, row: int, width: int) -> int:
        """Return how high a row is in a width, in pixels: a reason stands there whole, and the rest on one line."""
        shown = self._rows.at(row)
        if not isinstance(shown, Line) or not shown.whole:
            return ROW
        metrics = QFontMetrics(self._looks.font(13))
        room = QRect(0, 0, width - _LEFT - _RIGHT, _BELOW * _MOST)
        lines = round(metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, shown.below).height() / metrics.height())
        return ROW + _BELOW * (min(lines, _MOST) - 1)

    def _paint_section(self, painter: QPainter, section: Section, place: QRect) -> None:
        middle = place.top() + (place.height() - 16) // 2
        caret = self._looks.icon("ph.caret-down" if section.is_open else "ph.caret-right")
        caret.paint(painter, QRect(place.left() + 8, middle, 16, 16))
        self._looks.icon(section.icon, section.colour).paint(painter, QRect(place.left() + 32, middle - 1, 18, 18))
        room = place.adjusted(_LEFT, 0, -_RIGHT, 0)
        self._write(painter, room, section.name, 15, 600, "text")
        count = number(len(section.parts))
        painter.setFont(self._looks.font(14))
        painter.setPen(self._looks.now.colour("muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)

    def _paint_line(self, painter: QPainter, line: Line, place: QRect) -> None:
        room = place.adjusted(_LEFT, 0, -_RIGHT, 0)
        upper = QRect(room.left(), room.top() + 4, room.width(), 20)
        lower = QRect(room.left(), room.top() + 23, room.width(), place.height() - ROW + _BELOW)
        self._write(painter, upper, line.name, 14, 400, "accent" if line.article else "text")
        if lower.height() > _BELOW:
            painter.setFont(self._looks.font(13))
            painter.setPen(self._looks.now.colour("muted"))
            painter.drawText(lower, Qt.TextFlag.TextWordWrap, line.below)
        else:
            self._write(painter, lower, line.below, 13, 400, "muted")

    def _write(self, painter: QPainter, room: QRect, text: str, px: int, weight: int, colour: str) -> None:
        font = self._looks.font(px, weight)
        painter.setFont(font)
        painter.setPen(self._looks.now.colour(colour))
        shown = QFontMetrics(font).elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
