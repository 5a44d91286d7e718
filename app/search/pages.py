"""Columns as pages of 64 kB: each with its length and checksum, read when needed, kept in a bounded cache."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Final

import numpy as np

from app.errors import LibraryError
from app.search.resident import PAGE
from app.search.segments import TYPES, Columns

_ALIGNED: Final = 8

Directory = dict[str, tuple[int, int]]
"""For each column where it begins in the segment's bytes, and how many numbers it has."""


def damaged() -> LibraryError:
    """Return the error for an index that is not as it was written."""
    return LibraryError("The search index of this library is damaged.", "Run “check --repair” to build it again.")


def checksum(data: bytes) -> int:
    """Return the checksum that is kept beside every blob."""
    return zlib.crc32(data)


def encode(columns: Columns) -> tuple[bytes, Iterator[bytes]]:
    """Return the directory of ``columns``, and their bytes cut into pages."""
    directory: Directory = {}
    parts: list[bytes] = []
    place = 0
    for name, kind in TYPES.items():
        column = np.ascontiguousarray(columns[name], kind)
        directory[name] = (place, len(column))
        size = column.nbytes
        gap = -size % _ALIGNED
        parts += (column.tobytes(), bytes(gap))
        place += size + gap
    data = b"".join(parts)
    return json.dumps(directory).encode(), (data[start : start + PAGE] for start in range(0, len(data), PAGE))


def read_directory(data: object, expected: object) -> Directory:
    """Return a directory as :func:`encode` wrote it; raises ``LibraryError`` when it is anything else."""
    if not isinstance(data, bytes) or checksum(data) != expected:
        raise damaged()
    try:
        found = json.loads(data)
        directory: Directory = {name: (int(found[name][0]), int(found[name][1])) for name in TYPES}
    except (ValueError, LookupError, TypeError) as error:
        raise damaged() from error
    if any(start < 0 or start % _ALIGNED or count < 0 for start, count in directory.values()):
        raise damaged()
    return directory
