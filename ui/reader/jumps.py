"""Where the reader was before the program led far away in the text, so that there is a way back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from ui.reader.canvas import Canvas

STAY: Final = 10_000  # milliseconds after which one has read where a step led


@dataclass(slots=True)
class _Walk:
    """Steps from hit to hit, or from highlight to highlight: where they began, where they led, whether that is told."""

    position: int
    began: int
    arrived: int
    told: bool = False


class Jumps(QObject):
    """``left`` tells the position that a jump of more than a screen led away from.

    Steps in a row are one walk: the way back leads to where it began.
    """

    left = Signal(int)

    def __init__(self, view: Canvas, parent: QObject) -> None:
        """Watch over jumps in a text."""
        super().__init__(parent)
        self._view = view
        self._walk: _Walk | None = None
        self._since = QElapsedTimer()

    @contextmanager
    def jump(self, *, step: bool) -> Iterator[None]:
        """Let the program scroll meanwhile, by a jump or by a ``step`` of a walk."""
        walk = self._walk if step and self._goes_on() else None
        if walk is None:
            self._view.arrive()
            walk = _Walk(self._view.first_visible(), self._view.offset(), 0)
        yield
        walk.arrived = self._view.destination()
        self._walk = walk if step else None
        self._since.start()
        if not walk.told and abs(walk.arrived - walk.began) > self._view.viewport().height():
            walk.told = True
            self.left.emit(walk.position)

    def _goes_on(self) -> bool:
        """Tell whether the reader is where the last step led, and has only looked."""
        return (
            self._walk is not None
            and self._walk.arrived == self._view.destination()
            and not self._since.hasExpired(STAY)
        )
