"""The soft shadow that a card casts, made once for each size: what is behind is painted often, and often in parts."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPixmapCache

_RADIUS: Final = 11
_DEPTH: Final = 22
_FALL: Final = 6
_ROOM: Final = _DEPTH + _FALL


def paint_shadow(painter: QPainter, card: QRect, strength: int) -> None:
    """Draw a soft shadow round a card, before the card. ``strength`` is 0 to 255."""
    ratio = painter.device().devicePixelRatioF()
    name = f"shadow {card.width()} {card.height()} {strength} {ratio}"
    made = QPixmap()
    if not QPixmapCache.find(name, made):
        made = _shadow(card.size(), strength, ratio)
        QPixmapCache.insert(name, made)
    painter.drawPixmap(card.topLeft() - QPoint(_ROOM, _ROOM), made)


def _shadow(card: QSize, strength: int, ratio: float) -> QPixmap:
    """Return a picture of the shadow of a card of this size, with room on each side."""
    made = QPixmap((card + QSize(_ROOM, _ROOM) * 2) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, max(1, strength // 40)))
    place = QRectF(QRect(QPoint(_ROOM, _ROOM), card))
    for spread in range(_DEPTH):
        grown = place.adjusted(-spread, _FALL - spread, spread, _FALL + spread)
        painter.drawRoundedRect(grown, _RADIUS + spread, _RADIUS + spread)
    painter.end()
    return made
