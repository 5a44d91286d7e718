"""A few lines of text with the hits marked, ending in an ellipsis when there is more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from app.text import graphemes
from app.text.ranges import Span
from ui.widgets.units import drawn_as, points, units

Marked = Sequence[tuple[Span, QTextCharFormat]]
"""Spans of code points, each with the format in which it is drawn; where two lie over each other, both hold."""

ELLIPSIS: Final = "…"
_LEAD: Final = 16
_SILENT: Final = " \u00a0\ufffc"
# each as long as what it stands for, so that spans stay where they are; Qt drops a leading byte order mark
_LINED: Final = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\u2028": " ", "\u2029": " ", "\ufeff": "\u200b"})


def one_line(text: str) -> str:
    """Return ``text`` without line breaks, every code point in its place."""
    return text.translate(_LINED)


def laid_out(
    text: str, spans: Sequence[Span], hit: QTextCharFormat, font: QFont, width: float, lines: int, height: float
) -> QTextLayout:
    """Return at most ``lines`` lines of ``height`` pixels; ``spans`` (code points) are drawn in the format ``hit``.

    Where the first span would be cut off, the text begins a few words before it.
    """
    return formatted(text, [(span, hit) for span in spans], font, width, lines, height)


def formatted(text: str, marked: Marked, font: QFont, width: float, lines: int, height: float) -> QTextLayout:
    """Return at most ``lines`` lines of ``height`` pixels, with the marked spans in their formats.

    Where the first of them would be cut off, the text begins a few words before it.
    """
    text = one_line(text)
    cut = _broken(layout := _layout(text, marked, font), text, width, lines, height, font)
    if cut is not None and marked and marked[0][0][1] > cut:
        whole, given, lead = text, marked, _LEAD
        text, marked = _nearer(whole, given, lead)
        cut = _broken(layout := _layout(text, marked, font), text, width, lines, height, font)
        while cut is None and lead < given[0][0][0]:  # it ends soon: there is room for more of what comes before
            lead *= 2
            longer, moved = _nearer(whole, given, lead)
            if _broken(wider := _layout(longer, moved, font), longer, width, lines, height, font) is not None:
                break
            layout = wider
    if cut is None:
        return layout
    kept = text[:cut].rstrip(" .,;:")
    last = len(kept)
    inside = [((start, min(end, last)), form) for (start, end), form in marked if start < last]
    shorter = _layout(kept + ELLIPSIS, inside, font)
    _broken(shorter, kept + ELLIPSIS, width, lines, height, None)
    return shorter


def begun(text: str, spans: Sequence[Span]) -> tuple[str, Sequence[Span]]:
    """Return the text from its first word on, and the spans in it: pictures and blanks before it say nothing here."""
    lead = len(text) - len(text.lstrip(_SILENT))
    return text[lead:], [(max(0, start - lead), end - lead) for start, end in spans if end > lead]


def _nearer(text: str, marked: Marked, lead: int) -> tuple[str, Marked]:
    """Return the text from a word ``lead`` code points or more before the first span, and the spans in it."""
    first = marked[0][0][0]
    start = text.rfind(" ", max(0, first - lead - _LEAD), max(0, first - lead)) + 1
    start = start or graphemes.floor(text, max(0, first - lead))
    before = ELLIPSIS if start else ""
    by = len(before) - start
    moved = [((max(0, one + by), other + by), form) for (one, other), form in marked if other + by > 0]
    return before + text[start:], moved


def _layout(text: str, marked: Marked, font: QFont) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.setFormats([drawn_as(form, text, span) for span, form in marked])
    return layout


def _broken(layout: QTextLayout, text: str, width: float, lines: int, height: float, font: QFont | None) -> int | None:
    """Break the text into lines. When it has too many, return the code point after which it must be cut."""
    size = units(text)
    cut: int | None = None
    layout.beginLayout()
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, number * height + (height - line.height()) / 2))
        if font is not None and number == lines - 1 and line.textStart() + line.textLength() < size:
            line.setLineWidth(max(1.0, width - QFontMetricsF(font).horizontalAdvance(ELLIPSIS) - 1))
            cut = points(text, line.textStart() + line.textLength())
    layout.endLayout()
    return cut


def elided(text: str, font: QFont, width: float) -> str:
    """Return as much of a line as fits."""
    return QFontMetricsF(font).elidedText(one_line(text), Qt.TextElideMode.ElideRight, max(0.0, width))
