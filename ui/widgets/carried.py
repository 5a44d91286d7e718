"""Carrying something with the mouse: a small card hangs beside the pointer, so that the place below it can be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QDrag, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ui.looks import Looks
from ui.widgets.lines import elided

IDS: Final = "application/x-commonplace-ids"
_WIDEST: Final = 260
_BESIDE: Final = QPoint(-14, -10)  # where the pointer is, from the card's corner


def carry(source: QWidget, looks: Looks, data: QMimeData, text: str, actions: Qt.DropAction) -> None:
    """Drag ``data`` out of a widget, with ``text`` on the card, until it is let go."""
    drag = QDrag(source)
    drag.setMimeData(data)
    drag.setPixmap(_card(looks, text, source.devicePixelRatioF()))
    drag.setHotSpot(_BESIDE)
    default = Qt.DropAction.CopyAction if actions & Qt.DropAction.CopyAction else Qt.DropAction.MoveAction
    drag.exec(actions, default)


def carrying(ids: Iterable[str]) -> QMimeData:
    """Return what carries articles and passages, by their ids."""
    data = QMimeData()
    data.setData(IDS, "\n".join(ids).encode())
    return data


def carried_ids(data: QMimeData) -> tuple[str, ...]:
    """Return the ids of the articles and passages that are carried."""
    return tuple(bytes(data.data(IDS).data()).decode("utf-8", "replace").split())


def _card(looks: Looks, text: str, ratio: float) -> QPixmap:
    look, font = looks.now, looks.font(13, 600)
    shown = elided(text, font, _WIDEST)
    size = QSize(QFontMetrics(font).horizontalAdvance(shown) + 26, 30)
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("accent"), 1))
    painter.setBrush(look.colour("card"))
    painter.drawRoundedRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1), 8, 8)
    painter.setFont(font)
    painter.setPen(look.colour("text"))
    painter.drawText(QRect(0, 0, size.width(), size.height()), Qt.AlignmentFlag.AlignCenter, shown)
    painter.end()
    return picture
