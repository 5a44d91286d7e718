"""A database that is a file to be read: in memory, for reading only, and stopped where its schema means harm.

The one place where a format meets SQLite. It sees the bytes it is given, and never a library.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

from app.errors import ImportFailed

MAGIC: Final = b"SQLite format 3\0"

_ALLOWED: Final = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ))
_STEPS: Final = 1000
_MOST: Final = 200_000  # so many times a thousand steps of the virtual machine may all questions take together
_JOURNAL: Final = slice(18, 20)  # the bytes that say that a write-ahead log lies beside the file

Row = dict[str, Any]


class Tables:
    """The tables of such a file."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        """Take an open connection; use :func:`opened`."""
        self._connection = connection
        self._name = name
        self._left = _MOST
        connection.set_authorizer(lambda action, *_about: 0 if action in _ALLOWED else 1)
        connection.set_progress_handler(self._spent, _STEPS)

    def rows(self, table: str, *columns: str) -> list[Row]:
        """Return these columns of a table, row by row in the order of their keys; raises ``ImportFailed``."""
        names = ", ".join(f'"{name}"' for name in columns)
        try:
            return [
                dict(zip(columns, row, strict=True))
                for row in self._connection.execute(f'SELECT {names} FROM "{table}" ORDER BY rowid')
            ]
        except (sqlite3.Error, ValueError, OverflowError) as error:
            raise _unreadable(self._name, error) from error

    def known(self, table: str, *columns: str) -> list[Row]:
        """Return what :meth:`rows` does; nothing where there is no such table, or a column of it is missing."""
        try:
            described = self._connection.execute(f'SELECT * FROM "{table}" LIMIT 0').description
        except (sqlite3.Error, ValueError):  # names that are no text
            return []
        return self.rows(table, *columns) if {name for name, *_about in described}.issuperset(columns) else []

    def _spent(self) -> int:
        self._left -= 1
        return self._left < 0


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Tables]:
    """Open the bytes of a database; raises ``ImportFailed`` for what is none."""
    if not data.startswith(MAGIC) or len(data) < 512:
        raise ImportFailed("{name} is no SQLite database.", "Export the project again.", name=name)
    whole = bytearray(data)
    whole[_JOURNAL] = b"\1\1"
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.deserialize(bytes(whole))
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA cell_size_check=ON")
            connection.execute("PRAGMA query_only=ON")
        except (sqlite3.Error, OverflowError) as error:
            raise _unreadable(name, error) from error
        yield Tables(connection, name)


def _unreadable(name: str, error: Exception) -> ImportFailed:
    return ImportFailed(
        "{name} is a damaged or another database ({problem}).",
        "Export the project again.",
        name=name,
        problem=str(error),
    )
