"""Copies of files made ahead, by several hands: what waits for the disk holds up nothing of what is read and stored."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Final, Self

from app.importing.originals import Originals

_AHEAD: Final = 32  # files
_HANDS: Final = 4  # a disk sees several files to safety together far sooner than one by one
_PATIENCE: Final = 0.005  # seconds


class Keeping:
    """Files on their way into the folder of originals, a few at a time, for use in a ``with`` statement."""

    def __init__(self, originals: Originals, paths: Iterable[Path], spare: set[str]) -> None:
        """Begin with none; ``paths`` are drawn a little ahead.

        To ``spare`` goes in the end the SHA-256 of each copy that was made and not handed out.
        """
        self._spare = spare
        self._originals = originals
        self._paths = iter(paths)
        self._doing: deque[tuple[Path, Future[str]]] = deque()
        self._unwanted = Event()
        self._pool = ThreadPoolExecutor(_HANDS, "keeping")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop what is under way, and wait for it."""
        self._unwanted.set()
        self._pool.shutdown(cancel_futures=True)
        made = (copy for _path, copy in self._doing if not copy.cancelled() and copy.exception() is None)
        self._spare.update(copy.result() for copy in made)

    def each(self) -> Iterator[tuple[Path, Future[str]] | None]:
        """Yield each path, in order, with the SHA-256 of its copy or the error; ``None`` while the next is waited for.

        The error is what :meth:`Originals.put` raises.
        """
        self._go_ahead()
        while self._doing:
            if wait([self._doing[0][1]], _PATIENCE).done:
                yield self._doing.popleft()
                self._go_ahead()
            else:
                yield None

    def _go_ahead(self) -> None:
        while len(self._doing) < _AHEAD and (path := next(self._paths, None)) is not None:
            self._doing.append((path, self._pool.submit(self._keep, path)))

    def _keep(self, path: Path) -> str:
        steps = self._originals.put_in_steps(path)
        while not self._unwanted.is_set():
            try:
                next(steps)
            except StopIteration as stop:
                digest: str = stop.value
                return digest
        steps.close()
        raise CancelledError
