"""The list of articles, or of passages: 100,000 rows, of which only those in sight are fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
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
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QToolTip, QWidget

from app.model import Results, Theme
from ui.articles.delegate import ARTICLE_HEIGHT, PASSAGE_HEIGHT, RowDelegate, spoken
from ui.articles.dropping import drag_picture, dragged_files, paint_drop_hint
from ui.articles.empty import EmptyPage
from ui.articles.model import PAGE, Rows, object_id
from ui.listing import Listing
from ui.looks import Looks
from ui.widgets.tips import plain_tip
from ui.wording import filled, number

MOST_CHOSEN: Final = 2_000
OPEN_AFTER: Final = 150
_NEAR: Final = 20
_QUIET: Final = 30
_PATIENCE: Final = 4


class ArticleList(QTableView):
    """Lists what was found, lets rows be chosen, opened, dragged out, and files be dropped in."""

    page_wished = Signal(object, int, int)
    open_wished = Signal(str, object)
    menu_wished = Signal(object, object)
    remove_wished = Signal(object)
    dropped = Signal(object)
    up_pressed = Signal()
    import_wished = Signal()
    clear_wished = Signal()
    suggestion_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """List nothing until :meth:`show_listing`."""
        super().__init__(parent)
        self._looks = looks
        self._rows = Rows(self)
        self._delegate = RowDelegate(looks, self)
        self._chosen: tuple[str, ...] = ()
        self._held: tuple[str, int] | None = None
        self._restoring = False
        self._dropping = False
        self._first_wanted = False
        self._put_off = 0
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self._shape()
        self.empty = EmptyPage(looks, self.viewport())
        self.empty.hide()
        self.empty.import_wished.connect(self.import_wished)
        self.empty.clear_wished.connect(self.clear_wished)
        self.empty.suggestion_wished.connect(self.suggestion_wished)
        self._asking = QTimer(self, singleShot=True, interval=_QUIET)
        self._asking.timeout.connect(self._ask)
        self._opening = QTimer(self, singleShot=True, interval=OPEN_AFTER)
        self._opening.timeout.connect(self._open_current)
        self.verticalScrollBar().valueChanged.connect(self._soon)
        self.selectionModel().selectionChanged.connect(self._note_choice)
        looks.changed.connect(self.viewport().update)

    def _shape(self) -> None:
        self.setAccessibleName(self.tr("Articles"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ARTICLE_HEIGHT)
        self.verticalScrollBar().setSingleStep(ARTICLE_HEIGHT // 3)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setDropIndicatorShown(False)
        own = self.palette()
        own.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)  # the delegate draws the ground
        self.setPalette(own)

    # what is shown

    def show_listing(self, listing: Listing) -> None:
        """List something else. The rows of before stand until its first page is there."""
        self._held = None
        self._first_wanted = False
        self._opening.stop()
        self._rows.begin(listing)
        self.page_wished.emit(listing, 0, PAGE)

    def take_page(self, listing: Listing, offset: int, results: Results) -> None:
        """Take in a page that was wished for; one of another listing is ignored."""
        if listing != self._rows.listing:
            return
        first = self._rows.fresh
        held = None if first else self._held or self._anchor()
        self._restoring = True
        self.setAutoScroll(False)
        try:
            if first:
                tall = PASSAGE_HEIGHT if listing.passages else ARTICLE_HEIGHT
                self.verticalHeader().setDefaultSectionSize(tall)
                self.setAccessibleName(self.tr("Passages") if listing.passages else self.tr("Articles"))
            self._rows.take(listing, offset, results)
            if first:
                self.scrollToTop()
            self._restore()
            if held is not None and (self._put_back(*held) or not self._rows.waiting()):
                self._held = None
        finally:
            self.setAutoScroll(True)
            self._restoring = False
        self._show_emptiness()
        self._soon()
        if first and self._first_wanted:
            self.open_first()

    def refresh(self) -> None:
        """Ask again for what is in sight; the chosen rows stay chosen and where they are on the screen."""
        if self._rows.listing is None:
            return
        self._held = self._anchor()
        self._rows.mark_stale()
        if self._rows.fresh or not self._rows.rowCount():
            self.page_wished.emit(self._rows.listing, 0, PAGE)
        else:
            self._ask()

    def select(self, article_id: str) -> None:
        """Choose a row by the id of its article (or highlight); when it is not there yet, as soon as it is."""
        self._chosen = (article_id,)
        self._restoring = True
        try:
            self._restore()
        finally:
            self._restoring = False
        row = self._rows.row_of(article_id)
        if row is not None:
            self.scrollTo(self._rows.index(row, 0))

    def show_themes(self, themes: Sequence[Theme]) -> None:
        """Show dots and names of these themes."""
        self._delegate.themes = {theme.id: theme for theme in themes}
        self.viewport().update()

    def show_marks(self, marks: Mapping[str, tuple[str, ...]]) -> None:
        """Show the dots of themes that the passages of these articles have: ids of themes by id of article."""
        self._delegate.marks.update(marks)
        self.viewport().update()

    def selected(self) -> tuple[str, ...]:
        """Return the ids of the chosen articles, or highlights in a list of passages, in the order of the list."""
        return tuple(self._rows.ids(self._chosen_rows()))

    def open_first(self) -> None:
        """Choose the first row and open it; when it is not there yet, as soon as it is."""
        self._first_wanted = self._rows.fresh
        if self._rows.rowCount() and not self._rows.fresh:
            self.setCurrentIndex(self._rows.index(0, 0))
            self._open_current()

    # fetching

    def _soon(self) -> None:
        """Ask for rows when the list stands still, or at the latest after a few moves."""
        if not self._asking.isActive() or self._put_off < _PATIENCE:
            self._put_off = self._put_off + 1 if self._asking.isActive() else 0
            self._asking.start()

    def _ask(self) -> None:
        """Wish for the pages near what is in sight that are not there."""
        self._put_off = 0
        listing = self._rows.listing
        if listing is None:
            return
        first, last = self._sight()
        wanted = self._rows.missing(first - _NEAR, last + _NEAR)
        chosen = self._chosen_rows()
        if len(chosen) <= MOST_CHOSEN:
            for row in chosen:
                wanted += self._rows.missing(row, row) if self._rows.found(row) is None else []
        for page in wanted:
            self.page_wished.emit(listing, page * PAGE, PAGE)

    def _sight(self) -> tuple[int, int]:
        """Return the first and the last row in sight."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        return first, last if last >= 0 else self._rows.rowCount() - 1

    # choosing

    def _chosen_rows(self) -> list[int]:
        ranges = list(self.selectionModel().selection())
        if sum(one.height() for one in ranges) > MOST_CHOSEN:
            return []
        return [row for one in ranges for row in range(one.top(), one.bottom() + 1)]

    def _note_choice(self, _new: QItemSelection, _old: QItemSelection) -> None:
        if not self._restoring:
            self._chosen = self.selected()
            self._held = None
            self._soon()

    def _restore(self) -> None:
        """Choose again, by their ids, what was chosen; rows may have moved."""
        model = self.selectionModel()
        places = self._rows.places()
        rows = [places[one] for one in self._chosen if one in places]
        chosen = QItemSelection()
        for row in rows:
            chosen.select(self._rows.index(row, 0), self._rows.index(row, 0))
        model.select(chosen, model.SelectionFlag.ClearAndSelect)
        if rows and self.currentIndex().row() not in rows:
            model.setCurrentIndex(self._rows.index(rows[0], 0), model.SelectionFlag.NoUpdate)

    def _anchor(self) -> tuple[str, int] | None:
        """Return a row that should stay where it is: the chosen one in sight, else the first in sight."""
        first, last = self._sight()
        rows = [row for row in self._chosen_rows() if first <= row <= last] or [first]
        found = self._rows.found(rows[0]) if rows[0] < self._rows.rowCount() else None
        return None if found is None else (object_id(found), self.rowViewportPosition(rows[0]))

    def _put_back(self, wanted: str, top: int) -> bool:
        row = self._rows.row_of(wanted)
        if row is None:
            return False
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.rowViewportPosition(row) - top)
        return True

    # opening

    def _open_current(self) -> None:
        self._opening.stop()
        found = self._rows.found(self.currentIndex().row()) if self.currentIndex().isValid() else None
        if found is not None:
            self.open_wished.emit(found.article.id, found.highlight.id if found.highlight is not None else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and choose as lists do; Enter opens, Delete wishes rows away, Up on the first row leaves upwards."""
        key, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alone = plain == Qt.KeyboardModifier.NoModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and alone:
            self._open_current()
        elif key == Qt.Key.Key_Delete and alone:
            if ids := self.selected():
                self.remove_wished.emit(ids)
        elif key == Qt.Key.Key_Up and alone and self.currentIndex().row() <= 0:
            self.up_pressed.emit()
        elif key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and plain == Qt.KeyboardModifier.ShiftModifier):
            self._wish_menu_at_current()
        else:
            before = self.currentIndex()
            super().keyPressEvent(event)
            if self.currentIndex() != before and alone:
                self._opening.start()
            return
        event.accept()

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are keys of the window, and rows that are not there cannot be looked through."""

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go to the first and the last row by Home and End."""
        if action == QAbstractItemView.CursorAction.MoveHome:
            return self._rows.index(0, 0)
        if action == QAbstractItemView.CursorAction.MoveEnd:
            return self._rows.index(self._rows.rowCount() - 1, 0)
        return super().moveCursor(action, modifiers)

    def selectAll(self) -> None:
        """Choose every row, when they are not too many."""
        if self._rows.rowCount() <= MOST_CHOSEN:
            super().selectAll()
        else:
            said = self.tr("There are too many to choose at once. Narrow the search first.")
            QToolTip.showText(self.viewport().mapToGlobal(QPoint(20, 20)), said, self)

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
        super().focusInEvent(event)
        by_key = event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if by_key and not self.selectionModel().hasSelection() and self._rows.rowCount():
            row = max(0, self.currentIndex().row())
            self.setCurrentIndex(self._rows.index(row, 0))
            self._opening.start()

    # menus and tips

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Wish for a menu for the chosen rows."""
        ids = self.selected()
        if ids and event.reason() == QContextMenuEvent.Reason.Mouse and self.indexAt(event.pos()).isValid():
            self.menu_wished.emit(ids, event.globalPos())

    def _wish_menu_at_current(self) -> None:
        if ids := self.selected():
            spot = self.visualRect(self.currentIndex()).center()
            self.menu_wished.emit(ids, self.viewport().mapToGlobal(spot))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell a row in words under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.rowAt(event.pos().y())
            found = self._rows.found(row) if row >= 0 else None
            if found is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), plain_tip(spoken(self._delegate, found)), self)
            return True
        return super().viewportEvent(event)

    # dragging

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the chosen rows out, with a small card in place of their picture."""
        ids = self.selected()
        if not ids:
            return
        drag = QDrag(self)
        drag.setMimeData(self._rows.mimeData(self.selectionModel().selectedRows()))
        one = self._rows.found(self.currentIndex().row()) if len(ids) == 1 else None
        name = (
            one.article.metadata.title if one is not None else filled(self.tr("{count} rows"), count=number(len(ids)))
        )
        drag.setPixmap(drag_picture(self._looks, name or self.tr("Untitled"), self.devicePixelRatioF()))
        drag.exec(Qt.DropAction.CopyAction)

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
            paint_drop_hint(painter, self.viewport().rect(), self._looks, self.tr("Drop to import"))
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the rows that came into sight."""
        super().resizeEvent(event)
        self.empty.setGeometry(self.viewport().rect())
        self._soon()

    def _show_emptiness(self) -> None:
        listing, answer = self._rows.listing, self._rows.answer
        if self._rows.rowCount() or listing is None or answer is None:
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
