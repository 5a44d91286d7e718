"""Marking in the reading pane: what a key or a click means, and which wish goes out for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.copying import Form
from app.model import Highlight
from app.text.anchors import trim
from app.text.ranges import Span
from ui.looks import Looks
from ui.reader.asked import Asked
from ui.reader.choice import Target, target
from ui.reader.selecting import nudged
from ui.reader.walking import WalkingPane


class MarkingPane(WalkingPane):
    """Wishes go out as signals; ``theme`` in them is an id, or the name of one to be made."""

    mark_wished = Signal(object, str)
    plain_wished = Signal(object)
    again_wished = Signal(str)  # the theme that was used last, on a highlight that is there
    bare = Signal()  # themes were to be taken off, and there are none
    retheme_wished = Signal(str, object, object)
    remove_wished = Signal(str)
    move_wished = Signal(str, object)
    note_mark_wished = Signal(object)
    citation_wished = Signal(object, str)  # a span or None for the whole article, and the form it is copied in
    leave_out_wished = Signal(int)
    always_wished = Signal(int)
    everywhere_wished = Signal(str)  # words to be marked wherever they stand in the article
    search_wished = Signal(str)  # words to be searched for in the library
    nothing_meant = Signal()  # something was to be done, and nothing is selected or focused

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show that there is nothing to read yet."""
        super().__init__(looks, parent)
        self._wished: Span | None = None  # a span that was wished to be marked and is not there yet
        self._waiting: list[str] = []  # themes that were wished for it in the meantime
        self._made: str | None = None
        self._asked = Asked()
        self._guarded: frozenset[str] = frozenset()

    def guard(self, authors: frozenset[str]) -> None:
        """Take whose highlights can only be looked at."""
        self._guarded = authors

    def show_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Show these highlights and no others; what waited for one of them is done now."""
        super().show_highlights(highlights)
        self._asked.shown()
        if self._made is not None and self.view.marks is not None and self.view.marks.get(self._made):
            made, self._made = self._made, None
            self.focus_highlight(made, scroll=False)
        if self._wished is not None:
            there = self._at(self._wished)
            if there is not None and there.highlight is not None:
                themes, self._waiting, self._wished = self._waiting, [], None
                for theme in themes:
                    self._toggle(there, theme)

    def unmarked(self) -> None:
        """Wait no longer for a highlight that was wished: the library refused it."""
        self._wished, self._waiting = None, []

    def answered(self, highlight: str) -> None:
        """Take note that a wish for a highlight was fulfilled; what came of it is shown next."""
        self._asked.answered(highlight)

    def refused(self, highlight: str) -> None:
        """Take note that the library refused a wish for a highlight."""
        self._asked.forget(highlight)

    def put_theme(self, theme: str) -> None:
        """Put a theme on the selection, the focused highlight or the focused paragraph; take it off where it is on."""
        meant = self._meant()
        if meant is not None:
            self._toggle(meant, theme)
        elif self._wished is not None:
            self._waiting.append(theme)

    def clear_themes(self) -> None:
        """Take all themes off the highlight that is meant."""
        meant = self._meant()
        if meant is None:
            return
        one = meant.highlight
        if one is not None and (themes := self._asked.themes(one)):
            self._retheme(one, (), themes)
        else:
            self.bare.emit()

    def highlight_plain(self) -> None:
        """Highlight what is meant with the theme that was used last; a highlight that is there gets that theme."""
        meant = self._meant()
        if meant is not None and meant.highlight is not None:
            self.again_wished.emit(meant.highlight.id)
        elif meant is not None:
            self._wish(meant.span)
            self.plain_wished.emit(meant.span)

    def mark_everywhere(self) -> None:
        """Wish for the words of what is meant to be marked wherever they stand in the article."""
        meant = self._meant()
        if meant is not None:
            words = " ".join(self.text()[meant.span[0] : meant.span[1]].split())
            self.view.deselect()
            self.everywhere_wished.emit(words)

    def leave_out(self, *, always: bool = False) -> None:
        """Leave the paragraph out in which that begins which is meant, here or always."""
        meant = self._meant()
        if meant is not None and self.view.scene is not None:
            wished = self.always_wished if always else self.leave_out_wished
            wished.emit(self.view.scene.positions.block(meant.span[0]))

    def delete_highlight(self) -> None:
        """Delete the focused highlight."""
        self._let_unseen_go()
        if (focused := self.focused()) is not None:
            self.remove_wished.emit(focused)
        elif self.text():
            self.nothing_meant.emit()

    def nudge(self, which: str, count: int, *, exact: bool = False) -> None:
        """Move the ``start`` or the ``end`` of the focused highlight by so many words, or ``exact`` characters."""
        self._let_unseen_go()
        one = self._focused_highlight()
        if one is not None:
            self._move_end(one, which, count, exact=exact)
        elif self.text():
            self.nothing_meant.emit()

    def _move_end(self, one: Highlight, which: str, count: int, *, exact: bool = False) -> None:
        span = self._asked.span(one)
        moved = nudged(self.text(), span, which, count, exact=exact)
        if moved != span:
            self._asked.move(one.id, moved)
            self.move_wished.emit(one.id, moved)

    def copy_citation(self) -> None:
        """Copy what is meant together with its source."""
        meant = self._meant()
        if meant is not None:
            self.citation_wished.emit(meant.span, Form.QUOTATION.value)

    def copy_as(self, form: Form) -> None:
        """Copy what is meant in a form; where nothing is, the citation of the article."""
        if self.current_article() is not None:
            meant = self._target()
            self.citation_wished.emit(meant.span if meant else None, form.value)

    def search_selection(self) -> None:
        """Search the library for what is selected."""
        span = self._selected() or self._focused_span() or self._paragraph()
        if span:
            self.search_wished.emit(self.text()[span[0] : span[1]])

    def copy_text(self) -> None:
        """Copy what is selected, to the letter."""
        span = self.selection() or self._focused_span() or self._paragraph()
        if span:
            QGuiApplication.clipboard().setText(self.text()[span[0] : span[1]])

    def marked(self, highlight: str) -> None:
        """Focus a highlight that was made by a wish, as soon as it is there."""
        self._made = highlight
        if self.view.marks is not None and self.view.marks.get(highlight):
            self._made = None
            self.focus_highlight(highlight, scroll=False)

    def _meant(self) -> Target | None:
        """Return what a key means; where it means nothing, say so."""
        meant = self._target()
        if meant is None and self._wished is None and self.text():
            self.nothing_meant.emit()
        return meant

    def _target(self) -> Target | None:
        if self.view.marks is None:
            return None
        self._let_unseen_go()
        selected = self._selected()
        if selected is not None and not self.view.in_sight(selected):
            selected = None
        choices = selected, self._focused_highlight(), self._paragraph()
        return target(self.text(), self.view.marks, *choices, guarded=self._guarded)

    def _at(self, span: Span) -> Target | None:
        """Return a span with the highlight that is there by now."""
        marks = self.view.marks
        return target(self.text(), marks, span, guarded=self._guarded) if marks is not None else None

    def _selected(self) -> Span | None:
        span = self.selection()
        if span is None:
            return None
        trimmed = trim(self.text(), *span)
        return trimmed if trimmed[0] < trimmed[1] else None

    def _toggle(self, meant: Target, theme: str) -> None:
        one = meant.highlight
        if one is not None:
            put = theme not in self._asked.themes(one)
            self._retheme(one, (theme,) if put else (), () if put else (theme,))
            self.view.deselect()
        elif meant.span == self._wished:
            self._waiting.append(theme)  # a second wish for it would make a twin
        else:
            self._wish(meant.span)
            self.mark_wished.emit(meant.span, theme)

    def _retheme(self, one: Highlight, add: Sequence[str], remove: Sequence[str]) -> None:
        self._asked.retheme(one, add, remove)
        self.retheme_wished.emit(one.id, tuple(add), tuple(remove))

    def _wish(self, span: Span) -> None:
        self._wished, self._waiting = span, []
        self.view.deselect()
