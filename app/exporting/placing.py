"""Putting the files of an export into their places: all of them, or none."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from app.errors import ExportFailed
from app.writing import Beside, drop_folders, flush_folder, make_folders, prepared, told

AT_ONCE: Final = 64
"""So many files are seen onto the disk together, which is far sooner than one by one."""

_LARGE: Final = 16 * 1024 * 1024  # bytes that are seen onto the disk together
_HANDS: Final = 16
_PATIENCE: Final = 0.02

Merge = Callable[[bytes, bytes], bytes]
_Seen = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file on its way: ``beside`` its place, ``None`` where it would be as it is; ``old`` is what it was made from.

    ``seen`` is what ``old`` was by then, and ``kept`` where it goes as long as it may have to come back.
    """

    name: Path
    beside: Beside | None
    old: Path
    seen: _Seen | None
    kept: Path


class Placing:
    """The files of an export on their way into their places, for use in a ``with`` statement.

    All are written before the first takes its place: those of a folder into a hidden one in it, which goes at the end.
    Unless :meth:`settled` has come to its end, everything is as it was: the new files and folders go, and those that
    were replaced come back. That holds for whatever is raised, a full disk and an interrupted program too; of one that
    is killed while the files take their places, some have them by then, each of them whole.
    """

    def __init__(self, target: Path, *, is_folder: bool) -> None:
        """Begin without a file. ``target`` is made with its folders when the ``with`` statement begins."""
        self.root = target
        self._target = target
        self._is_folder = is_folder
        self._aside: Path | None = None
        self._entries: list[_Entry] = []
        self._waiting: list[Beside] = []
        self._moved: list[_Entry] = []
        self._folders: list[Path] = []
        self._letters = 0
        self._is_done = False
        self._pool = ThreadPoolExecutor(_HANDS, "placing")

    def __enter__(self) -> Self:
        """Make what folders there are to be. Raises ``ExportFailed``."""
        self.root = prepared(self._target, is_folder=self._is_folder, made=self._folders)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take away what has no place, and all that does not belong here."""
        self._pool.shutdown(cancel_futures=True)
        if not self._is_done:
            for entry in reversed(self._moved):
                _put_back(entry)
        for entry in self._entries:
            if entry.beside is not None:
                entry.beside.drop()
            with suppress(OSError):
                entry.kept.unlink()
        for beside in self._waiting:
            beside.drop()
        if self._aside is not None:
            with suppress(OSError):
                self._aside.rmdir()
        if not self._is_done:
            drop_folders(self._folders)

    @property
    def _whole(self) -> str:
        """Return the name of what is not written when one of its files is not."""
        return self._target.name if self._is_folder else ""

    @contextmanager
    def opened(
        self, place: Path, name: Path, merge: Merge | None = None, former: Path | None = None
    ) -> Iterator[BinaryIO]:
        """Open a file for a place, where it is merged with what stands there; it goes when anything is raised.

        ``former`` is where that stands still, and from where it goes when the new file takes its place.
        """
        old = former or place
        with told(place.name, self._whole):
            beside = Beside.opened(place, self._folder(), self._whole)
            try:
                yield beside.file
                seen = _seen(old)
                is_changed = seen is None or beside.take_over(merge, old) or old != place
                beside.file.flush()  # a full disk says so here
            except BaseException:
                beside.drop()
                raise
        self._letters += beside.file.tell()
        kept = beside.temporary.with_suffix(".old")
        if is_changed:
            self._waiting.append(beside)
        else:
            beside.drop()
        self._entries.append(_Entry(name, beside if is_changed else None, old, seen, kept))

    def _folder(self) -> Path | None:
        """Return the hidden folder that files are written into, ``None`` for one that is written beside its place."""
        if self._is_folder and self._aside is None:
            self._aside = self.root / f".{secrets.token_hex(8)}.part"
            self._aside.mkdir()
        return self._aside

    def is_due(self) -> bool:
        """Tell whether :meth:`flushed` is to be called before the next file."""
        return len(self._waiting) >= AT_ONCE or self._letters >= _LARGE

    def flushed(self) -> Generator[None, None, None]:
        """See what was written onto the disk; yields while that is at work. Raises ``ExportFailed``."""
        waiting = self._waiting
        doing = [self._pool.submit(_flush, waiting[first::_HANDS]) for first in range(min(_HANDS, len(waiting)))]
        while wait(doing, _PATIENCE).not_done:
            yield
        for one in doing:
            one.result()
        self._waiting, self._letters = [], 0

    def settled(self) -> Generator[None, None, tuple[Path, ...]]:
        """Put all files into their places, yielding now and then; return their names. Raises ``ExportFailed``."""
        yield from self.flushed()
        for number, entry in enumerate(self._entries, 1):
            if entry.beside is not None:
                self._put(entry, entry.beside)
            if number % AT_ONCE == 0:
                yield
        self._is_done = True
        for folder in dict.fromkeys(entry.beside.place.parent for entry in self._entries if entry.beside is not None):
            flush_folder(folder)
        return tuple(entry.name for entry in self._entries)

    def _put(self, entry: _Entry, beside: Beside) -> None:
        place = beside.place
        with told(place.name, self._whole):
            if _seen(entry.old) != entry.seen:
                raise ExportFailed("{name} was changed by another program meanwhile: nothing was written.",
                                   "Export again.", name=entry.old.name)  # fmt: skip
            self._folders += make_folders(place.parent)
            self._moved.append(entry)
            if entry.seen is not None and self._is_folder:
                _keep(entry.old, entry.kept)
            beside.put()
            if entry.old != place:
                entry.old.unlink(missing_ok=True)


def _flush(files: Sequence[Beside]) -> None:
    for one in files:
        one.flush()


def _seen(place: Path) -> _Seen | None:
    """Return by what a file is known to be as it was, ``None`` where there is none. Raises ``OSError``."""
    try:
        found = place.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(found.st_mode):
        code = errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.EINVAL
        raise OSError(code, os.strerror(code))
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _keep(old: Path, kept: Path) -> None:
    """Give a file another name under which it can come back: a second one, or where a disk has no such, for its own."""
    try:
        kept.hardlink_to(old)
    except (OSError, NotImplementedError):
        old.rename(kept)


def _put_back(entry: _Entry) -> None:
    """Let what was there come back, and what was not there go."""
    beside = entry.beside
    with suppress(OSError):
        if beside is not None and not beside.temporary.exists() and entry.old != beside.place:
            beside.place.unlink()
    with suppress(OSError):
        if entry.kept.exists():
            entry.kept.replace(entry.old)
        elif beside is not None and entry.seen is None and not beside.temporary.exists():
            beside.place.unlink()
