"""The list of a board: rows of their own heights, measured when they come into sight; keys, dragging and dropping."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.text.ranges import merge
from ui.board.card import column
from ui.board.delegate import ESTIMATE, PassageDelegate
from ui.board.model import PassageModel, one_line
from ui.looks import Looks
from ui.widgets.carried import IDS, carried_ids, carry
from ui.widgets.digits import digit_at
from ui.widgets.stepping import keeps_step, step_of
from ui.wording import filled, number

_EDGE: Final = 48  # pixels from an edge within which dragging scrolls
_STEPS: Final = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}


class PassageList(QTableView):
    """The cards. It knows places and keys; what they mean is the board's business."""

    opened = Signal(int)
    key_pressed = Signal(str)
    menu_wished = Signal(QPoint)
    dropped_here = Signal(object)
    dropped_before = Signal(int)
    moved = Signal()

    def __init__(self, looks: Looks, model: PassageModel, parent: QWidget) -> None:
        """Show the rows of ``model``."""
        super().__init__(parent)
        self._looks, self._rows = looks, model
        self._settling = False
        self._held: int | None = None  # the row that stays where it is while others are measured
        self._takes, self._sorts = False, False
        self._line: int | None = None
        self._drawn = PassageDelegate(looks, model, self)
        self.setModel(model)
        self.setItemDelegate(self._drawn)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setStyleSheet("QTableView { selection-background-color: transparent; }")  # cards draw their own ground
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)
        self.setAutoScrollMargin(_EDGE)
        self.setAcceptDrops(True)
        self.verticalScrollBar().setSingleStep(36)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        down.hide()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setMinimumSectionSize(1)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(ESTIMATE)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.doubleClicked.connect(self._double_clicked)
        model.modelReset.connect(self._forget_heights)
        looks.changed.connect(self.viewport().update)

    def accept_drops(self, *, takes: bool, sorts: bool) -> None:
        """Let things be dropped here from elsewhere (``takes``), and its own rows be put in another order."""
        self._takes, self._sorts = takes, sorts

    # ---- which rows

    def chosen(self) -> list[int]:
        """Return the selected rows from top to bottom."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def choose(self, places: list[int], current: int | None) -> None:
        """Select rows and put the keyboard on one of them, without scrolling."""
        selection = self.selectionModel()
        rows = QItemSelection()
        for start, end in merge((place, place + 1) for place in places):
            rows.append(QItemSelectionRange(self._rows.index(start), self._rows.index(end - 1)))
        selection.select(rows, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if current is not None:
            self.setAutoScroll(False)
            selection.setCurrentIndex(self._rows.index(current), QItemSelectionModel.SelectionFlag.NoUpdate)
            self.setAutoScroll(True)

    # ---- heights

    def top(self) -> tuple[int, int]:
        """Return the first row in sight, and by how many pixels it is scrolled out at the top."""
        place = max(0, self.rowAt(0))
        return place, -self.rowViewportPosition(place) if self._rows.rowCount() else 0

    def scroll_to(self, place: int, beyond: int = 0) -> None:
        """Scroll so that a row stands at the top, ``beyond`` pixels of it out of sight."""
        self.updateGeometries()
        self._held = place
        self.verticalScrollBar().setValue(self.verticalHeader().sectionPosition(place) + beyond)
        self.settle()
        self._held = None

    def settle(self) -> None:
        """Measure the rows in sight; what the reader looks at stays where it is."""
        if self._settling or not self._rows.rowCount():
            return
        self._settling = True
        try:
            for _ in range(4):  # a row that turns out shorter lets others come into sight
                if not self._measure():
                    break
        finally:
            self._settling = False
        self.moved.emit()

    def remeasure(self, place: int) -> None:
        """Give a row the height that it needs now."""
        if self._resize(place):
            self.updateGeometries()
        self.settle()
        self.viewport().update()

    def make_room(self, passage: str | None, was: str | None, height: int) -> None:
        """Make room for the editor of a note, so many pixels high, and close up where there was one."""
        self._drawn.edit(passage, height)
        for one in (was, passage):
            place = self._rows.place(one) if one else None
            if place is not None:
                self.remeasure(place)

    def reveal(self, passage: str) -> None:
        """Bring the card of a passage into sight."""
        place = self._rows.place(passage)
        if place is not None:
            self.scrollTo(self._rows.index(place))

    def passage_at(self, place: int) -> str | None:
        """Return the id of the passage in a row."""
        item = self._rows.item(place)
        return item.id if item else None

    def editor_place(self, passage: str) -> QRect | None:
        """Return where the editor of a passage's note stands in the viewport."""
        place = self._rows.place(passage)
        card = self._drawn.card(place) if place is not None else None
        if card is None or place is None:
            return None
        left, _ = column(self.viewport().width())
        return QRectF(card.editor()).translated(left, self.rowViewportPosition(place)).toRect()

    def scrollTo(
        self, index: QModelIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a row into sight."""
        if index.isValid() and self._resize(index.row()):
            self.updateGeometries()
        super().scrollTo(index, hint)
        self.settle()

    def _measure(self) -> bool:
        """Measure the rows in sight once; say whether any changed."""
        first = max(0, self.rowAt(0))
        bottom = self.viewport().height()
        anchor = self._anchor(first) if self._held is None else self._held
        stood = self.rowViewportPosition(anchor)
        changed, place, y = False, first, self.rowViewportPosition(first)
        while place < self._rows.rowCount() and y < bottom:
            changed = self._resize(place) or changed
            y += self.rowHeight(place)
            place += 1
        if changed:
            self.updateGeometries()
            bar = self.verticalScrollBar()
            bar.setValue(self.verticalHeader().sectionPosition(anchor) - stood)
        return changed

    def _anchor(self, first: int) -> int:
        """Return the row that is to stay where it is: the first in sight that was measured, or the first of all."""
        place, y = first, self.rowViewportPosition(first)
        while place < self._rows.rowCount() and y < self.viewport().height():
            if self._drawn.known(place) is not None:
                return place
            y += self.rowHeight(place)
            place += 1
        return first

    def _resize(self, place: int) -> bool:
        height = self._drawn.height(place)
        if self.rowHeight(place) == height:
            return False
        self.verticalHeader().resizeSection(place, height)
        return True

    def _forget_heights(self) -> None:
        self.verticalHeader().setDefaultSectionSize(ESTIMATE)

    def _scrolled(self, _value: int) -> None:
        self.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out for the new width."""
        place, beyond = self.top()
        super().resizeEvent(event)
        if self._drawn.set_width(self.viewport().width()):
            self._forget_heights()
            self.scroll_to(place, min(beyond, ESTIMATE))
        else:
            self.settle()

    # ---- keys and mouse

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move a card from the window."""
        return keeps_step(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the keys of the board; the others are Qt's."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        shift = held & Qt.KeyboardModifier.ShiftModifier
        if step := step_of(event):
            self.key_pressed.emit("down" if step > 0 else "up")
        elif held & ~Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            stretch = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
            super().keyPressEvent(QKeyEvent(event.type(), _STEPS[key], stretch))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to_end(bottom=key == Qt.Key.Key_End, stretch=bool(shift))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Delete:
            self.key_pressed.emit("delete")
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        elif len(event.text()) == 1 and event.text().isdecimal():
            self.key_pressed.emit(event.text())
        elif (digit := digit_at(event)) is not None:
            self.key_pressed.emit(str(digit))
        elif not shift and key in (Qt.Key.Key_N, Qt.Key.Key_C, Qt.Key.Key_A):
            self.key_pressed.emit(chr(key).lower())
        elif key in (Qt.Key.Key_H, Qt.Key.Key_T):
            self.key_pressed.emit(chr(key) if shift else chr(key).lower())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are keys here."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, by mouse or by the menu key."""
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).topLeft() + QPoint(40, 40))
        self.menu_wished.emit(place)

    def _go_to_end(self, *, bottom: bool, stretch: bool) -> None:
        """Go to the first or the last card; Qt would go to the first or last column."""
        places = range(self._rows.rowCount())
        place = next((place for place in (reversed(places) if bottom else places) if self._rows.item(place)), None)
        if place is None:
            return
        selection, index = self.selectionModel(), self._rows.index(place)
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect
        if stretch and selection.currentIndex().isValid():
            ends = sorted((selection.currentIndex().row(), place))
            rows = QItemSelection(self._rows.index(ends[0]), self._rows.index(ends[1]))
            selection.select(rows, QItemSelectionModel.SelectionFlag.Select)
            how = QItemSelectionModel.SelectionFlag.NoUpdate
        selection.setCurrentIndex(index, how)
        self.scrollTo(index)

    def _double_clicked(self, index: QModelIndex) -> None:
        self._open(index)

    def _open(self, index: QModelIndex) -> None:
        if self._rows.item(index.row()):
            self.opened.emit(index.row())

    # ---- dragging

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carry the selected rows away."""
        chosen = self.chosen()
        one = self._rows.item(chosen[0]) if len(chosen) == 1 else None
        words = one_line(one) if one is not None else filled(self.tr("{count} items"), count=number(len(chosen)))
        data = self._rows.mimeData(self.selectionModel().selectedRows())
        carry(self, self._looks, data, words, Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what can be dropped here."""
        self._consider(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show between which rows it would go."""
        self._consider(event)
        sorting = event.isAccepted() and event.source() is self
        self._show_line(self._gap(event.position().y()) if sorting else None)
        if sorting:
            self.startAutoScroll()  # Qt scrolls while the pointer is near an edge, and stops by itself

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget the place."""
        self.stopAutoScroll()
        self._show_line(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what was dropped, or where the rows of the list itself were put."""
        self.stopAutoScroll()
        self._show_line(None)
        self._consider(event)
        if not event.isAccepted():
            return
        if event.source() is self:
            self.dropped_before.emit(self._gap(event.position().y()))
        else:
            self.dropped_here.emit(carried_ids(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and the line where a dragged one would go."""
        super().paintEvent(event)
        if self._line is None or not self._rows.rowCount():
            return
        last = self._rows.rowCount() - 1
        y = self.rowViewportPosition(min(self._line, last))
        if self._line > last:
            y += self.rowHeight(last)
        left, wide = column(self.viewport().width())
        painter = QPainter(self.viewport())
        painter.fillRect(
            left, min(max(0, y - 1), self.viewport().height() - 2), wide, 2, self._looks.now.colour("accent")
        )
        painter.end()

    def _consider(self, event: QDropEvent) -> None:
        own = event.source() is self
        if event.mimeData().hasFormat(IDS) and (self._sorts if own else self._takes):
            event.setDropAction(Qt.DropAction.MoveAction if own else Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _gap(self, y: float) -> int:
        """Return the row before which something at a height of the viewport would go."""
        place = self.rowAt(int(y))
        if place < 0:
            return self._rows.rowCount()
        return place + (y > self.rowViewportPosition(place) + self.rowHeight(place) / 2)

    def _show_line(self, place: int | None) -> None:
        if place != self._line:
            self._line = place
            self.viewport().update()
