"""Backups of a library: copies of its database without the index, verified, kept within a budget."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.errors import LibraryError
from app.library.database import Database, translated
from app.library.schema import APPLICATION

BUDGET: Final = 1024 * 1024 * 1024
KEPT: Final = 3
_PAGES: Final = 256
_SUFFIX: Final = ".commonplace-backup"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its file, when it was made (UTC milliseconds), its size in bytes."""

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


def back_up(database: Path, folder: Path, reason: str = "") -> Generator[float, None, Backup]:
    """Copy a library's database into ``folder``, verified; yields the share done, returns the :class:`Backup`.

    It reads over a connection of its own, so that it never holds up a writer, and leaves the index out: that is made
    anew from the texts. Old backups go when all of them together exceed :data:`BUDGET`; the latest three stay.
    """
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%fZ")
    name = f"{stamp}{'-' + reason if reason else ''}{_SUFFIX}"
    part, target = folder / f".{name}.part", folder / name
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with translated(database):
            yield from _copy(database, part)
            _check(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise LibraryError(
            "The backup could not be written to “{folder}” ({reason}).",
            "Make room or mend the permissions, then try again.",
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error
    finally:
        part.unlink(missing_ok=True)
    _prune(folder)
    return Backup(target, target.stat().st_mtime_ns // 1_000_000, target.stat().st_size)


def _copy(database: Path, part: Path) -> Iterator[float]:
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as source:
        source.execute("PRAGMA trusted_schema=OFF")
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            part.chmod(0o600)
            shares: list[float] = []
            source.backup(
                copy, pages=_PAGES, progress=lambda _status, left, total: shares.append(1 - left / (total or 1))
            )
            yield shares[-1] if shares else 1.0
            for (table,) in copy.execute(
                "SELECT name FROM sqlite_master WHERE type='table' AND name LIKE 'search_%'"
            ).fetchall():
                copy.execute(f'DELETE FROM "{table}"')
            copy.execute("PRAGMA journal_mode=DELETE")
            copy.execute("VACUUM")
    yield 1.0


def _check(path: Path) -> None:
    """Refuse a file that is not a sound library (``LibraryError``)."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        copy.execute("PRAGMA trusted_schema=OFF")
        try:
            sound = copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            ours = copy.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
        except sqlite3.DatabaseError:
            sound = ours = False
    if not (sound and ours):
        raise LibraryError("“{file}” is not a sound backup.", "Choose another one.", file=path.name)


def restore(file: Path, database: Database) -> None:
    """Put the content of a backup in place of what is in ``database``, in one go that others see whole or not at all.

    The present must have been backed up before; the index is made anew afterwards.
    """
    if not file.is_file():
        raise LibraryError("There is no backup “{file}”.", "See the folder “backups” of the library.", file=str(file))
    _check(file)
    with translated(database.path), closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source:
        source.backup(database.connection)


def _prune(folder: Path) -> None:
    total = 0
    for number, backup in enumerate(backups(folder)):
        total += backup.size
        if number >= KEPT and total > BUDGET:
            backup.path.unlink(missing_ok=True)
