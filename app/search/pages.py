"""Columns as pages of 64 kB: each with its length and checksum, read when needed, kept in a bounded cache."""

from __future__ import annotations

import json
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.errors import LibraryError
from app.search.lines import Lines
from app.search.segments import TYPES, Columns

PAGE: Final = 1 << 16
_ALIGNED: Final = 8

Directory = dict[str, tuple[int, int]]
"""For each column where it begins in the segment's bytes, and how many numbers it has."""

Cached = bytes | NDArray[Any] | Lines


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


class Cache:
    """The parts of segments that were used last, up to a number of bytes."""

    def __init__(self, budget: int) -> None:
        """Keep at most ``budget`` bytes."""
        self.budget = budget
        self.used = 0
        self._kept: OrderedDict[tuple[int, str, int], tuple[Cached, int]] = OrderedDict()

    def get(self, key: tuple[int, str, int]) -> Cached | None:
        """Return what is kept under ``key`` (segment, what, number), and count it as used."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: tuple[int, str, int], value: Cached, size: int) -> None:
        """Keep ``value``; what was not used for longest goes when there is too much."""
        if key in self._kept:
            return
        self._kept[key] = (value, size)
        self.used += size
        while self.used > self.budget and len(self._kept) > 1:
            _, (_, gone) = self._kept.popitem(last=False)
            self.used -= gone

    def forget(self, segment: int) -> None:
        """Let go of a segment that is no more."""
        for key in [key for key in self._kept if key[0] == segment]:
            self.used -= self._kept.pop(key)[1]
