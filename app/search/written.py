"""A written segment as its readers see it: columns, read page by page, and which of its documents live."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.search import schema
from app.search.inverting import starts_of
from app.search.lines import Lines
from app.search.pages import Directory, Pages, damaged
from app.search.resident import Column, Holder, Vocabulary
from app.search.schema import Kind
from app.search.segments import TYPES


class Segment:
    """A written segment: its columns, read page by page when they are asked for."""

    def __init__(self, pages: Pages, number: int, kind: Kind, documents: int, directory: Directory) -> None:
        """Remember where things are; nothing is read yet."""
        self.number = number
        self.kind = kind
        self.documents = documents
        self.directory = directory
        self._memory = pages.memory
        read = partial(pages.read, number)
        self._columns = {
            name: Column(pages.memory, read, *directory[name], documents if name == "doc" else None) for name in TYPES
        }
        self._lines: dict[str, Vocabulary] = {}
        self._starts: dict[int, NDArray[np.uint32]] = {}

    def read_through(self, pages: Pages) -> Segment:
        """Return the same segment, of which nothing is read yet, behind other ``pages``."""
        return Segment(pages, self.number, self.kind, self.documents, self.directory)

    def column(self, name: str) -> NDArray[Any]:
        """Return a whole column."""
        return self.slice(name, 0, self.directory[name][1])

    def highest(self, name: str) -> int:
        """Return what no number exceeds that is written as those of a column are."""
        return int(np.iinfo(self.directory[name][2]).max)

    def slice(self, name: str, first: int, last: int) -> NDArray[Any]:
        """Return the numbers ``first:last`` of a column, in as few bytes as they are written in.

        Raises ``SegmentDamaged`` when they are not as written.
        """
        try:
            return self._columns[name].slice(first, last)
        except IndexError as error:
            raise damaged(self.number) from error

    def lines(self, name: str) -> Lines:
        """Return a column of bytes as sorted lines."""
        if name not in self._lines:
            self._lines[name] = Vocabulary(self._memory, self._columns[name], alike=name == "terms")
        try:
            return self._lines[name].lines()
        except IndexError as error:
            raise damaged(self.number) from error

    def lengths(self, row: int) -> NDArray[Any]:
        """Return a row of lengths (see :func:`app.search.schema.row`)."""
        return self.slice("length", row * self.documents, (row + 1) * self.documents)

    def starts(self, code: str) -> NDArray[np.uint32]:
        """Return where each document begins in the text of a field, and where the last one ends."""
        row = schema.row(self.kind, code)
        if row is None:
            return np.arange(self.documents + 1, dtype=np.uint32)
        if row not in self._starts:
            self._starts[row] = starts_of(self.lengths(row))
        return self._starts[row]

    def forget(self) -> None:
        """Let go of all that is in memory."""
        holders: list[Holder] = [*self._columns.values(), *self._lines.values()]
        for one in holders:
            self._memory.forget(one)
        self._starts.clear()

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
