"""The library thread: it alone holds what it opened, and does one piece of work after the other.

Jobs that a person waits for go before the next step of a long journey. An error, or a wish to stop, ends the work it
belongs to and never the lane. When the lane is to end, jobs and deeds are still done, and other journeys stop.
"""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from app.errors import Cancelled

Held = TypeVar("Held")

URGENT: Final = 0
SOON: Final = 1
DEED: Final = 2
JOURNEY: Final = 3
IDLE: Final = 4
SPARE: Final = 5
"""Ranks: what a person waits for; journeys that gather it; deeds of many steps; long journeys; what can wait; and
journeys for when nothing else is wanted.
"""

Done = Callable[[Any, BaseException | None], None]


class Ticket:
    """A piece of work that was handed in. :meth:`cancel` may be called from any thread."""

    def __init__(self) -> None:
        """Start as wanted."""
        self._unwanted = threading.Event()

    def cancel(self) -> None:
        """Say that the work is no longer wanted: what has not begun is not done, a journey ends after its step."""
        self._unwanted.set()

    @property
    def is_cancelled(self) -> bool:
        """Tell whether the work is no longer wanted."""
        return self._unwanted.is_set()


@dataclass(order=True, slots=True)
class _Work(Generic[Held]):
    rank: int
    number: int
    ticket: Ticket = field(compare=False)
    job: Callable[[Held], Any] = field(compare=False)
    done: Done = field(compare=False)
    step: Callable[[Any], None] | None = field(compare=False, default=None)
    journey: Generator[Any, None, Any] | None = field(compare=False, default=None)

    def is_done_to_the_end(self) -> bool:
        """Tell whether it is done though the lane is to end: a note that was written last, a deed half way."""
        return self.step is None or self.rank == DEED


class Lane(Generic[Held]):
    """A thread that opens something, works on it, and closes it.

    ``done(result, error)`` and ``step(progress)`` are called in the lane's thread, and must not raise: hand the values
    on from there. Work that was cancelled before it began ends with ``Cancelled``.
    """

    def __init__(self, open_: Callable[[], Held], close: Callable[[Held], None], ready: Done, name: str) -> None:
        """Start the thread. ``ready(None, error)`` is called when it is open, or cannot be opened."""
        self._open, self._close, self._ready = open_, close, ready
        self._condition = threading.Condition()
        self._queue: list[_Work[Held]] = []
        self._journeys: list[_Work[Held]] = []
        self._numbers = itertools.count()
        self._current: _Work[Held] | None = None
        self._ending = self._ended = False
        self._thread = threading.Thread(target=self._run, name=name)
        self._thread.start()

    def ask(self, job: Callable[[Held], Any], done: Done, *, rank: int = URGENT) -> Ticket:
        """Hand in a short job."""
        return self._put(rank, job, done, None)

    def walk(
        self,
        journey: Callable[[Held], Generator[Any, None, Any]],
        step: Callable[[Any], None],
        done: Done,
        *,
        rank: int = JOURNEY,
    ) -> Ticket:
        """Hand in a journey: a generator whose steps are short. What ranks before it is done between two of them."""
        return self._put(rank, journey, done, step)

    def is_idle(self) -> bool:
        """Tell whether there is nothing to do."""
        with self._condition:
            return not self._queue and self._current is None

    def end(self) -> None:
        """Stop: jobs and deeds that wait are still done, journeys are ended after their step, and no more is taken."""
        with self._condition:
            self._ending = True
            if self._current is not None and not self._current.is_done_to_the_end():
                self._current.ticket.cancel()
            self._condition.notify()

    def join(self) -> None:
        """Wait until the thread has ended and closed what it held."""
        self._thread.join()

    def _put(self, rank: int, job: Callable[[Held], Any], done: Done, step: Callable[[Any], None] | None) -> Ticket:
        ticket = Ticket()
        with self._condition:
            ended = self._ended
            if not ended:
                heapq.heappush(self._queue, _Work(rank, next(self._numbers), ticket, job, done, step))
                self._condition.notify()
        if ended:
            done(None, Cancelled())
        return ticket

    def _run(self) -> None:
        try:
            held = self._open()
        except BaseException as error:
            self._ready(None, error)
            self._refuse()
            return
        self._ready(None, None)
        try:
            while (work := self._next()) is not None:
                self._do(held, work)
        finally:
            self._refuse()
            self._close(held)

    def _next(self) -> _Work[Held] | None:
        with self._condition:
            self._current = None
            while not self._queue and not self._ending:
                self._condition.wait()
            if self._ending:
                self._journeys += [work for work in self._queue if not work.is_done_to_the_end()]
                self._queue = [work for work in self._queue if work.is_done_to_the_end()]
                heapq.heapify(self._queue)
                if not self._queue:
                    return None
            work = heapq.heappop(self._queue)
            self._current = work
            return work

    def _do(self, held: Held, work: _Work[Held]) -> None:
        try:
            if work.ticket.is_cancelled:
                raise Cancelled
            if work.step is None:
                result = work.job(held)
            else:
                if work.journey is None:
                    work.journey = work.job(held)
                try:
                    work.step(next(work.journey))
                except StopIteration as stop:
                    result = stop.value
                else:
                    with self._condition:
                        heapq.heappush(self._queue, work)
                    return
        except BaseException as error:
            self._give_up(work, error)
        else:
            work.done(result, None)

    def _give_up(self, work: _Work[Held], error: BaseException) -> None:
        try:
            if work.journey is not None:
                work.journey.close()
        except BaseException as other:
            error = other
        work.done(None, error)

    def _refuse(self) -> None:
        """End what waits, and let no more come in unanswered."""
        with self._condition:
            self._ended = True
            waiting, self._queue = [*self._journeys, *self._queue], []
        for work in sorted(waiting):
            self._give_up(work, Cancelled())
