"""A list of cards that can be walked, edited and removed by keyboard. It paints them: thousands cost no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStyleOptionViewItem, QTreeView, QWidget

from app.model import Theme
from ui.looks import Looks
from ui.panels.card_delegate import CardDelegate
from ui.panels.card_note import CardNote
from ui.panels.card_picker import CardPicker
from ui.panels.cards import Card, CardModel, Heading, Item, Other
from ui.widgets.carried import carry
from ui.widgets.digits import digit_of
from ui.widgets.spoken import spoken
from ui.wording import filled, number

WISHES: Final = (
    "focus_wished",
    "note_wished",
    "private_wished",
    "remove_wished",
    "remove_all_wished",
    "retheme_wished",
    "put_all_wished",
    "take_all_wished",
    "digit_pressed",
    "place_wished",
)
"""What a list of cards wishes; the panels that hold one wish the same."""
_MANY: Final = 200
_REST_MS: Final = 120


class CardList(QTreeView):
    """Cards of passages. Arrows focus them, Enter writes the note; T picks themes, Delete removes, of several too."""

    focus_wished = Signal(str)
    note_wished = Signal(str, str)
    private_wished = Signal(str, bool)
    remove_wished = Signal(str)
    remove_all_wished = Signal(object)  # several, by their ids
    retheme_wished = Signal(str, object, object)
    put_all_wished = Signal(object, str)  # several, by their ids, and a theme
    take_all_wished = Signal(object, str)
    digit_pressed = Signal(object, int)
    place_wished = Signal(str)
    article_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show no cards yet."""
        super().__init__(parent)
        self._looks = looks
        self._cards = CardModel(self._spoken, self)
        self._delegate = CardDelegate(looks, self)
        self._note = CardNote(looks, self, self._cards, self._delegate)
        self._picker = CardPicker(looks, self, self._cards)
        self._told = ""
        self._guarded: frozenset[str] = frozenset()
        self._settle = QTimer(self, singleShot=True, interval=_REST_MS)
        self._settle.timeout.connect(self.scheduleDelayedItemsLayout)
        self.setModel(self._cards)
        self.setItemDelegate(self._delegate)
        self._set_up()
        self._note.saved.connect(self.note_wished)
        self._note.private_wished.connect(self.private_wished)
        for wish in ("retheme_wished", "put_all_wished", "take_all_wished"):
            getattr(self._picker, wish).connect(getattr(self, wish))
        looks.changed.connect(self.viewport().update)

    def _set_up(self) -> None:
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(20)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setStyleSheet("QTreeView { selection-background-color: transparent; }")  # the cards say it themselves
        self.setAccessibleName(self.tr("Passages and notes"))

    def show_items(self, items: Sequence[Item], themes: Sequence[Theme]) -> None:
        """Show these rows; ``themes`` are all that can be picked. The place and a note in writing stay."""
        scrolled = self.verticalScrollBar().value()
        self._cards.show(items)
        self._note.renew()
        self.verticalScrollBar().setValue(scrolled)
        self._picker.show_themes(themes)

    def guard(self, authors: frozenset[str]) -> None:
        """Take on whose passages no note can be written: those of other coders."""
        self._guarded = authors

    def focus(self, highlight: str | None) -> None:
        """Draw a card as the focused one and bring it into view, without telling of it."""
        key = f"card {highlight}" if highlight else ""
        asked_here, self._told = self._told == highlight, highlight or ""
        old, self._delegate.focused = self._delegate.focused, key
        for changed in {old, key}:
            self._refresh(changed)
        row = self._cards.row_of(key)
        if row < 0:
            return
        index = self._cards.index(row)
        if not (asked_here and index == self.currentIndex()):  # else several may be chosen, and stay so
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        self._note.follow()

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carry passages or articles away; the first words of one, or how many they are, hang beside the pointer."""
        indexes = sorted(self.selectedIndexes(), key=QModelIndex.row)
        if not indexes:
            return
        item = self._cards.items[indexes[0].row()]
        words = item.title if isinstance(item, Other) else ""
        if len(indexes) > 1:
            words = filled(self.tr("{count} items"), count=number(len(indexes)))
        elif isinstance(item, Card):
            words = item.highlight.quote.strip()
        carry(self, self._looks, self._cards.mimeData(indexes), words, actions)

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the passages that are chosen, from the top; where none is, that of the current card."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        items = [self._cards.items[row] for row in rows] or [self._current()]
        return tuple(item.highlight.id for item in items if isinstance(item, Card))

    def write_note(self, highlight: str) -> None:
        """Open the editor of a highlight's note, in its card."""
        card = self._cards.card(highlight)
        if card is not None and card.highlight.author not in self._guarded:
            self._note.open(card)

    def flush(self) -> None:
        """Save the note in writing now."""
        self._note.flush()

    # mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Place a lost passage where its words were clicked; otherwise choose the card."""
        item, box = self._at(event.position().toPoint())
        super().mousePressEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or item is None:
            return
        if isinstance(item, Card) and item.lost and self._on_place(item, box, event.position().toPoint()):
            self.place_wished.emit(item.highlight.id)
            return
        if isinstance(item, Card) and item.highlight.id == self._told:
            self.focus_wished.emit(item.highlight.id)  # already current: show its passage again

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open an article that was clicked; with a key held, it is only chosen with others."""
        super().mouseReleaseEvent(event)
        item, _ = self._at(event.position().toPoint())
        plain = event.button() is Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and item is not None and not isinstance(item, Card | Heading):
            self.article_wished.emit(item.article)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Write the note of a card."""
        item, _ = self._at(event.position().toPoint())
        if isinstance(item, Card):
            self.write_note(item.highlight.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter writes the note, T and digits put themes, P places a lost passage, Delete removes what is chosen."""
        item = self._current()
        key = event.key()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        entered = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if item is None or not plain:
            super().keyPressEvent(event)
        elif isinstance(item, Card) and entered:
            self.write_note(item.highlight.id)
        elif isinstance(item, Card) and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        elif isinstance(item, Card) and key == Qt.Key.Key_T:
            self.pick_themes(*self.chosen())
        elif isinstance(item, Card) and (digit := digit_of(event)) is not None:
            if not event.isAutoRepeat():
                self.digit_pressed.emit(self.chosen(), digit)
        elif isinstance(item, Card) and key == Qt.Key.Key_P and item.lost:
            self.place_wished.emit(item.highlight.id)
        elif entered and not isinstance(item, Card | Heading):
            self.article_wished.emit(item.article)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are commands here."""

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Focus the passage of the card that became the current one, when the reader chose it here."""
        super().currentChanged(current, previous)
        self._show_chosen()
        if self.hasFocus():
            QTimer.singleShot(0, self, self._tell)

    def rowsAboutToBeRemoved(self, parent: QModelIndex, start: int, end: int) -> None:
        """Go on to the card below when the current one goes, or where there is none to the one above."""
        if start <= self.currentIndex().row() <= end:
            others = chain(range(end + 1, self._cards.rowCount()), reversed(range(start)))
            row = next((one for one in others if not isinstance(self._cards.items[one], Heading)), None)
            if row is not None:
                how = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.selectionModel().setCurrentIndex(self._cards.index(row), how)
        super().rowsAboutToBeRemoved(parent, start, end)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Show which cards are chosen, where that is not the current one alone."""
        super().selectionChanged(selected, deselected)
        self._show_chosen()

    def _show_chosen(self) -> None:
        rows = {index.row() for index in self.selectedIndexes()}
        self._delegate.shows_chosen = bool(rows - {self.currentIndex().row()})
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first card when there was none."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and event.reason() is not Qt.FocusReason.MouseFocusReason:
            first = next((row for row, item in enumerate(self._cards.items) if not isinstance(item, Heading)), -1)
            if first >= 0:
                self.setCurrentIndex(self._cards.index(first))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a card."""
        item, box = self._at(event.pos())
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            item = self._current()
            box = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(box.topLeft() + QPoint(24, 32))
        if isinstance(item, Card):
            menu = self.menu(item)
            menu.popup(place)

    def menu(self, card: Card) -> QMenu:
        """Return the menu of a card, or of all that are chosen if it is one of them."""
        chosen = self.chosen()
        if card.highlight.id in chosen and len(chosen) > 1:
            return self._menu_of(chosen)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        id_ = card.highlight.id
        written = self.tr("Edit note") if card.highlight.note else self.tr("Write a note")
        self._entry(menu, written, "Enter").triggered.connect(partial(self.write_note, id_))
        self._entry(menu, self.tr("Themes…"), "T").triggered.connect(partial(self.pick_themes, id_))
        if card.lost:
            self._entry(menu, self.tr("Place by hand"), "P").triggered.connect(partial(self.place_wished.emit, id_))
        menu.addSeparator()
        self._entry(menu, self.tr("Remove highlight"), "Del").triggered.connect(partial(self.remove_wished.emit, id_))
        return menu

    def _menu_of(self, chosen: Sequence[str]) -> QMenu:
        """Return the menu of several cards."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entry(menu, self.tr("Themes…"), "T").triggered.connect(partial(self.pick_themes, *chosen))
        menu.addSeparator()
        words = filled(self.tr("Remove {count} highlights"), count=number(len(chosen)))
        self._entry(menu, words, "Del").triggered.connect(self._remove)
        return menu

    def _remove(self) -> None:
        chosen = self.chosen()
        if len(chosen) == 1:
            self.remove_wished.emit(chosen[0])
        elif chosen:
            self.remove_all_wished.emit(chosen)

    def _entry(self, menu: QMenu, text: str, key: str) -> QAction:
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return action

    def pick_themes(self, *highlights: str) -> None:
        """Open the picker for the themes of highlights, with those that all of them have."""
        self._picker.open(highlights)

    def updateGeometries(self) -> None:
        """Keep the editor in its card."""
        super().updateGeometries()
        self._note.follow()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Keep the editor in its card."""
        super().scrollContentsBy(dx, dy)
        self._note.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew where the width is another."""
        super().resizeEvent(event)
        if event.oldSize().width() == event.size().width():
            return
        if self._cards.rowCount() > _MANY:
            self._settle.start()  # thousands are laid out when the edge has come to rest
        else:
            self.scheduleDelayedItemsLayout()

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:
        """Draw none."""

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw the row without the ground of the style."""
        option.showDecorationSelected = False
        super().drawRow(painter, option, index)

    def _on_place(self, card: Card, box: QRect, place: QPoint) -> bool:
        return self._delegate.place_rect(card, box).adjusted(-6, -4, 6, 4).contains(place)

    # what happens inside

    def _tell(self) -> None:
        item = self._current()
        if isinstance(item, Card) and item.highlight.id != self._told:
            self._told = item.highlight.id
            self.focus_wished.emit(item.highlight.id)

    def _current(self) -> Item | None:
        index = self.currentIndex()
        return self._cards.items[index.row()] if index.isValid() else None

    def _at(self, place: QPoint) -> tuple[Item | None, QRect]:
        index = self.indexAt(place)
        box = self._delegate.card_rect(self.visualRect(index), self.width())
        return (self._cards.items[index.row()], box) if index.isValid() and box.contains(place) else (None, box)

    def _refresh(self, key: str) -> None:
        row = self._cards.row_of(key)
        if row >= 0:
            self._cards.refresh(row)

    def _spoken(self, item: Item) -> str:
        if isinstance(item, Heading):
            return f"{item.text} {item.count}"
        if not isinstance(item, Card):
            return f"{item.title}, {item.where}, {item.count}"
        said = spoken(item.highlight, [theme.name for theme in item.themes])
        return (self.tr("Not found in the text: ") if item.lost else "") + said
