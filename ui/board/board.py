"""The board: all passages of a theme, or what a collection holds, side by side with where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.copying import Form
from app.model import Interlude, Theme
from ui.board import keeping
from ui.board.arrangement import Arrangement
from ui.board.card import PAD_X, column
from ui.board.empty import Empty
from ui.board.heading import Heading
from ui.board.listing import PassageList
from ui.board.menu import item_menu
from ui.board.model import PassageModel
from ui.board.note_place import NotePlace
from ui.board.passage import OWN, Item, Passage, toggled
from ui.board.writing import Writing
from ui.looks import Looks
from ui.widgets.boxes import column as stacked
from ui.widgets.boxes import rule
from ui.widgets.stepping import moved, stepped

_UNDER: Final = 6  # pixels between the heading and the first card
_FORMS: Final = frozenset(form.value for form in Form)


class Board(QWidget):
    """Shows passages and says what the reader wishes to do with them. Ids are those of highlights and articles."""

    open_wished = Signal(str, object)
    retheme_wished = Signal(object, object, object)  # highlights, themes to put on, themes to take off
    remove_wished = Signal(object)
    note_wished = Signal(str, str)
    private_wished = Signal(str, bool)
    closed = Signal()
    export_wished = Signal()
    collect_wished = Signal(object)
    reorder_wished = Signal(object)
    interlude_wished = Signal(str, str, str, int, str)  # the collection's id, and what Writing.wished says
    citation_wished = Signal(object, str)  # ids, and the form they are copied in
    dropped = Signal(object)
    by_hand_changed = Signal()
    digit_missed = Signal(int)  # no theme has it

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Make an empty one."""
        super().__init__(parent)
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._subject: tuple[str, str, str] | None = None
        self._here = Arrangement()
        self._collection = self._about = ""
        self._heading = Heading(looks, self)
        self._rows = PassageModel(self)
        self._list = PassageList(looks, self._rows, self)
        self._empty = Empty(looks, self)
        self._note = NotePlace(looks, self._list)
        self._writing = Writing(self)
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
        passages: Sequence[Item],
        themes: Sequence[Theme],
        *,
        theme: str = "",
        collection: str = "",
        about: str = "",
        by_hand: bool = True,
    ) -> None:
        """Show the passages of a theme (``kind`` "theme") or the items of a collection ("collection").

        ``theme`` is the id of the theme; without it the ``title`` (a name or a path ``A > B``) tells. ``collection`` is
        that of the collection, ``about`` its description. ``by_hand`` says that the reader may order and empty the
        collection, which a query cannot. What was selected, written and in sight stays so when it is the same board
        again.
        """
        subject = (kind, theme, title)
        again = subject == self._subject
        if not again:
            self._note.close_note()
            self._writing.forget()
            self._here.branch = None
        items = self._writing.placed(passages)
        if again and about == self._about and self._here.holds(items, themes, by_hand=by_hand):
            return
        self._subject, self._collection, self._about = subject, collection, about
        before = self._here.by_hand
        self._here.take(title, kind, items, themes, theme, by_hand=by_hand)
        about_theme = self._here.theme
        name = " › ".join(about_theme.path) if about_theme and about_theme.path else title
        self._heading.show_subject(name, about or (about_theme.definition if about_theme else ""), about_theme)
        self._list.setAccessibleName(name)
        self._empty.show_kind(kind, about_theme, by_hand=self._here.by_hand)
        self._show(fresh=not again)
        if before != self._here.by_hand:
            self.by_hand_changed.emit()

    def show_waiting(self, title: str, kind: str, themes: Sequence[Theme]) -> None:
        """Show the name of another board while what lies on it is still being gathered."""
        self.show_passages(title, kind, (), themes, by_hand=False)
        self._empty.show_waiting()
        self._subject = None  # what comes then is another board

    def is_by_hand(self) -> bool:
        """Tell whether the reader may order and empty what is shown."""
        return self._here.by_hand

    def show_order(self, order: str) -> None:
        """Show the passages in another order: ``date``, ``outlet``, ``reading``, or a collection's ``own``."""
        self._here.choose_order(order)
        self._show()

    def order(self) -> str:
        """Return the order in force; only a collection by hand has one of its own."""
        return self._here.order()

    def selected(self) -> tuple[str, ...]:
        """Return the ids of what is selected, from top to bottom."""
        return tuple(item.id for item in self._chosen())

    def meant(self) -> tuple[str, ...]:
        """Return the ids of the passages and articles that are selected, from top to bottom."""
        return tuple(item.id for item in self._chosen() if isinstance(item, Passage))

    def shown(self) -> tuple[str, ...]:
        """Return the ids of all that is shown, from top to bottom."""
        return tuple(row.id for row in self._rows.rows if isinstance(row, Item))

    def edit_note(self) -> None:
        """Write the note of the passage that the keyboard is on, or the heading or text itself."""
        item = self._rows.item(self._list.currentIndex().row())
        if isinstance(item, Interlude):
            hint = self.tr("Heading") if item.level else self.tr("Text between the passages, in Markdown")
            self._note.open(item.id, item.text, hint, one_line=bool(item.level))
        elif item is not None and item.highlight is not None:
            self._note.open(item.id, item.note, private=item.private)

    def write(self, level: int, *, last: bool = False) -> None:
        """Begin a heading (``level`` 1-3) or a text (0) above what is selected, or at the end of the collection.

        A text goes below a heading that is selected: it stands under it.
        """
        if not self._here.by_hand:
            return
        self._note.close_note()
        if self.order() != OWN:
            self._choose_order(OWN)
        chosen = self.selected()
        fresh = self._writing.begin(level, "" if last or not chosen else self._here.above(chosen[0], level))
        self._here.items = self._writing.placed(self._here.items)
        self._show()
        place = self._rows.place(fresh.id)
        if place is not None:
            self._list.choose([place], place)
            self._list.reveal(fresh.id)
        self.edit_note()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc; on an empty collection, begin with a heading or a text."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif not held and event.key() in (Qt.Key.Key_H, Qt.Key.Key_T):
            self.write(1 if event.key() == Qt.Key.Key_H else 0)
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
        self._heading.heading_wished.connect(self._write_heading)
        self._heading.text_wished.connect(self._write_text)
        self._note.saved.connect(self._save)
        self._note.private_wished.connect(self.private_wished)
        self._note.left.connect(self._writing.end)
        self._writing.wished.connect(self._wish_interlude)
        self._writing.abandoned.connect(self._abandon)

    def _show(self, *, fresh: bool = False) -> None:
        """Show the rows anew; unless it is a ``fresh`` board, keep selection and place."""
        kept = keeping.kept(self._list, self._rows)
        here, order, passages = self._here, self.order(), self._here.shown()
        rows = here.rows(passages)
        self._rows.show_rows(rows, here.themes)
        self._heading.show_order(order, own=here.by_hand)
        self._heading.show_writing(on=here.by_hand)
        self._heading.show_branches(here.branches(), here.branch)
        marks = [passage for passage in passages if passage.highlight]
        self._heading.show_counts(
            len(marks),
            len({passage.article.id for passage in marks}),
            sum(not passage.highlight for passage in passages),
            len(here.items) - len(passages),
        )
        self._list.accept_drops(takes=here.by_hand, sorts=here.by_hand and order == OWN)
        focused = self._list.hasFocus() or self._empty.hasFocus()
        self._pages.setCurrentWidget(self._list if rows else self._empty)
        if focused:
            self._pages.currentWidget().setFocus(Qt.FocusReason.OtherFocusReason)
        if fresh:
            keeping.begin(self._list, self._rows)
        else:
            keeping.restore(self._list, self._rows, kept)
        written = next((item for item in rows if isinstance(item, Item) and item.id == self._note.passage()), None)
        if written is not None:
            if isinstance(written, Interlude):
                self._note.show_note(written.id, written.text)
            else:
                self._note.show_note(written.id, written.note, written.private)
        self._note.follow()

    # ---- what the reader does

    def _chosen(self) -> list[Item]:
        return [item for place in self._list.chosen() if (item := self._rows.item(place))]

    def _open(self, place: int) -> None:
        passage = self._rows.passage(place)
        if passage is None:
            self.edit_note()
        else:
            self.open_wished.emit(passage.article.id, passage.highlight.id if passage.highlight else None)

    def _key(self, key: str) -> None:
        chosen = self._chosen()
        passages = [item for item in chosen if isinstance(item, Passage)]
        if key in "hHtT":
            self.write(1 if key in "hH" else 0, last=key.isupper())
        elif key == "n":
            self.edit_note()
        elif key == "c":
            self._cite()
        elif key == "a" and passages:
            self.collect_wished.emit(self.meant())
        elif key == "delete":
            self._take_out(chosen)
        elif key in ("up", "down"):
            self._step(down=key == "down")
        elif key.isdecimal() and passages:
            self._theme_by(int(key), passages)
        elif key.isdecimal():
            self._change_levels(int(key), [item for item in chosen if isinstance(item, Interlude)])

    def _theme_by(self, digit: int, passages: Sequence[Passage]) -> None:
        theme = next((one.id for one in self._here.themes.values() if one.digit == digit), None)
        if not digit:
            self._clear(passages)
        elif theme is None:
            self.digit_missed.emit(digit)
        else:
            self._toggle(theme, passages)

    def _change_levels(self, level: int, chosen: Sequence[Interlude]) -> None:
        """Make what is selected headings of a level, or texts (0)."""
        for one in chosen:
            if level <= 3 and level != one.level:
                self._wish_interlude(one.id, one.text, level, "")

    def _write_heading(self) -> None:
        self.write(1)

    def _write_text(self) -> None:
        self.write(0)

    def _save(self, key: str, text: str) -> None:
        """Wish for a note to be kept, or for what is written between passages."""
        interlude = self._here.interlude(key)
        if interlude is not None:
            written = self._writing.save(interlude, text)
            self._here.replace(written)
            self._rows.replace(written)  # what the library has then is no news, and shows nothing anew
        else:
            self.note_wished.emit(key, text)

    def _wish_interlude(self, key: str, text: str, level: int, before: str) -> None:
        self.interlude_wished.emit(self._collection, key, text, level, before)

    def _abandon(self, key: str) -> None:
        """Take away a draft that has no words."""
        self._here.drop(key)
        self._show()

    def put_theme(self, theme: str) -> None:
        """Put a theme on what is selected; take it off where all have it."""
        self._toggle(theme, [item for item in self._chosen() if isinstance(item, Passage)])

    def _toggle(self, theme: str, chosen: Sequence[Passage]) -> None:
        marks = toggled(chosen, theme)
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

    def _take_out(self, chosen: Sequence[Item]) -> None:
        if self._here.by_hand and chosen:
            self.remove_wished.emit(tuple(item.id for item in chosen))

    def _step(self, *, down: bool) -> None:
        self._reorder(stepped([item.id for item in self._here.items], frozenset(self.selected()), down))

    def _sort(self, before: int) -> None:
        self._reorder(moved([item.id for item in self._here.items], frozenset(self.selected()), before))

    def _reorder(self, ids: Sequence[str]) -> None:
        """Put the collection in another order at once, and say so."""
        if self._here.sort(ids):
            self._show()
            self._list.scrollTo(self._list.currentIndex())
            self.reorder_wished.emit(tuple(ids))

    def _choose_order(self, order: str) -> None:
        self.show_order(order)
        self._list.scroll_to(0)  # who puts in order wants to see what comes first

    def _choose_branch(self, theme: str | None) -> None:
        self._here.branch = theme
        self._show(fresh=True)

    def _menu(self, place: QPoint) -> None:
        chosen = self._chosen()
        if not chosen:
            return
        menu = item_menu(chosen, list(self._here.themes.values()), self, by_hand=self._here.by_hand)
        menu.triggered.connect(self._do)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _do(self, action: object) -> None:
        key = action.data()
        if key == "open":
            self._open(self._list.currentIndex().row())
        elif key in _FORMS:
            self.citation_wished.emit(self.meant(), key)
        else:
            self._key(key)

    def _close(self) -> None:
        self._note.close_note()
        self.closed.emit()
