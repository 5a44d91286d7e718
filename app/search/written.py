"""A written segment as its readers see it: columns, read page by page, and which of its documents live."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.search.lines import Lines
from app.search.pages import PAGE, Directory, Pages, damaged
from app.search.schema import Kind
from app.search.segments import TYPES

WHOLE: Final = 1 << 20
"""A column up to so many bytes is kept as a whole; of a longer one only the pages that were asked for."""


class Segment:
    """A written segment: its columns, read page by page when they are asked for."""

    def __init__(self, pages: Pages, number: int, kind: Kind, documents: int, directory: Directory) -> None:
        """Remember where things are; nothing is read yet."""
        self.number = number
        self.kind = kind
        self.documents = documents
        self.directory = directory
        self._pages = pages

    def column(self, name: str) -> NDArray[Any]:
        """Return a whole column."""
        return self.slice(name, 0, self.directory[name][1])

    def slice(self, name: str, first: int, last: int) -> NDArray[Any]:
        """Return the numbers ``first:last`` of a column; raises ``LibraryError`` when they are damaged."""
        start, count = self.directory[name]
        kind = np.dtype(TYPES[name])
        if not 0 <= first <= last <= count:
            raise damaged(self.number)
        if count * kind.itemsize <= WHOLE:
            kept = self._pages.cache.get((self.number, name, 0))
            if not isinstance(kept, np.ndarray):
                kept = self._bytes_as(kind, start, count)
                self._pages.cache.put((self.number, name, 0), kept, kept.nbytes)
            return kept[first:last]
        return self._bytes_as(kind, start + first * kind.itemsize, last - first)

    def _bytes_as(self, kind: np.dtype[Any], start: int, count: int) -> NDArray[Any]:
        """Return ``count`` numbers from the segment's byte ``start`` on."""
        if not count:
            return np.zeros(0, kind)
        pages = self._pages.read(self.number, start // PAGE, (start + count * kind.itemsize - 1) // PAGE)
        data = pages[0] if len(pages) == 1 else b"".join(pages)
        skipped = start % PAGE
        if len(data) < skipped + count * kind.itemsize:
            raise damaged(self.number)
        return np.frombuffer(data, kind, count, skipped)

    def lines(self, name: str) -> Lines:
        """Return a column of bytes as sorted lines."""
        kept = self._pages.cache.get((self.number, f"{name} lines", 0))
        if not isinstance(kept, Lines):
            kept = Lines(self.column(name))
            self._pages.cache.put((self.number, f"{name} lines", 0), kept, kept.nbytes)
        return kept

    @cached_property
    def tongues(self) -> tuple[int, ...]:
        """Return the stemmers its documents are served by."""
        return tuple(np.flatnonzero(np.bincount(self.column("tongue"))).tolist())


class Live:
    """A segment as it is now: which of its documents live."""

    def __init__(self, segment: Segment, version: int, dead: NDArray[np.int64]) -> None:
        """Keep the segment with its tombstones."""
        self.segment = segment
        self.version = version
        self.dead = dead
        self.count = segment.documents - len(dead)

    @cached_property
    def alive(self) -> NDArray[np.bool_] | None:
        """Return a flag for each document, or ``None`` when all live."""
        if not len(self.dead):
            return None
        flags = np.ones(self.segment.documents, bool)
        flags[self.dead] = False
        return flags
