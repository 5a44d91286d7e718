"""The collections: opened, made, deleted, handed on, and filled by dropping articles and passages on them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QMenu,
    QWidget,
)

from app.model import Collection
from ui.looks import Looks
from ui.panels.collection_list import CollectionList, CollectionModel
from ui.panels.hints import EmptyHint
from ui.panels.words_popover import WordsPopover
from ui.widgets.boxes import column, row
from ui.wording import filled

_EDGE: Final = 16


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
    arrange_wished = Signal(object)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show no collections yet."""
        super().__init__(parent)
        self.list = CollectionList(looks, self)
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
        self.list.arranged.connect(self.arrange_wished)
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

    def _model(self) -> CollectionModel:
        model = self.list.model()
        assert isinstance(model, CollectionModel)
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
