"""Columns as pages of 64 kB: each with its length and checksum, read when needed, kept in a bounded cache."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.errors import LibraryError
from app.search.resident import PAGE, Memory
from app.search.segments import NARROWED, TYPES, Columns, narrowest

_ALIGNED: Final = 8

Directory = dict[str, tuple[int, int, str]]
"""For each column where it begins in the segment's bytes, how many numbers it has, and as what these are written."""

Page = tuple[int, bytes]
"""A page of a segment with its number."""


class SegmentDamaged(LibraryError):
    """A segment is not as it was written. ``segment`` is its number, 0 when it is not known which one it is."""

    segment: int = 0


class SetAside(SegmentDamaged):
    """A segment could not be read, and is read no more: what was asked can be asked again, and is answered then."""


def damaged(segment: int = 0) -> SegmentDamaged:
    """Return the error for a segment that is not as it was written."""
    error = SegmentDamaged("The search index of this library is damaged.", "Run “check --repair” to build it again.")
    error.segment = segment
    return error


def checksum(data: bytes) -> int:
    """Return the checksum that is kept beside every blob."""
    return zlib.crc32(data)


def encode(columns: Columns) -> tuple[bytes, Iterator[Page]]:
    """Return the directory of ``columns``, and their bytes cut into pages."""
    directory: Directory = {}
    arrays: list[NDArray[np.uint8]] = []
    place = 0
    for name, kind in TYPES.items():
        numbers = columns[name]
        written = narrowest(int(numbers.max(initial=0))) if name in NARROWED else kind
        column = np.ascontiguousarray(numbers, written)
        directory[name] = (place, len(column), written)
        arrays.append(column.view(np.uint8))
        place += column.nbytes + -column.nbytes % _ALIGNED
    return json.dumps(directory).encode(), enumerate(_cut(arrays))


def _cut(arrays: Iterable[NDArray[np.uint8]]) -> Iterator[bytes]:
    """Yield the bytes of the columns, each aligned, page by page: no more than a page is copied at a time."""
    rest = b""
    for data in arrays:
        place = 0
        while len(rest) + len(data) - place >= PAGE:
            end = place + PAGE - len(rest)
            yield rest + data[place:end].tobytes()
            rest, place = b"", end
        rest += data[place:].tobytes() + bytes(-len(data) % _ALIGNED)
    if rest:
        yield rest


def read_directory(data: object, expected: object, segment: int) -> Directory:
    """Return a directory as :func:`encode` wrote it; raises ``SegmentDamaged`` when it is anything else."""
    if not isinstance(data, bytes) or checksum(data) != expected:
        raise damaged(segment)
    try:
        found = json.loads(data)
        directory: Directory = {name: (int(found[name][0]), int(found[name][1]), found[name][2]) for name in TYPES}
    except (ValueError, LookupError, TypeError) as error:
        raise damaged(segment) from error
    if any(start < 0 or start % _ALIGNED or count < 0 for start, count, _ in directory.values()):
        raise damaged(segment)
    if any(written not in NARROWED.get(name, (TYPES[name],)) for name, (_, _, written) in directory.items()):
        raise damaged(segment)
    return directory


class Pages:
    """The pages of segments behind one connection, and the memory in which what was read of them stays."""

    def __init__(self, connection: sqlite3.Connection, memory: int) -> None:
        """Read through ``connection``; keep up to ``memory`` bytes."""
        self._connection = connection
        self.memory = Memory(memory)

    def read(self, segment: int, first: int, last: int) -> list[bytes]:
        """Return pages ``first`` to ``last``, each checked when it is read from the file."""
        rows = self._rows(segment, first, last)
        if [row[0] for row in rows] != list(range(first, last + 1)):
            raise damaged(segment)
        return [_checked(segment, *row[1:]) for row in rows]

    def _rows(self, segment: int, first: int, last: int) -> list[Any]:
        """Read rows of pages; a file that is damaged just there damages the segment."""
        try:
            return self._connection.execute(
                "SELECT number, length, checksum, data FROM search_page"
                " WHERE segment = ? AND number BETWEEN ? AND ? ORDER BY number",
                (segment, first, last),
            ).fetchall()
        except OverflowError as error:
            raise damaged(segment) from error
        except sqlite3.DatabaseError as error:
            corrupt = str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_CORRUPT")
            if not corrupt and not str(error).startswith("Could not decode"):
                raise
            raise damaged(segment) from error


def _checked(segment: int, length: int, expected: int, data: object) -> bytes:
    """Return a page when it is what was written."""
    if not isinstance(data, bytes) or len(data) != length or checksum(data) != expected:
        raise damaged(segment)
    return data
