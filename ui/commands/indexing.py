"""Indexing: what is missing from the index is made good while nobody waits; the index made anew, and checked."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError
from app.lane import JOURNEY, SPARE, Ticket
from app.progress import Progress
from app.searching.indexing import IndexState
from app.wording import Message
from app.workspace import Workspace
from ui.context import Context

LOOK_EVERY: Final = 3_000  # milliseconds


class Tending(QObject):
    """Looks now and then whether the index of the open library wants tending, and does it in steps between all else.

    ``progressed`` tells how far it is, ``ended`` that it is done for now, ``mended`` that more is found than before.
    """

    progressed = Signal(object)
    ended = Signal()
    mended = Signal()
    refused = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Look after the library of a context, whichever is open."""
        super().__init__(parent)
        self._context = context
        self._ticket: Ticket | None = None
        self._has_mended = False
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_EVERY)
        self._clock.timeout.connect(self.look)
        self._clock.start()

    def is_busy(self) -> bool:
        """Tell whether it is at work."""
        return self._ticket is not None

    def let_go(self) -> None:
        """Forget the library that was open: its work has ended with it."""
        self._ticket = None
        self._clock.start()

    def look(self) -> None:
        """Look whether there is something to do, unless something is under way."""
        bridge = self._context.bridge
        if bridge.is_open() and bridge.is_idle() and self._ticket is None:
            bridge.ask(Workspace.wants_tending, self._begin_if, key="tending", refused=self._give_up, idle=True)

    def rebuild(self) -> None:
        """Make the index anew, now; what is tended already goes on first."""
        if self._context.bridge.is_open() and self._ticket is None:
            self._walk(Workspace.reindex, JOURNEY)

    def retry(self) -> None:
        """Try once more to index what could not be, now."""
        if self._context.bridge.is_open() and self._ticket is None:
            self._walk(Workspace.retry, JOURNEY)

    def _begin_if(self, wanted: bool) -> None:
        if wanted and self._ticket is None:
            self._walk(Workspace.tend, SPARE)

    def _walk(self, journey: Callable[[Workspace], Generator[Progress, None, object]], rank: int) -> None:
        self._has_mended = False
        self._ticket = self._context.bridge.walk(
            journey, self._stepped, self._done, refused=self._give_up, stopped=self.let_go, rank=rank
        )

    def _stepped(self, progress: Progress) -> None:
        if progress.total:
            self._has_mended = True
            self.progressed.emit(progress)

    def _done(self, _result: object) -> None:
        self._ticket = None
        self.ended.emit()
        if self._has_mended:
            self.mended.emit()

    def _give_up(self, error: AppError) -> None:
        """Try no more on a library that cannot be written to; what is found is found without it."""
        self._ticket = None
        self._clock.stop()
        self.refused.emit(error)


def ask_state(context: Context, then: Callable[[IndexState], None]) -> None:
    """Ask what the index holds, what it lacks and why."""
    context.bridge.ask(Workspace.index_state, then, key="index state")


def checking(folder: Path) -> Generator[str, None, tuple[Message, ...]]:
    """Check the library in ``folder`` on a connection of its own; return what is wrong with it."""
    with Workspace(folder, create=False) as workspace:
        report = yield from workspace.check(deep=True)
    return report.problems
