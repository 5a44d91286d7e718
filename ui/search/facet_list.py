"""The values of one facet below each other: a tick at the chosen ones, and behind each a bar as long as its count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from ui.looks import Looks
from ui.search.facet_values import FacetRow
from ui.search.filters import Filter
from ui.widgets.list_rows import Index, ListRows, set_up_list
from ui.widgets.theme_marks import paint_square
from ui.widgets.tips import plain_tip
from ui.wording import filled, number

ROW: Final = 26
_DEEPER: Final = 15
_LEFT: Final = 9
_RIGHT: Final = 10
_TICK: Final = 13
_LEAST: Final = 3  # pixels of a bar that stands for one of very many


class FacetRows(ListRows):
    """The values, and which of them are chosen."""

    def __init__(self, parent: QObject) -> None:
        """Have no rows."""
        super().__init__(parent)
        self.chosen: frozenset[Filter] = frozenset()
        self.whole = 1  # the count whose bar is as long as a row

    def show_rows(self, rows: Sequence[FacetRow], chosen: frozenset[Filter], *, shares: bool) -> None:
        """Show these values and no others; bars are ``shares`` of all of them, or else compare with the commonest."""
        self.chosen = chosen
        counts = [row.count for row in rows if not row.depth or not shares]
        self.whole = max(1, sum(counts) if shares else max(counts, default=1))
        self.take(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says, and whether it is chosen."""
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid():
            chosen = self.rows[index.row()].filter in self.chosen
            return Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
        return super().data(index, role)

    def shown(self, row: FacetRow) -> str:
        """Return what a value is called."""
        return row.name

    def spoken(self, row: FacetRow) -> str:
        """Return a value and its count."""
        return f"{row.name}, {number(row.count)}"


class _RowDelegate(QStyledItemDelegate):
    """Draws bar, colour, name, tick and count."""

    def __init__(self, looks: Looks, rows: FacetRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks, self._rows = looks, rows
        self.keyed = False  # who works with the mouse needs no frame round the current row

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of all rows."""
        return QSize(80, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = self._rows.rows[index.row()]
        chosen = row.filter in self._rows.chosen
        box = QRectF(option.rect).adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, box, row, chosen=chosen)
        right = self._paint_count(painter, box, row, chosen)
        left = box.left() + _LEFT + row.depth * _DEEPER
        look = self._looks.now
        if row.colour:
            paint_square(painter, QPointF(left + 5, box.center().y()), look.theme(row.colour), 10)
            left += 17
        painter.setFont(self._looks.font(13, 600 if chosen else 400))
        painter.setPen(look.colour("text" if row.count or chosen else "faint"))
        words = QRectF(left, box.top(), right - left - 6, box.height())
        name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, row: FacetRow, *, chosen: bool
    ) -> None:
        look = self._looks.now
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_MouseOver and not chosen:
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(box, 6, 6)
        bar = QRectF(box)
        bar.setWidth(max(_LEAST, box.width() * row.count / self._rows.whole) if row.count else 0)
        painter.setBrush(look.colour("selected" if chosen else "rule"))
        painter.setOpacity(1.0 if chosen else 0.62)
        painter.drawRoundedRect(box if chosen else bar, 6, 6)
        painter.setOpacity(1.0)
        if self.keyed and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_count(self, painter: QPainter, box: QRectF, row: FacetRow, chosen: bool) -> float:
        """Draw the count, and a tick before it; return where the room for the name ends."""
        look = self._looks.now
        words = number(row.count) if row.count else ""
        font = self._looks.font(13, 600 if chosen else 400)
        painter.setFont(font)
        painter.setPen(look.colour("text" if chosen else "muted"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(box.adjusted(0, 0, -_RIGHT, 0), flags, words)
        right = box.right() - _RIGHT - QFontMetrics(font).horizontalAdvance(words)
        if chosen:
            tick = QRect(round(right) - _TICK - 6, round(box.center().y() - _TICK / 2), _TICK, _TICK)
            self._looks.icon("ph.check-bold", "accent").paint(painter, tick)
            right = tick.left()
        return right


class FacetList(QListView):
    """Lists values; a click, Enter or Space puts a filter on or takes it off, Esc leaves."""

    toggled = Signal(object)
    left = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        """List nothing yet."""
        super().__init__(parent)
        self._looks = looks
        self._rows = FacetRows(self)
        self.setModel(self._rows)
        self._delegate = _RowDelegate(looks, self._rows, self)
        self.setItemDelegate(self._delegate)
        set_up_list(self)
        self.verticalScrollBar().setSingleStep(ROW)
        self.clicked.connect(self._toggle)
        looks.changed.connect(self.viewport().update)

    def show_rows(self, rows: Sequence[FacetRow], chosen: frozenset[Filter], *, shares: bool) -> None:
        """Show these values; the keyboard stays on its value, and the list where it was scrolled to.

        ``shares`` says that an article has one of the values, so that bars show its share of what is listed.
        """
        if (tuple(rows), chosen) == (self._rows.rows, self._rows.chosen):
            return
        here, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        value = self._rows.rows[here].filter if 0 <= here < len(self._rows.rows) else None
        self._rows.show_rows(rows, chosen, shares=shares)
        place = next((number for number, row in enumerate(rows) if row.filter == value), min(here, len(rows) - 1))
        if rows and (place >= 0 or self.hasFocus()):
            self.setCurrentIndex(self._rows.index(max(0, place)))
        self.verticalScrollBar().setValue(scrolled)

    def values(self) -> tuple[FacetRow, ...]:
        """Return what is listed."""
        return self._rows.rows

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first value when the keyboard has been on none."""
        self._delegate.keyed = event.reason() != Qt.FocusReason.MouseFocusReason
        if self._delegate.keyed and not self.currentIndex().isValid() and self._rows.rows:
            self.setCurrentIndex(self._rows.index(0))
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose by the mouse; the frame of the keyboard goes."""
        self._delegate.keyed = False
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put a filter on or take it off, leave, or walk."""
        self._delegate.keyed = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._toggle(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are keys of the window."""

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a row in words under the mouse: its name may be cut."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            if index.isValid():
                row = self._rows.rows[index.row()]
                chosen = row.filter in self._rows.chosen
                said = self.tr("{name}: {count}. Click to take it away.") if chosen else self.tr("{name}: {count}")
                QToolTip.showText(event.globalPos(), plain_tip(filled(said, name=row.name, count=number(row.count))))
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or that there are none."""
        super().paintEvent(event)
        if not self._rows.rows:
            painter = QPainter(self.viewport())
            painter.setFont(self._looks.font(13))
            painter.setPen(self._looks.now.colour("faint"))
            painter.drawText(
                self.viewport().rect().adjusted(_LEFT, 0, 0, 0),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                self.tr("Nothing that is listed has one"),
            )
            painter.end()

    def _toggle(self, index: QModelIndex) -> None:
        if index.isValid():
            self.toggled.emit(self._rows.rows[index.row()].filter)
