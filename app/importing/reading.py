"""Files to drafts in processes of their own, so that a hostile or broken file costs one line and never the program."""

from __future__ import annotations

import os
import queue
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from app.drafts import Codebook, Draft, Framework
from app.errors import ImportFailed
from app.importers._base import Unread
from app.importers._drafts import codebook_from_json, framework_from_json
from app.importers._split_options import pattern_of
from app.importing.reader import Job, Reader, Task

SECONDS: Final = 60.0
MEMORY: Final = 1 << 30

_CHUNK: Final = 8
_CHUNK_BYTES: Final = 512 * 1024
_FEW: Final = 3
_AHEAD: Final = 32
_DRAWING: Final = 0.005  # seconds after which one who has no patience draws no more files before the next answer


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job: drafts, codebooks, frameworks, what could not be read and the importer's key, or the error.

    ``recalled`` says what columns of tables were read as because it was said before. Of a glimpse, ``total`` says how
    many articles there are, and ``columns`` what each is read as.
    """

    job: Job
    drafts: tuple[Draft, ...] = ()
    error: ImportFailed | None = None
    format: str = ""
    unread: tuple[Unread, ...] = ()
    codebooks: tuple[Codebook, ...] = ()
    total: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    frameworks: tuple[Framework, ...] = ()
    recalled: tuple[str, ...] = ()


class _Drawing:
    """Jobs that are drawn one by one, and numbered."""

    def __init__(self, jobs: Iterable[Job | None]) -> None:
        self._jobs = iter(jobs)
        self.count = 0
        self.exhausted = False

    def draw(self) -> Task | None:
        """Return the next job, or nothing: it is not ready yet, or there is none."""
        for job in self._jobs:
            if job is None:
                return None
            self.count += 1
            return Task(self.count - 1, job)
        self.exhausted = True
        return None


class Readers:
    """Reading processes, started when they are needed and used again until the context ends.

    ``jobs`` is how many there may be (default: one for each core), ``seconds`` how long one file (of a container each
    part, and the whole twenty times as long) may keep its process at work, ``memory`` how many bytes of address space
    one process may have. Use it from one thread, which must outlive the context: on Linux the processes end with the
    thread that started them.
    """

    def __init__(self, jobs: int | None = None, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """Set the limits; nothing is started yet."""
        self._most = max(1, jobs or _cores())
        self._seconds = seconds
        self._memory = memory
        self._gauged = False
        self._readers: list[Reader] = []
        self._heard: queue.SimpleQueue[tuple[Reader, bytes | None]] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes."""
        self.close()

    def begin(self) -> None:
        """Start a process before there is a file for it: to start takes as long as to look for files."""
        if not self._readers:
            self._readers.append(Reader(self._memory, self._heard))

    def close(self) -> None:
        """End all processes and wait for them."""
        for reader in self._readers:
            reader.end(patiently=not reader.tasks)
        self._readers.clear()

    def read(self, jobs: Iterable[Job | None], patience: float | None = None) -> Iterator[Result | None]:
        """Yield a result for each job, in their order. ``jobs`` is drawn a little ahead, never as a whole.

        With ``patience``, ``None`` comes whenever nothing was ready for so many seconds, so that nobody waits longer.
        To draw a job may take long too: then only some are drawn between two answers. ``None`` among the jobs is none:
        the next one is not ready yet.
        """
        drawing = _Drawing(jobs)
        waiting: deque[Task] = deque()
        done: dict[int, Result] = {}
        given, told = 0, time.monotonic()
        try:
            while True:
                hurried = self._draw(drawing, waiting, given, patience)
                self._hand_out(waiting)
                if given in done:
                    yield done.pop(given)
                    given += 1
                elif given < drawing.count:
                    came = self._listen(waiting, done, 0.0 if hurried else patience)
                    if came and (patience is None or time.monotonic() - told < patience):
                        continue
                    yield None
                elif drawing.exhausted:
                    return
                else:
                    yield None
                told = time.monotonic()
        finally:
            for reader in [reader for reader in self._readers if reader.tasks]:
                self._drop(reader)

    def _draw(self, drawing: _Drawing, waiting: deque[Task], given: int, patience: float | None) -> bool:
        """Draw jobs a little ahead; tell whether there was no time for all of them."""
        began = time.monotonic()
        while (
            not drawing.exhausted and drawing.count - given < _AHEAD * self._most and len(waiting) < _CHUNK * self._most
        ):
            if patience is not None and time.monotonic() - began > _DRAWING:
                return True
            task = drawing.draw()
            if task is not None:
                waiting.append(task)
        return False

    def _hand_out(self, waiting: deque[Task]) -> None:
        """Give the waiting tasks to idle processes; start another one when more than a few are left."""
        while waiting:
            many = len(waiting) > _FEW
            reader = self._free(ahead=len(waiting) >= _CHUNK)
            if reader is None:
                if len(self._readers) >= (self._most if many else 1):
                    return
                reader = Reader(self._memory, self._heard)
                self._readers.append(reader)
            self._gauged = self._gauged or many
            share = max(1, len(waiting) // self._most) if many else _FEW
            reader.give(_chunk(waiting, share), self._seconds, gauged=self._gauged)

    def _free(self, *, ahead: bool) -> Reader | None:
        """Return an idle process; once all are at work, with ``ahead``, one that would be idle before it is asked."""
        idle = next((reader for reader in self._readers if not reader.tasks), None)
        if idle is None and ahead and len(self._readers) == self._most:
            return next((reader for reader in self._readers if not reader.has_more()), None)
        return idle

    def _listen(self, waiting: deque[Task], done: dict[int, Result], patience: float | None) -> bool:
        """Wait for the next answer, or for a process that takes too long or has died; tell whether one came."""
        busy = [reader for reader in self._readers if reader.tasks]
        pause = min(reader.deadline for reader in busy) - time.monotonic()
        try:
            reader, frame = self._heard.get(timeout=max(0.0, pause if patience is None else min(pause, patience)))
        except queue.Empty:
            lates = [reader for reader in busy if reader.deadline <= time.monotonic()]
            for late in lates:
                self._give_up(late, waiting, done, _too_slow(late.tasks[0].job, self._seconds))
            return patience is None or bool(lates)
        if reader not in self._readers:
            return True
        if frame is None and reader.tasks:
            job = reader.tasks[0].job
            self._give_up(reader, waiting, done, _too_slow(job, self._seconds) if reader.is_spent() else _died(job))
        elif frame is None:
            self._drop(reader)
        else:
            self._received(reader, frame, waiting, done)
        return True

    def _received(self, reader: Reader, frame: bytes, waiting: deque[Task], done: dict[int, Result]) -> None:
        """Take a frame; a process that says good-bye leaves the rest of its share to others."""
        try:
            answer = reader.take(frame)
        except OSError as error:
            self._give_up(reader, waiting, done, _without_room(reader.tasks[0].job, error))
            return
        if answer is None:
            reader.go_on(self._seconds)
        elif answer.get("bye"):
            waiting.extendleft(reversed(reader.tasks))
            self._drop(reader)
        else:
            task = reader.tasks.popleft()
            reader.begin(self._seconds)
            done[task.number] = _result(task.job, answer, reader.drafts())

    def _give_up(self, reader: Reader, waiting: deque[Task], done: dict[int, Result], error: ImportFailed) -> None:
        """Blame the file a process was at, and let another process read the rest of its share."""
        task = reader.tasks.popleft()
        done[task.number] = Result(task.job, error=error)
        waiting.extendleft(reversed(reader.tasks))
        self._drop(reader)

    def _drop(self, reader: Reader) -> None:
        self._readers.remove(reader)
        reader.end(patiently=False)


def _chunk(waiting: deque[Task], share: int) -> list[Task]:
    """Take the next tasks: several small files, or one large one."""
    tasks = [waiting.popleft()]
    total = _size(tasks[0].job.path)
    while waiting and len(tasks) < min(share, _CHUNK):
        total += _size(waiting[0].job.path)
        if total > _CHUNK_BYTES:
            break
        tasks.append(waiting.popleft())
    return tasks


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _result(job: Job, answer: Mapping[str, Any], drafts: tuple[Draft, ...]) -> Result:
    columns, key = answer.get("columns", {}), answer.get("format", "")
    if "error" in answer:
        template, hint, values = answer["error"]
        return Result(job, error=ImportFailed(template, hint, **values), format=key, columns=columns)
    unread = (
        Unread(part, ImportFailed(template, hint, **values), passed)
        for part, passed, template, hint, values in answer["unread"]
    )
    codebooks = tuple(map(codebook_from_json, answer["codebooks"]))
    frameworks = tuple(map(framework_from_json, answer["frameworks"]))
    total, recalled = answer["total"], tuple(answer["recalled"])
    return Result(job, drafts, None, key, tuple(unread), codebooks, total, columns, frameworks, recalled)


def _too_slow(job: Job, seconds: float) -> ImportFailed:
    pattern = pattern_of(job.options)
    if pattern:
        return ImportFailed("Splitting by “{pattern}” took too long.", "Write a simpler pattern.", pattern=pattern)
    return ImportFailed(
        "{name} took longer than {seconds} seconds to read.",
        "It may be damaged; open it elsewhere and save it again.",
        name=Path(job.name).name,
        seconds=f"{seconds:g}",
    )


def _without_room(job: Job, error: OSError) -> ImportFailed:
    return ImportFailed(
        "The pictures of {name} cannot be kept for the moment ({reason}).",
        "Make room on the disk of temporary files, then import it again.",
        name=Path(job.name).name,
        reason=error.strerror or str(error),
    )


def _died(job: Job) -> ImportFailed:
    return ImportFailed(
        "{name} broke the process that read it.",
        "It is damaged or needs too much memory; open it elsewhere and save it again.",
        name=Path(job.name).name,
    )


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
