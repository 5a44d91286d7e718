"""Highlights, search hits and the flash, painted under the letters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from app.model import Theme
from app.text.ranges import Span
from ui.looks import Looks
from ui.reader.marks import FOCUSED, HOVERED, Marks, Plan
from ui.reader.scene import Scene, Seen
from ui.widgets.theme_lines import dashed, line_of

NEUTRAL: Final = "#8a8d93"
_STRENGTH: Final = {FOCUSED: 1.9, HOVERED: 1.45}
_THICK: Final = 2.0
_APART: Final = 3.0


class MarkPainter:
    """Paints the marks of the blocks that can be seen; it keeps nothing of the document."""

    def __init__(self, looks: Looks) -> None:
        """Paint in the colours of ``looks``."""
        self._looks = looks
        self.themes: Mapping[str, Theme] = {}
        self.tells_apart = False  # the lines of themes differ in more than colour
        self.hits: Sequence[Span] = ()
        self.current_hit: Span | None = None
        self.flash: Span | None = None

    def colour(self, theme: str) -> str:
        """Return a theme's own colour; that of no theme, or of an unknown one, is neutral."""
        known = self.themes.get(theme)
        return known.colour if known else NEUTRAL

    def kind(self, theme: str) -> Sequence[float]:
        """Return the strokes and gaps of a theme's lines; none where they are drawn through."""
        known = self.themes.get(theme)
        return line_of(known) if self.tells_apart and known is not None else ()

    def paint(self, painter: QPainter, scene: Scene, marks: Marks, seen: Sequence[Seen]) -> None:
        """Paint washes, then hits and the flash, then the lines under the letters."""
        planned = [(one, one.number, marks.plan(one.number)) for one in seen if one.number is not None]
        for one, number, plan in planned:
            self._paint_washes(painter, scene, one, number, plan)
        for one, number, _ in planned:
            self._paint_spans(painter, scene, one, number)
        for one, number, plan in planned:
            self._paint_lines(painter, scene, one, number, plan)

    def _paint_washes(self, painter: QPainter, scene: Scene, one: Seen, number: int, plan: Plan) -> None:
        px = letter_px(one)
        for wash in plan.washes:
            colour = self._looks.now.wash(self.colour(wash.theme), _STRENGTH.get(wash.strength, 1.0))
            for rect, base in scene.rects(wash.span, number, one):
                painter.fillRect(letters(rect, base, px), colour)

    def _paint_lines(self, painter: QPainter, scene: Scene, one: Seen, number: int, plan: Plan) -> None:
        px = letter_px(one)
        for line in plan.underlines:
            colour, kind = self._looks.now.theme(self.colour(line.theme)), self.kind(line.theme)
            painter.setPen(dashed(QPen(colour, _THICK), kind))
            for rect, base in scene.rects(line.span, number, one):
                top = round(base + px * 0.26 + line.lane * _APART)
                if kind:
                    ends = QPointF(rect.left(), top + _THICK / 2), QPointF(rect.right(), top + _THICK / 2)
                    painter.drawLine(*ends)
                else:
                    painter.fillRect(QRectF(rect.left(), top, rect.width(), _THICK), colour)

    def _paint_spans(self, painter: QPainter, scene: Scene, one: Seen, number: int) -> None:
        bounds = scene.positions.starts[number], scene.positions.ends[number]
        px = letter_px(one)
        for span in overlapping(self.hits, bounds):
            shade = self._looks.now.colour("hit_current" if span == self.current_hit else "hit")
            self._fill(painter, scene, one, span, shade, px)
        if self.flash and self.flash[0] < bounds[1] and bounds[0] < self.flash[1]:
            shade = QColor(self._looks.now.colour("accent"))
            shade.setAlphaF(0.22)
            self._fill(painter, scene, one, self.flash, shade, px)

    def _fill(self, painter: QPainter, scene: Scene, one: Seen, span: Span, shade: QColor, px: float) -> None:
        assert one.number is not None
        for rect, base in scene.rects(span, one.number, one):
            painter.fillRect(letters(rect, base, px), shade)


def letter_px(one: Seen) -> float:
    """Return the height in pixels of a block's letters."""
    return float(max(1, one.block.charFormat().font().pixelSize()))


def letters(rect: QRectF, base: float, px: float) -> QRectF:
    """Return what of a line's rectangle is painted as the ground of letters."""
    top = round(base - px * 0.92)
    return QRectF(rect.left(), top, rect.width(), round(px * 1.2))


def overlapping(spans: Sequence[Span], bounds: Span) -> list[Span]:
    """Return those of ``spans``, sorted and apart from each other, that have something in common with ``bounds``."""
    first = bisect_left(spans, bounds[0], key=lambda span: span[1])
    found: list[Span] = []
    for span in spans[first : first + 5000]:
        if span[0] >= bounds[1]:
            break
        if span[1] > bounds[0]:
            found.append(span)
    return found
