"""A passage as it is drawn on a board: its words in their context, where they come from, its themes and its note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from app.model import Theme
from ui.board.model import shown_note, source, title_of
from ui.board.passage import Passage
from ui.board.prose import Prose
from ui.looks import SERIF, Look, font
from ui.widgets.theme_marks import paint_dot

PAD_X: Final = 20
WIDEST: Final = 800  # of a card; a line is not longer than can be read
_SIDE: Final = 8  # free on either side of a card
_PAD_Y: Final = 17
_LINE: Final = 27  # of the passage
_SMALL: Final = 20  # of the source line
_NOTE_LINE: Final = 20
_GAP: Final = 7
_LINES: Final = 6
_ARTICLE_LINES: Final = 2
_NOTE_LINES: Final = 4
_UNDERLINES: Final = 3
_PLAIN: Final = "#888888"  # the colour of a passage without a theme


def column(width: int) -> tuple[int, int]:
    """Return where cards begin and how wide they are in a list of so many pixels."""
    wide = max(120, min(WIDEST, width - 2 * _SIDE))
    return max(0, (width - wide) // 2), wide


class Card:
    """A passage laid out for a width, ready to be drawn; ``height`` is that of the whole card."""

    def __init__(
        self, passage: Passage, themes: Mapping[str, Theme], width: int, look: Look, *, editor: int = 0
    ) -> None:
        """Lay it out. While its note is written, there is room for an ``editor`` of so many pixels in its place."""
        self._look, self._width = look, width - 2 * PAD_X
        self._passage, self._editor = passage, editor
        self._themes = [themes[key] for key in passage.themes if key in themes]
        self._text = self._words(passage, look)
        note = "" if editor else shown_note(passage)
        self._note = Prose(note, font(14), self._width - 24, _NOTE_LINE, _NOTE_LINES) if note else None
        self._source = _PAD_Y + self._head() + self._text.height + _GAP
        self._tags = self._source + _SMALL + 2
        self._end = self._tags + (_SMALL + 2 if self._themes else 0)
        if editor:
            below = editor + _GAP
        else:
            below = self._note.height + 18 + _GAP if self._note else 0
        self.height = self._end + below + _PAD_Y - 3

    def editor(self) -> QRectF:
        """Return the room for the editor of the note, from the card's top left corner."""
        return QRectF(PAD_X, self._end + _GAP, self._width, self._editor)

    def draw(self, painter: QPainter, at: QPointF, *, chosen: bool) -> None:
        """Draw the card with its top left corner ``at`` a point."""
        left = at.x() + PAD_X
        if not self._passage.highlight:
            self._draw_title(painter, QPointF(left, at.y() + _PAD_Y))
        top = QPointF(left, at.y() + _PAD_Y + self._head())
        self._draw_marks(painter, top)
        painter.setPen(self._look.colour("muted" if chosen else "faint"))
        self._text.draw(painter, top)
        painter.setPen(self._look.colour("muted"))
        painter.setFont(font(13))
        self._line(painter, source(self._passage), QRectF(left, at.y() + self._source, self._width, _SMALL))
        if self._themes:
            self._draw_tags(painter, left, at.y() + self._tags)
        if self._note:
            self._draw_note(painter, QPointF(left, at.y() + self._end + _GAP), "card" if chosen else "hover")

    def _words(self, passage: Passage, look: Look) -> Prose:
        ink = look.colour("text")
        serif = font(17, family=SERIF)
        if passage.highlight:
            return Prose(passage.context, serif, self._width, _LINE, _LINES, passage.span_in_context, ink)
        start = " ".join((passage.context or passage.article.excerpt).replace("\ufffc", " ").split())
        return Prose(start, serif, self._width, _LINE, _ARTICLE_LINES)

    def _head(self) -> int:
        return 0 if self._passage.highlight else _LINE + 2

    def _draw_title(self, painter: QPainter, at: QPointF) -> None:
        painter.setPen(self._look.colour("text"))
        painter.setFont(font(17, 600, family=SERIF))
        self._line(painter, title_of(self._passage), QRectF(at.x(), at.y(), self._width, _LINE))

    def _draw_marks(self, painter: QPainter, at: QPointF) -> None:
        """Draw the tints and the underlines of the passage; a line for each theme, three at the most."""
        if not self._passage.highlight:
            return
        colours = [theme.colour for theme in self._themes] or [_PLAIN]
        strength = (1 + 0.25 * (len(colours) - 1)) / len(colours)  # many tints together stay legible
        for band in self._text.bands():
            base = at.y() + self._text.baseline(band)
            ground = QRectF(at.x() + band.left() - 1, base - 18, band.width() + 2, 24)
            for colour in colours:
                painter.fillRect(ground, self._look.wash(colour, strength))
            for lane, colour in enumerate(colours[:_UNDERLINES]):
                line = QRectF(ground.left(), base + 4 + 2.5 * lane, ground.width(), 1.8)
                painter.fillRect(line, self._look.theme(colour))

    def _draw_tags(self, painter: QPainter, left: float, top: float) -> None:
        face = font(13, 600)
        metrics = QFontMetricsF(face)
        end = left + self._width
        painter.setFont(face)
        for number, theme in enumerate(self._themes):
            rest = len(self._themes) - number
            room = end - left - (34 if rest > 1 else 0)
            name = metrics.elidedText(theme.name, Qt.TextElideMode.ElideRight, max(0, room - 14))
            if room < 70 and number:
                painter.setPen(self._look.colour("muted"))
                painter.drawText(QRectF(left, top, 40, _SMALL), Qt.AlignmentFlag.AlignVCenter, f"+{rest}")
                return
            paint_dot(painter, QPointF(left + 4, top + _SMALL / 2 + 1), self._look.theme(theme.colour))
            painter.setPen(self._look.colour("muted"))
            wide = metrics.horizontalAdvance(name)
            painter.drawText(QRectF(left + 14, top, wide + 2, _SMALL), Qt.AlignmentFlag.AlignVCenter, name)
            left += 14 + wide + 16

    def _draw_note(self, painter: QPainter, at: QPointF, ground: str) -> None:
        assert self._note is not None
        box = QRectF(at.x(), at.y(), self._width, self._note.height + 18)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(ground))
        painter.drawRoundedRect(box, 8, 8)
        painter.restore()
        painter.setPen(self._look.colour("text"))
        self._note.draw(painter, at + QPointF(12, 9))

    @staticmethod
    def _line(painter: QPainter, text: str, place: QRectF) -> None:
        """Draw one line, with an ellipsis where it does not fit."""
        shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def draw_ground(painter: QPainter, place: QRectF, look: Look, *, chosen: bool, ringed: bool, active: bool) -> None:
    """Draw what lies under a chosen card, and the bar at its left; a ring where the keyboard is beside that."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("selected"))
        painter.drawRoundedRect(place.adjusted(0, 2, 0, -2), 9, 9)
        painter.setBrush(look.colour("accent" if active else "faint"))
        painter.drawRoundedRect(QRectF(place.left(), place.top() + 12, 3, place.height() - 24), 1.5, 1.5)
    if ringed:
        painter.setPen(look.colour("accent"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(0.5, 2.5, -0.5, -2.5), 9, 9)
    painter.restore()
