"""The reading pane with everything that can be done in it by keys, mouse and menu."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from app.model import Highlight
from app.text.anchors import trim
from app.text.ranges import Span
from ui.looks import Looks
from ui.reader.choice import Target, target
from ui.reader.marks import by_length
from ui.reader.pane import ReadingPane
from ui.reader.selecting import by_sentence, nudged
from ui.reader.selection_bar import SelectionBar
from ui.widgets.theme_picker import ThemePicker
from ui.wording import filled

_UNREAD_KINDS = ("rule", "image")


class Reader(ReadingPane):
    """Wishes go out as signals; ``theme`` in them is an id, or the name of one to be made."""

    mark_wished = Signal(object, str)
    plain_wished = Signal(object)
    retheme_wished = Signal(str, object, object)
    remove_wished = Signal(str)
    move_wished = Signal(str, object)
    note_wished = Signal(str, str)
    note_mark_wished = Signal(object)
    citation_wished = Signal(object)
    leave_out_wished = Signal(int)
    original_wished = Signal()
    search_wished = Signal(str)
    typography_wished = Signal()
    find_closed = Signal()
    undo_wished = Signal()

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show that there is nothing to read yet."""
        super().__init__(looks, parent)
        self.bar = SelectionBar(looks, self)
        self.picker = ThemePicker(looks, self)
        self._picking: Target | None = None
        self._marked_theme = ""
        self.view.selection_settled.connect(self._open_bar)
        self.view.selection_gone.connect(self._close_bar)
        self.view.moved.connect(self._close_bar)
        self.view.marked_clicked.connect(self._click)
        self.view.menu_wished.connect(self._open_menu)
        self.bar.theme_chosen.connect(self.put_theme)
        self.bar.note_chosen.connect(self.write_note)
        self.bar.picker_chosen.connect(self.pick_theme)
        self.bar.copy_chosen.connect(self.copy_citation)
        self.bar.search_chosen.connect(self.search_selection)
        self.bar.plain_chosen.connect(self.highlight_plain)
        self.bar.undo_chosen.connect(self.undo_wished)
        self.picker.picked.connect(self._pick)
        self.picker.unpicked.connect(self._unpick)

    # Marking

    def put_theme(self, theme: str) -> None:
        """Put a theme on the selection, the focused highlight or the focused paragraph; take it off where it is on."""
        meant = self._target()
        if meant is not None:
            self._marked_theme = theme
            self._toggle(meant, theme)

    def clear_themes(self) -> None:
        """Take all themes off the highlight that is meant."""
        meant = self._target()
        if meant and meant.highlight and meant.highlight.themes:
            self.retheme_wished.emit(meant.highlight.id, (), meant.highlight.themes)

    def highlight_plain(self) -> None:
        """Highlight what is meant with the theme that was used last."""
        meant = self._target()
        if meant is not None and meant.highlight is None:
            self._marked_theme = ""
            self.plain_wished.emit(meant.span)
            self.view.deselect()

    def write_note(self) -> None:
        """Write a note on what is meant, which becomes a highlight if it is none."""
        meant = self._target()
        if meant is None:
            return
        if meant.highlight is not None:
            self.open_note(meant.highlight.id)
        else:
            self.note_mark_wished.emit(meant.span)
            self.view.deselect()

    def open_note(self, highlight: str) -> None:
        """Focus a highlight and open its note."""
        self.focus_highlight(highlight)

    def pick_theme(self) -> None:
        """Choose themes by typing, for what is meant."""
        self._picking = self._target()
        if self._picking is None:
            return
        chosen = frozenset(self._picking.highlight.themes) if self._picking.highlight else frozenset[str]()
        self.picker.open_at(self._rect(self._picking.span), tuple(self._themes.values()), chosen)

    def delete_highlight(self) -> None:
        """Delete the focused highlight."""
        if (focused := self.focused()) is not None:
            self.remove_wished.emit(focused)

    def nudge(self, which: str, words: int) -> None:
        """Move the ``start`` or the ``end`` of the focused highlight by so many words."""
        one = self._focused_highlight()
        if one is None or self._content is None:
            return
        span = nudged(self._content.body.text, (one.start, one.end), which, words)
        if span != (one.start, one.end):
            self.move_wished.emit(one.id, span)

    def marked(self, highlight: str) -> None:
        """Show for a moment that the selection became a highlight."""
        if self.bar.isVisible():
            theme = self._themes.get(self._marked_theme)
            self.bar.show_done(theme.name if theme else self._marked_theme)

    # Moving

    def cycle(self) -> None:
        """Focus the next of the highlights that lie over the focused one."""
        marks, one = self.view.marks, self._focused_highlight()
        if marks is None or one is None:
            return
        here = [other.id for other in by_length(marks.over((one.start, one.end)))]
        self.focus_highlight(here[(here.index(one.id) + 1) % len(here)])

    def next_highlight(self) -> None:
        """Focus the next highlight."""
        self._step_highlight(forward=True)

    def previous_highlight(self) -> None:
        """Focus the highlight before."""
        self._step_highlight(forward=False)

    def next_paragraph(self) -> None:
        """Focus the next paragraph."""
        self._step_paragraph(1)

    def previous_paragraph(self) -> None:
        """Focus the paragraph before."""
        self._step_paragraph(-1)

    def extend_sentence(self, forward: bool) -> None:
        """Select a sentence more, or one less; the first is that of the focused paragraph, or the first to be read."""
        if self._content is None:
            return
        span, text = self.selection(), self._content.body.text
        if span is None:
            if not forward:
                return
            paragraph = self._paragraph()
            at = paragraph[0] if paragraph else self.position()
            span = at, at
        span = by_sentence(text, span, forward=forward)
        self.view.select(span)
        self.view.show_span((max(span[0], span[1] - 1), span[1]))
        self._open_bar(False)

    def search_selection(self) -> None:
        """Search the library for what is selected."""
        span = self.selection() or self._focused_span()
        if span and self._content is not None:
            words = " ".join(self._content.body.text[span[0] : span[1]].replace('"', " ").split())
            self.search_wished.emit(f'"{words}"')

    def copy_citation(self) -> None:
        """Copy what is meant together with its source."""
        meant = self._target()
        if meant is not None:
            self.citation_wished.emit(meant.span)

    def copy_text(self) -> None:
        """Copy what is selected, to the letter."""
        span = self.selection() or self._focused_span()
        if span and self._content is not None:
            QGuiApplication.clipboard().setText(self._content.body.text[span[0] : span[1]])

    def escape(self) -> None:
        """Let go of one thing: the bar and the selection, then the focused highlight, then the focused paragraph."""
        if self.picker.isVisible():
            self.picker.hide()
        elif self.selection() or self.bar.isVisible():
            self._close_bar()
            self.view.deselect()
        elif self.focused() is not None:
            self.focus_highlight(None)
        else:
            self._focus_block(None)

    def open_find(self) -> None:
        """Find words in the article."""

    def set_snapping(self, on: bool) -> None:
        """Let selections made with the mouse grow to whole words, or not."""
        self.view.snaps = on

    def set_motion(self, on: bool) -> None:
        """Let the text move smoothly, or not."""
        self.view.moves = on

    # What is meant

    def _target(self) -> Target | None:
        if self._content is None or self.view.marks is None:
            return None
        text = self._content.body.text
        return target(text, self.view.marks, self._selected(), self._focused_highlight(), self._paragraph())

    def _selected(self) -> Span | None:
        span = self.selection()
        if span is None or self._content is None:
            return None
        trimmed = trim(self._content.body.text, *span)
        return trimmed if trimmed[0] < trimmed[1] else None

    def _focused_highlight(self) -> Highlight | None:
        return self.view.marks.get(self.view.marks.focused) if self.view.marks else None

    def _focused_span(self) -> Span | None:
        one = self._focused_highlight()
        return (one.start, one.end) if one else None

    def _paragraph(self) -> Span | None:
        number = self.view.focused_block
        if number is None or self._content is None:
            return None
        block = self._content.body.blocks[number]
        span = trim(self._content.body.text, block.start, block.end)
        return span if span[0] < span[1] else None

    def _toggle(self, meant: Target, theme: str) -> None:
        one = meant.highlight
        if one is None:
            self.mark_wished.emit(meant.span, theme)
        elif theme in one.themes:
            self.retheme_wished.emit(one.id, (), (theme,))
        else:
            self.retheme_wished.emit(one.id, (theme,), ())
        self.view.deselect()

    def _pick(self, theme: str) -> None:
        if self._picking is not None:
            self._marked_theme = theme
            self._picking = self._renewed(self._picking)
            if self._picking.highlight is None or theme not in self._picking.highlight.themes:
                self._toggle(self._picking, theme)

    def _unpick(self, theme: str) -> None:
        if self._picking is not None:
            self._picking = self._renewed(self._picking)
            if self._picking.highlight is not None and theme in self._picking.highlight.themes:
                self.retheme_wished.emit(self._picking.highlight.id, (), (theme,))

    def _renewed(self, meant: Target) -> Target:
        """Return a target with the highlight that is there by now."""
        assert self.view.marks is not None
        assert self._content is not None
        return target(self._content.body.text, self.view.marks, meant.span) or meant

    # Steps

    def _step_highlight(self, *, forward: bool) -> None:
        marks = self.view.marks
        if marks is None or not len(marks):
            return
        order = marks.ordered()
        one = self._focused_highlight()
        if one is not None:
            place = order.index(one) + (1 if forward else -1)
        else:
            here = self.position()
            after = next((number for number, other in enumerate(order) if other.start >= here), len(order))
            place = after if forward else after - 1
        if 0 <= place < len(order):
            self.focus_highlight(order[place].id)

    def _step_paragraph(self, step: int) -> None:
        if self._content is None or self.view.scene is None or not self._content.body.blocks:
            return
        blocks = self._content.body.blocks
        at = self.view.focused_block
        if at is None:
            one = self._focused_span()
            at = self.view.scene.positions.block(one[0] if one else self.position())
            at -= step if one is None and step > 0 else 0
        at += step
        while 0 <= at < len(blocks) and (blocks[at].kind in _UNREAD_KINDS or blocks[at].start == blocks[at].end):
            at += step
        if 0 <= at < len(blocks):
            self.focus_highlight(None)
            self._focus_block(at)
            self._go((blocks[at].start, blocks[at].end))

    # Mouse

    def _click(self, point: QPointF) -> None:
        self._focus_block(None)
        here = self.view.highlights_at(point)
        if not here:
            self.focus_highlight(None)
            return
        self.focus_highlight(here[0], scroll=False)

    def _open_bar(self, _by_mouse: bool) -> None:
        span = self._selected()
        if span is None:
            return
        cursor = self.view.textCursor()
        above = cursor.position() < cursor.anchor()
        self.bar.open_at(self._rect(span), above or True, tuple(self._themes.values()))

    def _close_bar(self) -> None:
        if not self.bar.is_done():
            self.bar.hide()

    def _rect(self, span: Span) -> QRect:
        rect = self.view.span_rect(span)
        return QRect(self.view.viewport().mapTo(self, rect.topLeft()), rect.size())

    def _open_menu(self, where: QPoint, position: object) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        span = self.selection() or self._focused_span()
        for text, deed in (
            (self.tr("Copy"), self.copy_text),
            (self.tr("Copy with citation"), self.copy_citation),
            (self.tr("Highlight"), self.highlight_plain),
            (self.tr("Note"), self.write_note),
        ):
            menu.addAction(text, deed).setEnabled(span is not None)
        if span and self._content is not None:
            words = " ".join(self._content.body.text[span[0] : span[1]].split())
            words = words if len(words) <= 40 else f"{words[:39]}…"
            named = filled(self.tr("Search the library for “{words}”"), words=words.replace("&", "&&"))
            menu.addAction(named, self.search_selection)
        if isinstance(position, int) and self.view.scene is not None:
            menu.addSeparator()
            leave = menu.addAction(self.tr("Leave this out"), self._leave_out)
            leave.setData(self.view.scene.positions.block(position))
        menu.popup(where)

    def _leave_out(self) -> None:
        action = self.sender()
        number = action.data() if action is not None and hasattr(action, "data") else None
        if isinstance(number, int):
            self.leave_out_wished.emit(number)
