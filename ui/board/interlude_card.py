"""What stands between the passages of a collection as it is drawn on the board: a heading, or connecting text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.model import Interlude
from ui.board.card import PAD_X
from ui.board.prose import Prose
from ui.looks import SERIF, Look, font
from ui.widgets.notes import reading

# by its level: size of the letters, height of a line, room above
_SHAPES: Final[Mapping[int, tuple[int, int, int]]] = MappingProxyType(
    {0: (16, 25, 12), 1: (25, 34, 30), 2: (21, 29, 24), 3: (18, 26, 18)}
)
_BELOW: Final = 12
_LINES: Final = 24
_TEXT: Final = 2400  # code points of a text that can matter on a card
_EDITOR: Final = 10  # above and below the editor


class InterludeCard:
    """A heading or a text laid out for a width, ready to be drawn; ``height`` is that of the whole card."""

    def __init__(self, interlude: Interlude, width: int, look: Look, *, editor: int = 0) -> None:
        """Lay it out. While it is written, there is room for an ``editor`` of so many pixels in its place."""
        self._look, self._width, self._editor = look, width - 2 * PAD_X, editor
        size, line, self._above = _SHAPES[interlude.level]
        heading = bool(interlude.level)
        text, runs = (interlude.text, ()) if heading else reading(interlude.text[:_TEXT])
        face = font(size, 600 if heading else 400, family=SERIF)
        self._words = Prose(text or " ", face, self._width, line, _LINES, (0, len(text)), runs=runs)
        inside = editor + 2 * _EDITOR if editor else self._above + self._words.height + _BELOW
        self.height = inside

    def editor(self) -> QRectF:
        """Return the room for the editor, from the card's top left corner."""
        return QRectF(PAD_X, _EDITOR, self._width, self._editor)

    def draw(self, painter: QPainter, at: QPointF, *, chosen: bool) -> None:
        """Draw it with its top left corner ``at`` a point."""
        if not self._editor:
            painter.setPen(self._look.colour("text"))
            self._words.draw(painter, QPointF(at.x() + PAD_X, at.y() + self._above))
