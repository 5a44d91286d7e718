"""The head of the left pane: the search box, what narrows the list, how it is ordered, and what the answer says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.model import Attribute, Collection, Theme
from app.searching.answers import Results
from ui.listing import PUBLISHED, RELEVANCE, Counts, Listing, Tally
from ui.looks import Looks
from ui.search import filters
from ui.search.box import SearchBox
from ui.search.completion import Completer
from ui.search.facet_strip import FacetStrip
from ui.search.facet_values import Facet, worded
from ui.search.filters import ALL, LIKE, NOTE, THEME, UNDATED, Filter, composed, followed, has_operators, may_grow
from ui.search.kept import Kept, KeptSearch
from ui.search.recent import RecentSearches
from ui.search.rows import ActiveFilters, InfoLine, ViewChips, ViewSwitch
from ui.widgets.boxes import column, row
from ui.widgets.buttons import IconButton
from ui.wording import filled

TYPING: Final = 80
_SLOW: Final = 300


class SearchPane(QWidget):
    """Makes a listing of what is typed, chosen and switched, and shows what the answer to it says."""

    listing_wished = Signal(object)
    facets_wished = Signal()
    open_first_wished = Signal()
    entered = Signal()
    keep_wished = Signal(str)
    forget_wished = Signal(str)
    forget_all_wished = Signal()
    down_pressed = Signal()
    left = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Ask for everything; nothing is wished for before the reader does something."""
        super().__init__(parent)
        self._looks = looks
        self._themes: Mapping[str, Theme] = {}
        self._fields: tuple[Attribute, ...] = ()
        self._filters: tuple[Filter, ...] = ()
        self._orders = {True: RELEVANCE, False: PUBLISHED}
        self._growing = False
        self._begun = False  # no word is like the last one; what it begins is found
        self._entered = False
        self._answered = Listing()
        self._then: Callable[[], None] | None = None
        self.box = SearchBox(looks, self)
        self.completer = Completer(looks, self.box, self)
        self.recent = RecentSearches(looks, self.box)
        self._kept = KeptSearch(looks, self)
        self._views = ViewChips(self)
        self._strip = FacetStrip(looks, self)
        self._strip.hide()
        self._active = ActiveFilters(looks, self)
        self._switch = ViewSwitch(looks, self)
        self._info = InfoLine(looks, self)
        self.filter_button = IconButton(looks, "ph.funnel", self.tr("Narrow the list"), self)
        self.filter_button.setCheckable(True)
        self.setLayout(
            column(
                row(self.box, margins=(14, 0, 14, 0)),
                row(self._kept, margins=(20, 0, 14, 0)),
                row(self._views, margins=(14, 0, 8, 0)),
                row(self._strip, margins=(18, 2, 14, 4)),
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
        self.recent.chosen.connect(self._recall)
        self.recent.passed.connect(self.down_pressed)
        self.recent.forget_wished.connect(self.forget_wished)
        self.recent.forget_all_wished.connect(self.forget_all_wished)
        self._views.changed.connect(self._wish_if_changed)
        self._switch.changed.connect(self._wish_if_changed)
        self._switch.order_wished.connect(self._sort)
        self._active.removed.connect(self._drop)
        self._info.suggestion_wished.connect(self.take_suggestion)
        self._kept.keep_wished.connect(self.keep_wished)
        self._kept.closed.connect(self.clear)
        self._strip.toggled.connect(self._toggle_filter)
        self._strip.left.connect(self.focus_box)
        self.filter_button.clicked.connect(self.toggle_facets)

    def listing(self) -> Listing:
        """Return what is asked for now."""
        return self._listing

    def query(self) -> str:
        """Return what is asked for as one would keep it: with the words as they stand in the box.

        A last word that only begins others gets the sign for it.
        """
        text = self.box.text().strip()
        return self._composed(f"{text}*" if self._begun else text, self._filters)

    def called(self) -> str:
        """Return a name for what is asked for: the query, but words where it has the id of what others are like."""
        like = [worded(self, one) for one in self._filters if one.kind == LIKE]
        rest = tuple(one for one in self._filters if one.kind != LIKE)
        text = self._composed(self.box.text().strip(), rest)
        return " · ".join(part for part in (*like, text) if part) if like else self.query()

    def show_results(self, results: Results) -> None:
        """Show what an answer says; an answer to another question is ignored."""
        if results.query != self._listing.query:
            return
        self._waiting.stop()
        if not results.total and self._entered and may_grow(self.box.text()):
            self._growing = True
            then = self._then
            self._wish()
            self._begun, self._then = True, then
            if then is None:
                self.open_first_wished.emit()
            return
        self._info.show_answer(self._listing, results, has_operators(self.box.text()))
        self._answered, self._entered = self._listing, False
        self._go_on()

    def show_no_answer(self) -> None:
        """Take note that what was asked for cannot be answered; what waits for it goes on with what was typed."""
        self._waiting.stop()
        self._info.show_nothing()
        self._go_on()

    def tally(self) -> Tally | None:
        """Return what is to be counted beside what is asked for now; nothing while the facets are folded away."""
        if self._strip.isHidden():
            return None
        groups = {one.group for one in self._filters if one.kind not in (THEME, LIKE)}
        aside = {
            Facet(kind, name).key: self._narrowed(tuple(one for one in self._filters if one.group != (kind, name)))
            for kind, name in groups
        }
        single = {kind: self._narrowed((*self._filters, Filter(kind))) for kind in (NOTE, UNDATED)}
        return Tally(self._listing.query, self._listing.passages, aside, single, self._listing.typing)

    def show_facets(self, counts: Counts) -> None:
        """Show how many articles have each value."""
        self._strip.show_counts(counts)

    def are_facets_open(self) -> bool:
        """Tell whether it is shown by what the list can be narrowed."""
        return not self._strip.isHidden()

    def open_facets(self, shown: bool, facet: str = "") -> None:
        """Show by what the list can be narrowed, or fold it away."""
        self._strip.setVisible(shown)
        if facet:
            self._strip.show_facet(facet)
        self._show_state()
        if shown:
            self.facets_wished.emit()

    def facet(self) -> str:
        """Return by which facet the list can be narrowed, or could be last."""
        return self._strip.facet()

    def toggle_facets(self) -> None:
        """Show by what the list can be narrowed, with the keyboard there, or fold it away."""
        inside = self._strip.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.open_facets(self._strip.isHidden())
        if not self._strip.isHidden():
            self._strip.focus()
        elif inside:
            self.focus_box()

    def show_counts(self, everything: int, unread: int, marked: int) -> None:
        """Show how many articles there are, and how many are unread and marked."""
        self._views.show_counts(everything, unread, marked)

    def show_recent(self, queries: Sequence[str]) -> None:
        """Offer what was searched for lately, the latest first, while the box is empty."""
        self.recent.take(queries)

    def show_themes(self, themes: Sequence[Theme]) -> None:
        """Offer these themes; a filter by one that is gone goes, and a new name is asked for by that name."""
        self._themes = {theme.id: theme for theme in themes}
        self._filters = tuple(one for one in self._filters if one.kind != THEME or one.value in self._themes)
        self._follow_names()

    def show_attributes(self, attributes: Sequence[Attribute]) -> None:
        """Know the reader's own fields; a filter follows the names of its field and choice, and goes with it."""
        self._filters = followed(self._filters, self._fields, attributes)
        self._fields = tuple(attributes)
        self._follow_names()

    def _follow_names(self) -> None:
        """Ask again if what is asked for is called by another name now, or is gone."""
        self._show_state()
        listing = self._made()
        if listing != self._listing:
            self._listing = listing
            self.listing_wished.emit(listing)

    def set_query(self, text: str) -> None:
        """Search for this and nothing else: filters are taken away."""
        self._kept.hold(None)
        self._only(text)

    def _only(self, text: str, filters: tuple[Filter, ...] = ()) -> None:
        self._filters = filters
        self._growing = False
        self._views.choose(ALL)
        self.box.setText(text)
        self._wish()

    def open_kept(self, collection: Collection) -> None:
        """Put the query of a collection into the box, to be read and changed; what is changed can be kept in it."""
        self.set_query(collection.query)
        self._kept.hold(Kept(collection.id, collection.name, collection.query, self.query()))
        self._kept.show_query(self.query())

    def hold_kept(self, collection: Collection) -> None:
        """Take what is searched for now as what a collection is filled by: it was just kept there."""
        self._kept.hold(Kept(collection.id, collection.name, collection.query, self.query()))
        self._kept.show_query(self.query())

    def kept(self) -> Kept | None:
        """Return the collection whose search stands in the box."""
        return self._kept.kept()

    def show_collections(self, collections: Sequence[Collection]) -> None:
        """Follow a collection whose search stands in the box: to another name, to another query, or away."""
        before = self._kept.kept()
        other = self._kept.renew(collections)
        if other is not None and before is not None and self.query() == before.query:
            self.open_kept(other)  # nothing was changed here: show what it is now

    def list_like(self, given: str, title: str, *, passages: bool) -> None:
        """List what has much in common with an article or a passage, by its id; a chip says with what."""
        self._kept.hold(None)
        self._switch.choose(passages)
        self._only("", (Filter(LIKE, given, title),))

    def widen(self) -> None:
        """Ask for the same words without what narrows the list."""
        self._filters = ()
        self._views.choose(ALL)
        self._wish()

    def clear(self) -> None:
        """Ask for everything again."""
        self.set_query("")

    def finish(self) -> None:
        """Take what is typed as it stands: its last word is no longer the beginning of another, where there is such."""
        self._typing.stop()
        self._growing = self._begun and self._made() == self._listing
        self._wish_if_changed()
        self._entered = self._answered != self._listing

    def settle(self, then: Callable[[], None]) -> None:
        """Take what is typed as it stands, and go on when its answer is there: ``query`` asks for what it shows then.

        Whoever searches for something else in the meantime does not go on.
        """
        self.finish()
        self._then = then
        if not self._listing.query or self._answered == self._listing:
            self._go_on()

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def focus_box(self) -> None:
        """Go to the box, with all that is in it selected."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
        self.recent.offer()

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
        text = self._text()
        query = self._narrowed(self._filters)
        return Listing(query, self._switch.passages(), self._orders[self._ranks()], self._growing, text)

    def _ranks(self) -> bool:
        """Return whether some of what is found answers better than the rest."""
        return bool(self.box.text().strip()) or any(one.kind == LIKE for one in self._filters)

    def _text(self) -> str:
        """Return what stands in the box; only while it is being typed does a space at its end say something."""
        text = self.box.text()
        return filters.trimmed(text) if self._growing else text.strip()

    def _narrowed(self, filters: tuple[Filter, ...]) -> str:
        return self._composed(self._text(), filters)

    def _composed(self, text: str, filters: tuple[Filter, ...]) -> str:
        names = {one.id: one.name for one in self._fields}
        return composed(text, self._views.chosen(), filters, self._themes, names)

    def _wish(self) -> None:
        self._typing.stop()
        self._entered = self._begun = False
        self._then = None
        self._listing = self._made()
        self._show_state()
        self.listing_wished.emit(self._listing)

    def _wish_if_changed(self) -> None:
        if self._made() != self._listing:
            self._wish()

    def _wish_while_typing(self) -> None:
        self._growing = filters.goes_on(self.box.text())
        self._wish_if_changed()

    def _show_state(self) -> None:
        self._active.show_filters(self._filters, self._themes)
        self._strip.show_filters(self._filters, self._themes)
        self._switch.show_order(self._listing.order, worded=self._ranks())
        if not self._listing.query:
            self._kept.hold(None)
        self._kept.show_query(self.query())
        self.filter_button.setChecked(not self._strip.isHidden())
        if self._filters:
            tip = filled(self.tr("Narrow the list ({count} in force)"), count=len(self._filters))
            self.filter_button.show_icon("ph.funnel-fill", tip)
        else:
            self.filter_button.show_icon("ph.funnel", self.tr("Narrow the list"))

    def _follow_text(self, text: str) -> None:
        """Ask at once when the box was emptied."""
        if not text and self._listing.typed:
            self._growing = False
            self._wish()

    def _enter(self) -> None:
        self.finish()
        self.entered.emit()
        self.open_first_wished.emit()

    def _recall(self, query: str) -> None:
        """Search for this again as if it had just been typed: its last word was perhaps the beginning of one."""
        self.clear()
        self.box.setText(query)
        self._wish_while_typing()
        self.entered.emit()

    def _sort(self, order: str) -> None:
        worded = self._ranks()
        self._orders[worded] = order
        if order != RELEVANCE:
            self._orders[not worded] = order
        self._wish()

    def take_suggestion(self, words: str) -> None:
        """Search for other words among the same."""
        self._growing = False
        self.box.setText(words)
        self._wish()

    # filters

    def _toggle_filter(self, one: Filter) -> None:
        others = tuple(other for other in self._filters if other != one)
        self._take_filters(others if one in self._filters else (*others, one))

    def _take_filters(self, filters: tuple[Filter, ...]) -> None:
        self._filters = filters
        self._wish()

    def _drop(self, gone: Filter) -> None:
        self._take_filters(tuple(one for one in self._filters if one != gone))
