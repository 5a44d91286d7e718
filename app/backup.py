"""Backups of a library: copies of its database without the index, verified, kept within a budget."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from threading import Event
from typing import Final

from app.apart import apart
from app.errors import Cancelled, LibraryDamaged, LibraryError
from app.library.database import Database, damaged, is_there, translated
from app.library.library import FILE
from app.library.schema import APPLICATION, SEARCH_TABLES, VERSION, drop_foreign_code

BUDGET: Final = 1024 * 1024 * 1024
KEPT: Final = 3
_DAMAGED: Final = "damaged-"
_PAGES: Final = 1024
_OPERATIONS: Final = 100_000
"""After so many of them it is asked whether a copy is still wanted; each time it may wait for the other threads."""
_TICK: Final = 0.002
"""So many seconds pass before a backup begins, so that what was just done lies in an earlier millisecond than it."""
_SUFFIX: Final = ".commonplace-backup"
_UNPACKED: Final = ".unpacked-"
_LEFT: Final = 24 * 60 * 60
"""What is half-made or unpacked for so many seconds was left behind by a program that was ended."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its file, when it was begun (UTC milliseconds), its size in bytes.

    What was done in the library before that millisecond is in it, what was done in it or since may not be.
    """

    path: Path
    made: int
    size: int


def backups(folder: Path) -> list[Backup]:
    """Return the backups in a folder, the latest first."""
    found = [
        Backup(path, path.stat().st_mtime_ns // 1_000_000, path.stat().st_size)
        for path in folder.glob(f"*{_SUFFIX}")
        if path.is_file()
    ]
    return sorted(found, key=lambda backup: backup.path.name, reverse=True)


def back_up(database: Path, folder: Path, reason: str = "") -> Generator[None, None, Backup]:
    """Copy a library's database into ``folder``, verified; yields meanwhile, returns the :class:`Backup`.

    It reads over a connection of its own, so that it never holds up a writer, and leaves the index out: that is made
    anew from the texts. Old backups go when all of them together exceed :data:`BUDGET`; the latest three stay.
    """
    time.sleep(_TICK)
    began = time.time_ns()
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%fZ")
    name = f"{stamp}{'-' + reason if reason else ''}{_SUFFIX}"
    part, target = folder / f".{name}.part", folder / name
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with translated(database):
            yield from copy_database(database, part)
            yield from apart(lambda _unwanted: _settle(part))
        os.utime(part, ns=(began, began))
        part.replace(target)
    except OSError as error:
        raise LibraryError(
            "The backup could not be written to “{folder}” ({reason}).",
            "Make room or mend the permissions, then try again.",
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error
    finally:
        for path in folder.glob(f"{part.name}*"):
            path.unlink(missing_ok=True)
    _prune(folder)
    return Backup(target, target.stat().st_mtime_ns // 1_000_000, target.stat().st_size)


def _settle(part: Path) -> None:
    """See that a copy is sound, and on the disk."""
    verify(part)
    with part.open("rb") as file:
        os.fsync(file.fileno())


def remove_all(folder: Path) -> None:
    """Remove all backups, what was left half-made or unpacked, and damaged databases. Raises ``OSError``."""
    for path in (*folder.glob(f"*{_SUFFIX}"), *folder.glob(f".*{_SUFFIX}.part*"), *folder.glob(f"{_DAMAGED}*")):
        path.unlink(missing_ok=True)
    for path in folder.glob(f"{_UNPACKED}*"):
        rmtree(path)


def copy_database(database: Path, target: Path) -> Generator[None, None, None]:
    """Copy a library's database without the index, as it is at this moment; yields meanwhile."""
    with closing(_reader(database)) as source:
        yield from apart(partial(_copy, source, target))


def _copy(source: sqlite3.Connection, target: Path, unwanted: Event) -> None:
    def stop(*_progress: int) -> None:
        if unwanted.is_set():
            raise Cancelled

    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        target.chmod(0o600)
        source.backup(copy, pages=_PAGES, progress=stop)
        copy.set_progress_handler(unwanted.is_set, _OPERATIONS)
        drop_foreign_code(copy)
        held = {str(name) for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        for table in sorted(held & SEARCH_TABLES):
            copy.execute(f'DELETE FROM "{table}"')
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("VACUUM")


def _reader(database: Path) -> sqlite3.Connection:
    """Open a database to read one state of it, else every deed meanwhile would start the copy anew."""
    uri = database.absolute().as_uri()
    # Not "ro": that leaves its files of shared memory behind. And on a medium that cannot be written to, SQLite only
    # reads what it is told that nobody changes.
    for mode in ("mode=rw", "immutable=1"):
        source = sqlite3.connect(f"{uri}?{mode}", uri=True, check_same_thread=False)
        try:
            source.execute("PRAGMA trusted_schema=OFF")
            source.execute("PRAGMA query_only=ON")
            source.execute("BEGIN")
            source.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            source.close()
            if mode == "immutable=1" or not error.sqlite_errorname.startswith("SQLITE_CANTOPEN"):
                raise
        except BaseException:
            source.close()
            raise
        else:
            return source
    raise AssertionError


def verify(path: Path) -> None:
    """Refuse a file that is not the sound database of a library (``LibraryError``)."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        copy.execute("PRAGMA trusted_schema=OFF")
        try:
            sound = copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            ours = copy.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
            version = copy.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.DatabaseError:
            sound, ours, version = False, False, 0
    if not (sound and ours):
        raise LibraryDamaged("“{file}” is not a sound backup.", "Choose another one.", file=path.name)
    if version > VERSION:
        raise LibraryError(
            "A newer Commonplace made the backup “{file}”.", "Update Commonplace to restore it.", file=path.name
        )


def refuse(file: Path) -> None:
    """Raise ``LibraryError`` when a backup is not there, not sound, or newer than this program."""
    if not is_there(file):
        raise LibraryError("There is no backup “{file}”.", "See the folder “backups” of the library.", file=str(file))
    with _opened(file):
        verify(file)


@contextmanager
def _opened(file: Path) -> Iterator[None]:
    """Say of a backup that SQLite cannot open that it may not be read."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise LibraryError(
            "The backup “{file}” cannot be opened.", "Check its permissions, and those of its folder.", file=str(file)
        ) from error


@contextmanager
def unpacked(file: Path, near: Path) -> Iterator[Path]:
    """Give a library made of a backup, in a folder of its own in ``near``, which is gone at the end.

    There it can be brought to the present version and get an index, before anything is replaced by it.
    """
    with room(near) as folder:
        with translated(file):
            for _ in copy_database(file, folder / FILE):
                pass
        yield folder


@contextmanager
def room(near: Path) -> Iterator[Path]:
    """Give an empty folder in ``near`` for the copy of a library, which is gone at the end."""
    near.mkdir(mode=0o700, exist_ok=True)
    with TemporaryDirectory(prefix=_UNPACKED, dir=near) as name:
        yield Path(name)


def before_migration(database: Path, folder: Path) -> None:
    """Make a backup of a library that is about to be brought to a new version; raises ``LibraryError``."""
    try:
        for _ in back_up(database, folder, "before-migration"):
            pass
    except LibraryDamaged as error:
        raise damaged(database) from error


def set_aside(library: Path) -> Path:
    """Move the damaged database of the library in a folder out of the way, and return where it lies now."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%fZ")
    target = library / "backups" / f"{_DAMAGED}{stamp}.db"
    for ending in ("-wal", "-shm", ""):
        path = library / f"{FILE}{ending}"
        if path.exists():
            path.replace(target.with_name(f"{target.name}{ending}"))
    return target


def replace_content(database: Database, library: Path) -> None:
    """Put the content of the library in the folder ``library`` in place of what is in ``database``.

    In one go, that others see whole or not at all.
    """
    uri = f"{(library / FILE).absolute().as_uri()}?mode=ro"
    with translated(database.path), closing(sqlite3.connect(uri, uri=True)) as source:
        source.backup(database.connection)


def _prune(folder: Path) -> None:
    before = time.time() - _LEFT
    for path in (*folder.glob(f".*{_SUFFIX}.part*"), *folder.glob(f"{_UNPACKED}*")):
        with suppress(OSError):  # another program may be removing it too
            if path.stat().st_mtime < before:
                path.unlink() if path.is_file() else rmtree(path)
    total = 0
    for number, backup in enumerate(backups(folder)):
        total += backup.size
        if number >= KEPT and total > BUDGET:
            backup.path.unlink(missing_ok=True)
