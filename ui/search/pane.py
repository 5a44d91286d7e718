"""The head of the left pane: the search box, what narrows the list, how it is ordered, and what the answer says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QElapsedTimer, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.model import Results, Theme
from ui.listing import PUBLISHED, RELEVANCE, Listing
from ui.looks import Looks
from ui.search.box import SearchBox
from ui.search.filters import ALL, THEME, Filter, composed, has_operators, may_grow
from ui.search.rows import ActiveFilters, InfoLine, ViewChips, ViewSwitch
from ui.search.sheet import FilterSheet
from ui.widgets.boxes import column, row
from ui.widgets.buttons import IconButton
from ui.widgets.popover import Popover
from ui.wording import filled

TYPING: Final = 80
_SLOW: Final = 300
_SAME_PRESS: Final = 250


class SearchPane(QWidget):
    """Makes a listing of what is typed, chosen and switched, and shows what the answer to it says."""

    listing_wished = Signal(object)
    open_first_wished = Signal()
    down_pressed = Signal()
    left = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Ask for everything; nothing is wished for before the reader does something."""
        super().__init__(parent)
        self._looks = looks
        self._themes: Mapping[str, Theme] = {}
        self._filters: tuple[Filter, ...] = ()
        self._facets: Mapping[str, tuple[tuple[str, int], ...]] = {}
        self._orders = {True: RELEVANCE, False: PUBLISHED}
        self._popover: Popover | None = None
        self._shut = QElapsedTimer()
        self._growing = False
        self._entered = False
        self.box = SearchBox(looks, self)
        self._views = ViewChips(self)
        self._active = ActiveFilters(looks, self)
        self._switch = ViewSwitch(looks, self)
        self._info = InfoLine(looks, self)
        self.filter_button = IconButton(looks, "ph.funnel", self.tr("Filter"), self)
        self.setLayout(
            column(
                row(self.box, margins=(14, 0, 14, 0)),
                row(self._views, margins=(14, 0, 8, 0)),
                row(self._active, margins=(14, 0, 8, 0)),
                column(row(self._switch, margins=(18, 0, 10, 0)), row(self._info, margins=(18, 0, 14, 0)), spacing=2),
                spacing=8,
            )
        )
        self._typing = QTimer(self, singleShot=True, interval=TYPING)
        self._waiting = QTimer(self, singleShot=True, interval=_SLOW)
        self._listing = self._made()
        self._connect()

    def _connect(self) -> None:
        self._typing.timeout.connect(self._wish_while_typing)
        self._waiting.timeout.connect(self._info.show_waiting)
        self.box.textEdited.connect(self._typing.start)
        self.box.textChanged.connect(self._follow_text)
        self.box.entered.connect(self._enter)
        self.box.down_pressed.connect(self.down_pressed)
        self.box.left.connect(self.left)
        self._views.changed.connect(self._wish_if_changed)
        self._switch.changed.connect(self._wish_if_changed)
        self._switch.order_wished.connect(self._sort)
        self._active.removed.connect(self._drop)
        self._info.suggestion_wished.connect(self._take_suggestion)
        self.filter_button.clicked.connect(self._open_filters)

    def listing(self) -> Listing:
        """Return what is asked for now."""
        return self._listing

    def show_results(self, results: Results) -> None:
        """Show what an answer says; an answer to another question is ignored."""
        if results.query != self._listing.query:
            return
        self._waiting.stop()
        if not results.total and self._entered and may_grow(self.box.text()):
            self._growing = True  # no word is like this, but one may begin so
            self._wish()
            self.open_first_wished.emit()
            return
        self._info.show_answer(self._listing, results, has_operators(self.box.text()))

    def show_facets(self, facets: Mapping[str, tuple[tuple[str, int], ...]]) -> None:
        """Take the counts of the present answer, for the filters."""
        self._facets = facets

    def show_counts(self, everything: int, unread: int, marked: int) -> None:
        """Show how many articles there are, and how many are unread and marked."""
        self._views.show_counts(everything, unread, marked)

    def show_themes(self, themes: Sequence[Theme]) -> None:
        """Offer these themes; a filter by one that is gone goes, and a new name is asked for by that name."""
        self._themes = {theme.id: theme for theme in themes}
        kept = tuple(one for one in self._filters if one.kind != THEME or one.value in self._themes)
        self._filters = kept
        self._show_state()
        listing = self._made()
        if listing != self._listing:
            self._listing = listing
            self.listing_wished.emit(listing)

    def set_query(self, text: str) -> None:
        """Search for this and nothing else: filters are taken away."""
        self._filters = ()
        self._growing = False
        self._views.choose(ALL)
        self.box.setText(text)
        self._wish()

    def clear(self) -> None:
        """Ask for everything again."""
        self.set_query("")

    def finish(self) -> None:
        """Take what is typed as it stands: its last word is no longer the beginning of another, where there is such."""
        self._typing.stop()
        self._growing = False
        self._wish_if_changed()
        self._entered = True

    def focus_box(self) -> None:
        """Go to the box, with all that is in it selected."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def set_busy(self, busy: bool) -> None:
        """Say that it is searching, when that takes long enough to be noticed."""
        if busy:
            self._waiting.start()
        else:
            self._waiting.stop()

    def set_passages(self, passages: bool) -> None:
        """List passages, or articles."""
        self._switch.choose(passages)
        self._wish()

    # making the listing

    def _made(self) -> Listing:
        text = self.box.text().strip()
        query = composed(text, self._views.chosen(), self._filters, self._themes)
        return Listing(query, self._switch.passages(), self._orders[bool(text)], self._growing, text)

    def _wish(self) -> None:
        self._typing.stop()
        self._entered = False
        self._listing = self._made()
        self._show_state()
        self.listing_wished.emit(self._listing)

    def _wish_if_changed(self) -> None:
        if self._made() != self._listing:
            self._wish()

    def _wish_while_typing(self) -> None:
        self._growing = may_grow(self.box.text())
        self._wish_if_changed()

    def _show_state(self) -> None:
        self._active.show_filters(self._filters, self._themes)
        self._switch.show_order(self._listing.order, worded=bool(self.box.text().strip()))
        if self._filters:
            tip = filled(self.tr("Filter ({count} in force)"), count=len(self._filters))
            self.filter_button.show_icon("ph.funnel-fill", tip)
        else:
            self.filter_button.show_icon("ph.funnel", self.tr("Filter"))

    def _follow_text(self, text: str) -> None:
        """Ask at once when the box was emptied."""
        if not text and self._listing.typed:
            self._growing = False
            self._wish()

    def _enter(self) -> None:
        self.finish()
        self.open_first_wished.emit()

    def _sort(self, order: str) -> None:
        worded = bool(self.box.text().strip())
        self._orders[worded] = order
        if order != RELEVANCE:
            self._orders[not worded] = order
        self._wish()

    def _take_suggestion(self, words: str) -> None:
        self._growing = False
        self.box.setText(words)
        self._wish()

    # filters

    def _open_filters(self) -> None:
        if self._popover is not None:
            if self._shut.isValid() and self._shut.elapsed() < _SAME_PRESS:
                return  # the press on the button has just closed it
            self._popover.deleteLater()
        sheet = FilterSheet(self._looks, self._filters, tuple(self._themes.values()), self._facets)
        sheet.changed.connect(self._take_filters)
        sheet.left.connect(self._leave_filters)
        window = self.window()
        self._popover = Popover(self._looks, window, column(sheet, margins=(14, 12, 14, 12)))
        self._popover.closed.connect(self._filters_closed)
        corner = self.filter_button.mapTo(window, QPoint(0, 0))
        self._popover.open_at(self.filter_button.rect().translated(corner))
        sheet.focus_first()

    def _leave_filters(self) -> None:
        """Go back to where one came from."""
        self.filter_button.setFocus(Qt.FocusReason.PopupFocusReason)
        if self._popover is not None:
            self._popover.hide()

    def _filters_closed(self) -> None:
        self._shut.start()

    def _take_filters(self, filters: tuple[Filter, ...]) -> None:
        self._filters = filters
        self._wish()

    def _drop(self, gone: Filter) -> None:
        self._take_filters(tuple(one for one in self._filters if one != gone))
