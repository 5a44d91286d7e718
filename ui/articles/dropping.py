"""Files that are dragged over the list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QDropEvent, QPainter, QPen

from ui.looks import Looks


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
