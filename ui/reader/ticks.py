"""The scroll bar of the text, with a tick for each highlight and each word that was searched for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from app.model import Highlight
from app.text.ranges import Span
from ui.looks import Look
from ui.reader.scene import Scene

_HIGH: Final = 3.0
_REST: Final = 60  # milliseconds without a change before the ticks are drawn anew
_MOST_HITS: Final = 2000
_SIDE_BY_SIDE: Final = 4


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark at a share (0 to 1) of the document's height, in one colour or several side by side."""

    share: float
    colours: tuple[QColor, ...]


def ticks_of(
    scene: Scene, highlights: Sequence[Highlight], hits: Sequence[Span], colour: Callable[[str], str], look: Look
) -> list[Tick]:
    """Return a tick for each highlight, in the ``colour`` of its themes, and for hits: of very many, some."""
    high = max(1.0, scene.document.size().height())
    found = look.colour("hit_current")
    made = [Tick(scene.known_top(start) / high, (found,)) for start, _end in hits[:: 1 + len(hits) // _MOST_HITS]]
    for one in highlights:
        colours = tuple(look.theme(colour(theme)) for theme in (one.themes or ("",))[:_SIDE_BY_SIDE])
        made.append(Tick(scene.known_top(one.start) / high, colours))
    return made


class TickBar(QScrollBar):
    """A scroll bar that shows where the marks are. The ticks are drawn once, and again when they change."""

    def __init__(self, parent: QWidget) -> None:
        """Show no ticks."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._ticks: Sequence[Tick] = ()
        self._picture: QImage | None = None
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_REST)
        self.rest = self._waiting.timeout

    def ask(self) -> None:
        """Send ``rest`` soon, once for many calls: the ticks are out of date."""
        self._waiting.start()

    def show_ticks(self, ticks: Sequence[Tick]) -> None:
        """Show these ticks."""
        self._ticks = tuple(ticks)
        self._picture = None
        self.update()

    def ticks(self) -> Sequence[Tick]:
        """Return the ticks that are shown."""
        return self._ticks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the ticks at their new places."""
        super().resizeEvent(event)
        self._picture = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, and the ticks over it."""
        super().paintEvent(event)
        if not self._ticks:
            return
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = self._drawn(ratio)
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture)
        painter.end()

    def _drawn(self, ratio: float) -> QImage:
        picture = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        picture.setDevicePixelRatio(ratio)
        picture.fill(0)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = self.height() - _HIGH
        for tick in self._ticks:
            wide = (self.width() - 4) / len(tick.colours)
            for place, colour in enumerate(tick.colours):
                painter.setBrush(colour)
                painter.drawRoundedRect(QRectF(2 + place * wide, tick.share * room, wide - 0.5, _HIGH), 1.2, 1.2)
        painter.end()
        return picture
