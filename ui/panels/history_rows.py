"""The rows of the history: days, and the steps of each day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTime,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.looks import Looks
from ui.widgets.tips import plain_tip
from ui.wording import runs_left, said, translated

if TYPE_CHECKING:
    from app.library.steps import Step

STEP_ROLE: Final = Qt.ItemDataRole.UserRole
EDGE: Final = 16
_DAY, _ROW, _TALL = 36, 34, 50
_TIME: Final = 50
_WINDOW: Final = "window"  # the origin of the deeds of all windows
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as it is shown. ``where`` is empty when it was done in this window."""

    step: Step
    label: str
    time: str
    where: str


def local(step: Step) -> datetime:
    """Return when a step was made, in the reader's zone."""
    return datetime.fromtimestamp(step.made / 1000, UTC).astimezone()


class HistoryModel(QAbstractListModel):
    """Days as ``str`` and steps as :class:`StepRow`, the latest first."""

    def __init__(self, parent: QObject) -> None:
        """Start without steps."""
        super().__init__(parent)
        self.rows: list[str | StepRow] = []

    def show(self, steps: Sequence[Step], own: Collection[int]) -> None:
        """Show these; steps that were only undone or redone leave the rows where they are."""
        new = self._rows(sorted(steps, key=lambda step: -step.number), own)
        if [_identity(row) for row in new] == [_identity(row) for row in self.rows]:
            changed = [place for place, row in enumerate(new) if row != self.rows[place]]
            self.rows = new
            for place in changed:
                self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self.rows = new
        self.endResetModel()

    def _rows(self, steps: Sequence[Step], own: Collection[int]) -> list[str | StepRow]:
        rows: list[str | StepRow] = []
        last: date | None = None
        for step in steps:
            moment = local(step)
            if moment.date() != last:
                last = moment.date()
                rows.append(self._day(last))
            time = QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
            where = "" if step.number in own else self._elsewhere(step.origin)
            rows.append(StepRow(step, said(step.label), time, where))
        return rows

    def _elsewhere(self, origin: str) -> str:
        return self.tr("another window") if origin == _WINDOW else translated(origin)

    def _day(self, day: date) -> str:
        days = (datetime.now(UTC).astimezone().date() - day).days
        if days == 0:
            return self.tr("Today")
        if days == 1:
            return self.tr("Yesterday")
        return QLocale().toString(QDate(day.year, day.month, day.day), "dddd, d MMMM yyyy")

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that steps can be chosen, days cannot."""
        if not index.isValid() or isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row for the painter, its tip, or what a screen reader says."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == STEP_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else self._spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, StepRow):
            return plain_tip(f"{row.label} ({row.step.number})")  # by its number a refusal names it
        return None

    def _spoken(self, row: StepRow) -> str:
        parts = [row.time, row.label, row.where, "" if row.step.done else self.tr("undone")]
        return ", ".join(filter(None, parts))


def _identity(row: str | StepRow) -> str | int:
    return row if isinstance(row, str) else row.step.number


class HistoryDelegate(QStyledItemDelegate):
    """Draws a day or a step; on the row under the pointer stands what can be done with it."""

    def __init__(self, looks: Looks, parent: QObject) -> None:
        """Draw in the colours of the look."""
        super().__init__(parent)
        self._looks = looks

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row."""
        row: str | StepRow = index.data(STEP_ROLE)
        return QSize(100, _DAY if isinstance(row, str) else _TALL if row.where else _ROW)

    def deed(self, step: Step) -> str:
        """Return what can be done with a step, in a word."""
        return self.tr("Undo") if step.done else self.tr("Redo")

    def deed_rect(self, row: StepRow, option_rect: QRect, width: int) -> QRect:
        """Return where that word stands."""
        wide = QFontMetrics(self._looks.font(13, 600)).horizontalAdvance(self.deed(row.step)) + 20
        return QRect(width - EDGE - wide - 4, option_rect.top() + 4, wide, _ROW - 9)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        row: str | StepRow = index.data(STEP_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect.left(), option.rect.top(), option.widget.width() - EDGE, option.rect.height() - 1)
        if isinstance(row, str):
            painter.setFont(self._looks.font(12, 600))
            painter.setPen(self._looks.now.colour("faint"))
            painter.drawText(box.adjusted(1, 12, 0, 0), Qt.AlignmentFlag.AlignVCenter, row)
        else:
            self._step(painter, row, box, option)
        painter.restore()

    def _step(self, painter: QPainter, row: StepRow, box: QRectF, option: QStyleOptionViewItem) -> None:
        look = self._looks.now
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ringed = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if hovered or ringed:
            painter.setPen(QPen(look.colour("accent"), 1) if ringed else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        line = QRectF(box.left() + 9, box.top(), box.width() - 18, _ROW)
        self._mark(painter, row, line)
        painter.setFont(self._looks.font(13))
        painter.setPen(look.colour("faint"))
        painter.drawText(line.adjusted(17, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, row.time)
        words = line.adjusted(17 + _TIME, 0, 0, 0)
        if hovered or ringed:
            words.setRight(self.deed_rect(row, option.rect, option.widget.width()).left() - 6)
        painter.setFont(self._looks.font(14, italic=not row.step.done and not runs_left(row.label)))
        painter.setPen(look.colour("text" if row.step.done else "faint"))
        # What was done stands at the end of many labels: “Highlight … moved”.
        cut = painter.fontMetrics().elidedText(row.label, Qt.TextElideMode.ElideMiddle, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, cut)
        if row.where:
            painter.setFont(self._looks.font(12))
            painter.setPen(look.colour("faint"))
            painter.drawText(words.adjusted(0, 19, 0, 19), Qt.AlignmentFlag.AlignVCenter, row.where)
        if hovered or ringed:
            self._deed(painter, row, option)

    def _mark(self, painter: QPainter, row: StepRow, line: QRectF) -> None:
        """Draw a full dot for what is done, a dashed ring for what was undone."""
        look = self._looks.now
        dot = QRectF(line.left(), line.center().y() - 4, 8, 8)
        if row.step.done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawEllipse(dot.adjusted(1, 1, -1, -1))
        else:
            painter.setPen(QPen(look.colour("faint"), 1.3, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(dot)

    def _deed(self, painter: QPainter, row: StepRow, option: QStyleOptionViewItem) -> None:
        look = self._looks.now
        box = QRectF(self.deed_rect(row, option.rect, option.widget.width()))
        painter.setPen(QPen(look.colour("rule"), 1))
        painter.setBrush(look.colour("card"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.setFont(self._looks.font(13, 600))
        painter.setPen(look.colour("accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.deed(row.step))
