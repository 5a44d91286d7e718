"""All live documents of a kind as one: the segments side by side, so that a query is carried out once, not by segment.

A document's number here is its number in its segment plus the number of documents in the segments before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import log
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.search import language, matching, schema, segments
from app.search.distinct import summed
from app.search.matching import Numbers
from app.search.merging import ranges
from app.search.pages import damaged
from app.search.plan import Slot
from app.search.schema import Kind
from app.search.written import Live, Segment

Documents = NDArray[np.int64]
Scores = NDArray[np.float64]

LENGTH_WEIGHT: Final = 0.75
SATURATION: Final = 1.2
"""BM25F's B and K1, as Whoosh has them."""

_SHIFT: Final = 32
_FEW: Final = 8
_MANY: Final = 64
_NEAR: Final = 1 << 15
_REMEMBERED: Final = 256


class Found(NamedTuple):
    """Documents, ascending, each with its score."""

    documents: Documents
    scores: Scores


class Terms(NamedTuple):
    """Terms of one segment; ``tongue`` limits them to documents of one language (-1: of any)."""

    numbers: Numbers
    tongue: int = -1


class Values(NamedTuple):
    """Values of a keyword field, how many documents have each, and these documents one value after another."""

    names: list[str]
    counts: NDArray[np.int64]
    documents: Documents


NONE: Final = np.zeros(0, np.int64)


class Shelf:
    """The live documents of a kind, as they are at one moment."""

    def __init__(self, kind: Kind, lives: Sequence[Live]) -> None:
        """Put the segments side by side."""
        self.kind = kind
        self.lives = lives
        counts = [live.segment.documents for live in lives]
        self.bases = np.concatenate(([0], np.cumsum(counts, dtype=np.int64))).astype(np.int64)
        self.size = int(self.bases[-1])
        self.count = sum(live.count for live in lives)
        self._norms: dict[str, Scores | None] = {}
        self._columns: dict[str, NDArray[Any]] = {}
        self._terms: dict[tuple[Slot, str], list[tuple[Terms, ...]]] = {}

    @property
    def stamp(self) -> tuple[int, ...]:
        """Return what this shelf was made of; another stamp, another state of the library."""
        return tuple(live.version for live in self.lives)

    def column(self, name: str) -> NDArray[Any]:
        """Return a column with one number a document."""
        if name not in self._columns:
            parts = [live.segment.column(name) for live in self.lives]
            self._columns[name] = np.concatenate(parts) if parts else NONE
        return self._columns[name]

    @cached_property
    def alive(self) -> NDArray[np.bool_] | None:
        """Return a flag for each document, or ``None`` when all live."""
        if self.count == self.size:
            return None
        flags = np.ones(self.size, bool)
        for base, live in zip(self.bases.tolist(), self.lives, strict=False):
            flags[live.dead + base] = False
        return flags

    @cached_property
    def all(self) -> Documents:
        """Return every live document."""
        return np.arange(self.size) if self.alive is None else np.flatnonzero(self.alive)

    @cached_property
    def _by_key(self) -> tuple[NDArray[np.int64], Documents]:
        """Return the keys of live documents, ascending, with their documents."""
        keys = self.column("key")[self.all].astype(np.int64)
        order = np.argsort(keys, kind="stable")
        return keys[order], self.all[order]

    def at_keys(self, keys: NDArray[np.int64]) -> Documents:
        """Return the documents with these keys, -1 for each key that has none."""
        known, documents = self._by_key
        if not len(known):
            return np.full(len(keys), -1, np.int64)
        place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        return np.where(known[place] == keys, documents[place], -1)

    def with_keys(self, keys: frozenset[int]) -> Documents:
        """Return the documents whose key is one of ``keys``, ascending."""
        if not keys:
            return NONE
        found = self.at_keys(np.fromiter(keys, np.int64, len(keys)))
        return np.sort(found[found >= 0])

    def norm(self, code: str) -> Scores | None:
        """Return, by document, what its length does to the scores of a field; ``None`` where length does not count."""
        if code not in self._norms:
            self._norms[code] = self._norm(code)
        return self._norms[code]

    def _norm(self, code: str) -> Scores | None:
        rows = [own for _, own in schema.TEXT_FIELDS[self.kind]]
        if code not in rows or not self.lives:
            return None
        row = rows.index(code)
        lengths = np.concatenate([self._length(live.segment, row) for live in self.lives]).astype(np.float64)
        average = float(lengths[self.all].mean()) if self.count else 0.0
        return SATURATION * ((1 - LENGTH_WEIGHT) + LENGTH_WEIGHT * self.rounded(lengths) / (average or 1.0))

    def rounded(self, lengths: Scores) -> Scores:
        """Return lengths as they count; here exactly as they are."""
        return lengths

    def _length(self, segment: Segment, row: int) -> NDArray[Any]:
        return segment.slice("length", row * segment.documents, (row + 1) * segment.documents)

    def terms(self, slot: Slot, code: str) -> list[tuple[Terms, ...]]:
        """Return the terms of a field that ``slot`` stands for, segment by segment."""
        known = self._terms.get((slot, code))
        if known is None:
            if len(self._terms) >= _REMEMBERED:
                self._terms.clear()
            known = self._terms[slot, code] = [_terms(live.segment, slot, code) for live in self.lives]
        return known

    def postings(self, terms: Sequence[Sequence[Terms]]) -> tuple[Documents, NDArray[np.int64]]:
        """Return the live documents that have some of ``terms``, ascending, and how often each has them."""
        documents, frequencies = [], []
        for live, base, sets in zip(self.lives, self.bases.tolist(), terms, strict=False):
            for found, frequency in _united(live, sets):
                documents.append(found + base)
                frequencies.append(frequency)
        if not documents:
            return NONE, NONE
        return np.concatenate(documents), np.concatenate(frequencies)

    def keyed(self, terms: Sequence[Sequence[Terms]], within: Documents | None) -> NDArray[np.int64]:
        """Return the places of ``terms`` (``document << 32 | position``), ascending, in all or ``within`` some."""
        wanted = None
        if within is not None:
            wanted = np.zeros(self.size, bool)
            wanted[within] = True
        parts = []
        for live, base, sets in zip(self.lives, self.bases.tolist(), terms, strict=False):
            own = None if wanted is None else wanted[base : base + live.segment.documents]
            if own is None or own.any():
                parts += [key + (base << _SHIFT) for one in sets for key in _keyed(live, one, own)]
        if not parts:
            return NONE
        return parts[0] if len(parts) == 1 else np.sort(np.concatenate(parts))

    def weighed(self, documents: Documents, frequencies: NDArray[np.int64], code: str) -> Scores:
        """Return the BM25 scores of a word with these postings, as Whoosh reckons them."""
        weight = log(self.count / (len(documents) + 1)) + 1 if self.count else 0.0
        norm = self.norm(code)
        lengths = SATURATION if norm is None else norm[documents]
        frequency = frequencies.astype(np.float64)
        return weight * (frequency * (SATURATION + 1)) / (frequency + lengths)

    def values(self, prefix: str) -> list[Values]:
        """Return the values of a keyword field with the documents that have each, dead ones too, by segment."""
        found = []
        for live, base in zip(self.lives, self.bases.tolist(), strict=False):
            lines = live.segment.lines("terms")
            low, high = lines.beginning(prefix.encode())
            if low == high:
                continue
            offsets = live.segment.slice("off", low, high + 1).astype(np.int64)
            documents = _documents(live.segment, int(offsets[0]), int(offsets[-1])) + np.int64(base)
            names = [lines[number].decode()[len(prefix) :] for number in range(low, high)]
            found.append(Values(names, segments.gaps(offsets), documents))
        return found


def _terms(segment: Segment, slot: Slot, code: str) -> tuple[Terms, ...]:
    """Return the terms of a segment that ``slot`` stands for; a word's forms by language, when there are several."""
    lines = segment.lines("terms")
    if slot.kind != "word":
        found = matching.numbers(slot, code, lines)
        return (Terms(found),) if len(found) else ()
    sets = []
    for spoken in segment.tongues:
        line = segments.stem_line(code, language.TONGUES[spoken], slot.text).encode()
        place = segment.lines("stems").find(line)
        if place >= 0:
            first, last = segment.slice("stemoff", place, place + 2).tolist()
            found = segment.slice("stemids", first, last).tolist()
            sets.append(Terms(found, spoken if len(segment.tongues) > 1 else -1))
    return tuple(sets)


def _documents(segment: Segment, first: int, last: int) -> NDArray[np.uint32]:
    """Return the documents of the postings ``first:last``."""
    found = segment.slice("doc", first, last)
    if len(found) and int(found.max()) >= segment.documents:
        raise damaged()
    return found


def _spans(segment: Segment, terms: Terms) -> list[tuple[int, int]]:
    """Return the ranges of postings of ``terms``: one for neighbours."""
    numbers = terms.numbers
    if isinstance(numbers, range):
        ends = (segment.slice("off", place, place + 1) for place in (numbers.start, numbers.stop))
        first, last = (int(end[0]) for end in ends)
        return [(first, last)]
    if len(numbers) > _FEW:
        return _joined_spans(segment, np.asarray(numbers, np.int64))
    offsets = (segment.slice("off", number, number + 2).tolist() for number in numbers)
    return [(first, last) for first, last in offsets]


def _joined_spans(segment: Segment, numbers: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the ranges of postings of many terms (ascending), neighbours in one."""
    offsets = segment.column("off")
    begins = np.flatnonzero(np.diff(numbers, prepend=-2) != 1)
    ends = np.append(begins[1:], len(numbers)) - 1
    first, last = offsets[numbers[begins]].tolist(), offsets[numbers[ends] + 1].tolist()
    return list(zip(first, last, strict=True))


def _kept(live: Live, documents: NDArray[np.uint32], tongue: int) -> NDArray[np.bool_] | None:
    """Return which postings count: those of live documents in the language; ``None`` when all do."""
    flags = None if live.alive is None else live.alive[documents]
    if tongue >= 0:
        spoken = live.segment.column("tongue")[documents] == tongue
        flags = spoken if flags is None else flags & spoken
    return flags


class Postings(NamedTuple):
    """Postings of a segment: their documents, and the positions ``starts:starts + counts`` of each."""

    documents: Documents
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]


def _gathered(live: Live, terms: Terms, wanted: NDArray[np.bool_] | None = None) -> Iterator[Postings]:
    """Yield the postings of terms in live documents (of those that are ``wanted``); of many terms all at once."""
    segment = live.segment
    spans = _spans(segment, terms)
    whole = [(spans[0][0], spans[-1][1])] if len(spans) > _MANY else spans
    for first, last in whole:
        documents = _documents(segment, first, last)
        at = segment.slice("at", first, last + 1)
        # what is wanted are often few of many: the rest is let go of before anything is reckoned
        rows = None if wanted is None else np.flatnonzero(wanted[documents])
        if whole is not spans:
            rows = _within(rows, np.array(spans, np.int64) - first)
        kept = _kept(live, documents if rows is None else documents[rows], terms.tongue)
        if kept is not None:
            rows = np.flatnonzero(kept) if rows is None else rows[kept]
        if rows is None:
            yield Postings(documents.astype(np.int64), at[:-1].astype(np.int64), segments.gaps(at))
        else:
            starts = at[rows].astype(np.int64)
            yield Postings(documents[rows].astype(np.int64), starts, at[rows + 1] - starts)


def _within(rows: NDArray[np.int64] | None, spans: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return which of ``rows`` (``None``: all) lie in one of the ascending ``spans``."""
    if rows is None:
        return ranges(spans[:, 0], spans[:, 1] - spans[:, 0])
    ends = spans[np.searchsorted(spans[:, 0], rows, side="right") - 1, 1]
    found: NDArray[np.int64] = rows[rows < ends]
    return found


def _positions(segment: Segment, postings: Postings) -> NDArray[np.int64]:
    """Return the positions of postings, one after another."""
    documents, starts, counts = postings
    if not len(documents):
        return NONE
    first, last = int(starts.min()), int((starts + counts).max())
    if len(documents) <= _MANY and last - first > _NEAR:
        parts = zip(starts.tolist(), (starts + counts).tolist(), strict=True)
        return np.concatenate([segment.slice("pos", begin, end) for begin, end in parts]).astype(np.int64)
    column = segment.slice("pos", first, last)
    return column[ranges(starts - first, counts)].astype(np.int64)


def _united(live: Live, sets: Sequence[Terms]) -> list[tuple[Documents, NDArray[np.int64]]]:
    """Return the documents of a segment that have some of the terms, ascending, and how often; nothing when none."""
    documents, frequencies = [], []
    for terms in sets:
        for found in _gathered(live, terms):
            documents.append(found.documents)
            frequencies.append(found.counts)
    if not documents:
        return []
    if sum(len(terms.numbers) for terms in sets) == 1:
        return [(documents[0], frequencies[0])]
    return [summed(np.concatenate(documents), np.concatenate(frequencies), live.segment.documents)]


def _keyed(live: Live, terms: Terms, wanted: NDArray[np.bool_] | None) -> list[NDArray[np.int64]]:
    """Return the places of terms in a segment (``document << 32 | position``), an ascending array a range of terms."""
    parts = []
    for found in _gathered(live, terms, wanted):
        keys = (np.repeat(found.documents, found.counts) << _SHIFT) | _positions(live.segment, found)
        parts.append(np.sort(keys) if len(terms.numbers) > 1 else keys)
    return parts
