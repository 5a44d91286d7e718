"""Keys drawn as small caps: Ctrl, Shift and Z of ``Ctrl+Shift+Z``."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.looks import Looks

_HEIGHT: Final = 21
_GAP: Final = 3
_GROUP_GAP: Final = 9


def key_groups(hint: str) -> tuple[tuple[str, ...], ...]:
    """Return the caps of a hint: blanks part alternatives, plus signs part the keys that are held together."""
    return tuple(_caps(part) for part in hint.split())


def caps_width(looks: Looks, hint: str) -> int:
    """Return how wide the caps of a hint are, in pixels."""
    metrics = QFontMetrics(looks.font(12, 600))
    groups = key_groups(hint)
    inside = sum(_width(metrics, cap) for group in groups for cap in group)
    return inside + sum(_GAP * (len(group) - 1) for group in groups) + _GROUP_GAP * max(0, len(groups) - 1)


def paint_caps(painter: QPainter, looks: Looks, left_middle: QPointF, hint: str) -> None:
    """Draw the caps of a hint to the right of a point, centred on its height."""
    font = looks.font(12, 600)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    x, top = left_middle.x(), round(left_middle.y() - _HEIGHT / 2)
    for group in key_groups(hint):
        for cap in group:
            box = QRectF(x + 0.5, top + 0.5, _width(metrics, cap) - 1, _HEIGHT - 1)
            painter.setPen(looks.now.colour("rule"))
            painter.setBrush(looks.now.colour("card"))
            painter.drawRoundedRect(box, 5, 5)
            painter.setPen(looks.now.colour("muted"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cap)
            x += _width(metrics, cap) + _GAP
        x += _GROUP_GAP - _GAP


class KeyCaps(QWidget):
    """The caps of a hint as a widget; its name for those who listen is the hint."""

    def __init__(self, looks: Looks, hint: str, parent: QWidget | None = None) -> None:
        """Draw the keys of ``hint``."""
        super().__init__(parent)
        self._looks = looks
        self._hint = hint
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(hint)
        looks.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the room that the caps need."""
        return QSize(caps_width(self._looks, self._hint), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the caps."""
        painter = QPainter(self)
        paint_caps(painter, self._looks, QPointF(0, self.height() / 2), self._hint)
        painter.end()


def _caps(part: str) -> tuple[str, ...]:
    if part.endswith("+"):  # the key is the plus sign itself
        return (*(cap for cap in part[:-1].split("+") if cap), "+")
    return tuple(part.split("+"))


def _width(metrics: QFontMetrics, cap: str) -> int:
    return max(_HEIGHT, metrics.horizontalAdvance(cap) + 12)
