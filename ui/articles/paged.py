"""A table whose rows are fetched by pages, only those in sight, and whose chosen rows stay chosen when rows move."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import QItemSelection, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.searching.answers import Results
from ui.articles.model import PAGE, Rows, object_id
from ui.listing import Listing

MOST_CHOSEN: Final = 10_000
_NEAR: Final = 20
_QUIET: Final = 30
_PATIENCE: Final = 4


class PagedTable(QTableView):
    """Shows the rows of one listing, 100,000 as quickly as ten."""

    page_wished = Signal(object, int, int)
    names_wished = Signal(object)  # a listing, of which more is chosen than is there
    overfilled = Signal(int)  # more rows were chosen than this number, which is the most

    def __init__(self, tall: int, tall_passages: int, parent: QWidget | None = None) -> None:
        """Have rows of so many pixels, and show none until :meth:`show_listing`."""
        super().__init__(parent)
        self._tall, self._tall_passages = tall, tall_passages
        self._rows = Rows(self)
        self._chosen: tuple[str, ...] = ()
        self._held: tuple[str, int] | None = None
        self._restoring = False
        self._put_off = 0
        self._promised: Callable[[tuple[str, ...]], None] | None = None
        self.setModel(self._rows)
        self._shape()
        self._asking = QTimer(self, singleShot=True, interval=_QUIET)
        self._asking.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(self._soon)
        self.selectionModel().selectionChanged.connect(self._note_choice)

    def _shape(self) -> None:
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
        self.verticalHeader().setDefaultSectionSize(self._tall)
        self.verticalScrollBar().setSingleStep(self._tall // 3)

    # what is shown

    def show_listing(self, listing: Listing) -> None:
        """List something else. The rows of before stand until its first page is there."""
        self._held = self._promised = None
        self._rows.begin(listing)
        self.page_wished.emit(listing, 0, PAGE)

    def take_page(self, listing: Listing, offset: int, results: Results) -> None:
        """Take in a page that was wished for; one of another listing is ignored."""
        if listing != self._rows.listing:
            return
        first = self._rows.fresh
        held = None if first else self._held or self._anchor()
        unknown = [] if first else self._nameless()
        self._restoring = True
        self.setAutoScroll(False)
        try:
            if first:
                self.verticalHeader().setDefaultSectionSize(self._tall_passages if listing.passages else self._tall)
            self._rows.take(listing, offset, results)
            self.executeDelayedItemsLayout()  # the scroll bar must know the new length
            if first:
                self.scrollToTop()
            self._restore(unknown)
            if held is not None and (self._put_back(*held) or not self._rows.waiting()):
                self._held = None
        finally:
            self.setAutoScroll(True)
            self._restoring = False
        self._soon()

    def take_names(self, listing: Listing, ids: Sequence[str]) -> None:
        """Take in the ids of all rows of a listing that were wished for; those of another listing are ignored."""
        if listing != self._rows.listing:
            return
        promised, self._promised = self._promised, None
        if self._rows.fresh:
            return
        unknown = self._nameless()
        self._rows.take_names(ids)
        self._restoring = True
        try:
            self._restore(unknown)
        finally:
            self._restoring = False
        if promised is not None:
            promised(self.selected())

    def miss_names(self) -> None:
        """Let go of what waits for the ids of all rows: they do not come."""
        self._promised = None

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
            if self._rows.has_names() and len(self._chosen) > 1:
                self.names_wished.emit(self._rows.listing)
            else:
                self._rows.take_names(())

    def select(self, article_id: str) -> None:
        """Choose a row by the id of its article (or highlight); when it is not there yet, as soon as it is.

        Rows that are chosen together with it stay so: what opens late takes nothing back.
        """
        if article_id not in self._chosen:
            self._chosen = (article_id,)
            self._restoring = True
            try:
                self._restore()
            finally:
                self._restoring = False
        row = self._rows.row_of(article_id)
        if row is not None:
            self.scrollTo(self._rows.index(row, 0))
        elif self._rows.waiting():
            self._held = article_id, self.viewport().height() // 3

    def selected(self) -> tuple[str, ...]:
        """Return the ids of the chosen articles, or highlights in a list of passages, in the order of the list."""
        return tuple(self._rows.ids(self._chosen_rows()))

    def when_named(self, do: Callable[[tuple[str, ...]], None]) -> None:
        """Do something with the ids of all chosen rows: at once, or as soon as all of them are there.

        Nothing is done when other rows are chosen, or something else is listed, before they are.
        """
        self._promised = None
        if not self.are_named():
            self._promised = do
            self.names_wished.emit(self._rows.listing)
        else:
            do(self.selected())

    def are_named(self) -> bool:
        """Tell whether the ids of all chosen rows are there."""
        return not self._nameless()

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
        for page in self._rows.missing(first - _NEAR, last + _NEAR):
            self.page_wished.emit(listing, page * PAGE, PAGE)

    def _sight(self) -> tuple[int, int]:
        """Return the first and the last row in sight."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        return first, last if last >= 0 else self._rows.rowCount() - 1

    # choosing

    def _ranges(self) -> list[tuple[int, int]]:
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(number) for number in range(chosen.count())]
        return [(one.top(), one.bottom()) for one in ranges if one.isValid()]

    def _chosen_rows(self) -> list[int]:
        return [row for first, last in self._ranges() for row in range(first, last + 1)]

    def _nameless(self) -> list[int]:
        """Return the chosen rows of which no id is there."""
        return [row for row in self._chosen_rows() if self._rows.name(row) is None]

    def _note_choice(self, _new: QItemSelection, _old: QItemSelection) -> None:
        if self._restoring:
            return
        if sum(last - first + 1 for first, last in self._ranges()) > MOST_CHOSEN:
            self._choose_only_current()
        self._chosen = self.selected()
        self._held = self._promised = None
        if not self.are_named():
            self.names_wished.emit(self._rows.listing)

    def _choose_only_current(self) -> None:
        """Take back that more rows were chosen than can be named, and have it said."""
        self._restoring = True
        model = self.selectionModel()
        model.select(self.currentIndex(), model.SelectionFlag.ClearAndSelect)
        self._restoring = False
        self.overfilled.emit(MOST_CHOSEN)

    def _restore(self, unknown: Sequence[int] = ()) -> None:
        """Choose again, by their ids, what was chosen: rows may have moved. ``unknown`` rows had no id until now."""
        model = self.selectionModel()
        places = self._rows.places()
        rows = sorted({*unknown, *(places[one] for one in self._chosen if one in places)})
        self._chosen = tuple(dict.fromkeys((*self._chosen, *self._rows.ids(unknown))))
        rows = [row for row in rows if row < self._rows.rowCount()]
        chosen = QItemSelection()
        for first, last in runs(rows):
            chosen.select(self._rows.index(first, 0), self._rows.index(last, 0))
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


def runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of numbers that follow one another; ``rows`` ascend."""
    first = last = -1
    for row in rows:
        if row != last + 1 or first < 0:
            if first >= 0:
                yield first, last
            first = row
        last = row
    if first >= 0:
        yield first, last
