"""Where the characters of a block stand: rectangles of a stretch of it, exact in lines of mixed direction, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextLayout, QTextLine

from ui.reader.blocks import has_rtl

_GLYPHS: Final = QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphPositions | (
    QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle from the block's origin, as high as the line, and the base line's distance from that origin."""

    left: float
    right: float
    top: float
    bottom: float
    base: float

    def rect(self, origin: QPointF) -> QRectF:
        """Return the rectangle with the block at ``origin``."""
        return QRectF(origin.x() + self.left, origin.y() + self.top, self.right - self.left, self.bottom - self.top)


def pieces(block: QTextBlock, start: int, end: int) -> list[Piece]:
    """Return what the units ``start`` to ``end`` of a block cover, line by line; a space at a line's end is not."""
    layout = block.layout()
    text = block.text()
    units = text.encode("utf-16-le") if not text.isascii() else b""
    end = min(end, block.length() - 1)
    if start >= end or not layout.lineCount():
        return []
    mixed = has_rtl(text)
    found: list[Piece] = []
    number = layout.lineForTextPosition(start).lineNumber()
    while 0 <= number < layout.lineCount():
        line = layout.lineAt(number)
        first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
        if line.textStart() >= end:
            break
        if last == line.textStart() + line.textLength() and number + 1 < layout.lineCount():
            while last > first and _is_space(text, units, last - 1):
                last -= 1
        if last > first:
            ranges = _mixed(line, first, last) if mixed else [(_x(line, first), _x(line, last))]
            top, base = line.y(), line.y() + line.ascent()
            bottom = top + line.height()
            found += [Piece(min(a, b), max(a, b), top, bottom, base) for a, b in ranges if abs(b - a) > 0.01]
        number += 1
    return found


def _is_space(text: str, units: bytes, unit: int) -> bool:
    if not units:
        return text[unit : unit + 1].isspace()
    return units[2 * unit : 2 * unit + 2].decode("utf-16-le", "replace").isspace()


def _x(line: QTextLine, unit: int) -> float:
    where = line.cursorToX(unit)
    return where[0] if isinstance(where, tuple) else where


def _mixed(line: QTextLine, first: int, last: int) -> list[tuple[float, float]]:
    """Return the stretches of a line whose characters run both ways, joined where they touch.

    They are those of the glyphs: Qt's places of the caret are others where a line that runs left to right ends in words
    that run right to left, and where the direction changes.
    """
    stretches: list[tuple[float, float]] = []
    for run in line.glyphRuns(first, last - first, _GLYPHS):
        lefts = [position.x() for position in run.positions()]
        advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        if lefts:
            ends = [left + advance.x() for left, advance in zip(lefts, advances, strict=True)]
            stretches.append((min(lefts), max(ends)))
    joined: list[tuple[float, float]] = []
    for left, right in sorted(stretches):
        if joined and left <= joined[-1][1] + 0.6:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined
