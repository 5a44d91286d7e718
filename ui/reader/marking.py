"""Marking in the reading pane: what a key or a click means, and which wish goes out for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.copying import Form
from app.model import Highlight
from app.text.anchors import trim
from app.text.ranges import Span
from ui.looks import Looks
from ui.reader.choice import Target, target
from ui.reader.selecting import nudged
from ui.reader.walking import WalkingPane


class MarkingPane(WalkingPane):
    """Wishes go out as signals; ``theme`` in them is an id, or the name of one to be made."""

    mark_wished = Signal(object, str)
    plain_wished = Signal(object)
    retheme_wished = Signal(str, object, object)
    remove_wished = Signal(str)
    move_wished = Signal(str, object)
    note_mark_wished = Signal(object)
    citation_wished = Signal(object, str)  # a span or None for the whole article, and the form it is copied in
    nothing_meant = Signal()  # something was to be done, and nothing is selected or focused

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show that there is nothing to read yet."""
        super().__init__(looks, parent)
        self._wished: Span | None = None  # a span that was wished to be marked and is not there yet
        self._waiting: list[str] = []  # themes that were wished for it in the meantime
        self._made: str | None = None
        self._guarded: frozenset[str] = frozenset()

    def guard(self, authors: frozenset[str]) -> None:
        """Take whose highlights can only be looked at."""
        self._guarded = authors

    def show_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Show these highlights and no others; what waited for one of them is done now."""
        super().show_highlights(highlights)
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
        if meant and meant.highlight and meant.highlight.themes:
            self.retheme_wished.emit(meant.highlight.id, (), meant.highlight.themes)

    def highlight_plain(self) -> None:
        """Highlight what is meant with the theme that was used last."""
        meant = self._meant()
        if meant is not None and meant.highlight is None:
            self._wish(meant.span)
            self.plain_wished.emit(meant.span)

    def delete_highlight(self) -> None:
        """Delete the focused highlight."""
        if (focused := self.focused()) is not None:
            self.remove_wished.emit(focused)
        elif self.text():
            self.nothing_meant.emit()

    def nudge(self, which: str, words: int) -> None:
        """Move the ``start`` or the ``end`` of the focused highlight by so many words."""
        one = self._focused_highlight()
        if one is not None:
            span = nudged(self.text(), (one.start, one.end), which, words)
            if span != (one.start, one.end):
                self.move_wished.emit(one.id, span)

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
        choices = self._selected(), self._focused_highlight(), self._paragraph()
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

    def _paragraph(self) -> Span | None:
        number = self.view.focused_block
        if number is None or self._content is None:
            return None
        block = self._content.body.blocks[number]
        span = trim(self.text(), block.start, block.end)
        return span if span[0] < span[1] else None

    def _toggle(self, meant: Target, theme: str) -> None:
        one = meant.highlight
        if one is not None:
            put = theme not in one.themes
            self.retheme_wished.emit(one.id, (theme,) if put else (), () if put else (theme,))
            self.view.deselect()
        elif meant.span == self._wished:
            self._waiting.append(theme)  # a second wish for it would make a twin
        else:
            self._wish(meant.span)
            self.mark_wished.emit(meant.span, theme)

    def _wish(self, span: Span) -> None:
        self._wished, self._waiting = span, []
        self.view.deselect()
