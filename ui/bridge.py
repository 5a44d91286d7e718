"""The bridge between the screen's thread and the library's: wishes go over as jobs, answers come back as signals.

Nothing here waits. An answer that a newer question has overtaken is dropped.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.changes import Changes
from app.errors import AppError, Cancelled
from app.lane import IDLE, JOURNEY, URGENT, Lane, Ticket
from app.workspace import Workspace

Value = TypeVar("Value")

ORIGIN: Final = "window"
LOOK_ROUND: Final = 2_000  # milliseconds between two looks whether another program has written
TELL_AGAIN: Final = 300  # milliseconds after which it is told again what the steps of a journey have touched

Then = Callable[[Any], None]
Refused = Callable[[AppError], None]


@dataclass(frozen=True, slots=True)
class _Answer:
    number: int
    result: Any
    error: BaseException | None
    changes: tuple[Changes, ...]


@dataclass(slots=True)
class _Question:
    then: Then | None
    refused: Refused | None
    key: str
    ticket: Ticket | None = None
    step: Then | None = None
    stopped: Callable[[], None] | None = None


class _Held:
    """What the lane holds: the workspace, and what its deeds have touched since they were asked for."""

    def __init__(self, folder: Path, *, create: bool) -> None:
        self.workspace = Workspace(folder, create=create, origin=ORIGIN)
        self._changes: list[Changes] = []
        self.workspace.library.follow(self._changes.append)

    def taken(self) -> tuple[Changes, ...]:
        taken, self._changes[:] = tuple(self._changes), []
        return taken


class Bridge(QObject):
    """An open library, seen from the screen. ``opened`` or ``failed_to_open`` comes first, and ``closed`` last."""

    opened = Signal()
    failed_to_open = Signal(object)
    changed = Signal(object)
    changed_elsewhere = Signal()
    refused = Signal(object)
    broke = Signal(object)
    quiet = Signal()
    closed = Signal()
    _arrived = Signal(object)
    _stepped = Signal(int, object, object)

    def __init__(self, folder: Path | None, *, create: bool = False, parent: QObject | None = None) -> None:
        """Begin to open the library in ``folder``. Without one it is a bridge to nowhere: questions get no answer."""
        super().__init__(parent)
        self.folder = folder
        self._is_open = False
        self._questions: dict[int, _Question] = {}
        self._numbers = itertools.count(1)
        self._latest: dict[str, int] = {}
        self._ended = False
        self._is_well = True  # as of the last look round
        queued = Qt.ConnectionType.QueuedConnection
        self._arrived.connect(self._deliver, queued)
        self._stepped.connect(self._show_step, queued)
        self._clock = QTimer(self)
        self._clock.setInterval(LOOK_ROUND)
        self._clock.timeout.connect(self._look_round)
        self._untold: list[Changes] = []
        self._telling = QTimer(self, singleShot=True, interval=TELL_AGAIN)
        self._telling.timeout.connect(self._tell_untold)
        self._lane: Lane[_Held] | None = None
        if folder is not None:
            self._lane = Lane(partial(_Held, folder, create=create), self._close, partial(self._answer, 0), "library")

    # what the window asks

    def ask(
        self,
        job: Callable[[Workspace], Value],
        then: Callable[[Value], None] | None = None,
        *,
        key: str = "",
        refused: Refused | None = None,
        idle: bool = False,
    ) -> Ticket:
        """Do a job in the library's thread and hand its result to ``then``.

        Of questions with the same ``key`` only the latest is answered. ``refused`` gets a known error; without it the
        error is told by the signal of that name. Bugs are told by ``broke``.
        """
        if self._lane is None:
            return Ticket()
        number = next(self._numbers)
        if key:
            self._drop_older(key)
            self._latest[key] = number
        question = self._questions[number] = _Question(then, refused, key)
        question.ticket = self._lane.ask(
            partial(_job, job), partial(self._answer, number), rank=IDLE if idle else URGENT
        )
        return question.ticket

    def walk(
        self,
        journey: Callable[[Workspace], Generator[Any, None, Any]],
        step: Then,
        then: Then | None = None,
        *,
        refused: Refused | None = None,
        stopped: Callable[[], None] | None = None,
        rank: int = JOURNEY,
    ) -> Ticket:
        """Go on a journey in the library's thread, step by step; others are answered between two steps.

        Cancelling it ends it after its step, and calls ``stopped`` instead of ``then``; so does a bug, which is told
        too. What its steps touch is told now and then, and at its end.
        """
        if self._lane is None:
            return Ticket()
        number = next(self._numbers)
        question = self._questions[number] = _Question(then, refused, "", step=step, stopped=stopped)
        question.ticket = self._lane.walk(
            partial(_journey, journey),
            partial(self._step, number),
            partial(self._answer, number),
            rank=rank,
        )
        return question.ticket

    def is_open(self) -> bool:
        """Tell whether the library was opened, and not ended since."""
        return self._is_open and not self._ended

    def is_idle(self) -> bool:
        """Tell whether every question is answered."""
        return not self._questions

    def end(self) -> None:
        """Let the lane do what it was asked for and then close the library; nothing is answered any more."""
        self._ended = True
        self._clock.stop()
        self._telling.stop()
        self._questions.clear()
        if self._lane is not None:
            self._lane.end()

    def join(self) -> None:
        """Wait until the library is closed: only when the program itself ends."""
        if self._lane is not None:
            self._lane.join()

    # in the library's thread

    def _answer(self, number: int, result: Any, error: BaseException | None) -> None:
        changes: tuple[Changes, ...] = ()
        if isinstance(result, _Outcome):
            result, changes = result.value, result.changes
        self._arrived.emit(_Answer(number, result, error, changes))

    def _close(self, held: _Held) -> None:
        held.workspace.close()
        self.closed.emit()

    def _step(self, number: int, progress: tuple[Any, tuple[Changes, ...]]) -> None:
        self._stepped.emit(number, *progress)

    # in the screen's thread

    def _deliver(self, answer: _Answer) -> None:
        if self._ended:
            return
        if answer.number == 0:
            self._opened(answer.error)
            return
        question = self._questions.get(answer.number)
        self._untold += answer.changes
        if answer.changes or (question is not None and question.step is not None):
            self._tell_untold()
        self._questions.pop(answer.number, None)
        if question is not None:
            stale = question.key and self._latest.get(question.key) != answer.number
            if answer.error is not None:
                self._complain(answer.error, question, stale=bool(stale))
            elif question.then is not None and not stale:
                question.then(answer.result)
        if not self._questions:
            self.quiet.emit()

    def _complain(self, error: BaseException, question: _Question, *, stale: bool) -> None:
        if isinstance(error, AppError):
            if not stale:
                (question.refused or self.refused.emit)(error)
            return
        if not isinstance(error, Cancelled):
            self.broke.emit(error)
        if question.step is not None:
            self.ask(_nothing)  # what a journey did while it was ended is told with the next answer
            if question.stopped is not None:
                question.stopped()

    def _show_step(self, number: int, progress: Any, changes: tuple[Changes, ...]) -> None:
        if self._ended:
            return
        self._untold += changes
        if not self._telling.isActive():
            self._tell_untold()
        question = self._questions.get(number)
        if question is not None and question.step is not None:
            question.step(progress)

    def _opened(self, error: BaseException | None) -> None:
        if error is None:
            self._clock.start()
            self._is_open = True
            self.opened.emit()
        elif isinstance(error, AppError):
            self.failed_to_open.emit(error)
        else:
            self.broke.emit(error)

    def _tell_untold(self) -> None:
        if self._untold:
            untold, self._untold = self._untold, []
            self._telling.start()
            self.changed.emit(_together(untold))

    def _drop_older(self, key: str) -> None:
        older = self._questions.get(self._latest.get(key, 0))
        if older is not None and older.ticket is not None:
            older.ticket.cancel()

    def _look_round(self) -> None:
        if not self._questions:
            self.ask(
                Workspace.was_changed_elsewhere,
                self._looked_round,
                key="look round",
                refused=self._saw_trouble,
                idle=True,
            )

    def _looked_round(self, changed: bool) -> None:
        self._is_well = True
        if changed:
            self.changed_elsewhere.emit()

    def _saw_trouble(self, error: AppError) -> None:
        """Tell once what every look round will find."""
        if self._is_well:
            self._is_well = False
            self.refused.emit(error)


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: Any
    changes: tuple[Changes, ...]


def _job(job: Callable[[Workspace], Any], held: _Held) -> _Outcome:
    return _Outcome(job(held.workspace), held.taken())


def _journey(
    journey: Callable[[Workspace], Generator[Any, None, Any]], held: _Held
) -> Generator[tuple[Any, tuple[Changes, ...]], None, Any]:
    steps = journey(held.workspace)
    try:
        while True:
            try:
                progress = next(steps)
            except StopIteration as stop:
                return _Outcome(stop.value, held.taken())
            yield progress, held.taken()
    finally:
        steps.close()


def _nothing(_workspace: Workspace) -> None:
    return None


def _together(all_of_them: Sequence[Changes]) -> Changes:
    last = all_of_them[-1]
    return Changes(
        last.step,
        last.label,
        *(
            frozenset().union(*(getattr(changes, name) for changes in all_of_them))
            for name in ("articles", "highlights", "themes", "collections", "attributes")
        ),
    )
