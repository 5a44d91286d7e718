"""The list of collections: opened, put in another order, and filled by dropping articles and passages on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
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
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.model import Collection
from ui.looks import Looks
from ui.widgets.carried import IDS, carried_ids, carry
from ui.widgets.stepping import keeps_step, moved, step_of, stepped
from ui.widgets.tips import plain_tip
from ui.wording import filled, number

ORDER_MIME: Final = "application/x-commonplace-collection"
_ROW: Final = 47
_ROOT: Final = QModelIndex()
_EDGE: Final = 16
_ROLE: Final = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class CollectionModel(QAbstractListModel):
    """The collections as rows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[Collection, ...] = ()

    def show(self, collections: Sequence[Collection]) -> None:
        """Show these; a change of values alone leaves the rows where they are."""
        new = tuple(collections)
        if [one.id for one in new] == [one.id for one in self.rows]:
            self.rows = new
            self.dataChanged.emit(self.index(0), self.index(max(0, len(new) - 1)))
            return
        self.beginResetModel()
        self.rows = new
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that all can be chosen and moved, and dropped on unless a search fills them."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        taking = index.isValid() and not self.rows[index.row()].query
        return flags | Qt.ItemFlag.ItemIsDropEnabled if taking else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a name, the collection for the painter, its tip, or what a screen reader says."""
        if not index.isValid():
            return None
        one = self.rows[index.row()]
        if role == _ROLE:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return one.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one.name}, {self.holds(one)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(filter(None, (one.name, one.query, one.note))))
        return None

    def holds(self, one: Collection) -> str:
        """Return in words what is in a collection."""
        if one.query:
            return filled(self.tr("by search: {query}"), query=one.query)
        if not one.items:
            return self.tr("empty")
        words = self.tr("{count} items") if len(one.items) != 1 else self.tr("{count} item")
        return filled(words, count=number(len(one.items)))


class _Delegate(QStyledItemDelegate):
    """Draws a collection: its name, what is in it, and the light when something is held over it."""

    def __init__(self, looks: Looks, parent: CollectionList) -> None:
        super().__init__(parent)
        self._looks, self._list = looks, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row."""
        return QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        one: Collection = index.data(_ROLE)
        look = self._looks.now
        view = self._list
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect.left(), option.rect.top(), view.width() - _EDGE, _ROW - 1)
        lit = view.lit == one.id
        ringed = lit or (view.hasFocus() and index == view.currentIndex())
        if lit or option.state & QStyle.StateFlag.State_MouseOver or ringed:
            painter.setPen(QPen(look.colour("accent"), 1.5 if lit else 1) if ringed else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selected" if lit else "hover"))
            painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), 8, 8)
        icon = self._looks.icon("ph.magnifying-glass" if one.query else "ph.stack", "muted")
        icon.paint(painter, round(box.left()) + 9, round(box.top()) + 13, 18, 18)
        words = box.adjusted(37, 5, -10, 0)
        painter.setFont(self._looks.font(14, 600))
        painter.setPen(look.colour("text"))
        self._line(painter, one.name, words)
        painter.setFont(self._looks.font(13))
        painter.setPen(look.colour("accent" if lit else "muted"))
        model = view.model()
        assert isinstance(model, CollectionModel)
        self._line(painter, self.tr("Drop to put it here") if lit else model.holds(one), words.adjusted(0, 19, 0, 0))
        painter.restore()

    def _line(self, painter: QPainter, text: str, box: QRectF) -> None:
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, cut)


class CollectionList(QListView):
    """The rows; one on which something can be dropped lights up while it is held over it.

    ``arranged`` carries the ids in another order.
    """

    opened = Signal(str)
    deleted = Signal(str)
    rename_wished = Signal(str)
    dropped = Signal(str, object)
    menu_wished = Signal(str, QPoint)
    arranged = Signal(object)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self.lit = ""
        self._looks = looks
        self._line: int | None = None
        self.setModel(CollectionModel(self))
        self.setItemDelegate(_Delegate(looks, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAccessibleName(self.tr("Collections"))
        looks.changed.connect(self.viewport().update)

    def one_at(self, index: QModelIndex) -> Collection | None:
        """Return the collection of a row."""
        return index.data(_ROLE) if index.isValid() else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked."""
        super().mouseReleaseEvent(event)
        one = self.one_at(self.indexAt(event.position().toPoint()))
        if event.button() is Qt.MouseButton.LeftButton and one is not None:
            self.opened.emit(one.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F2 renames, Delete deletes, Alt with an arrow moves."""
        one = self.one_at(self.currentIndex())
        if one is not None and (step := step_of(event)):
            self._arrange(stepped(self._ids(), frozenset((one.id,)), step > 0))
        elif one is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(one.id)
        elif one is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit(one.id)
        elif one is not None and event.key() == Qt.Key.Key_F2:
            self.rename_wished.emit(one.id)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move a collection from the window."""
        return keeps_step(event) or super().event(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carry a collection to another place in the list."""
        one = self.one_at(self.currentIndex())
        if one is not None:
            data = QMimeData()
            data.setData(ORDER_MIME, QByteArray(one.id.encode()))
            carry(self, self._looks, data, one.name, Qt.DropAction.MoveAction)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Wish for the menu of the row under the pointer, or of the current one."""
        index, place = self.indexAt(event.pos()), event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(24, 0))
        one = self.one_at(index)
        if one is not None:
            self.menu_wished.emit(one.id, place)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take articles and passages, and collections that go to another place."""
        if event.mimeData().hasFormat(IDS) or event.mimeData().hasFormat(ORDER_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light up the collection under the pointer, unless a search fills it; show where another one would go."""
        if event.mimeData().hasFormat(ORDER_MIME):
            self._show_line(self._gap(event.position().toPoint()))
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            return
        one = self.one_at(self.indexAt(event.position().toPoint()))
        self._light(one.id if one is not None and not one.query else "")
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(bool(self.lit))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Put the light out."""
        self._light("")
        self._show_line(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Wish for what was dropped to be put into the collection, or for a collection to stand here."""
        self._show_line(None)
        if event.mimeData().hasFormat(ORDER_MIME):
            carried = bytes(event.mimeData().data(ORDER_MIME).data()).decode("utf-8", "replace")
            event.accept()
            self._arrange(moved(self._ids(), frozenset((carried,)), self._gap(event.position().toPoint())))
            return
        one = self.one_at(self.indexAt(event.position().toPoint()))
        self._light("")
        ids = carried_ids(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(one is not None and not one.query and bool(ids))
        if one is not None and event.isAccepted():
            self.dropped.emit(one.id, ids)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line where a carried collection would go."""
        super().paintEvent(event)
        if self._line is not None:
            y = min(max(0, self._line * _ROW - self.verticalScrollBar().value() - 1), self.viewport().height() - 2)
            painter = QPainter(self.viewport())
            painter.fillRect(0, y, self.width() - _EDGE, 2, self._looks.now.colour("accent"))
            painter.end()

    def _ids(self) -> list[str]:
        model = self.model()
        assert isinstance(model, CollectionModel)
        return [one.id for one in model.rows]

    def _arrange(self, ids: list[str]) -> None:
        if ids != self._ids():
            self.arranged.emit(tuple(ids))

    def _gap(self, place: QPoint) -> int:
        """Return before which row something at a place of the viewport would go."""
        return min(len(self._ids()), max(0, round((place.y() + self.verticalScrollBar().value()) / _ROW)))

    def _show_line(self, place: int | None) -> None:
        if place != self._line:
            self._line = place
            self.viewport().update()

    def _light(self, id_: str) -> None:
        if id_ != self.lit:
            self.lit = id_
            self.viewport().update()
