"""The board: all passages of a theme, or what a collection holds, side by side with where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.copying import Form
from app.model import Theme
from ui.board.card import PAD_X, column
from ui.board.empty import Empty
from ui.board.heading import Branch, Heading
from ui.board.listing import PassageList
from ui.board.menu import passage_menu
from ui.board.model import PassageModel
from ui.board.note_place import NotePlace
from ui.board.passage import (
    DATE,
    OUTLET,
    OWN,
    Passage,
    grouped,
    marked_with,
    moved,
    ordered,
    stepped,
    subtree,
    toggled,
)
from ui.looks import Looks
from ui.widgets.boxes import column as stacked
from ui.widgets.boxes import rule

THEME: Final = "theme"
COLLECTION: Final = "collection"
_UNDER: Final = 6  # pixels between the heading and the first card
_FORMS: Final = frozenset(form.value for form in Form)
_SEPARATORS: Final = (" > ", " › ", " / ")


class Board(QWidget):
    """Shows passages and says what the reader wishes to do with them. Ids are those of highlights and articles."""

    open_wished = Signal(str, object)
    retheme_wished = Signal(object, object, object)  # highlights, themes to put on, themes to take off
    remove_wished = Signal(object)
    note_wished = Signal(str, str)
    order_wished = Signal(str)
    closed = Signal()
    export_wished = Signal()
    collect_wished = Signal(object)
    reorder_wished = Signal(object)
    citation_wished = Signal(object, str)  # ids, and the form they are copied in
    dropped = Signal(object)
    by_hand_changed = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._subject: tuple[str, str, str] | None = None
        self._passages: list[Passage] = []
        self._themes: Mapping[str, Theme] = {}
        self._theme: Theme | None = None
        self._branch: str | None = None
        self._orders = {THEME: DATE, COLLECTION: OWN}
        self._kind, self._by_hand = THEME, False
        self._heading = Heading(looks, self)
        self._rows = PassageModel(self)
        self._list = PassageList(looks, self._rows, self)
        self._empty = Empty(looks, self)
        self._note = NotePlace(looks, self._list)
        pages = QWidget(self)
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._empty)
        self._rule = rule(self)
        self.setLayout(stacked(self._heading, self._rule, _UNDER, pages, spacing=0))
        self.layout().setStretchFactor(pages, 1)
        self.setFocusProxy(self._list)
        self._connect()

    def show_passages(
        self,
        title: str,
        kind: str,
        passages: Sequence[Passage],
        themes: Sequence[Theme],
        *,
        theme: str = "",
        about: str = "",
        by_hand: bool = True,
    ) -> None:
        """Show the passages of a theme (``kind`` "theme") or the items of a collection ("collection").

        ``theme`` is the id of the theme; without it the ``title`` (a name or a path ``A > B``) tells. ``about`` is the
        collection's description. ``by_hand`` says that the reader may order and empty the collection, which a query
        cannot. What was selected, written and in sight stays so when it is the same board again.
        """
        subject = (kind, theme, title)
        again = subject == self._subject
        if not again:
            self._note.close_note()
            self._branch = None
        self._subject, self._kind = subject, kind
        before, self._by_hand = self._by_hand, kind == COLLECTION and by_hand
        self._themes = {one.id: one for one in themes}
        self._theme = _theme_of(title, theme, themes) if kind == THEME else None
        self._passages = list(passages)
        if self._branch not in self._themes:
            self._branch = None
        name = " › ".join(self._theme.path) if self._theme and self._theme.path else title
        self._heading.show_subject(name, about or (self._theme.definition if self._theme else ""), self._theme)
        self._list.setAccessibleName(name)
        self._show(fresh=not again)
        if before != self._by_hand:
            self.by_hand_changed.emit()

    def is_by_hand(self) -> bool:
        """Tell whether the reader may order and empty what is shown."""
        return self._by_hand

    def show_order(self, order: str) -> None:
        """Show the passages in another order: ``date``, ``outlet``, ``reading``, or a collection's ``own``."""
        if order != OWN or self._by_hand:
            self._orders[self._kind] = order
            self._show()

    def order(self) -> str:
        """Return the order in force; only a collection by hand has one of its own."""
        order = self._orders[self._kind]
        return DATE if order == OWN and not self._by_hand else order

    def selected(self) -> tuple[str, ...]:
        """Return the ids of what is selected, from top to bottom."""
        return tuple(passage.id for passage in self._chosen())

    def shown(self) -> tuple[str, ...]:
        """Return the ids of all that is shown, from top to bottom."""
        return tuple(row.id for row in self._rows.rows if isinstance(row, Passage))

    def edit_note(self) -> None:
        """Write the note of the passage that the keyboard is on."""
        passage = self._rows.passage(self._list.currentIndex().row())
        if passage is not None and passage.highlight is not None:
            self._note.open(passage.id, passage.note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the heading over the column of the cards."""
        super().resizeEvent(event)
        width = self._list.viewport().width() if self._list.isVisible() else self.width() - 12
        left, wide = column(min(width, self.width()))
        self._heading.set_margins(left + PAD_X, self.width() - left - wide + PAD_X)

    # ---- what is shown

    def _connect(self) -> None:
        self._heading.order_chosen.connect(self._choose_order)
        self._heading.branch_chosen.connect(self._choose_branch)
        self._heading.export_wished.connect(self.export_wished)
        self._heading.closed.connect(self._close)
        self._list.opened.connect(self._open)
        self._list.key_pressed.connect(self._key)
        self._list.menu_wished.connect(self._menu)
        self._list.dropped_here.connect(self.dropped)
        self._list.dropped_before.connect(self._sort)
        self._empty.dropped.connect(self.dropped)
        self._note.saved.connect(self.note_wished)

    def _show(self, *, fresh: bool = False) -> None:
        """Show the rows anew; unless it is a ``fresh`` board, keep selection and place."""
        kept, current, place = self._kept()
        order = self.order()
        shown = ordered(self._filtered(), order)
        self._rows.show_rows(grouped(shown) if order == OUTLET else shown, self._themes)
        self._heading.show_order(order, own=self._by_hand)
        self._heading.show_branches(self._below(), self._branch)
        marks = [passage for passage in shown if passage.highlight]
        self._heading.show_counts(
            len(marks), len({passage.article.id for passage in marks}), sum(not passage.highlight for passage in shown)
        )
        self._list.accept_drops(takes=self._by_hand, sorts=self._by_hand and order == OWN)
        self._empty.show_kind(self._kind, self._theme, by_hand=self._by_hand)
        self._pages.setCurrentWidget(self._list if shown else self._empty)
        if fresh:
            self._begin()
        else:
            self._restore(kept, current, place)
        written = next((passage for passage in shown if passage.id == self._note.passage()), None)
        if written is not None:
            self._note.show_note(written.id, written.note)
        self._note.follow()

    def _filtered(self) -> list[Passage]:
        if self._branch is None:
            return self._passages
        return marked_with(self._passages, subtree(self._branch, self._themes.values()))

    def _below(self) -> list[Branch]:
        if self._theme is None:
            return []
        children = [one for one in self._themes.values() if one.parent == self._theme.id]
        found = ((one, subtree(one.id, self._themes.values())) for one in children)
        branches = [Branch(one, len(marked_with(self._passages, family))) for one, family in found]
        return [branch for branch in branches if branch.count or branch.theme.id == self._branch]

    def _begin(self) -> None:
        """Begin at the top, with the first passage selected."""
        first = next((place for place, row in enumerate(self._rows.rows) if isinstance(row, Passage)), None)
        if first is not None:
            self._list.choose([first], first)
        self._list.scroll_to(0)

    def _kept(self) -> tuple[tuple[str, ...], int, tuple[list[str], int, int]]:
        """Return what is selected, the row of the keyboard, and the ids from the top on with their place."""
        place, beyond = self._list.top()
        after = [row.id for row in self._rows.rows[place:] if isinstance(row, Passage)]
        return self.selected(), self._list.currentIndex().row(), (after, place, beyond)

    def _restore(self, kept: tuple[str, ...], current: int, top: tuple[list[str], int, int]) -> None:
        """Select again what is still there, and scroll to where the reader was."""
        after, place, beyond = top
        found = [row for one in kept if (row := self._rows.place(one)) is not None]
        last = self._rows.rowCount() - 1
        if not found and last >= 0:
            near = min(max(0, current), last)
            found = [near if self._rows.passage(near) else min(near + 1, last)]
        self._list.choose(found, found[0] if found else None)
        if last < 0:
            return
        held = next((row for one in after if (row := self._rows.place(one)) is not None), min(place, last))
        gone = bool(after) and self._rows.place(after[0]) != held
        self._list.scroll_to(held, 0 if gone else beyond)

    # ---- what the reader does

    def _chosen(self) -> list[Passage]:
        return [passage for place in self._list.chosen() if (passage := self._rows.passage(place))]

    def _open(self, place: int) -> None:
        passage = self._rows.passage(place)
        if passage is not None:
            self.open_wished.emit(passage.article.id, passage.highlight.id if passage.highlight else None)

    def _key(self, key: str) -> None:
        chosen = self._chosen()
        if not chosen:
            return
        if key == "n":
            self.edit_note()
        elif key == "c":
            self._cite()
        elif key == "a":
            self.collect_wished.emit(tuple(passage.id for passage in chosen))
        elif key == "delete":
            self._take_out(chosen)
        elif key in ("up", "down"):
            self._step(down=key == "down")
        elif key == "0":
            self._clear(chosen)
        else:
            self._toggle(int(key), chosen)

    def _toggle(self, digit: int, chosen: Sequence[Passage]) -> None:
        theme = next((one.id for one in self._themes.values() if one.digit == digit), None)
        marks = toggled(chosen, theme) if theme is not None else {}
        if marks:
            on = all(marks.values())
            self.retheme_wished.emit(tuple(marks), (theme,) if on else (), () if on else (theme,))

    def _clear(self, chosen: Sequence[Passage]) -> None:
        marks = [passage.highlight for passage in chosen if passage.highlight and passage.highlight.themes]
        if marks:
            worn = dict.fromkeys(theme for mark in marks for theme in mark.themes)
            self.retheme_wished.emit(tuple(mark.id for mark in marks), (), tuple(worn))

    def _cite(self) -> None:
        passage = self._rows.passage(self._list.currentIndex().row())
        if passage is not None and passage.highlight is not None:
            self.citation_wished.emit((passage.highlight.id,), Form.QUOTATION.value)

    def _take_out(self, chosen: Sequence[Passage]) -> None:
        if self._by_hand:
            self.remove_wished.emit(tuple(passage.id for passage in chosen))

    def _step(self, *, down: bool) -> None:
        self._reorder(stepped([passage.id for passage in self._passages], frozenset(self.selected()), down))

    def _sort(self, before: int) -> None:
        self._reorder(moved([passage.id for passage in self._passages], frozenset(self.selected()), before))

    def _reorder(self, ids: Sequence[str]) -> None:
        """Put the collection in another order at once, and say so."""
        if not self._by_hand or self.order() != OWN or list(ids) == [passage.id for passage in self._passages]:
            return
        known = {passage.id: passage for passage in self._passages}
        self._passages = [known[one] for one in ids]
        self._show()
        self._list.scrollTo(self._list.currentIndex())
        self.reorder_wished.emit(tuple(ids))

    def _choose_order(self, order: str) -> None:
        self.show_order(order)
        self._list.scroll_to(0)  # who puts in order wants to see what comes first
        self.order_wished.emit(order)

    def _choose_branch(self, theme: str | None) -> None:
        self._branch = theme
        self._show(fresh=True)

    def _menu(self, place: QPoint) -> None:
        chosen = self._chosen()
        if not chosen:
            return
        menu = passage_menu(chosen, list(self._themes.values()), self, removable=self._by_hand)
        menu.triggered.connect(self._do)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _do(self, action: object) -> None:
        key = action.data()
        if key == "open":
            self._open(self._list.currentIndex().row())
        elif key in _FORMS:
            self.citation_wished.emit(tuple(passage.id for passage in self._chosen()), key)
        else:
            self._key(key)

    def _close(self) -> None:
        self._note.close_note()
        self.closed.emit()


def _theme_of(title: str, theme: str, themes: Sequence[Theme]) -> Theme | None:
    """Return the theme of a board by its id, or by its path or name."""
    for one in themes:
        if theme and one.id == theme:
            return one
    named = [one for one in themes if one.name == title or title in {mark.join(one.path) for mark in _SEPARATORS}]
    return named[0] if len(named) == 1 and not theme else None
