"""What was searched for lately, below the box while it is empty: chosen by keys or mouse, and forgotten as easily."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.looks import Looks
from ui.widgets.boxes import column, row
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.list_rows import Index, ListRows, paint_ground, set_up_list
from ui.widgets.popover import Popover

ROW: Final = 32
_SHOWN: Final = 8
_PICTURE: Final = 15
_CROSS: Final = 13
_CROSS_ROOM: Final = 30
_NONE: Final = QModelIndex()
_BY_ITSELF: Final = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class _SearchDelegate(QStyledItemDelegate):
    """Draws a clock, the search, and a cross at the end of the row that is meant."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of all rows."""
        return QSize(80, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        place, look = option.rect, self._looks.now
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if paint_ground(painter, option, look):
            self._looks.icon("ph.x").paint(painter, cross(place))
        clock = QRect(place.left() + 9, place.center().y() - _PICTURE // 2, _PICTURE, _PICTURE)
        self._looks.icon("ph.clock-counter-clockwise", "faint").paint(painter, clock)
        words = place.adjusted(33, 0, -_CROSS_ROOM, 0)
        painter.setFont(self._looks.font(14))
        painter.setPen(look.colour("text"))
        shown = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


def cross(place: QRect) -> QRect:
    """Return where the cross of a row is drawn."""
    return QRect(place.right() - 9 - _CROSS, place.center().y() - _CROSS // 2, _CROSS, _CROSS)


class _List(QListView):
    """The rows; the cross at the end of one forgets it."""

    chosen = Signal(str)
    forget_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._searches = ListRows(self)
        self.setModel(self._searches)
        self.setItemDelegate(_SearchDelegate(looks, self))
        set_up_list(self, keyboard=False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def take(self, queries: Sequence[str]) -> None:
        """List these."""
        self._searches.take(queries)
        self.setFixedHeight(max(1, min(_SHOWN, len(queries))) * ROW)

    def queries(self) -> tuple[str, ...]:
        """Return what is listed."""
        return self._searches.rows

    def current(self) -> str:
        """Return the search on which the keyboard is, or nothing."""
        return str(self.currentIndex().data()) if self.currentIndex().isValid() else ""

    def go_to(self, row_number: int) -> None:
        """Put the keyboard on a row; before the first there is none."""
        self.setCurrentIndex(self._searches.index(row_number) if row_number >= 0 else _NONE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave the keyboard where it is."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose a row, or forget it where its cross is pressed."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        room = self.visualRect(index)
        room.setLeft(room.right() - _CROSS_ROOM)
        wish = self.forget_wished if room.contains(event.position().toPoint()) else self.chosen
        wish.emit(str(index.data()))


class RecentSearches(QObject):
    """Watches a search box, and offers recent searches below it while it is empty and has the keyboard."""

    chosen = Signal(str)
    forget_wished = Signal(str)
    forget_all_wished = Signal()
    passed = Signal()

    def __init__(self, looks: Looks, box: QLineEdit) -> None:
        """Offer nothing before there is something."""
        super().__init__(box)
        self._looks, self._box = looks, box
        self._queries: tuple[str, ...] = ()
        self._popover: Popover | None = None
        self._list: _List | None = None
        box.installEventFilter(self)
        box.textChanged.connect(self._text_changed)
        box.textEdited.connect(self._text_edited)

    def take(self, queries: Sequence[str]) -> None:
        """Offer these, the latest first."""
        self._queries = tuple(queries)
        if not self.is_open():
            return
        here = self._list.currentIndex().row()
        self._list.take(self._queries)
        if self._queries:
            self._list.go_to(min(here, len(self._queries) - 1))
            self.offer()
        else:
            self.close()

    def is_open(self) -> bool:
        """Tell whether they are offered now."""
        return self._popover is not None and self._popover.isVisible()

    def offer(self) -> None:
        """Offer them, if there are any and nothing stands in the box."""
        if not self._queries or self._box.text() or not self._box.isVisible():
            return
        if self._popover is None:
            self._popover = self._made()
        fresh = not self._popover.isVisible()
        if fresh:
            self._list.take(self._queries)
            self._list.go_to(-1)
        self._popover.setFixedWidth(self._box.width())
        corner = self._box.mapTo(self._box.window(), QPoint(0, 0))
        self._popover.open_at(self._box.rect().translated(corner))

    def close(self) -> None:
        """Offer them no more."""
        if self._popover is not None:
            self._popover.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer them when the empty box gets the keyboard or a click, and take the keys that mean one of them."""
        kind = event.type()
        if self._is_offered(event):
            self.offer()
        elif kind is QEvent.Type.FocusOut:
            self.close()
        elif kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self._box.text():
            return self._take_key(event)
        return False

    def _is_offered(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            return event.reason() not in _BY_ITSELF
        return event.type() is QEvent.Type.MouseButtonPress and self._box.hasFocus()

    def _take_key(self, event: QKeyEvent) -> bool:
        if not self.is_open():
            if event.key() == Qt.Key.Key_Down:
                self.offer()
                return self.is_open() and self._step(1)
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            return self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        current = self._list.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current:
            self._choose(current)
            return True
        if event.key() == Qt.Key.Key_Delete and current:
            self.forget_wished.emit(current)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close()  # and the box is left, as it would be
        return False

    def _step(self, step: int) -> bool:
        """Go on by a row; from the last one to the list of articles below."""
        there = self._list.currentIndex().row() + step
        if there >= len(self._queries):
            self.close()
            self.passed.emit()
        else:
            self._list.go_to(max(-1, there))
        return True

    def _text_changed(self, text: str) -> None:
        if text:
            self.close()

    def _text_edited(self, text: str) -> None:
        if not text:
            self.offer()

    def _choose(self, query: str) -> None:
        self.close()
        self.chosen.emit(query)

    def _made(self) -> Popover:
        window = self._box.window()
        made = Popover(self._looks, window)
        self._list = _List(self._looks, made)
        self._list.setAccessibleName(self.tr("Recent searches"))
        self._list.chosen.connect(self._choose)
        self._list.forget_wished.connect(self.forget_wished)
        forget = button(self.tr("Forget all"), "link", made)
        forget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        forget.setToolTip(self.tr("Forget what was searched for in this library (one of them: Del)"))
        forget.clicked.connect(self.forget_all_wished)
        head = row(label(self.tr("Recent searches"), "section", made), None, forget, margins=(9, 2, 6, 0))
        made.setLayout(column(head, self._list, margins=(6, 5, 6, 6), spacing=2))
        made.setAccessibleName(self.tr("Recent searches"))
        return made
