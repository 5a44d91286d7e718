"""Reading files in processes of their own, so that a hostile or broken file costs one line and never the program."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from app.errors import AppError, ImportFailed
from app.importers._drafts import from_json
from app.model import Draft
from app.reading_process import READY, receive, send

SECONDS: Final = 60.0
MEMORY: Final = 1 << 30
DEPTH: Final = 4
AHEAD: Final = 16
_TICK: Final = 0.25


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read: where it lies, the name it goes by, and the importer's key when that is known."""

    path: Path
    name: str
    format: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a file held, read by the importer ``format``, or the ``error`` that says why it could not be read."""

    job: Job
    drafts: tuple[Draft, ...] = ()
    format: str = ""
    error: AppError | None = None


class Readers:
    """Reading processes, started when there is work for them and ended with the ``with`` statement.

    ``jobs`` is how many there may be (one a core by default), ``seconds`` and ``memory`` (bytes) what one file may
    take. A process that exceeds them, or dies, takes only the file it was at along.
    """

    def __init__(self, jobs: int | None = None, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """Keep the limits; no process is started yet."""
        self._most = jobs or os.cpu_count() or 1
        self._seconds = seconds
        self._memory = memory
        self._answers: queue.SimpleQueue[tuple[_Reader, dict[str, Any] | None]] = queue.SimpleQueue()
        self._readers: list[_Reader] = []

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes."""
        for reader in self._readers:
            reader.end()
        self._readers.clear()

    def read(self, jobs: Iterable[Job]) -> Iterator[Result]:
        """Yield a result for each job, in the order of the jobs, which are drawn a little ahead in this thread."""
        source = enumerate(jobs)
        waiting: deque[tuple[int, Job]] = deque()
        done: dict[int, Result] = {}
        drawn = given = 0
        ahead = AHEAD * self._most
        exhausted = False
        while True:
            while not exhausted and drawn - given < ahead:
                following = next(source, None)
                if following is None:
                    exhausted = True
                    break
                waiting.append(following)
                drawn += 1
                self._hand_out(waiting)
            self._hand_out(waiting)
            while given in done:
                yield done.pop(given)
                given += 1
            if exhausted and given == drawn:
                return
            if drawn - given >= ahead or exhausted:
                self._collect(waiting, done)

    def _hand_out(self, waiting: deque[tuple[int, Job]]) -> None:
        """Give waiting jobs to the processes that have the least to do; start one more when all have enough."""
        while waiting:
            reader = min(self._readers, key=lambda one: len(one.tasks), default=None)
            if (reader is None or len(reader.tasks) >= DEPTH) and len(self._readers) < self._most:
                reader = _Reader(self._seconds, self._memory, self._answers)
                self._readers.append(reader)
            if reader is None or len(reader.tasks) >= DEPTH:
                return
            reader.give(waiting.popleft())

    def _collect(self, waiting: deque[tuple[int, Job]], done: dict[int, Result]) -> None:
        """Wait for an answer, or for a process whose file takes too long or that has died."""
        try:
            reader, answer = self._answers.get(timeout=_TICK)
        except queue.Empty:
            for reader in [one for one in self._readers if one.is_late()]:
                self._lose(reader, waiting, done, "{name} took longer than {seconds} seconds to read.")
            return
        if reader not in self._readers:
            return
        if answer is None:
            self._lose(reader, waiting, done, "{name} made its reading process end.")
            return
        if answer == READY:
            reader.start_clock()
            return
        number, job = reader.take()
        done[number] = _result(job, answer)

    def _lose(self, reader: _Reader, waiting: deque[tuple[int, Job]], done: dict[int, Result], template: str) -> None:
        """Give up the file that a process was at; the others it had are read again."""
        self._readers.remove(reader)
        reader.end()
        tasks = list(reader.tasks)
        if tasks:
            number, job = tasks[0]
            hint = "Open it in another program, save it as text, and import that."
            error = ImportFailed(template, hint, name=Path(job.name).name, seconds=round(self._seconds))
            done[number] = Result(job, error=error)
        waiting.extendleft(reversed(tasks[1:]))


class _Reader:
    """One process, the thread that listens to it, and the jobs it was given."""

    def __init__(
        self, seconds: float, memory: int, answers: queue.SimpleQueue[tuple[_Reader, dict[str, Any] | None]]
    ) -> None:
        self.tasks: deque[tuple[int, Job]] = deque()
        self._seconds = seconds
        self._since = 0.0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "app.reading_process", str(seconds), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            cwd=Path(__file__).resolve().parent.parent,
        )
        self._listener = threading.Thread(target=self._listen, args=(answers,), daemon=True)
        self._listener.start()

    def _listen(self, answers: queue.SimpleQueue[tuple[_Reader, dict[str, Any] | None]]) -> None:
        assert self._process.stdout is not None
        while True:
            answer = receive(self._process.stdout)
            answers.put((self, answer))
            if answer is None:
                return

    def give(self, task: tuple[int, Job]) -> None:
        """Send a job; when the process is gone already, its listener says so."""
        if not self.tasks:
            self.start_clock()
        self.tasks.append(task)
        assert self._process.stdin is not None
        job = task[1]
        try:
            send(self._process.stdin, {"path": str(job.path.absolute()), "name": job.name, "format": job.format})
        except OSError:
            return

    def take(self) -> tuple[int, Job]:
        """Return the job that was just answered: they are answered in order."""
        self.start_clock()
        return self.tasks.popleft()

    def start_clock(self) -> None:
        """Count the time of the file at hand from now."""
        self._since = time.monotonic()

    def is_late(self) -> bool:
        """Tell whether the file at hand has taken longer than it may."""
        return bool(self.tasks) and time.monotonic() - self._since > self._seconds

    def end(self) -> None:
        """Kill the process and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _result(job: Job, answer: dict[str, Any]) -> Result:
    if "error" in answer:
        error = answer["error"]
        return Result(job, error=ImportFailed(error["template"], error["hint"], **error["values"]))
    return Result(job, tuple(from_json(draft) for draft in answer["drafts"]), answer["format"])
