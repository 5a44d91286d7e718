"""The shadow of a card: soft, alike wherever the card lies, and of the strength that a look wants."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from ui.widgets.shadow import paint_shadow

CARD = QRect(60, 50, 120, 80)
pytestmark = pytest.mark.usefixtures("qapp")


def painted(card: QRect, strength: int = 60, ratio: float = 1.0) -> QImage:
    image = QImage(QSize(260, 200) * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_shadow(painter, card, strength)
    painter.end()
    return image


def grey(image: QImage, x: int, y: int) -> int:
    ratio = image.devicePixelRatio()
    return QColor(image.pixel(round(x * ratio), round(y * ratio))).red()


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_it_is_darkest_at_the_card_and_ends_before_the_room_does(ratio):
    image = painted(CARD, ratio=ratio)
    below = [grey(image, CARD.center().x(), CARD.bottom() + far) for far in (2, 10, 18, 40)]
    assert below == sorted(set(below))
    assert below[-1] == 255
    assert grey(image, CARD.center().x(), CARD.top() - 10) > grey(image, CARD.center().x(), CARD.bottom() + 10)


def test_it_is_alike_wherever_the_card_lies_and_however_often_it_is_painted():
    moved = CARD.translated(15, 11)
    around = CARD.adjusted(-40, -40, 40, 40)
    once, again = painted(CARD).copy(around), painted(CARD).copy(around)
    assert once == again == painted(moved).copy(around.translated(15, 11))


def test_another_size_and_another_strength_have_a_shadow_of_their_own():
    dark = painted(CARD, strength=160)
    assert grey(dark, 120, CARD.bottom() + 4) < grey(painted(CARD), 120, CARD.bottom() + 4)
    wide = painted(CARD.adjusted(0, 0, 30, 0))
    assert grey(wide, CARD.right() + 34, 90) < 255
    assert grey(painted(CARD), CARD.right() + 34, 90) == 255
