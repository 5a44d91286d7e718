"""Text broken into lines for painting, without a widget for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

from app.text.directions import is_rightward
from ui.widgets.units import line_spans

_MORE: Final = "…"
_LETTERS_A_LINE: Final = 160  # more than any line of a side pane holds


def wrapped(text: str, font: QFont, width: int, most: int) -> tuple[str, ...]:
    """Return at most ``most`` lines of a text, none wider than ``width`` pixels; the last says when there is more."""
    return _wrapped(text, font.toString(), max(24, width), most)


def paint_lines(painter: QPainter, lines: Sequence[str], at: QPointF, line: QSizeF) -> None:
    """Paint lines below each other, each in a box of the size ``line``; a text that begins at the right stands there.

    ``at`` is the top left corner of the first.
    """
    before = painter.layoutDirection()
    rtl = is_rightward(" ".join(lines))
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    for number, text in enumerate(lines):
        place = QRectF(at + QPointF(0, number * line.height()), line)
        painter.drawText(place, flags | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip, text)
    painter.setLayoutDirection(before)


@lru_cache(maxsize=16)
def _font(key: str) -> QFont:
    font = QFont()
    font.fromString(key)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache(maxsize=8192)
def _wrapped(text: str, key: str, width: int, most: int) -> tuple[str, ...]:
    font = _font(key)
    cut = text[: most * _LETTERS_A_LINE]
    lines: list[str] = []
    for paragraph in cut.split("\n"):
        if paragraph.strip():
            lines.extend(_lines(paragraph.strip(), font, width, most + 1 - len(lines)))
        if len(lines) > most:
            break
    if len(lines) > most or len(cut) < len(text.rstrip()):
        lines = lines[:most]
        last = f"{lines[-1].rstrip(' .,;:')}{_MORE}" if lines else _MORE
        metrics = QFontMetrics(font)
        if metrics.horizontalAdvance(last) > width:
            last = metrics.elidedText(last, Qt.TextElideMode.ElideRight, width)
        lines[-1:] = [last]
    return tuple(lines)


def _lines(paragraph: str, font: QFont, width: int, most: int) -> list[str]:
    """Return the lines of one paragraph."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(paragraph, font)
    layout.setTextOption(option)
    layout.beginLayout()
    while layout.lineCount() < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
    layout.endLayout()
    return [paragraph[start:end].rstrip() for start, end in line_spans(layout)]
