"""Walking through an article: to the next highlight, the next paragraph, the next word that was searched for."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.model import Highlight
from app.text.anchors import trim
from app.text.ranges import Span
from app.text.sentences import sentence_at
from ui.looks import Looks
from ui.reader.pane import ReadingPane
from ui.widgets.spoken import spoken

_PASSED_OVER: Final = ("rule", "image")


class WalkingPane(ReadingPane):
    """Goes on from the focused highlight or paragraph; without one, from what was clicked, or else is in sight.

    ``came_to`` says what is there now, to whoever cannot see it.
    """

    came_to = Signal(str)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        """Show that there is nothing to read yet."""
        super().__init__(looks, parent)
        self._clicked: int | None = None  # a place where nothing was chosen, until something is or it is out of sight
        self.focus_changed.connect(self._unclick)
        self.view.copyAvailable.connect(self._unclick)

    def next_hit(self) -> None:
        """Go to the next word that was searched for."""
        self._step_hit(1)

    def previous_hit(self) -> None:
        """Go to the word before that was searched for."""
        self._step_hit(-1)

    def _step_hit(self, step: int) -> None:
        span = self._hits.step(step, self.position())
        if span is None:
            return
        self.view.painter.current_hit = span
        self._go(span, step=True)
        self.view.viewport().update()
        self.hits_changed.emit()
        start, end = sentence_at(self.text(), span[0])
        self.came_to.emit(self.text()[start:end])

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

    def _step_highlight(self, *, forward: bool) -> None:
        marks = self.view.marks
        if marks is None or not len(marks):
            return
        order = marks.ordered()
        self._let_unseen_go()
        one = self._focused_highlight()
        if one is not None:
            place = order.index(one) + (1 if forward else -1)
        else:
            here = self._beginning()
            after = next((number for number, other in enumerate(order) if other.start >= here), len(order))
            place = after if forward else after - 1
        place = max(0, min(place, len(order) - 1))  # beyond the last one, that comes into sight again
        self._come_to(order[place])

    def _come_to(self, one: Highlight) -> None:
        """Focus a highlight, and say it."""
        self.focus_highlight(one.id, step=True)
        names = [self._themes[theme].name for theme in one.themes if theme in self._themes]
        self.came_to.emit(spoken(one, names))

    def _step_paragraph(self, step: int) -> None:
        if self._content is None or self.view.scene is None or not self._content.body.blocks:
            return
        self._let_unseen_go()
        blocks = self._content.body.blocks
        at = self.view.focused_block
        if at is None:
            one = self._focused_span()
            here = one[0] if one else self._beginning()
            at = self.view.scene.positions.block(here)
            if one is None and (self._clicked is not None or (blocks[at].start < here) != (step > 0)):
                at -= step  # the first step leads to what was clicked or begins in sight, not to what is cut off above
        at += step
        while 0 <= at < len(blocks) and (blocks[at].kind in _PASSED_OVER or blocks[at].start == blocks[at].end):
            at += step
        if 0 <= at < len(blocks):
            self.focus_highlight(None)
            self._focus_block(at)
            self._unclick()
            self._walk((blocks[at].start, blocks[at].end))
            self.came_to.emit(self.text()[blocks[at].start : blocks[at].end])

    def _walk(self, span: Span) -> None:
        """Go on to a span in the course of reading."""
        self.view.show_span(span)
        self._dwell.scrolled()

    def _let_unseen_go(self) -> None:
        """Focus nothing that is out of sight: a key is for what can be seen."""
        one, paragraph = self._focused_span(), self._paragraph()
        if one is not None and not self.view.in_sight(one):
            self.focus_highlight(None)
        if paragraph is not None and not self.view.in_sight(paragraph):
            self._focus_block(None)
        if self._clicked is not None and not self.view.in_sight((self._clicked, self._clicked)):
            self._unclick()

    def _beginning(self) -> int:
        """Return where keys begin while nothing is chosen."""
        return self.position() if self._clicked is None else self._clicked

    def _unclick(self) -> None:
        self._clicked = None

    def return_to(self, position: int) -> None:
        """Go back to a position; what was focused elsewhere is so no longer."""
        super().return_to(position)
        self._let_unseen_go()

    def _go(self, span: Span, *, step: bool = False) -> None:
        super()._go(span, step=step)
        self._unclick()
        self._let_unseen_go()

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
        span = trim(self.text(), block.start, block.end)
        return span if span[0] < span[1] else None
