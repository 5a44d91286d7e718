"""Qt counts in UTF-16 units, the program in code points: from one to the other, for texts that are laid out by hand."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextLayout

from app.text.ranges import Span


def units(text: str, position: int | None = None) -> int:
    """Return how many units stand before a code point of a text; without one, how many the text has."""
    return len(text[:position].encode("utf-16-le", "surrogatepass")) // 2


def points(text: str, unit: int) -> int:
    """Return how many code points stand before a unit of a text."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * unit].decode("utf-16-le", "ignore"))


def drawn_as(form: QTextCharFormat, text: str, span: Span) -> QTextLayout.FormatRange:
    """Return what tells the layout of a text to draw a span of it in a format."""
    made = QTextLayout.FormatRange()
    made.start = units(text, span[0])
    made.length = units(text, span[1]) - made.start
    made.format = form
    return made


def line_spans(layout: QTextLayout) -> list[Span]:
    """Return the lines of a layout as spans of its text."""
    raw = layout.text().encode("utf-16-le", "surrogatepass")
    found, position = [], 0
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first = line.textStart()
        piece = raw[2 * first : 2 * (first + line.textLength())].decode("utf-16-le", "surrogatepass")
        found.append((position, position + len(piece)))
        position += len(piece)
    return found
