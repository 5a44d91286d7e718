"""The segments as rows of the library: pages with checksums, tombstones, and what of them is in memory.

A segment that cannot be read is set aside: the others are searched without it, and the next writer takes its row away,
so that no other process searches it beside what is written in its stead. A reader asks for the list of live segments at
each call: another process may have changed it. The number of a segment and its version are random 63-bit numbers, so
nothing that was rolled back is ever taken for what came instead.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.search import segments
from app.search.choosing import LIMITS, Limits
from app.search.distinct import distinct
from app.search.pages import Page, Pages, SegmentDamaged, checksum, damaged, encode, read_directory
from app.search.schema import KINDS, Kind
from app.search.segments import Columns
from app.search.written import Live, Segment
from app.wording import Message

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

MEMORY: Final = 128 << 20
"""How many bytes of segments stay in memory."""

_SMALL: Final = 1 << 20
"""A segment up to so many bytes is taken away with its pages; those of a larger one are left to be swept."""

_OTHER_BYTES: Final = "Its bytes are not those that were written."
_OTHER_FORM: Final = "It was written by another version of the program."


def _number() -> int:
    """Return a number that no other segment or version has."""
    return secrets.randbits(63) | 1


def _counted(value: object) -> int:
    """Return a number of a row, 0 when a foreign hand has written something else."""
    return value if isinstance(value, int) else 0


@dataclass(frozen=True, slots=True)
class Written:
    """A segment as its row says: how many documents it was written with, how many of them live, how many bytes it has.

    ``broken`` says why it is set aside, ``None`` when it is searched.
    """

    kind: str
    documents: int
    live: int
    size: int
    broken: Message | None = None


@dataclass(slots=True)
class Draft:
    """A segment that is being written page by page. It is none until its row is there (:meth:`Store.finish`).

    How many documents it has, and where its columns are, is told once all pages are made.
    """

    number: int
    kind: Kind
    documents: int = 0
    directory: bytes = b""
    written: int = 0
    size: int = 0


class Store:
    """The tables of the index behind one connection."""

    def __init__(self, connection: sqlite3.Connection, memory: int = MEMORY, limits: Limits = LIMITS) -> None:
        """Read and write through ``connection``; keep up to ``memory`` bytes; merge within ``limits``."""
        self.connection = connection
        self.limits = limits
        self.pages = Pages(connection, memory)
        self._live: dict[int, Live] = {}
        self._aside: dict[int, Message] = {}

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

    # reading

    def lives(self) -> dict[Kind, tuple[Live, ...]]:
        """Return the segments of each kind as they are now; those that cannot be read are set aside."""
        with self.reading():
            return self._lives()

    def _lives(self) -> dict[Kind, tuple[Live, ...]]:
        rows = self.connection.execute("SELECT id, version, live, kind FROM search_segment ORDER BY id").fetchall()
        self._forget_all_but({row[0] for row in rows})
        found: dict[Kind, list[Live]] = {kind: [] for kind in KINDS}
        for number, version, count, kind in rows:
            if number in self._aside:
                continue
            known = self._live.get(number)
            try:
                if known is None or known.version != version:
                    known = self._live[number] = self._load(number, version, known)
                if known.count != count or kind not in found:
                    raise damaged(number)
            except SegmentDamaged:
                self.set_aside(number)
            else:
                found[kind].append(known)
        return {kind: tuple(own) for kind, own in found.items()}

    def live(self, kind: Kind) -> tuple[Live, ...]:
        """Return the segments of a kind as they are now."""
        return self.lives()[kind]

    @contextmanager
    def apart(self, lives: Iterable[Live]) -> Iterator[list[Live]]:
        """Give segments as they are, to be read through once: what is read of them pushes nothing out of memory."""
        pages = Pages(self.connection, self.limits.reading)
        parts = [Live(live.segment.read_through(pages), live.version, live.dead) for live in lives]
        try:
            yield parts
        finally:
            for part in parts:
                part.segment.forget()

    def _forget_all_but(self, now: set[int]) -> None:
        for number in [number for number in self._live if number not in now]:
            self._live.pop(number).segment.forget()
        for number in [number for number in self._aside if number not in now]:
            del self._aside[number]

    def set_aside(self, number: int) -> bool:
        """Read a segment no more; tell whether it was read until now."""
        if number in self._aside:
            return False
        row = self.connection.execute("SELECT form FROM search_segment WHERE id = ?", (number,)).fetchone()
        of_ours = row is None or row[0] == segments.FORM
        self._aside[number] = Message(_OTHER_BYTES if of_ours else _OTHER_FORM)
        if number in self._live:
            self._live.pop(number).segment.forget()
        return True

    def sizes(self) -> dict[int, int]:
        """Return how many bytes each segment would have with its live documents alone."""
        rows = self.connection.execute("SELECT id, size * live / max(documents, 1) FROM search_segment").fetchall()
        return dict(rows)

    def written(self) -> tuple[Written, ...]:
        """Return what each segment is, the largest first, those that are set aside too."""
        self.lives()
        rows = self.connection.execute("SELECT id, kind, documents, live, size FROM search_segment").fetchall()
        found = [
            Written(str(kind), _counted(documents), _counted(live), _counted(size), self._aside.get(number))
            for number, kind, documents, live, size in rows
        ]
        return tuple(sorted(found, key=lambda one: (one.kind, -one.size)))

    def _load(self, number: int, version: int, known: Live | None) -> Live:
        """Read the row of a segment (unless it is known) and its tombstones."""
        segment = known.segment if known else self._segment(number)
        rows = self.connection.execute("SELECT document FROM search_tombstone WHERE segment = ?", (number,)).fetchall()
        dead = np.array([row[0] for row in rows if isinstance(row[0], int)], np.int64)
        if len(dead) != len(rows) or (len(dead) and not 0 <= dead.min() <= dead.max() < segment.documents):
            raise damaged(number)
        return Live(segment, version, dead)

    def _segment(self, number: int) -> Segment:
        """Read the row of a segment."""
        kind, form, documents, directory, expected = self.connection.execute(
            "SELECT kind, form, documents, directory, checksum FROM search_segment WHERE id = ?", (number,)
        ).fetchone()
        found = read_directory(directory, expected, number) if form == segments.FORM else None
        if found is None or found["key"][1] != documents or not documents:
            raise damaged(number)
        return Segment(self.pages, number, kind, documents, found)

    # writing

    def write(self, kind: Kind, columns: Columns) -> int:
        """Write a segment and return its number; none is written for no documents (0)."""
        draft = self.begin(kind)
        draft.documents = len(columns["key"])
        if draft.documents:
            draft.directory, pages = encode(columns)
            self.add(draft, pages)
        return self.finish(draft)

    def begin(self, kind: Kind) -> Draft:
        """Begin a segment whose pages are written some at a time, in several transactions if need be."""
        return Draft(_number(), kind)

    def add(self, draft: Draft, pages: Iterable[Page]) -> None:
        """Write pages of a draft."""
        for number, page in pages:
            row = (draft.number, number, len(page), checksum(page), page)
            self.connection.execute("INSERT INTO search_page VALUES (?, ?, ?, ?, ?)", row)
            draft.written += 1
            draft.size += len(page)

    def is_whole(self, draft: Draft) -> bool:
        """Tell whether all pages of a draft are there still: another process may have swept them."""
        count = "SELECT count(*) FROM search_page WHERE segment = ?"
        return int(self.connection.execute(count, (draft.number,)).fetchone()[0]) == draft.written

    def finish(self, draft: Draft) -> int:
        """Make a draft a segment and return its number; of no documents none is made (0)."""
        if not draft.documents:
            return 0
        directory, documents = draft.directory, draft.documents
        self.connection.execute(
            "INSERT INTO search_segment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (draft.number, draft.kind, segments.FORM, _number(), documents, documents, draft.size, directory,
             checksum(directory)),
        )  # fmt: skip
        return draft.number

    def bury(self, kind: Kind, keys: Iterable[int], within: int | None = None) -> None:
        """Put tombstones on the documents with these keys, in all segments or ``within`` one.

        Segments that cannot be read are taken away: what they held has to be written anew.
        """
        wanted = distinct(np.fromiter(keys, np.int64))
        if not len(wanted):
            return
        for live in self.live(kind):
            if within in (None, live.segment.number):
                try:
                    self._bury(live, wanted)
                except SegmentDamaged:
                    self.set_aside(live.segment.number)
        self.retire_broken()

    def _bury(self, live: Live, wanted: NDArray[np.int64]) -> None:
        number = live.segment.number
        column = live.segment.column("key")
        if column[-1] < wanted[0]:
            return
        place = np.minimum(np.searchsorted(column, wanted), len(column) - 1)
        found = place[column[place] == wanted]
        found = found[~np.isin(found, live.dead)]
        if len(found) == live.count:
            self.drop([number])
        elif len(found):
            rows = [(number, document) for document in found.tolist()]
            self.connection.executemany("INSERT INTO search_tombstone VALUES (?, ?)", rows)
            change = "UPDATE search_segment SET version = ?, live = live - ? WHERE id = ?"
            self.connection.execute(change, (_number(), len(rows), number))

    # taking away

    def drop(self, numbers: Sequence[int]) -> None:
        """Take segments away: small ones with their pages; those of large ones are left to :meth:`sweep`."""
        small = "SELECT 1 FROM search_segment WHERE id = ? AND size <= ?"
        self.delete_pages([each for each in numbers if self.connection.execute(small, (each, _SMALL)).fetchone()])
        self.retire(numbers)

    def retire(self, numbers: Iterable[int]) -> None:
        """Take segments away; their pages are left to :meth:`sweep`."""
        rows = [(number,) for number in numbers]
        self.connection.executemany("DELETE FROM search_tombstone WHERE segment = ?", rows)
        self.connection.executemany("DELETE FROM search_segment WHERE id = ?", rows)

    def retire_broken(self) -> None:
        """Take away the rows of all segments that are set aside, inside the caller's transaction."""
        if self._aside:
            self.retire(self._aside)

    def delete_pages(self, numbers: Iterable[int]) -> None:
        """Delete the pages of segments that were taken away."""
        self.connection.executemany("DELETE FROM search_page WHERE segment = ?", [(number,) for number in numbers])

    def clear(self) -> None:
        """Take away every segment, damaged ones too; their pages are left to :meth:`sweep`."""
        for table in ("search_tombstone", "search_segment"):
            self.connection.execute(f"DELETE FROM {table}")

    def has_spare(self) -> bool:
        """Tell whether there are pages that no segment has."""
        spare = "SELECT EXISTS (SELECT 1 FROM search_page WHERE segment NOT IN (SELECT id FROM search_segment))"
        return bool(self.connection.execute(spare).fetchone()[0])

    def sweep(self, most: int | None = None, numbers: Iterable[int] | None = None) -> bool:
        """Delete pages that no segment has, at most so many or all; tell whether there may be more.

        ``numbers`` are those of the segments that were taken away, when only their pages are to go.
        """
        spare = "SELECT DISTINCT segment FROM search_page WHERE segment NOT IN (SELECT id FROM search_segment)"
        left = most
        if numbers is None:
            numbers = [row[0] for row in self.connection.execute(spare).fetchall()]
        for segment in numbers:
            pages = "SELECT number FROM search_page WHERE segment = ? LIMIT ?"
            numbers = self.connection.execute(pages, (segment, -1 if left is None else left)).fetchall()
            rows = [(segment, row[0]) for row in numbers]
            self.connection.executemany("DELETE FROM search_page WHERE segment = ? AND number = ?", rows)
            if left is not None:
                left -= len(rows)
                if left <= 0:
                    return True
        return False
