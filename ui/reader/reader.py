"""The reading pane with everything that can be done in it by keys, mouse and menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.copying import Form
from app.model import Article, Content, Highlight, Theme
from app.text.ranges import Span
from ui.looks import Looks
from ui.reader.choice import Target
from ui.reader.finding import Finding
from ui.reader.highlight_card import HighlightCard
from ui.reader.marking import MarkingPane
from ui.reader.marks import by_length
from ui.reader.menu import TextMenu
from ui.reader.selecting import by_sentence
from ui.reader.selection_bar import SelectionBar
from ui.widgets.theme_picker import ThemePicker


class Reader(MarkingPane):
    """An article, the bar over a selection, the card of a highlight, the picker of themes and the bar that finds."""

    note_wished = Signal(str, str)
    private_wished = Signal(str, bool)
    like_wished = Signal()
    highlight_wished = Signal()
    highlighter_changed = Signal(bool)
    undo_wished = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show that there is nothing to read yet."""
        super().__init__(looks, parent)
        self.bar = SelectionBar(looks, self)
        self.card = HighlightCard(looks, self)
        self.picker = ThemePicker(looks, self)
        self.finding = Finding(looks, self)
        self.menu = TextMenu(self)
        self._picking: Target | None = None
        self._last_theme = ""
        self._told = ""  # the highlight of which the bar says that it was made
        self._highlighter = False
        self.view.selection_settled.connect(self._take_selection)
        self.view.selection_meant.connect(self._use_highlighter)
        self.view.selection_gone.connect(self._selection_gone)
        self.view.moved.connect(self._hide_overlays)
        self.view.marked_clicked.connect(self._click)
        self.view.menu_wished.connect(self._open_menu)
        self.view.menu_by_key.connect(self._open_menu_by_key)
        self._connect_bar()
        self._connect_card()
        self._connect_menu()
        self.picker.picked.connect(self._pick)
        self.picker.unpicked.connect(self._unpick)

    def _connect_bar(self) -> None:
        self.bar.theme_chosen.connect(self.put_theme)
        self.bar.note_chosen.connect(self.write_note)
        self.bar.picker_chosen.connect(self.pick_theme)
        self.bar.copy_chosen.connect(self.copy_citation)
        self.bar.search_chosen.connect(self.search_selection)
        self.bar.everywhere_chosen.connect(self.mark_everywhere)
        self.bar.plain_chosen.connect(self.highlight_wished)
        self.bar.undo_chosen.connect(self.undo_wished)

    def _connect_card(self) -> None:
        self.card.retheme_wished.connect(self._retheme_carded)
        self.card.note_saved.connect(self.note_wished)
        self.card.private_wished.connect(self.private_wished)
        self.card.extend_wished.connect(self._extend)
        self.card.copy_wished.connect(self._cite)
        self.card.remove_wished.connect(self.remove_wished)
        self.card.picker_wished.connect(self._pick_for)
        self.card.next_overlap_wished.connect(self.cycle)
        self.card.link_wished.connect(self.link_wished)

    def _connect_menu(self) -> None:
        self.menu.copy_chosen.connect(self.copy_text)
        self.menu.quotation_chosen.connect(self.copy_citation)
        self.menu.form_chosen.connect(self.copy_as)
        self.menu.highlight_chosen.connect(self.highlight_wished)
        self.menu.note_chosen.connect(self.write_note)
        self.menu.everywhere_chosen.connect(self.mark_everywhere)
        self.menu.search_chosen.connect(self.search_selection)
        self.menu.like_chosen.connect(self.like_wished)
        self.menu.leave_out_chosen.connect(self.leave_out_wished)
        self.menu.always_chosen.connect(self.always_wished)

    # What is shown

    def show_article(
        self, article: Article, content: Content, *, position: int = 0, pictures: Mapping[str, bytes] | None = None
    ) -> None:
        """Show an article as the pane does; what lay over the one before goes."""
        same = self.current_article() == article.id
        if not same:
            for part in (self.bar, self.card, self.picker):
                part.hide()
            self.finding.article_changed()
            self._wished, self._waiting, self._made = None, [], None
            self._asked.forget_all()
        super().show_article(article, content, position=position, pictures=pictures)
        if same:
            self.finding.text_changed()

    def guard(self, authors: frozenset[str]) -> None:
        """Take whose highlights can only be looked at."""
        super().guard(authors)
        self.card.guard(authors)

    def show_nothing(self) -> None:
        """Show no article, and what to do about it."""
        for part in (self.bar, self.card, self.picker):
            part.hide()
        self.finding.article_changed()
        super().show_nothing()

    def show_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Show these highlights and no others; the open card shows what changed."""
        super().show_highlights(highlights)
        if self.bar.is_done() and all(one.id != self._told for one in highlights) and self._made is None:
            self.bar.hide()  # what it says was taken back
        shown = self.card.highlight()
        if shown is None or self.view.marks is None:
            return
        one = self.view.marks.get(shown)
        if one is None:
            self.card.hide()
        else:
            self.card.show_highlight(one, tuple(self._themes.values()), *self._place(one))

    def show_themes(self, themes: Sequence[Theme]) -> None:
        """Paint and offer these themes."""
        super().show_themes(themes)
        if self.picker.isVisible() and self._picking is not None:
            self.picker.show_themes(tuple(themes), self._chosen(self._picking))

    def show_hits(self, spans: Sequence[Span], title: Sequence[Span] = ()) -> None:
        """Mark words that were searched for; while words are being found in the article, only those in the title."""
        if self.finding.others_changed(spans):
            self.header.show_hits(title)
        else:
            super().show_hits(spans, title)

    # Keys

    def put_theme(self, theme: str) -> None:
        """Put a theme on the selection, the focused highlight or the focused paragraph; take it off where it is on."""
        self._last_theme = theme
        super().put_theme(theme)

    def highlight_plain(self) -> None:
        """Highlight what is meant with the theme that was used last."""
        self._last_theme = ""
        super().highlight_plain()

    def write_note(self) -> None:
        """Write a note on what is meant, which becomes a highlight if it is none."""
        meant = self._meant()
        if meant is None:
            return
        if meant.highlight is not None:
            self.open_note(meant.highlight.id)
        else:
            self.note_mark_wished.emit(meant.span)
            self.view.deselect()

    def open_note(self, highlight: str) -> None:
        """Focus a highlight and put the keyboard into its note."""
        self.focus_highlight(highlight)
        self._open_card()
        self.card.focus_note()

    def pick_theme(self) -> None:
        """Choose themes by typing, for what is meant."""
        self._picking = self._meant()
        if self._picking is None:
            return
        anchor = self._rect(self._picking.span)
        self.bar.hide()
        self.picker.open_at(anchor, tuple(self._themes.values()), self._chosen(self._picking))

    def marked(self, highlight: str) -> None:
        """Focus a highlight that was made by a wish; where the bar is, it says so."""
        if self.bar.isVisible():
            theme = self._themes.get(self._last_theme)
            self.bar.show_done(theme.name if theme else self._last_theme)
            self._told = highlight
        super().marked(highlight)

    def cycle(self) -> None:
        """Focus the next of the highlights that lie over the focused one."""
        self._let_unseen_go()
        marks, one = self.view.marks, self._focused_highlight()
        if marks is None or one is None:
            return
        here = by_length(marks.over((one.start, one.end)))
        carded = self.card.isVisible()
        self._come_to(here[(here.index(one) + 1) % len(here)])
        if carded:
            self._open_card()

    def extend_sentence(self, forward: bool) -> None:
        """Select a sentence more, or one less; the first is that of the focused paragraph, or where keys begin."""
        self._let_unseen_go()
        span = self.selection()
        if span is None or not self.view.in_sight(span):
            if not forward or not self.text():
                return
            paragraph = self._paragraph()
            at = paragraph[0] if paragraph else self._beginning()
            span = at, at
        span = by_sentence(self.text(), span, forward=forward)
        if span[0] < span[1]:
            self.view.select(span)
            self.view.show_span((span[1] - 1, span[1]))
            self._open_bar()

    def open_find(self) -> None:
        """Find words in the article; what is selected stands in the field."""
        if self.current_article() is None:
            return
        span = self._selected()
        words = self.text()[span[0] : span[1]] if span else ""
        self.finding.open(words if "\n" not in words and len(words) <= 80 else "")

    def escape(self) -> None:
        """Let go of one thing: what lies over the text, the selection, the focused highlight or paragraph."""
        for part in (self.picker, self.bar, self.card):
            if part.isVisible():
                part.hide()
                return
        if self.finding.bar.isVisible():
            self.finding.bar.dismiss()
        elif self._highlighter:
            self.take_highlighter(False)
        elif self.selection():
            self.view.deselect()
        elif self.focused() is not None:
            self.focus_highlight(None)
        else:
            self._focus_block(None)

    def has_highlighter(self) -> bool:
        """Tell whether what is selected with the mouse is marked at once."""
        return self._highlighter

    def take_highlighter(self, on: bool) -> None:
        """Mark at once what is selected with the mouse, with the theme that was used last, or do so no longer."""
        if on == self._highlighter:
            return
        self._highlighter = on
        self._pointer = Qt.CursorShape.CrossCursor if on else Qt.CursorShape.IBeamCursor
        self.view.viewport().setCursor(self._pointer)
        self.highlighter_changed.emit(on)

    def set_snapping(self, on: bool) -> None:
        """Let selections made with the mouse grow to whole words, or not."""
        self.view.snaps = on

    def set_motion(self, on: bool) -> None:
        """Let the text move smoothly, or not."""
        self.view.moves = on

    # Mouse

    def _click(self, point: QPointF) -> None:
        self._focus_block(None)
        here = self.view.highlights_at(point)
        self.focus_highlight(here[0] if here else None, scroll=False)
        if here:
            self._open_card()
        else:
            self._clicked = self.view.position_at(point)

    def _open_card(self) -> None:
        one = self._focused_highlight()
        if one is not None:
            self.bar.hide()
            self.card.open_at(self._rect((one.start, one.end)), one, tuple(self._themes.values()), *self._place(one))

    def _place(self, one: Highlight) -> tuple[int, int]:
        """Return which of how many highlights over the same words a highlight is, counted from 1."""
        assert self.view.marks is not None
        here = [other.id for other in by_length(self.view.marks.over((one.start, one.end)))]
        return here.index(one.id) + 1, len(here)

    def _take_selection(self, by_mouse: bool) -> None:
        """Offer what can be done with what is selected now; the highlighter asks nothing."""
        if not (by_mouse and self._highlighter):
            self._open_bar()

    def _use_highlighter(self) -> None:
        """Mark what the mouse selected, with the highlighter in hand."""
        if self._highlighter:
            self.highlight_wished.emit()

    def _open_bar(self) -> None:
        span = self._selected()
        if span is not None:
            cursor = self.view.textCursor()
            upwards = cursor.position() < cursor.anchor()
            numbered = tuple(self._themes.values())
            self.bar.open_at(self._rect(span), upwards or span[1] - span[0] < 400, numbered)

    def _selection_gone(self) -> None:
        if not self.bar.is_done() and self._wished is None:
            self.bar.hide()

    def _hide_overlays(self) -> None:
        if not self.bar.is_done():
            self.bar.hide()
        if not self._holds_keyboard(self.card) and not self._holds_keyboard(self.picker):
            self.card.hide()
            self._let_unseen_go()

    def _holds_keyboard(self, part: QWidget) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and part.isAncestorOf(focused)

    def _rect(self, span: Span) -> QRect:
        self.view.arrive()
        rect = self.view.span_rect(span)
        return QRect(self.view.viewport().mapTo(self, rect.topLeft()), rect.size())

    def _open_menu(self, where: QPoint, position: object) -> QMenu:
        self._focus_under(position)
        block = None
        if isinstance(position, int) and self.view.scene is not None:
            block = self.view.scene.positions.block(position)
        return self._show_menu(where, self._selected() or self._focused_span(), block)

    def _open_menu_by_key(self) -> QMenu | None:
        """Open the menu for what keys are for; where nothing is chosen, for the paragraph where they begin."""
        if self.view.scene is None or not self.text():
            return None
        meant = self._target()
        span = meant.span if meant is not None else (self._beginning(), self._beginning() + 1)
        rect = self._rect(span) & self.rect()
        block = self.view.scene.positions.block(span[0])
        return self._show_menu(self.mapToGlobal(rect.bottomLeft()), meant.span if meant else None, block)

    def _show_menu(self, where: QPoint, span: Span | None, block: int | None) -> QMenu:
        words = self.text()[span[0] : span[1]] if span is not None else ""
        return self.menu.open(where, words, block, passage=self.focused() is not None)

    def _focus_under(self, position: object) -> None:
        """Focus the highlight that a menu is opened over, so that it is for that one; a selection goes before."""
        here = self.view.marks.at(position) if self.view.marks is not None and isinstance(position, int) else []
        if here and self._selected() is None and self.focused() not in [one.id for one in here]:
            self.focus_highlight(by_length(here)[0].id, scroll=False)

    # Card and picker

    def _extend(self, highlight: str, start: int, end: int) -> None:
        self.focus_highlight(highlight, scroll=False)
        one = self._focused_highlight()
        if one is not None and start:
            self._move_end(one, "start", start)
        if one is not None and end:
            self._move_end(one, "end", end)

    def _retheme_carded(self, highlight: str, add: Sequence[str], remove: Sequence[str]) -> None:
        one = self.view.marks.get(highlight) if self.view.marks else None
        if one is not None:
            self._retheme(one, add, remove)

    def _cite(self, highlight: str) -> None:
        one = self.view.marks.get(highlight) if self.view.marks else None
        if one is not None:
            self.citation_wished.emit((one.start, one.end), Form.QUOTATION.value)

    def _pick_for(self, highlight: str) -> None:
        self.view.deselect()
        self.focus_highlight(highlight, scroll=False)
        self.pick_theme()

    def _chosen(self, meant: Target) -> frozenset[str]:
        now = self._at(meant.span)
        return frozenset(now.highlight.themes) if now and now.highlight else frozenset()

    def _pick(self, theme: str) -> None:
        meant = self._at(self._picking.span) if self._picking is not None else None
        if meant is not None and (meant.highlight is None or theme not in self._asked.themes(meant.highlight)):
            self._last_theme = theme
            self._toggle(meant, theme)

    def _unpick(self, theme: str) -> None:
        meant = self._at(self._picking.span) if self._picking is not None else None
        if meant is not None and meant.highlight is not None and theme in self._asked.themes(meant.highlight):
            self._toggle(meant, theme)
