"""The collections: opened, made, deleted, handed on, and filled by dropping articles and passages on them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.model import Collection
from ui.looks import Looks
from ui.panels.cards import IDS_MIME
from ui.panels.hints import EmptyHint
from ui.panels.words_popover import WordsPopover
from ui.widgets.boxes import column, row
from ui.widgets.tips import plain_tip
from ui.wording import filled, number

_ROW: Final = 47
_ROOT: Final = QModelIndex()
_EDGE: Final = 16
_ROLE: Final = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
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
        """Return that all can be chosen, and dropped on unless a search fills them."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
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

    def __init__(self, looks: Looks, parent: _List) -> None:
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
        assert isinstance(model, _Model)
        self._line(painter, self.tr("Drop to put it here") if lit else model.holds(one), words.adjusted(0, 19, 0, 0))
        painter.restore()

    def _line(self, painter: QPainter, text: str, box: QRectF) -> None:
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, cut)


class _List(QListView):
    """The rows; one on which something can be dropped lights up while it is held over it."""

    opened = Signal(str)
    deleted = Signal(str)
    rename_wished = Signal(str)
    dropped = Signal(str, object)
    menu_wished = Signal(str, QPoint)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self.lit = ""
        self.setModel(_Model(self))
        self.setItemDelegate(_Delegate(looks, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
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
        """Enter opens, F2 renames, Delete deletes."""
        one = self.one_at(self.currentIndex())
        if one is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(one.id)
        elif one is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit(one.id)
        elif one is not None and event.key() == Qt.Key.Key_F2:
            self.rename_wished.emit(one.id)
        else:
            super().keyPressEvent(event)

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
        """Take articles and passages."""
        if event.mimeData().hasFormat(IDS_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light up the collection under the pointer, unless a search fills it."""
        one = self.one_at(self.indexAt(event.position().toPoint()))
        self._light(one.id if one is not None and not one.query else "")
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(bool(self.lit))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Put the light out."""
        self._light("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Wish for what was dropped to be put into the collection."""
        one = self.one_at(self.indexAt(event.position().toPoint()))
        self._light("")
        ids = tuple(filter(None, bytes(event.mimeData().data(IDS_MIME).data()).decode("utf-8", "replace").split("\n")))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(one is not None and not one.query and bool(ids))
        if one is not None and event.isAccepted():
            self.dropped.emit(one.id, ids)

    def _light(self, id_: str) -> None:
        if id_ != self.lit:
            self.lit = id_
            self.viewport().update()


class CollectionsPanel(QWidget):
    """The list of collections."""

    open_wished = Signal(str)
    board_wished = Signal(str)
    add_wished = Signal(str)
    rename_wished = Signal(str)
    note_wished = Signal(str, str)
    delete_wished = Signal(str)
    put_wished = Signal(str, object)
    export_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show no collections yet."""
        super().__init__(parent)
        self.list = _List(looks, self)
        self.add_field = QLineEdit(self)
        self.add_field.setPlaceholderText(self.tr("New collection"))
        self.add_field.setAccessibleName(self.tr("Name of the new collection"))
        self.add_field.hide()
        hint = self.tr("What it is for; it stands on its board and is exported with it")
        self._words = WordsPopover(looks, self, self.tr("Description"), hint)
        self._hint = EmptyHint(
            looks,
            "ph.stack",
            self.tr("No collections yet"),
            self.tr("A collection gathers articles and passages in your own order. Make one, then drag them onto it."),
            self.tr("New collection"),
            self,
        )
        field = row(self.add_field, margins=(0, 0, _EDGE, 0))
        self.setLayout(column(field, self._hint, self.list, spacing=6))
        self.layout().setStretchFactor(self.list, 1)
        self.layout().addStretch(0)
        self.add_field.installEventFilter(self)
        self.add_field.returnPressed.connect(self._add)
        self._hint.pressed.connect(self.add)
        self.list.opened.connect(self.open_wished)
        self.list.deleted.connect(self.delete_wished)
        self.list.rename_wished.connect(self.rename_wished)
        self._words.written.connect(self.note_wished)
        self.list.dropped.connect(self.put_wished)
        self.list.menu_wished.connect(self._open_menu)
        self._lay_out()

    def show_collections(self, collections: Sequence[Collection]) -> None:
        """Show these; the place stays."""
        current = self.list.one_at(self.list.currentIndex())
        scrolled = self.list.verticalScrollBar().value()
        self._model().show(collections)
        for number_, one in enumerate(collections):
            if current is not None and one.id == current.id:
                self.list.setCurrentIndex(self._model().index(number_))
        self.list.verticalScrollBar().setValue(scrolled)
        self._lay_out()

    def add(self) -> None:
        """Open the field for a new collection."""
        self.add_field.show()
        self._lay_out()
        self.add_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def menu(self, id_: str) -> QMenu:
        """Return the menu of a collection."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        one = next((one for one in self._model().rows if one.id == id_), None)
        searched = one is not None and bool(one.query)
        for words, key, wish in (
            (self.tr("Open"), "Enter", self.open_wished),
            *(((self.tr("Open as a board"), "", self.board_wished),) if searched else ()),
            (self.tr("Rename…"), "F2", self.rename_wished),
            (self.tr("Export…"), "", self.export_wished),
            (self.tr("Delete"), "Del", self.delete_wished),
        ):
            action = menu.addAction(words)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(wish.emit, id_))
        about = self.tr("Change the description…") if one is not None and one.note else self.tr("Describe…")
        described = QAction(about, menu)
        described.triggered.connect(partial(self.describe, id_))
        menu.insertAction(menu.actions()[-2], described)
        return menu

    def describe(self, id_: str) -> None:
        """Open what is written about a collection, below its row."""
        number_, one = next(((row, one) for row, one in enumerate(self._model().rows) if one.id == id_), (0, None))
        if one is not None:
            box = self.list.visualRect(self._model().index(number_))
            box.moveTo(self.list.viewport().mapTo(self, box.topLeft()))
            self._words.open_for(id_, filled(self.tr("About “{name}”"), name=one.name), one.note, box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the field for a new collection by Esc, or when it is left empty."""
        if watched is not self.add_field:
            return super().eventFilter(watched, event)
        pressed = event.key() if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) else None
        if pressed == Qt.Key.Key_Escape:
            self._close_add()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if event.type() is QEvent.Type.FocusOut and not self.add_field.text().strip():
            QTimer.singleShot(0, self, self._close_if_left)
        return super().eventFilter(watched, event)

    def _model(self) -> _Model:
        model = self.list.model()
        assert isinstance(model, _Model)
        return model

    def _open_menu(self, id_: str, place: QPoint) -> None:
        self.menu(id_).popup(place)

    def _add(self) -> None:
        name = " ".join(self.add_field.text().split())
        if not name:
            self._close_add()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.add_wished.emit(name)
        self.add_field.clear()

    def _close_add(self) -> None:
        self.add_field.clear()
        self.add_field.hide()
        self._lay_out()

    def _close_if_left(self) -> None:
        if not self.add_field.hasFocus() and not self.add_field.text().strip():
            self._close_add()

    def _lay_out(self) -> None:
        some = self._model().rowCount() > 0
        self.list.setVisible(some)
        self._hint.setVisible(not some and self.add_field.isHidden())
