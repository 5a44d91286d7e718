"""What is dragged over the list and out of it: files in, rows out."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QDropEvent, QFontMetrics, QPainter, QPen, QPixmap

from ui.looks import Looks
from ui.widgets.lines import elided

_WIDEST: Final = 260


def dragged_files(event: QDropEvent) -> list[Path]:
    """Return the files and folders of this machine that are being dragged."""
    urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def paint_drop_hint(painter: QPainter, rect: QRect, looks: Looks, text: str) -> None:
    """Draw over the list that files may be dropped on it; without a text, only the frame."""
    look = looks.now
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if text:
        ground = look.colour("window")
        ground.setAlphaF(0.88)
        painter.fillRect(rect, ground)
    frame = QRectF(rect).adjusted(10, 6, -10, -10)
    painter.setPen(QPen(look.colour("accent"), 2, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(frame, 10, 10)
    painter.setFont(looks.font(15, 600))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)


def drag_picture(looks: Looks, text: str, ratio: float) -> QPixmap:
    """Return a small card with ``text`` that goes along with the mouse."""
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
