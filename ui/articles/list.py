"""The list of articles, or of passages: 100,000 rows, of which only those in sight are fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolTip, QWidget

from app.model import Theme
from app.searching.answers import Results
from ui.articles.delegate import ARTICLE_HEIGHT, PASSAGE_HEIGHT, RowDelegate
from ui.articles.dropping import dragged_files, paint_drop_hint
from ui.articles.empty import EmptyPage
from ui.articles.paged import PagedTable
from ui.listing import Listing
from ui.looks import Looks
from ui.widgets.carried import carry, carrying
from ui.widgets.digits import digit_of
from ui.widgets.tips import plain_tip
from ui.wording import filled, number

OPEN_AFTER: Final = 150


class ArticleList(PagedTable):
    """Lists what was found, lets rows be chosen, opened, dragged out, and files be dropped in."""

    open_wished = Signal(str, object)
    menu_wished = Signal(object, object)
    remove_wished = Signal(object)
    unmark_wished = Signal(object)
    digit_pressed = Signal(object, int)
    dropped = Signal(object)
    up_pressed = Signal()
    import_wished = Signal()
    clear_wished = Signal()
    suggestion_wished = Signal(str)
    widen_wished = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """List nothing until :meth:`show_listing`."""
        super().__init__(ARTICLE_HEIGHT, PASSAGE_HEIGHT, parent)
        self._looks = looks
        self._delegate = RowDelegate(looks, self)
        self._dropping = False
        self._first_wanted = False
        self.setItemDelegate(self._delegate)
        self._rows.spoken = self._delegate.spoken
        self.setAccessibleName(self.tr("Articles"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setDropIndicatorShown(False)
        own = self.palette()
        own.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)  # the delegate draws the ground
        self.setPalette(own)
        self.empty = EmptyPage(looks, self.viewport())
        self.empty.hide()
        self.empty.import_wished.connect(self.import_wished)
        self.empty.clear_wished.connect(self.clear_wished)
        self.empty.suggestion_wished.connect(self.suggestion_wished)
        self.empty.widen_wished.connect(self.widen_wished)
        self._opening = QTimer(self, singleShot=True, interval=OPEN_AFTER)
        self._opening.timeout.connect(self._open_current)
        looks.changed.connect(self.viewport().update)

    def show_listing(self, listing: Listing) -> None:
        """List something else. The rows of before stand until its first page is there."""
        self.stay()
        super().show_listing(listing)

    def take_page(self, listing: Listing, offset: int, results: Results) -> None:
        """Take in a page that was wished for; one of another listing is ignored."""
        first = self._rows.fresh
        super().take_page(listing, offset, results)
        if listing != self._rows.listing:
            return
        self.setAccessibleName(self.tr("Passages") if listing.passages else self.tr("Articles"))
        self._show_emptiness()
        if first and self._first_wanted:
            self.open_first()

    def show_unfiltered(self, listing: Listing, count: int) -> None:
        """Offer what is found without the filters of a listing that has nothing; another listing is ignored."""
        if listing == self._rows.listing and not self.empty.isHidden():
            self.empty.show_unfiltered(count)

    def show_themes(self, themes: Sequence[Theme]) -> None:
        """Show dots and names of these themes."""
        self._delegate.themes = {theme.id: theme for theme in themes}
        self.viewport().update()

    def show_opened(self, article: str) -> None:
        """Show which article is open, by its id; ``""`` for none."""
        self._delegate.opened = article
        self.viewport().update()

    def show_marks(self, marks: Mapping[str, tuple[str, ...]]) -> None:
        """Show the dots of themes that the passages of these articles have: ids of themes by id of article."""
        self._delegate.marks.update(marks)
        self.viewport().update()

    def open_first(self) -> None:
        """Choose the first row and open it; when it is not there yet, as soon as it is."""
        self._first_wanted = self._rows.fresh
        if self._rows.rowCount() and not self._rows.fresh:
            self.setCurrentIndex(self._rows.index(0, 0))
            self._open_current()

    def stay(self) -> None:
        """Open nothing that was only about to be opened: something else is."""
        self._first_wanted = False
        self._opening.stop()

    # opening

    def _lists_passages(self) -> bool:
        return self._rows.listing is not None and self._rows.listing.passages

    def _open_current(self) -> None:
        self._opening.stop()
        found = self._rows.found(self.currentIndex().row()) if self.currentIndex().isValid() else None
        if found is not None:
            self.open_wished.emit(found.article.id, found.highlight.id if found.highlight is not None else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and choose as lists do; Enter opens, Delete wishes rows away, Up on the first row leaves upwards.

        Digits are for the themes of the chosen rows.
        """
        self._delegate.keyed = True
        key, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alone = plain == Qt.KeyboardModifier.NoModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and alone:
            self._open_current()
        elif key == Qt.Key.Key_Delete and alone:
            self.when_named(self._wish_away)
        elif alone and (digit := digit_of(event)) is not None:
            if not event.isAutoRepeat():
                self.when_named(partial(self._wish_digit, digit))
        elif key == Qt.Key.Key_Up and alone and self.currentIndex().row() <= 0:
            self.up_pressed.emit()
        elif key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and plain == Qt.KeyboardModifier.ShiftModifier):
            self._wish_menu_at_current()
        else:
            before = self.currentIndex()
            super().keyPressEvent(event)
            if self.currentIndex() != before:
                self._opening.start() if alone else self._opening.stop()
            return
        event.accept()

    def _wish_away(self, ids: tuple[str, ...]) -> None:
        if ids:
            (self.unmark_wished if self._lists_passages() else self.remove_wished).emit(ids)

    def _wish_digit(self, digit: int, ids: tuple[str, ...]) -> None:
        if ids:
            self.digit_pressed.emit(ids, digit)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are keys of the window, and rows that are not there cannot be looked through."""

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go to the first and the last row by Home and End."""
        if action == QAbstractItemView.CursorAction.MoveHome:
            return self._rows.index(0, 0)
        if action == QAbstractItemView.CursorAction.MoveEnd:
            return self._rows.index(self._rows.rowCount() - 1, 0)
        return super().moveCursor(action, modifiers)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose by the mouse; the frame of the keyboard goes."""
        self._delegate.keyed = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open by a plain click."""
        pressed = self.state() != QAbstractItemView.State.DraggingState
        super().mouseReleaseEvent(event)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        index = self.indexAt(event.position().toPoint())
        if pressed and plain and event.button() == Qt.MouseButton.LeftButton and index == self.currentIndex():
            self._open_current()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first row when none is chosen."""
        self._delegate.keyed = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        by_key = event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if by_key and not self.selectionModel().hasSelection() and self._rows.rowCount():
            row = max(0, self.currentIndex().row())
            self.setCurrentIndex(self._rows.index(row, 0))
            self._opening.start()

    # menus and tips

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Wish for a menu for the chosen rows."""
        if event.reason() == QContextMenuEvent.Reason.Mouse and self.indexAt(event.pos()).isValid():
            self.when_named(partial(self._wish_menu, QPoint(event.globalPos())))

    def _wish_menu_at_current(self) -> None:
        spot = self.visualRect(self.currentIndex()).center()
        self.when_named(partial(self._wish_menu, self.viewport().mapToGlobal(spot)))

    def _wish_menu(self, place: QPoint, ids: tuple[str, ...]) -> None:
        if ids:
            self.menu_wished.emit(ids, place)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a row in words under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.rowAt(event.pos().y())
            found = self._rows.found(row) if row >= 0 else None
            if found is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), plain_tip(self._delegate.spoken(found)), self)
            return True
        return super().viewportEvent(event)

    # dragging

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the chosen rows out, with a small card in place of their picture; none as long as some have no id."""
        ids = self.selected()
        if not ids or not self.are_named():
            return
        one = self._rows.found(self.currentIndex().row()) if len(ids) == 1 else None
        many = self.tr("{count} passages") if self._lists_passages() else self.tr("{count} articles")
        name = one.article.metadata.title if one is not None else filled(many, count=number(len(ids)))
        data = carrying(ids)
        carry(self, self._looks, data, name or self.tr("Untitled"), Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files."""
        self._welcome(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Go on welcoming files."""
        self._welcome(event)

    def _welcome(self, event: QDragMoveEvent) -> None:
        if dragged_files(event):
            self._show_drop(True)
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the hint away."""
        self._show_drop(False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on the files that were dropped."""
        self._show_drop(False)
        files = dragged_files(event)
        if files:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(files)
        else:
            event.ignore()

    def _show_drop(self, on: bool) -> None:
        self._dropping = on
        self.viewport().update()

    # the ground

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and over them where files may be dropped."""
        super().paintEvent(event)
        if self._dropping:
            painter = QPainter(self.viewport())
            said = "" if self.empty.isVisible() else self.tr("Drop to import")  # the page would cover the words
            paint_drop_hint(painter, self.viewport().rect(), self._looks, said)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the rows that came into sight."""
        super().resizeEvent(event)
        self.empty.setGeometry(self.viewport().rect())
        self._soon()

    def _show_emptiness(self) -> None:
        listing, answer = self._rows.listing, self._rows.answer
        if self._rows.rowCount() or listing is None or answer is None:
            if self.empty.isAncestorOf(QApplication.focusWidget() or self):
                self.setFocus()  # else it would pass to whatever comes next in the window
            self.empty.hide()
            return
        if listing.query:
            self.empty.show_nothing_found(listing, answer.suggestion)
        elif listing.passages:
            self.empty.show_no_passages()
        else:
            self.empty.show_no_articles()
        self.empty.setGeometry(self.viewport().rect())
        self.empty.show()
        if self.hasFocus():
            self.empty.take_focus()
