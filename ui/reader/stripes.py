"""The margin beside the text: a bracket for each theme of each highlight, and its name where there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.model import Highlight, Theme
from ui.looks import Looks, font
from ui.reader.marks import NO_THEME
from ui.reader.paint import NEUTRAL, letter_px
from ui.reader.view import ArticleView
from ui.widgets.theme_lines import dashed
from ui.widgets.theme_marks import paint_dot
from ui.widgets.tips import plain_tip
from ui.wording import in_a_row

_FIRST: Final = 10
_STEP: Final = 7
_NAME_HIGH: Final = 18
_NAMES_FROM: Final = 96  # pixels below which names are not shown
_BRACKETS_FROM: Final = 20
_MOST_LANES: Final = 8


@dataclass(frozen=True, slots=True)
class Stripe:
    """A bracket from ``top`` to ``bottom`` in a lane, and the height of its name (``None``: it has no room for one)."""

    highlight: str
    theme: str
    top: float
    bottom: float
    lane: int
    name: float | None
    note: bool
    author: str = ""


class Stripes(QWidget):
    """Lies in the right margin of the text. A click focuses a highlight, the mouse over a bracket shows which it is."""

    chosen = Signal(str)
    hovered = Signal(object)

    def __init__(self, looks: Looks, view: ArticleView) -> None:
        """Stand beside ``view``."""
        super().__init__(view)
        self._looks, self._view = looks, view
        self.themes: Mapping[str, Theme] = {}
        self._placed: Sequence[Stripe] | None = None
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Highlights beside the text"))
        looks.changed.connect(self.renew)

    def renew(self) -> None:
        """Place the brackets anew: the text scrolled, or highlights changed."""
        self._placed = None
        self.update()

    def stripes(self) -> Sequence[Stripe]:
        """Return what is drawn."""
        if self._placed is None:
            self._placed = self._place() if self.width() >= _BRACKETS_FROM else ()
        return self._placed

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw brackets and names."""
        marks = self._view.marks
        if marks is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(13))
        for stripe in self.stripes():
            self._paint(painter, stripe, lively=stripe.highlight in (marks.focused, marks.hovered))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Focus the highlight whose bracket or name was clicked."""
        found = self._at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(found.highlight)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which passage a bracket belongs to."""
        found = self._at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
        self.hovered.emit(found.highlight if found else None)
        tip = self._name(found) if found else ""
        if tip != self.toolTip():
            self.setToolTip(plain_tip(tip))
            if not tip:
                QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self.hovered.emit(None)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the text."""
        QCoreApplication.sendEvent(self._view.viewport(), event)

    def _place(self) -> list[Stripe]:
        spans = sorted(self._seen().values(), key=lambda item: (item[1], item[1] - item[2], item[0].id))
        lanes: list[float] = []
        placed: list[tuple[Highlight, str, float, float, int]] = []
        for one, top, bottom in spans:
            for theme in one.themes or (NO_THEME,):
                lane = next((n for n, end in enumerate(lanes) if end < top - 2), len(lanes))
                if lane == len(lanes):
                    lanes.append(bottom)
                lanes[lane] = bottom
                placed.append((one, theme, top, bottom, min(lane, _MOST_LANES - 1)))
        self._names_at = _FIRST + max(3, min(len(lanes), _MOST_LANES)) * _STEP + 8
        named = self.width() - self._names_at >= _NAMES_FROM
        below, stripes, noted = float("-inf"), [], set[str]()
        for one, theme, top, bottom, lane in placed:
            height = max(top, below) if named else None
            if height is not None:
                below = height + _NAME_HIGH
            note = bool(one.note.strip()) and one.id not in noted
            noted.add(one.id)
            stripes.append(Stripe(one.id, theme, top, bottom, lane, height, note, one.author))
        return stripes

    def _seen(self) -> dict[str, tuple[Highlight, float, float]]:
        """Return the highlights of which something can be seen, and from where to where they reach."""
        view, found = self._view, dict[str, tuple[Highlight, float, float]]()
        if view.scene is None or view.marks is None:
            return found
        offset = view.offset()
        for block in view.seen(-60, self.height() + 60):
            if block.number is None:
                continue
            px = letter_px(block)
            bounds = view.scene.positions.starts[block.number], view.scene.positions.ends[block.number]
            for one in view.marks.in_block(block.number):
                span = max(one.start, bounds[0]), min(one.end, bounds[1])
                places = view.scene.rects(span, block.number, block)
                if not places:
                    continue
                bases = [base for _, base in places]
                top, bottom = min(bases) - px * 0.9 - offset, max(bases) + px * 0.3 - offset
                _, known_top, known_bottom = found.get(one.id, (one, top, bottom))
                found[one.id] = one, min(top, known_top), max(bottom, known_bottom)
        return found

    def _paint(self, painter: QPainter, stripe: Stripe, *, lively: bool) -> None:
        look = self._looks.now
        theme = self.themes.get(stripe.theme)
        colour = look.theme(theme.colour if theme else NEUTRAL)
        x = _FIRST + stripe.lane * _STEP
        path = QPainterPath(QPointF(x - 3, stripe.top))
        path.lineTo(x, stripe.top)
        path.lineTo(x, stripe.bottom)
        path.lineTo(x - 3, stripe.bottom)
        pen = QPen(colour, 2.8 if lively else 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(dashed(pen, self._view.painter.kind(stripe.theme)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        if stripe.name is None:
            return
        paint_dot(painter, QPointF(self._names_at + 3, stripe.name + _NAME_HIGH / 2), colour, 3.2)
        painter.setPen(look.colour("text" if lively else "muted"))
        room = self.width() - self._names_at - 18
        metrics = painter.fontMetrics()
        wide = room - 20 if stripe.note else room
        name = metrics.elidedText(self._name(stripe), Qt.TextElideMode.ElideRight, wide)
        words = QRectF(self._names_at + 13, stripe.name, wide, _NAME_HIGH)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        if stripe.note:
            glyph = self._looks.icon("ph.note", "muted").pixmap(14, 14)
            painter.drawPixmap(QPointF(words.left() + metrics.horizontalAdvance(name) + 6, stripe.name + 2), glyph)

    def _name(self, stripe: Stripe) -> str:
        """Return the theme of a bracket, and whose it is where it is not the reader's own."""
        known = self.themes.get(stripe.theme)
        return in_a_row((known.name if known else self.tr("No theme"), stripe.author))

    def _at(self, point: QPointF) -> Stripe | None:
        """Return the name under a point, otherwise the nearest bracket beside it."""
        for stripe in self.stripes():
            named = stripe.name is not None and point.x() >= self._names_at - 4
            if named and stripe.name is not None and stripe.name <= point.y() < stripe.name + _NAME_HIGH:
                return stripe
        near = [
            (abs(_FIRST + stripe.lane * _STEP - point.x()), stripe)
            for stripe in self.stripes()
            if stripe.top - 2 <= point.y() <= stripe.bottom + 2
        ]
        return (
            min(near, key=lambda item: item[0], default=(99.0, None))[1]
            if near and min(distance for distance, _ in near) <= _STEP
            else None
        )
