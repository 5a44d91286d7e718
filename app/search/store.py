"""The segments as rows of the library: pages with checksums, tombstones, and what of them is in memory.

A reader asks for the list of live segments at each call: another process may have changed it. The number of a segment
and its version are random 63-bit numbers, so nothing that was rolled back is ever taken for what came instead.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.search import segments
from app.search.lines import Lines
from app.search.pages import Directory, checksum, damaged, encode, read_directory
from app.search.resident import Column, Holder, Memory, Vocabulary
from app.search.schema import Kind
from app.search.segments import TYPES, Columns

TABLES: Final = (
    """CREATE TABLE search_segment (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, form INTEGER NOT NULL, version INTEGER NOT NULL,
        documents INTEGER NOT NULL, live INTEGER NOT NULL, size INTEGER NOT NULL,
        directory BLOB NOT NULL, checksum INTEGER NOT NULL)""",
    """CREATE TABLE search_page (
        segment INTEGER NOT NULL, number INTEGER NOT NULL, length INTEGER NOT NULL, checksum INTEGER NOT NULL,
        data BLOB NOT NULL, PRIMARY KEY (segment, number))""",
    """CREATE TABLE search_tombstone (
        segment INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (segment, document)) WITHOUT ROWID""",
)
"""The statements that make the tables of the index. They belong to the library's schema and are not journalled."""

MEMORY: Final = 96 << 20
"""How many bytes of segments stay in memory."""


def _number() -> int:
    """Return a number that no other segment or version has."""
    return secrets.randbits(63) | 1


def _checked(length: int, expected: int, data: object) -> bytes:
    """Return a page when it is what was written."""
    if not isinstance(data, bytes) or len(data) != length or checksum(data) != expected:
        raise damaged()
    return data


class Segment:
    """A written segment: its columns, read page by page when they are asked for."""

    def __init__(self, store: Store, number: int, kind: Kind, documents: int, directory: Directory) -> None:
        """Remember where things are; nothing is read yet."""
        self.number = number
        self.kind = kind
        self.documents = documents
        self.directory = directory
        self._store = store
        read = partial(store.pages, number)
        self._columns = {
            name: Column(store.cache, read, TYPES[name], *directory[name], documents if name == "doc" else None)
            for name in TYPES
        }
        self._lines: dict[str, Vocabulary] = {}

    def column(self, name: str) -> NDArray[Any]:
        """Return a whole column."""
        return self._columns[name].whole()

    def slice(self, name: str, first: int, last: int) -> NDArray[Any]:
        """Return the numbers ``first:last`` of a column; raises ``LibraryError`` when they are damaged."""
        try:
            return self._columns[name].slice(first, last)
        except IndexError as error:
            raise damaged() from error

    def lines(self, name: str) -> Lines:
        """Return a column of bytes as sorted lines."""
        if name not in self._lines:
            self._lines[name] = Vocabulary(self._store.cache, self._columns[name])
        return self._lines[name].lines()

    def forget(self) -> None:
        """Let go of all that is in memory."""
        holders: list[Holder] = [*self._columns.values(), *self._lines.values()]
        for one in holders:
            self._store.cache.forget(one)

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


class Store:
    """The tables of the index behind one connection."""

    def __init__(self, connection: sqlite3.Connection, memory: int = MEMORY) -> None:
        """Read and write through ``connection``; keep up to ``memory`` bytes."""
        self.connection = connection
        self.cache = Memory(memory)
        self._live: dict[int, Live] = {}

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the file throughout, inside the transaction that is open or in one of our own."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")

    def live(self, kind: Kind) -> tuple[Live, ...]:
        """Return the segments of a kind as they are now, the oldest number first."""
        rows = self.connection.execute("SELECT id, version, live, kind FROM search_segment ORDER BY id").fetchall()
        now = {row[0] for row in rows}
        for number in [number for number in self._live if number not in now]:
            self._live.pop(number).segment.forget()
        found = []
        for number, version, count, of_kind in rows:
            if of_kind != kind:
                continue
            known = self._live.get(number)
            if known is None or known.version != version:
                known = self._live[number] = self._load(number, version, known)
            if known.count != count:
                raise damaged()
            found.append(known)
        return tuple(found)

    def sizes(self) -> dict[int, int]:
        """Return how many bytes each segment would have with its live documents alone."""
        rows = self.connection.execute("SELECT id, size * live / max(documents, 1) FROM search_segment").fetchall()
        return dict(rows)

    def _load(self, number: int, version: int, known: Live | None) -> Live:
        """Read the row of a segment (unless it is known) and its tombstones."""
        segment = known.segment if known else self._segment(number)
        rows = self.connection.execute("SELECT document FROM search_tombstone WHERE segment = ?", (number,)).fetchall()
        dead = np.array([row[0] for row in rows if isinstance(row[0], int)], np.int64)
        if len(dead) != len(rows) or (len(dead) and not 0 <= dead.min() <= dead.max() < segment.documents):
            raise damaged()
        return Live(segment, version, dead)

    def _segment(self, number: int) -> Segment:
        """Read the row of a segment."""
        kind, form, documents, directory, expected = self.connection.execute(
            "SELECT kind, form, documents, directory, checksum FROM search_segment WHERE id = ?", (number,)
        ).fetchone()
        found = read_directory(directory, expected)
        if form != segments.FORM or found["key"][1] != documents:
            raise damaged()
        return Segment(self, number, kind, documents, found)

    def pages(self, segment: int, first: int, last: int) -> list[bytes]:
        """Return pages ``first`` to ``last``, each checked when it is read from the file."""
        rows = self.connection.execute(
            "SELECT number, length, checksum, data FROM search_page"
            " WHERE segment = ? AND number BETWEEN ? AND ? ORDER BY number",
            (segment, first, last),
        ).fetchall()
        if [row[0] for row in rows] != list(range(first, last + 1)):
            raise damaged()
        return [_checked(*row[1:]) for row in rows]

    def write(self, kind: Kind, columns: Columns) -> int:
        """Write a segment and return its number; none is written for no documents (0)."""
        documents = len(columns["key"])
        if not documents:
            return 0
        number = _number()
        directory, pages = encode(columns)
        size = 0
        for place, page in enumerate(pages):
            row = (number, place, len(page), checksum(page), page)
            self.connection.execute("INSERT INTO search_page VALUES (?, ?, ?, ?, ?)", row)
            size += len(page)
        self.connection.execute(
            "INSERT INTO search_segment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, kind, segments.FORM, _number(), documents, documents, size, directory, checksum(directory)),
        )
        return number

    def bury(self, kind: Kind, keys: Iterable[int], within: int | None = None) -> None:
        """Put tombstones on the documents with these keys, in all segments or ``within`` one."""
        wanted = np.unique(np.fromiter(keys, np.int64))
        if not len(wanted):
            return
        for live in self.live(kind):
            if within not in (None, live.segment.number):
                continue
            column = live.segment.column("key")
            place = np.minimum(np.searchsorted(column, wanted), len(column) - 1)
            found = place[column[place] == wanted]
            found = found[~np.isin(found, live.dead)]
            if len(found) == live.count:
                self.drop([live.segment.number])
            elif len(found):
                number = live.segment.number
                rows = [(number, document) for document in found.tolist()]
                self.connection.executemany("INSERT INTO search_tombstone VALUES (?, ?)", rows)
                change = "UPDATE search_segment SET version = ?, live = live - ? WHERE id = ?"
                self.connection.execute(change, (_number(), len(rows), number))

    def drop(self, numbers: Sequence[int]) -> None:
        """Delete segments with all that is theirs."""
        rows = [(number,) for number in numbers]
        for table, column in (("search_page", "segment"), ("search_tombstone", "segment"), ("search_segment", "id")):
            self.connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", rows)  # names of our own, no data

    def clear(self) -> None:
        """Delete every segment, damaged ones too."""
        for table in ("search_page", "search_tombstone", "search_segment"):
            self.connection.execute(f"DELETE FROM {table}")
