"""The one place that opens the SQLite file and its transactions, and that turns SQLite's errors into sentences."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from app.errors import LibraryDamaged, LibraryError, LibraryGone
from app.loading import load

if TYPE_CHECKING:
    from sqlite_utils import Database as Tables

Row = sqlite3.Row
Values = Sequence[Any] | Mapping[str, Any]

BUSY_MILLISECONDS: Final = 60_000
_MOMENT: Final = 0.02  # seconds
BEHIND: Final = 8
"""After so many commits the log is worth bringing into the file; SQLite does it itself after about thirty deeds."""

CACHE_KILOBYTES: Final = 8192  # the pages of the search index would push those of the tables out of less


class Database:
    """A connection to the library's file, for one thread at a time.

    WAL with ``synchronous=FULL``: what is committed survives a loss of power. Transactions always begin ``IMMEDIATE``
    and wait for other writers, since a deferred one fails at once when another process wrote in between.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Open ``path``; raises ``LibraryError`` when that cannot be done."""
        self.path = path
        self._commits = 0
        if not create and not is_there(path):
            raise LibraryError("There is no library in “{folder}”.", "Check the path.", folder=str(path.parent))
        with translated(path):
            self.connection = sqlite3.connect(
                path, timeout=BUSY_MILLISECONDS / 1000, isolation_level=None, check_same_thread=False
            )
        try:
            with translated(path):
                self._prepare()
            self._file = _identity(path)
        except BaseException:
            self.connection.close()
            raise

    @property
    def tables(self) -> Tables:
        """Return the tables as sqlite-utils sees them, for migrations."""
        tables: Tables = load("sqlite_utils").Database(self.connection, execute_plugins=False)
        return tables

    def _prepare(self) -> None:
        self.connection.row_factory = sqlite3.Row
        for pragma in (
            f"busy_timeout={BUSY_MILLISECONDS}",
            "trusted_schema=OFF",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            "synchronous=FULL",
            "temp_store=MEMORY",
            "cell_size_check=ON",
            f"cache_size=-{CACHE_KILOBYTES}",
        ):
            self.connection.execute(f"PRAGMA {pragma}")
        self._write_ahead()

    def _write_ahead(self) -> None:
        """Keep a write-ahead log from now on, unless there is one already."""
        deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
        while self.connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                self.connection.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                # SQLite waits for no other that does the same at this moment: both would wait for ever
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(_MOMENT)
            else:
                break

    @classmethod
    def as_it_stands(cls, path: Path) -> Self:
        """Open a library only to be read, as it is at this moment: what others commit from now on is not seen."""
        database = cls(path, create=False)
        try:
            for sql in ("PRAGMA query_only=ON", "BEGIN", "SELECT count(*) FROM sqlite_master"):
                database.execute(sql).fetchall()
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Close the connection. A transaction that is open is rolled back."""
        self.connection.close()

    def check_place(self) -> None:
        """Raise ``LibraryGone`` when the file that was opened does not stand in its folder any more.

        SQLite writes on into a file that was deleted or moved away, and says nothing.
        """
        if not os.path.samestat(_identity(self.path), self._file):
            raise LibraryGone(*_GONE, folder=str(self.path.parent))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold a write transaction: committed at the end, rolled back when anything is raised. Does not nest."""
        self.check_place()
        with translated(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            self._commits += 1

    def is_behind(self) -> bool:
        """Tell whether much of what was committed here is in the log only, and a deed may soon have to clear it."""
        return self._commits >= BEHIND

    def checkpoint(self) -> None:
        """Bring what is in the log into the file, as far as nobody reads it: for when nobody waits."""
        self.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        self._commits = 0

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Hold a read transaction, so that several queries see one state. Inside a transaction it does nothing."""
        with translated(self.path):
            nested = self.connection.in_transaction
            if not nested:
                self.connection.execute("BEGIN")
            try:
                yield
            finally:
                if not nested:
                    self.connection.execute("COMMIT")

    def execute(self, sql: str, values: Values = ()) -> sqlite3.Cursor:
        """Execute one statement."""
        with translated(self.path):
            return self.connection.execute(sql, values)

    def execute_each(self, sql: str, values: Sequence[Values]) -> None:
        """Execute one statement with each of several sets of values."""
        with translated(self.path):
            self.connection.executemany(sql, values)

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all rows of a query."""
        with translated(self.path):
            return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row of a query."""
        with translated(self.path):
            found: Row | None = self.connection.execute(sql, values).fetchone()
            return found

    def value(self, sql: str, values: Values = ()) -> Any:
        """Return the first value of a query's first row, or ``None``."""
        found = self.row(sql, values)
        return None if found is None else found[0]

    def foreign_version(self) -> int:
        """Return a number that is another one whenever another connection has written."""
        return int(self.value("PRAGMA data_version"))

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert one row and return its key."""
        names = ", ".join(f'"{name}"' for name in values)
        slots = ", ".join("?" for _ in values)
        key = self.execute(f'INSERT INTO "{table}" ({names}) VALUES ({slots})', tuple(values.values())).lastrowid
        assert key is not None
        return key

    def update(self, table: str, key: int, values: Mapping[str, Any], *, by: str = "id") -> None:
        """Update the row of ``table`` whose column ``by`` is ``key``."""
        names = ", ".join(f'"{name}"=?' for name in values)
        self.execute(f'UPDATE "{table}" SET {names} WHERE "{by}"=?', (*values.values(), key))

    def delete(self, table: str, key: int, *, by: str = "id") -> None:
        """Delete the rows of ``table`` whose column ``by`` is ``key``."""
        self.execute(f'DELETE FROM "{table}" WHERE "{by}"=?', (key,))


def is_there(path: Path) -> bool:
    """Tell whether there is a database; where nobody may look, SQLite says so when it is to be opened."""
    try:
        return path.is_file()
    except OSError:
        return True


def _identity(path: Path) -> os.stat_result:
    """Return what tells a file from another one that takes its place; raises ``LibraryGone``."""
    try:
        return path.stat()
    except OSError as error:
        raise LibraryGone(*_GONE, folder=str(path.parent)) from error


def translated(path: Path) -> AbstractContextManager[None]:
    """Turn what SQLite raises because of the machine or the file into a ``LibraryError``; bugs pass as they are."""
    return _Translation(path)


class _Translation:
    """It stands round every statement, so it is no generator: these take several times as long."""

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            return
        if isinstance(error, UnicodeDecodeError):
            raise damaged(self._path) from error
        sentence = _sentence(error) if isinstance(error, sqlite3.Error) else None
        if sentence is not None:
            family = LibraryDamaged if sentence in (_DAMAGED, _NO_LIBRARY) else LibraryError
            raise family(*sentence, folder=str(self._path.parent)) from error


def damaged(path: Path) -> LibraryDamaged:
    """Return the error for a library in which something stands that nobody can have written there."""
    return LibraryDamaged(*_DAMAGED, folder=str(path.parent))


@contextmanager
def sound(path: Path) -> Iterator[None]:
    """Turn what is raised by values that cannot be read, such as a state that is none, into a ``LibraryError``."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise damaged(path) from error


def _sentence(error: sqlite3.Error) -> tuple[str, str] | None:
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, sentence in _SENTENCES:
        if name.startswith(start):
            return sentence
    undecodable = isinstance(error, sqlite3.OperationalError) and str(error).startswith("Could not decode")
    return _DAMAGED if undecodable or type(error) is sqlite3.DatabaseError else None


_DAMAGED: Final = (
    "The library in “{folder}” is damaged.",
    "Restore the latest backup with “restore”, then run “check --deep”.",
)
_GONE: Final = (
    "The library cannot be found in “{folder}” any more: nothing that is done now can be kept.",
    "Put it back where it was, or open it where it is.",
)
_NO_LIBRARY: Final = ("The file in “{folder}” is not a library.", "Choose another folder, or restore a backup.")

_SENTENCES: Final = (
    ("SQLITE_CORRUPT", _DAMAGED),
    ("SQLITE_NOTADB", _NO_LIBRARY),
    ("SQLITE_BUSY", ("Another program keeps the library in “{folder}” busy.", "Close it there and try again.")),
    ("SQLITE_LOCKED", ("Another program keeps the library in “{folder}” busy.", "Close it there and try again.")),
    ("SQLITE_FULL", ("The disk of “{folder}” is full: what was under way was not done.", "Make room and try again.")),
    (
        "SQLITE_READONLY",
        ("The library in “{folder}” cannot be written to.", "Check the permissions of the folder and its files."),
    ),
    (
        "SQLITE_PERM",
        ("The library in “{folder}” cannot be opened.", "Check the permissions of the folder and its files."),
    ),
    (
        "SQLITE_CANTOPEN",
        ("The library in “{folder}” cannot be opened.", "Check the permissions of the folder and its files."),
    ),
    (
        "SQLITE_AUTH",
        ("The library in “{folder}” cannot be opened.", "Check the permissions of the folder and its files."),
    ),
    (
        "SQLITE_IOERR",
        ("The disk of “{folder}” could not be read or written.", "Check the disk, then run “check --deep”."),
    ),
)
