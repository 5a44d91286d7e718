"""When a place in an article counts as read so far: after a while there, or on leaving; never for a look elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

STAY: Final = 10_000  # milliseconds


class Dwell(QObject):
    """Watches where the reader scrolls to; ``settled`` tells a position once, when it counts."""

    settled = Signal(int)

    def __init__(self, where: Callable[[], int], parent: QObject) -> None:
        """Ask ``where`` for the position that is read now."""
        super().__init__(parent)
        self._where = where
        self._told: int | None = None
        self._held: int | None = None  # where the reader was before the program went elsewhere
        self._scrolled = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAY)
        self._timer.timeout.connect(self.leave)

    def begin(self, position: int) -> None:
        """Another article was opened at ``position``."""
        self._timer.stop()
        self._told, self._held, self._scrolled = position, None, False

    def scrolled(self) -> None:
        """The reader scrolled."""
        self._held, self._scrolled = None, True
        self._timer.start()

    def before_jump(self) -> None:
        """The program is about to go elsewhere: what was read until now is where the reader still is."""
        if self._scrolled:
            self._held, self._scrolled = self._where(), False

    def leave(self) -> None:
        """Tell the position if the reader went there and it was not told yet."""
        self._timer.stop()
        position = self._where() if self._scrolled else self._held
        self._scrolled, self._held = False, None
        if position is not None and position != self._told:
            self._told = position
            self.settled.emit(position)
