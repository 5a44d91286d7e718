"""What the reading pane draws, laid out: the document, where its blocks are, and which of them can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock

from app.text.body import Body
from app.text.ranges import Span
from ui.reader import rects
from ui.reader.blocks import Group
from ui.reader.render import GAP, OURS, Rendered
from ui.reader.tables import place


@dataclass(frozen=True, slots=True)
class Seen:
    """A block that can be seen, its number in the body (``None``: it is not of the body), its place. Never keep it."""

    block: QTextBlock
    number: int | None
    rect: QRectF

    @property
    def gap(self) -> int | None:
        """Return the number of the left-out piece for which the block keeps room."""
        state = self.block.userState()
        return state - GAP if state >= GAP else None


class Scene:
    """A rendered body and the places of its characters; coordinates are those of the document."""

    def __init__(self, body: Body, rendered: Rendered) -> None:
        """Look at ``rendered``, which was made of ``body``."""
        self.body = body
        self.document = rendered.document
        self.positions = rendered.positions
        self.groups = rendered.groups
        self.pictures = rendered.pictures
        self.group_of = [number for number, group in enumerate(rendered.groups) for _ in _numbers(group)]
        self._pieces: dict[int, dict[Span, list[rects.Piece]]] = {}
        self._tops: dict[int, float] = {}
        self._code: dict[int, list[Span]] = {}
        for run in body.runs:
            if run.kind == "code":
                self._code.setdefault(self.positions.block(run.start), []).append((run.start, run.end))

    def code_runs(self, number: int) -> list[Span]:
        """Return the spans of a block that are code inside a sentence."""
        return self._code.get(number, [])

    def forget(self) -> None:
        """Forget all places, because the lines broke anew."""
        self._pieces.clear()
        self._tops.clear()

    def block(self, number: int) -> QTextBlock:
        """Return a block of the body by its number. Never keep it."""
        return self.document.findBlock(self.positions.units[number])

    def number(self, block: QTextBlock) -> int | None:
        """Return the body's number of a block of the document."""
        if block.userState() != OURS:
            return None
        return self.positions.block(self.positions.to_points(block.position()))

    def seen(self, top: float, bottom: float) -> Iterator[Seen]:
        """Yield the blocks that touch the height from ``top`` to ``bottom``."""
        layout = self.document.documentLayout()
        head = layout.blockBoundingRect(self.document.firstBlock()).top()  # above it Qt's answer is the end
        unit = layout.hitTest(QPointF(2, max(head + 1, top)), Qt.HitTestAccuracy.FuzzyHit)
        block = self.document.findBlock(max(unit, 0)).previous()
        while block.isValid() and layout.blockBoundingRect(block).top() > top:
            block = block.previous()
        block = self._row_start(block)
        if not block.isValid():
            block = self.document.firstBlock()
        while block.isValid():
            rect = layout.blockBoundingRect(block)
            if rect.top() > bottom:
                break
            if rect.bottom() >= top:
                yield Seen(block, self.number(block), rect)
            block = block.next()

    def rects(self, span: Span, number: int, seen: Seen | None = None) -> list[tuple[QRectF, float]]:
        """Return what a span covers in a block: rectangles as high as their lines, each with its base line."""
        block = seen.block if seen else self.block(number)
        origin = (seen.rect if seen else self.document.documentLayout().blockBoundingRect(block)).topLeft()
        here = self._pieces.setdefault(number, {})
        found = here.get(span)
        if found is None:
            found = here[span] = rects.pieces(block, *self.positions.inside(number, *span))
        return [(piece.rect(origin), origin.y() + piece.base) for piece in found]

    def forget_block(self, number: int) -> None:
        """Forget the places kept for a block, because other spans are asked for now."""
        self._pieces.pop(number, None)

    def covers(self, span: Span, point: QPointF) -> bool:
        """Return whether a point lies on the characters of a span."""
        number = self.number_at(point)
        return number is not None and any(rect.contains(point) for rect, _ in self.rects(span, number))

    def number_at(self, point: QPointF) -> int | None:
        """Return the number of the block at, or next to, a point."""
        unit = self.document.documentLayout().hitTest(point, Qt.HitTestAccuracy.FuzzyHit)
        block = self.document.findBlock(max(0, unit))
        return self.number(block) if block.isValid() else None

    def top(self, position: int) -> float:
        """Return the height at which the line that holds a code point begins."""
        if not len(self.positions):
            return 0.0
        number = self.positions.block(position)
        block = self.block(number)
        rect = self.document.documentLayout().blockBoundingRect(block)
        inside, _ = self.positions.inside(number, position, position)
        line = block.layout().lineForTextPosition(inside)
        return rect.top() + (line.y() if line.isValid() else 0.0)

    def known_top(self, position: int) -> float:
        """Return :meth:`top`, worked out once until the lines break anew."""
        top = self._tops.get(position)
        if top is None:
            top = self._tops[position] = self.top(position)
        return top

    def _row_start(self, block: QTextBlock) -> QTextBlock:
        """Return the block that begins the table row of ``block``: cells beside it may be higher than it is."""
        number = self.number(block) if block.isValid() else None
        if number is None or self.body.blocks[number].kind != "cell":
            return block
        first, row = self.groups[self.group_of[number]].first, place(self.body.blocks[number])[0]
        while number > first and place(self.body.blocks[number - 1])[0] == row:
            number -= 1
        return self.block(number)


def _numbers(group: Group) -> range:
    return range(group.first, group.last + 1)
