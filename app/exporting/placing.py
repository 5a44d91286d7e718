"""Putting many files into their places: they are seen onto the disk together, which is far sooner than one by one."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from app.writing import Beside, told

AT_ONCE: Final = 64
"""So many files are put into their places together."""

_LARGE: Final = 16 * 1024 * 1024  # bytes that are seen onto the disk together
_HANDS: Final = 16
_PATIENCE: Final = 0.02


class Placing:
    """Files on their way into their places, for use in a ``with`` statement: what has none at its end goes.

    Each is written beside its place. Those that replace nothing wait for one another; what a file stands in the way of
    takes its place at once, since somebody may be writing in that file.
    """

    def __init__(self, written: list[Path]) -> None:
        """Begin without a file; ``written`` takes in the names of those that have their places."""
        self._written = written
        self._entries: list[tuple[Path, Beside | None]] = []
        self._letters = 0
        self._is_urgent = False
        self._pool = ThreadPoolExecutor(_HANDS, "placing")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take away what has no place yet."""
        self._pool.shutdown(cancel_futures=True)
        for name, beside in self._entries:
            if beside is None:
                self._written.append(name)
            else:
                beside.drop()

    @contextmanager
    def opened(
        self, place: Path, name: Path, merge: Callable[[bytes, bytes], bytes] | None = None
    ) -> Iterator[BinaryIO]:
        """Open a file for a place, where it is merged with what stands there; it goes when anything is raised."""
        with told(place.name):
            beside = Beside.opened(place)
            try:
                yield beside.file
                is_there = place.exists()
                is_changed = not is_there or beside.take_over(merge)
                beside.file.flush()  # a full disk says so here
            except BaseException:
                beside.drop()
                raise
        self._is_urgent |= is_there and is_changed
        self._letters += beside.file.tell()
        if not is_changed:
            beside.drop()
        self._entries.append((name, beside if is_changed else None))

    def is_due(self) -> bool:
        """Tell whether :meth:`settled` is to be called before the next file."""
        return self._is_urgent or len(self._entries) >= AT_ONCE or self._letters >= _LARGE

    def settled(self) -> Generator[None, None, None]:
        """Put what waits into its place; yields while the disk is at work. Raises ``ExportFailed``."""
        waiting = [beside for _, beside in self._entries if beside is not None]
        doing = [self._pool.submit(_flush, waiting[first::_HANDS]) for first in range(min(_HANDS, len(waiting)))]
        while wait(doing, _PATIENCE).not_done:
            yield
        for one in doing:
            one.result()
        for beside in waiting:
            beside.put()
        self._written.extend(name for name, _ in self._entries)
        self._entries.clear()
        self._letters, self._is_urgent = 0, False


def _flush(files: Sequence[Beside]) -> None:
    for one in files:
        one.flush()
