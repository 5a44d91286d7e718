"""One reading process: files are handed to it, and its answers come back one by one."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Final

from app.drafts import Draft
from app.importers._drafts import draft_from_json
from app.importers._worker import MANY, picture_in, read_frame, write_frame
from app.importing.spooling import Spool
from app.serving import WORKER_FLAG

_START: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from app.importers._worker import main; sys.exit(main(sys.argv[2:]))"
)
_SPENT: Final = -int(getattr(signal, "SIGPROF", 0)) or None
_STARTING: Final = 20.0  # seconds that a process may take to start on a busy machine
# Ctrl+C at a terminal is for the program, which then stops between two files.
_APART: Final[Mapping[str, Any]] = MappingProxyType({"process_group": 0} if os.name == "posix" else {})
_PATIENCE: Final = 5  # times as long as it may work may a process take on a clock: others work too, or it was halted


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read: where it lies, the name (or path) it goes by, and the importer's key (``None``: find out).

    ``options`` are those that were chosen for its format; ``folder`` holds what a saved page shows, and lies in the
    one that was ``given``, if one was. With a ``glimpse``
    only the beginnings of so many articles come back, and what the columns of a table are read as. ``tables`` says what
    the columns of tables hold that were told of earlier, by their header. A file that is to be ``settled`` is brought
    to the disk before anything comes back of it.
    """

    path: Path
    name: str
    format: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    given: Path | None = None
    glimpse: int = 0
    tables: Mapping[str, str] = field(default_factory=dict)
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A job with its place in the order."""

    number: int
    job: Job


class Reader:
    """One reading process, and the thread that listens to it."""

    def __init__(self, memory: int, heard: queue.SimpleQueue[tuple[Reader, bytes | None]]) -> None:
        self.tasks: deque[Task] = deque()
        self.deadline = self._last = time.monotonic()
        self._starting = _STARTING
        self._share: Task | None = None
        self._drafts: list[Draft] = []
        self._pictures = Spool()
        self._process = subprocess.Popen(
            [*_command(), str(os.getpid()), str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **_APART,
        )
        self._thread = threading.Thread(target=self._hear, args=(heard,), daemon=True)
        self._thread.start()

    def give(self, tasks: Sequence[Task], seconds: float, *, gauged: bool) -> None:
        """Hand over files to read; of many, their texts are ``gauged`` too, which has to be learnt first."""
        if not self.tasks:
            self.begin(seconds)
        self._share = tasks[0]
        self.tasks.extend(tasks)
        self.deadline += self._starting
        self._starting = 0.0
        jobs: list[dict[str, Any]] = [
            {
                "number": task.number,
                "path": str(task.job.path.absolute()),
                "name": task.job.name,
                "format": task.job.format,
                "options": dict(task.job.options),
                "folder": str(task.job.folder.absolute()) if task.job.folder else None,
                "given": str(task.job.given.absolute()) if task.job.given else None,
                "glimpse": task.job.glimpse,
                "tables": dict(task.job.tables),
                "settled": task.job.settled,
                "seconds": seconds,
                "gauged": gauged and not task.job.glimpse,
            }
            for task in tasks
        ]
        try:
            write_frame(_pipe(self._process.stdin), json.dumps(jobs).encode())
        except OSError:
            pass  # it has died; the listening thread says so

    def has_more(self) -> bool:
        """Tell whether another share of files waits for it behind the one that it is at."""
        return any(task is self._share for task in islice(self.tasks, 1, None))

    def take(self, frame: bytes) -> Mapping[str, Any] | None:
        """Take what came of the file at hand; return the answer that ends it."""
        picture = picture_in(frame)
        if picture is not None:
            self._pictures.put(*picture)
            return None
        answer: dict[str, Any] = json.loads(frame)
        if answer.get("draft"):
            self._drafts.append(draft_from_json(answer["draft"], self._pictures))
        return answer if "number" in answer or "bye" in answer else None

    def drafts(self) -> tuple[Draft, ...]:
        """Return the drafts that came of the file at hand, and begin with the next file."""
        drafts, self._drafts, self._pictures = tuple(self._drafts), [], Spool()
        return drafts

    def begin(self, seconds: float) -> None:
        """Count the time of the next file: so many seconds of work, and more for one that is made of many.

        The process counts how long it works, which ends one that works without end. What is counted here, far more
        generously, ends one that only waits; and one that works, where the platform does not count it.
        """
        now = time.monotonic()
        self.deadline, self._last = now + seconds * _PATIENCE, now + seconds * _PATIENCE * MANY

    def go_on(self, seconds: float) -> None:
        """Count the time of the next part of a file."""
        self.deadline = min(time.monotonic() + seconds * _PATIENCE, self._last)

    def is_spent(self) -> bool:
        """Tell of a process that has died whether that is because it worked for longer than it might."""
        try:
            return self._process.wait(2.0) == _SPENT
        except subprocess.TimeoutExpired:
            return False

    def end(self, *, patiently: bool) -> None:
        """End the process: by closing its input, or at once; so ends what was never asked for anything."""
        try:
            _pipe(self._process.stdin).close()
        except OSError:
            pass  # what it was to be told can no longer be delivered
        try:
            self._process.wait(2.0 if patiently and not self._starting else 0.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._thread.join()
        _pipe(self._process.stdout).close()

    def _hear(self, heard: queue.SimpleQueue[tuple[Reader, bytes | None]]) -> None:
        stream = _pipe(self._process.stdout)
        while (frame := read_frame(stream)) is not None:
            heard.put((self, frame))
        heard.put((self, None))


def _command() -> list[str]:
    """Return the command of a reading process. Nothing is imported from the present folder (``-P``)."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_FLAG]
    return [sys.executable, "-P", "-c", _START, str(Path(__file__).resolve().parents[2])]


def _pipe(pipe: Any) -> BinaryIO:
    """Return a pipe of a process that was started with all of them."""
    stream: BinaryIO = pipe
    return stream
