"""One line of a list in which a few letters were typed: the letters that match are bold, what leads to it is quiet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from ui.looks import Looks
from ui.widgets.units import drawn_as

_SIZE: Final = 14
_ELLIPSIS: Final = "…"
_BETWEEN: Final = " > "
_ENDLESS: Final = 100_000


def paint_matched(
    painter: QPainter,
    looks: Looks,
    room: QRect,
    text: str,
    places: Sequence[int] = (),
    *,
    parent: int = 0,
    colour: str = "text",
) -> None:
    """Draw a line in the middle of ``room``, cut where it is too long: the letters at ``places`` bold.

    Its first ``parent`` letters are the names above it in a tree ``A > B``; they are quiet, and the first to go.
    ``places`` and ``parent`` are counted in code points.
    """
    plain, bold = looks.font(_SIZE), looks.font(_SIZE, 700)
    metrics = QFontMetrics(bold if places else plain)
    text, gone = _from_below(text, parent, metrics, room.width())
    parent = max(0, parent - gone)
    places = [place - gone for place in places if not gone or place > gone]
    line = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    kept = len(line) if line == text else len(line) - 1
    mark, quiet = QTextCharFormat(), QTextCharFormat()
    mark.setFont(bold)
    mark.setForeground(looks.now.colour("accent"))
    quiet.setForeground(looks.now.colour("muted"))
    layout = QTextLayout(line, plain)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    above = [drawn_as(quiet, line, (0, min(parent, kept)))] if parent else []
    layout.setFormats([*above, *(drawn_as(mark, line, (place, place + 1)) for place in places if place < kept)])
    layout.beginLayout()
    made = layout.createLine()
    made.setLineWidth(_ENDLESS)
    layout.endLayout()
    painter.setPen(QPen(looks.now.colour(colour)))
    layout.draw(painter, QPointF(room.left(), room.top() + (room.height() - made.height()) / 2))


def _from_below(text: str, parent: int, metrics: QFontMetrics, room: int) -> tuple[str, int]:
    """Return a path without its first names, where it is too long, and how many code points it is shorter."""
    start = 0
    while metrics.horizontalAdvance(_ELLIPSIS + text[start:] if start else text) > room:
        after = text.find(_BETWEEN, start + 1, parent)
        if after < 0:
            break
        start = after
    return (_ELLIPSIS + text[start:], start - len(_ELLIPSIS)) if start else (text, 0)
