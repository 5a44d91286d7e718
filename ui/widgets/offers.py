"""A list under a line in which one types: what could be meant, or what was typed before.

The keyboard stays in the line. Nothing is taken that was not chosen: Enter means the line until an arrow has gone into
the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.looks import Looks
from ui.matching import Matcher, folded
from ui.widgets.boxes import column
from ui.widgets.labels import label
from ui.widgets.list_rows import Index, ListRows, paint_ground, set_up_list
from ui.widgets.matched_line import paint_matched
from ui.widgets.popover import Popover
from ui.widgets.theme_marks import paint_square
from ui.wording import filled

ROW: Final = 32
_MOST_ROWS: Final = 9
_WIDEST: Final = 460
_MARGIN: Final = 6
_ICON: Final = 15
_TEXT: Final = 31  # pixels before the text: the mark and the gaps round it
_GAP: Final = 14
_LEAST_TEXT: Final = 96
_STEPS: Final = {
    Qt.Key.Key_Down.value: 1,
    Qt.Key.Key_Up.value: -1,
    Qt.Key.Key_PageDown.value: _MOST_ROWS - 1,
    Qt.Key.Key_PageUp.value: 1 - _MOST_ROWS,
}
_ENTER: Final = frozenset((Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value))
_OWN: Final = frozenset((*_STEPS, *_ENTER, Qt.Key.Key_Tab.value, Qt.Key.Key_Escape.value))


@dataclass(frozen=True, slots=True)
class Offer:
    """One row: a mark, a text, and a quiet word or number at the right.

    The mark is an ``icon`` (``ph.clock``) or a square in a theme's ``colour``. The first ``parent`` code points of the
    text are the names above it in a tree. ``name`` is what a screen reader says; without one, text and hint.
    """

    text: str
    hint: str = ""
    icon: str = ""
    colour: str = ""
    parent: int = 0
    name: str = ""


class Offers(Popover):
    """The list. ``taken`` carries the number of a row; ``refused`` tells that Esc has closed it."""

    taken = Signal(int)
    refused = Signal()

    def __init__(self, looks: Looks, field: QLineEdit, name: str) -> None:
        """Make a hidden one for a line that is in its window already; ``name`` is what the list is called."""
        super().__init__(looks, field.window())
        self._field = field
        self._tab_takes = True
        self._rows = _Rows(self)
        self.list = QListView(self)
        self._hint = label("", "small", self)
        self._set_up_list(name)
        self.setLayout(column(self.list, self._hint, margins=(_MARGIN, _MARGIN, _MARGIN, _MARGIN), spacing=3))
        self._hint.setContentsMargins(9, 1, 9, 1)
        looks.changed.connect(self.list.viewport().update)

    def offer(self, offers: Sequence[Offer], typed: str = "", hint: str = "", *, tab_takes: bool = True) -> None:
        """Show these rows under the line, none of them chosen; without any, hide.

        The letters of ``typed`` are bold in them, ``hint`` stands below them. ``tab_takes`` says that Tab takes the
        first row where none is chosen; otherwise Tab goes on to the next widget.
        """
        if not offers:
            self.hide()
            return
        before = self.offers() if self.isVisible() else ()
        self._tab_takes = tab_takes
        self._rows.offer(offers, typed)
        self.list.setCurrentIndex(QModelIndex())
        self.list.scrollToTop()
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._place()
        if tuple(offers) != before:
            self._announce(filled(self.tr("{count} offers. Down chooses one."), count=len(offers)))

    def offers(self) -> tuple[Offer, ...]:
        """Return the rows, from the top."""
        return self._rows.rows

    def chosen(self) -> int | None:
        """Return the number of the row that the keyboard is on."""
        index = self.list.currentIndex()
        return index.row() if index.isValid() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the list's keys from the line as long as it is shown; go when the line is left."""
        if watched is self._field:
            if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._press(event)
            if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
                event.accept()
                return True
            if event.type() in {QEvent.Type.FocusOut, QEvent.Type.Hide}:
                self.hide()
        elif watched is self.parentWidget() and event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _set_up_list(self, name: str) -> None:
        self.list.setModel(self._rows)
        self.list.setItemDelegate(_Delegate(self._looks, self._rows, self.list))
        set_up_list(self.list, keyboard=False)
        self.list.setStyleSheet("QListView { border: none; padding: 0; }")
        self.list.setAccessibleName(name)
        self.list.clicked.connect(self._take)

    def _place(self) -> None:
        """Be as wide as the line or as the widest row, and as high as the rows there are and the window allows."""
        window = self.parentWidget()
        corner = self._field.mapTo(window, QPoint(0, 0))
        below = self._hint.sizeHint().height() + _MARGIN if self._hint.text() else 0
        room = window.height() - corner.y() - self._field.height() - below - 4 * _MARGIN
        self.list.setFixedHeight(max(1, min(_MOST_ROWS, self._rows.rowCount(), room // ROW)) * ROW)
        widest = _Delegate.widest(self._looks, self._rows.rows) + 2 * _MARGIN + 2
        self.setFixedWidth(min(max(self._field.width(), min(widest, _WIDEST)), window.width() - 16))
        self.open_at(self._field.rect().translated(corner))

    def _press(self, event: QKeyEvent) -> bool:
        """Return whether a key was meant for the list; all else is the line's."""
        key = event.key()
        if not _is_own(event):
            return False
        if key in _STEPS:
            return self._step(_STEPS[key], page=abs(_STEPS[key]) > 1)
        if key == Qt.Key.Key_Escape:
            self.hide()
            self.refused.emit()
            return True
        chosen = self.list.currentIndex()
        if key == Qt.Key.Key_Tab and self._tab_takes and not chosen.isValid():
            chosen = self._rows.index(0)
        if chosen.isValid():
            self._take(chosen)
            return True
        self.hide()
        return False

    def _step(self, step: int, *, page: bool) -> bool:
        """Go up or down: above the first row is the line, below the last one what lies behind the list."""
        here = self.list.currentIndex().row()
        last = self._rows.rowCount() - 1
        there = here + step
        if page:
            there = max(0, min(there, last))
        if there > last:
            self.hide()
            return False
        if there < 0:
            self.list.setCurrentIndex(QModelIndex())
            return here >= 0
        index = self._rows.index(there)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        self._announce(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return True

    def _take(self, index: QModelIndex) -> None:
        self.hide()
        self.taken.emit(index.row())

    def _announce(self, what: str) -> None:
        """Have a screen reader say what is seen: the keyboard never is in the list, so it would say nothing."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, what))


class _Rows(ListRows):
    """The rows, and the letters to be bold in them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.matcher = Matcher("")

    def offer(self, offers: Sequence[Offer], typed: str) -> None:
        """Take other rows."""
        self.matcher = Matcher(typed)
        self.take(offers)

    def shown(self, row: Offer) -> str:
        """Return the text of a row."""
        return row.text

    def spoken(self, row: Offer) -> str:
        """Return the name of a row, or else its text and hint."""
        return row.name or ", ".join(part for part in (row.text, row.hint) if part)


class _Delegate(QStyledItemDelegate):
    """Draws a row."""

    def __init__(self, looks: Looks, rows: _Rows, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks, self._rows = looks, rows

    @staticmethod
    def widest(looks: Looks, offers: Sequence[Offer]) -> int:
        """Return how wide the widest row wants to be, in pixels."""
        text, hint = QFontMetrics(looks.font(14, 700)), QFontMetrics(looks.font(13))
        wide = (text.horizontalAdvance(one.text) + hint.horizontalAdvance(one.hint) for one in offers)
        return max(wide) + _TEXT + 2 * _GAP

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of all rows."""
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        offer, look = self._rows.rows[index.row()], self._looks.now
        place: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_ground(painter, option, look)
        if offer.colour:
            centre = QPointF(place.left() + 9 + _ICON / 2, place.center().y() + 0.5)
            paint_square(painter, centre, look.theme(offer.colour))
        elif offer.icon:
            mark = QRect(place.left() + 9, place.top() + (ROW - _ICON) // 2, _ICON, _ICON)
            self._looks.icon(offer.icon, "accent" if chosen else "muted").paint(painter, mark)
        room = place.adjusted(_TEXT, 0, -10, 0)
        if offer.hint:
            room.setRight(self._paint_hint(painter, offer.hint, room))
        places = self._rows.matcher.places(folded(offer.text))
        paint_matched(painter, self._looks, room, offer.text, places, parent=offer.parent)
        painter.restore()

    def _paint_hint(self, painter: QPainter, hint: str, room: QRect) -> int:
        """Draw the hint at the right, cut so that there is room for the text; return where that room ends."""
        font = self._looks.font(13)
        metrics = QFontMetrics(font)
        line = metrics.elidedText(hint, Qt.TextElideMode.ElideRight, max(0, room.width() - _LEAST_TEXT - _GAP))
        width = metrics.horizontalAdvance(line)
        painter.setFont(font)
        painter.setPen(self._looks.now.colour("muted"))
        there = QRect(room.right() - width, room.top(), width + 1, room.height())
        painter.drawText(there, Qt.AlignmentFlag.AlignVCenter, line)
        return room.right() - width - _GAP


def _is_own(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return not held and event.key() in _OWN
