"""The reading pane as something to look at: an article with its header, its marks and what was left out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.model import Article, Content, Highlight, Theme
from app.text.ranges import Span
from ui.looks import Looks
from ui.reader.dwell import Dwell
from ui.reader.flash import Flash
from ui.reader.header import Header
from ui.reader.hits import HitTrail, in_order
from ui.reader.jumps import Jumps
from ui.reader.left_out import LeftOutPieces, places_of
from ui.reader.marks import Marks
from ui.reader.nothing import Nothing
from ui.reader.pictures import Pictures
from ui.reader.render import render
from ui.reader.scene import Scene
from ui.reader.stripes import Stripes
from ui.reader.ticks import ticks_of
from ui.reader.typography import Typography
from ui.reader.view import ArticleView
from ui.widgets.boxes import column

_SETTLED: Final = 150  # milliseconds


class ReadingPane(QWidget):
    """Shows one article at a time. Spans and positions are code points of its text."""

    came_and_went = Signal()  # an article is shown where none was, or none any more
    focus_changed = Signal(object)
    position_changed = Signal(int)
    scrolled = Signal()
    hits_changed = Signal()
    keep_wished = Signal(int)
    link_wished = Signal(str)
    edit_wished = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show that there is nothing to read yet."""
        super().__init__(parent)
        self._looks = looks
        self._article: Article | None = None
        self._content: Content | None = None
        self._pictures = Pictures()
        self._themes: Mapping[str, Theme] = MappingProxyType({})
        self._highlights: Sequence[Highlight] = ()
        self._setting = Typography()
        self._left_out = False
        self._pointer = Qt.CursorShape.IBeamCursor  # over text that nothing is marked in
        self._hits = HitTrail()
        self.view = ArticleView(looks, self)
        self.header = Header(looks, self.view.viewport())
        self.stripes = Stripes(looks, self.view)
        self.pieces = LeftOutPieces(looks, self.view)
        self.jumps = Jumps(self.view, self)
        self._dwell = Dwell(self.view.first_visible, self)
        self._flash = Flash(self.view)
        # pictures and left-out pieces are fitted when a new width is settled
        self._rest = QTimer(self, singleShot=True, interval=_SETTLED)
        self._build()

    def _build(self) -> None:
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.view.header = self.header
        self._empty = Nothing(self._looks, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        self.setFocusProxy(self._empty)
        self.setLayout(column(self._stack, spacing=0))
        self._dwell.settled.connect(self.position_changed)
        self.view.laid_out.connect(self._laid_out)
        self.view.narrowed.connect(self._fit)
        self._rest.timeout.connect(self._redraw)
        self.view.moved.connect(self._dwell.scrolled)
        self.view.hovered.connect(self._hover)
        self.view.anchorClicked.connect(self._link)
        self.view.bar.rest.connect(self._show_ticks)
        self.stripes.hovered.connect(self._hover)
        self.stripes.chosen.connect(partial(self.focus_highlight, scroll=False))
        self.header.edit_wished.connect(self.edit_wished)
        self.pieces.keep_wished.connect(self.keep_wished)
        self._looks.changed.connect(self._redraw)

    # What is shown

    def show_article(
        self, article: Article, content: Content, *, position: int = 0, pictures: Mapping[str, bytes] | None = None
    ) -> None:
        """Show an article from ``position`` on. Its highlights come with :meth:`show_highlights`.

        ``pictures`` are the kept ones, by the SHA-256 that the image blocks of the text name; without any, those
        that the article is shown with already.
        """
        self._dwell.leave()
        same = self.current_article() == article.id
        self._article, self._content = article, content
        if pictures is not None or not same:
            self._pictures = Pictures(pictures or {})
        self._hits.take(())
        self._highlights = ()
        focused = self.focused() if same else None
        self.header.show_article(article)
        first = self._stack.currentWidget() is not self.view
        self._turn_to(self.view)
        self._render(position)
        if first:
            self.came_and_went.emit()
        self._dwell.begin(position)
        self.hits_changed.emit()
        if self.view.marks is not None:
            self.view.marks.focused = focused
        if focused is None:
            self.focus_changed.emit(None)

    def leave(self) -> None:
        """Tell where the reader is, as far as it counts and was not told: the article that is open is about to go."""
        self._dwell.leave()

    def show_nothing(self) -> None:
        """Show no article, and what to do about it."""
        self._dwell.leave()
        self._article = self._content = None
        self._pictures = Pictures()
        self._hits.take(())
        self._highlights = ()
        self.pieces.show_pieces(())
        self.view.show_blank()
        self._turn_to(self._empty)
        self.stripes.renew()
        self.view.bar.show_ticks(())
        self.header.show_hits(())
        self.hits_changed.emit()
        self.came_and_went.emit()

    def _turn_to(self, page: QWidget) -> None:
        """Show the text or what is there without one; the keyboard goes along, and is never left to what is hidden."""
        focused = self._stack.currentWidget().hasFocus()
        self._stack.setCurrentWidget(page)
        self.setFocusProxy(page)
        if focused:
            page.setFocus()

    def show_stock(self, articles: int) -> None:
        """Say, where no article is open, what to do in a library of so many."""
        self._empty.show_stock(articles)

    def show_metadata(self, article: Article) -> None:
        """Show what is known of the open article now; the text stays as it is."""
        if self._article is None or self._article.id != article.id:
            return
        self._article = article
        self.header.show_article(article)
        self._fit_header()

    def show_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Show these highlights and no others."""
        marks, scene = self.view.marks, self.view.scene
        if marks is None or scene is None:
            return
        self._highlights = tuple(highlights)
        changed = marks.replace(self._highlights)
        self.header.show_count(len(marks))
        if marks.focused is not None and marks.get(marks.focused) is None:
            marks.focus(None)
            self.focus_changed.emit(None)
        if changed:
            self._repaint(changed)

    def show_themes(self, themes: Sequence[Theme]) -> None:
        """Paint with the names and colours of these themes."""
        self._themes = MappingProxyType({theme.id: theme for theme in themes})
        self.view.painter.themes = self.stripes.themes = self._themes
        self.view.viewport().update()
        self.stripes.renew()
        self.view.bar.ask()

    def tell_apart(self, on: bool) -> None:
        """Draw the lines of each theme in a way of their own, or all alike but for their colour."""
        self.view.painter.tells_apart = on
        self.view.viewport().update()
        self.stripes.renew()

    def set_typography(self, setting: Typography) -> None:
        """Set the text in another way; the first line that could be read stays the first."""
        if setting == self._setting:
            return
        self._setting = setting
        self._redraw()

    def show_left_out(self, shown: bool) -> None:
        """Show what was left out in its place, or do not."""
        if shown != self._left_out:
            self._left_out = shown
            self._redraw()
            self._find_piece()

    def _find_piece(self) -> None:
        """Go to the first piece when none is in sight: who asked for them wants to see one."""
        places = places_of(self._content) if self._left_out and self._content is not None else ()
        if places and not any(self.view.first_visible() <= place < self.view.last_visible() for place in places):
            self._go((places[0], places[0]))

    def shows_left_out(self) -> bool:
        """Say whether what was left out is shown."""
        return self._left_out

    def show_hits(self, spans: Sequence[Span], title: Sequence[Span] = ()) -> None:
        """Mark words that were searched for: in the text and on the scroll bar, and those in the title."""
        self.header.show_hits(title)
        if in_order(spans) != self._hits.spans:
            self.use_hits(spans)
        else:
            self.hits_changed.emit()

    def use_hits(self, spans: Sequence[Span]) -> None:
        """Mark these words and no others."""
        self._hits.take(spans)
        self.view.painter.hits, self.view.painter.current_hit = self._hits.spans, None
        self.view.viewport().update()
        self.view.bar.ask()
        self.hits_changed.emit()

    # What is asked

    def current_article(self) -> str | None:
        """Return the id of the open article."""
        return self._article.id if self._article else None

    def position(self) -> int:
        """Return where the first line that can be read begins."""
        return self.view.first_visible()

    def share_read(self) -> float:
        """Return how far the reader is: 0 with the beginning in sight, 1 with the end, counted in characters."""
        first, last = self.view.first_visible(), self.view.last_visible()
        beyond = len(self.text()) - (last - first)
        return min(1.0, first / beyond) if last < len(self.text()) and beyond > 0 else 1.0

    def text(self) -> str:
        """Return the text of the open article."""
        return self._content.body.text if self._content else ""

    def hits(self) -> Sequence[Span]:
        """Return the words that are marked."""
        return self._hits.spans

    def hit(self) -> int | None:
        """Return the number (from 0) of the marked word that was gone to."""
        return self._hits.place

    def selection(self) -> Span | None:
        """Return what is selected."""
        return self.view.selected_span()

    def focused(self) -> str | None:
        """Return the id of the focused highlight."""
        return self.view.marks.focused if self.view.marks else None

    # Going somewhere

    def focus_highlight(self, highlight: str | None, *, scroll: bool = True, step: bool = False) -> None:
        """Show one highlight stronger than the others, and go to it, be it by a step from the one before."""
        marks = self.view.marks
        if marks is None:
            return
        known = marks.get(highlight)
        before = marks.focused
        changed = marks.focus(known.id if known else None)
        if known is not None:
            self._focus_block(None)
            if scroll:
                self._go((known.start, known.end), step=step)
        self._repaint(changed, ticks=False)
        if marks.focused != before:
            self.focus_changed.emit(marks.focused)

    def go_to(self, span: Span) -> None:
        """Go to a span and let it light up for a moment; an empty one stands for its line."""
        if self._content is None:
            return
        text = self._content.body.text
        start, end = max(0, min(span[0], len(text))), max(0, min(span[1], len(text)))
        if start >= end and self._content.body.blocks:
            block = self._content.body.block_at(start)
            start, end = block.start, max(block.start, block.end)
        self._go((start, end))
        self._flash.show((start, end))

    def return_to(self, position: int) -> None:
        """Go back to where the line that holds ``position`` was the first that could be read."""
        self._dwell.before_jump()
        self.view.restore(position)

    def _go(self, span: Span, *, step: bool = False) -> None:
        self._dwell.before_jump()
        with self.jumps.jump(step=step):
            self.view.show_span(span)

    # Drawing

    def _render(self, position: int) -> None:
        if self._article is None or self._content is None:
            return
        body = self._content.body
        focused = self.focused()
        self.view.use_setting(self._setting)
        width = self.view.text_width()
        head = self.header.fit(width, self._setting)
        self.pieces.show_pieces(self._content.left_out if self._left_out else ())
        rendered = render(body, self._looks.now, self._setting, width, head, self.pieces.gaps(width), self._pictures)
        scene = Scene(body, rendered)
        marks = Marks(scene.positions)
        marks.replace(self._highlights)
        marks.focused = focused if marks.get(focused) else None
        painter = self.view.painter
        painter.hits, painter.current_hit = self._hits.spans, self._hits.current()
        painter.flash = None
        self.view.focused_block = None
        self.header.show_count(len(marks))
        self.view.show_scene(scene, marks, rendered, self._setting, position)
        self.header.show()
        self.header.raise_()
        self.stripes.renew()
        self.view.bar.ask()

    def _redraw(self) -> None:
        """Set the same text in another way; what is selected stays selected."""
        if self._content is None:
            return
        chosen, cursor = self.selection(), self.view.textCursor()
        backwards = cursor.position() < cursor.anchor()
        self._render(self.position())
        if chosen is not None:
            self.view.select(chosen, backwards=backwards)

    def _fit_header(self) -> None:
        high = self.header.height()
        if self.header.fit(self.view.text_width(), self._setting) != high:
            self.view.set_head(self.header.height())

    def _fit(self) -> None:
        """Fit to another width what is not text."""
        self._fit_header()
        if self._content is not None and (
            self._left_out or any(block.kind == "image" for block in self._content.body.blocks)
        ):
            self._rest.start()

    def _repaint(self, changed: set[int], *, ticks: bool = True) -> None:
        if self.view.scene is not None:
            for number in changed:
                self.view.scene.forget_block(number)
        self.view.viewport().update()
        self.stripes.renew()
        if ticks:
            self.view.bar.ask()

    def _focus_block(self, number: int | None) -> None:
        if number != self.view.focused_block:
            self.view.focused_block = number
            self.view.viewport().update()

    def _laid_out(self) -> None:
        left = self.view.viewport().geometry().right() + 1
        right = self.view.width() - self.view.bar.width()
        self.stripes.setGeometry(left, 0, max(0, right - left), self.view.height())
        self.stripes.renew()
        self.scrolled.emit()

    def _hover(self, highlight: object) -> None:
        marks = self.view.marks
        if marks is None or marks.hovered == highlight:
            return
        changed = marks.hover(highlight if isinstance(highlight, str) else None)
        self._repaint(changed, ticks=False)
        self.view.viewport().setCursor(Qt.CursorShape.PointingHandCursor if highlight else self._pointer)

    def _link(self, address: QUrl) -> None:
        self.link_wished.emit(address.toString())

    def _show_ticks(self) -> None:
        scene, marks = self.view.scene, self.view.marks
        if scene is None or marks is None:
            return
        self.view.bar.show_ticks(
            ticks_of(scene, marks.ordered(), self._hits.spans, self.view.painter.colour, self._looks.now)
        )
