"""Lines painted without a widget: a text that begins at the right stands at the right."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from ui.looks import font
from ui.widgets.wrapped import paint_lines, wrapped


def inked(text: str) -> tuple[int, int]:
    """Return the first and last column of pixels in which a short text is painted on a line of 300."""
    picture = QImage(300, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.setFont(font(15))
    paint_lines(painter, wrapped(text, font(15), 300, 2), QPointF(0, 0), QSizeF(300, 20))
    painter.end()
    columns = [x for x in range(300) if any(picture.pixelColor(x, y).lightness() < 128 for y in range(40))]
    return columns[0], columns[-1]


@pytest.mark.parametrize("text", ["\u0641\u064a", "“\u0641\u064a (2)”", "\u05d0\u05d1 Office"])
def test_words_from_right_to_left_stand_at_the_right(qapp, text):
    first, last = inked(text)
    assert last > 290
    assert first > 150


@pytest.mark.parametrize("text", ["word", "Office \u05d0\u05d1", "12 \u2026"])
def test_others_stand_at_the_left(qapp, text):
    assert inked(text)[0] < 10
