"""Work apart from any open library, such as making the example or a backup, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.errors import AppError, Cancelled
from app.lane import Lane


class Errand(QObject):
    """A journey that needs no open library. ``done`` brings what it returns."""

    done = Signal(object)
    progressed = Signal(object)
    refused = Signal(object)
    broke = Signal(object)
    _ended = Signal(object, object)

    def __init__(self, journey: Callable[[], Generator[Any, None, Any]], parent: QObject | None = None) -> None:
        """Begin."""
        super().__init__(parent)
        self._is_done = False
        self._ended.connect(self._tell)
        self._lane: Lane[None] = Lane(_nothing, _closed, _ready, "errand")
        self._lane.walk(lambda _held: journey(), self.progressed.emit, self._ended.emit)

    def is_done(self) -> bool:
        """Tell whether it has come to its end."""
        return self._is_done

    def end(self) -> None:
        """Stop after the step at hand, and wait for the thread."""
        self._lane.end()
        self._lane.join()

    def _tell(self, result: object, error: BaseException | None) -> None:
        self._is_done = True
        self._lane.end()
        if error is None:
            self.done.emit(result)
        elif isinstance(error, AppError):
            self.refused.emit(error)
        elif not isinstance(error, Cancelled):
            self.broke.emit(error)


def _nothing() -> None:
    return None


def _closed(_held: None) -> None:
    return None


def _ready(_result: object, _error: BaseException | None) -> None:
    return None
