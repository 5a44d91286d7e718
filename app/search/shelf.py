"""All live documents of a kind as one: the segments side by side, so that a query is carried out once, not by segment.

A document's number here is its number in its segment plus the number of documents in the segments before.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import log
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.search import schema, segments
from app.search.distinct import Rows
from app.search.gathering import (
    NONE,
    Documents,
    Places,
    Terms,
    Times,
    covered,
    gathered,
    living,
    places,
    postings,
    terms_of,
)
from app.search.plan import Slot
from app.search.schema import Kind
from app.search.written import Live, Segment

__all__ = ["Documents", "Found", "Leaf", "Part", "Scores", "Shelf", "Values"]

Scores = NDArray[np.floating[Any]]

LENGTH_WEIGHT: Final = 0.75
SATURATION: Final = 1.2
"""BM25F's B and K1, as Whoosh has them."""

Span = tuple[Live, int, int, int]
"""A segment, what its documents are numbered from here, and the first of some of its postings and the end of these."""

_SHIFT: Final = 32
_NEVER: Final = np.zeros(0, np.float32)
_REMEMBERED: Final = 256
_REMEMBERED_NUMBERS: Final = 1 << 20
_REMEMBERED_POSTINGS: Final = 1 << 20


class Found(NamedTuple):
    """Documents, ascending, each with its score."""

    documents: Documents
    scores: Scores

    @property
    def frequency(self) -> int:
        """Return the number of documents."""
        return len(self.documents)

    def taken(self, rows: Rows, documents: Documents) -> Found:
        """Return only these rows, which are those of ``documents``."""
        return Found(documents, self.scores.take(rows))


class Read(NamedTuple):
    """Documents, ascending, and how often each has a word."""

    documents: Documents
    times: Times


class Leaf:
    """A word in a field, read when asked for: documents, ascending, with how often each has it and their scores.

    ``numbers`` are the numbers of the term in the segments of the shelf, -1 where a segment does not have it. What was
    read is a copy, so that a leaf that is remembered holds nothing else of a segment. Its ``champions`` are the best of
    its documents, the best first, for whoever orders a lone word to keep here.
    """

    __slots__ = ("_norm", "_postings", "_scores", "_spans", "_weight", "champions", "frequency", "numbers")

    def __init__(
        self, frequency: int, weight: float, norm: Scores | None, numbers: Sequence[int], spans: Sequence[Span]
    ) -> None:
        """Take how many documents have the word, what it weighs, and what the length of each document does.

        Its postings are read from ``spans``.
        """
        self.frequency = frequency
        self.numbers = numbers
        self.champions: Found | None = None
        self._weight = weight
        self._norm = norm
        self._spans = spans
        self._postings: Read | None = None
        self._scores: Scores | None = None

    def _read(self) -> Read:
        """Return the postings."""
        found = self._postings
        if found is None:
            found = Read(np.empty(self.frequency, np.intp), np.empty(self.frequency, np.float32))
            done = 0
            for live, base, *span in self._spans:
                own = postings(live, *span)
                end = done + len(own.documents)
                np.add(own.documents, np.intp(base), out=found.documents[done:end])
                found.times[done:end] = own.times
                done = end
            self._postings = found
        return found

    @property
    def documents(self) -> Documents:
        """Return the documents."""
        return self._read().documents

    @property
    def scores(self) -> Scores:
        """Return the score of each document."""
        scores = self._scores
        if scores is None:
            scores = self._scores = self.scored(*self._read())
            scores.flags.writeable = False
        return scores

    def scored(self, documents: Documents, times: Times) -> Scores:
        """Return the scores of documents that have the word so often."""
        return bm25(documents, times, self._weight, self._norm)

    def taken(self, rows: Rows, documents: Documents) -> Found:
        """Return only these rows, which are those of ``documents``."""
        return Found(documents, self.scores.take(rows))


def bm25(documents: Documents, times: Times, weight: float, norm: Scores | None) -> Scores:
    """Return the scores of documents that have a word so many times, as Whoosh reckons them."""
    if norm is None:
        below = times + np.float32(SATURATION)
    else:
        below = norm.take(documents)
        below += times
    np.divide(times, below, below)
    below *= weight
    return below


Part = Leaf | Found
"""Documents that answer a part of a query."""


class Values(NamedTuple):
    """Values of a keyword field, how many documents have each, and these documents one value after another.

    ``owners`` says for each of these documents which value it has.
    """

    names: list[str]
    counts: NDArray[np.int64]
    owners: Rows
    documents: Documents


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
        self.sides = list(zip(lives, self.bases.tolist(), strict=False))
        self._norms: dict[str, Scores | None] = {}
        self._columns: dict[str, NDArray[Any]] = {}
        self._terms: dict[tuple[Slot, str], list[tuple[Terms, ...]]] = {}
        self._leaves: dict[tuple[str, str, float], Leaf | None] = {}
        self._postings = 0
        self._remembered = 0
        self._values: dict[str, list[Values]] = {}

    @property
    def stamp(self) -> tuple[int, ...]:
        """Return what this shelf was made of; another stamp, another state of the library."""
        return tuple(live.version for live in self.lives)

    def column(self, name: str) -> NDArray[Any]:
        """Return a column with one number a document."""
        if name not in self._columns:
            parts = [live.segment.column(name) for live in self.lives]
            self._columns[name] = parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else NONE
        return self._columns[name]

    @cached_property
    def alive(self) -> NDArray[np.bool_] | None:
        """Return a flag for each document, or ``None`` when all live."""
        if self.count == self.size:
            return None
        flags = np.ones(self.size, bool)
        for live, base in self.sides:
            flags[live.dead + base] = False
        return flags

    @cached_property
    def all(self) -> Documents:
        """Return every live document."""
        return np.arange(self.size) if self.alive is None else np.flatnonzero(self.alive)

    @cached_property
    def is_sorted(self) -> bool:
        """Tell whether the keys of the documents ascend, as they do within a segment."""
        keys = self.column("key")
        return len(self.sides) < 2 or bool(np.all(keys[1:] > keys[:-1]))

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

    def lengths(self, code: str) -> NDArray[Any] | None:
        """Return how many words each document has in a field; ``None`` for a field whose lengths are not kept."""
        row = schema.row(self.kind, code)
        if row is None or row >= len(schema.TEXT_FIELDS[self.kind]) or not self.lives:
            return None
        return np.concatenate([live.segment.lengths(row) for live in self.lives])

    def norm(self, code: str) -> Scores | None:
        """Return, by document, what its length does to the scores of a field; ``None`` where length does not count."""
        if code not in self._norms:
            self._norms[code] = self._norm(code)
        return self._norms[code]

    def _norm(self, code: str) -> Scores | None:
        kept = self.lengths(code)
        if kept is None:
            return None
        lengths = kept.astype(np.float64)
        average = float(lengths[self.all].mean()) if self.count else 0.0
        factor = (1 - LENGTH_WEIGHT) + LENGTH_WEIGHT * self.rounded(lengths) / (average or 1.0)
        return (SATURATION * factor).astype(np.float32)

    def rounded(self, lengths: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return lengths as they count; here exactly as they are."""
        return lengths

    def terms(self, slot: Slot, code: str) -> list[tuple[Terms, ...]]:
        """Return the terms of a field that ``slot`` stands for, segment by segment."""
        known = self._terms.get((slot, code))
        if known is None:
            known = [terms_of(live.segment, slot, code) for live in self.lives]
            self._remembered += sum(len(one.numbers) for sets in known for one in sets)
            if len(self._terms) >= _REMEMBERED or self._remembered > _REMEMBERED_NUMBERS:
                self._terms.clear()
                self._remembered = 0
            self._terms[slot, code] = known
        return known

    def weight(self, frequency: int) -> float:
        """Return what a word weighs that so many live documents have."""
        return (log(self.count / (frequency + 1)) + 1) * (SATURATION + 1) if self.count else 0.0

    def exact(self, text: str, code: str, boost: float = 1.0) -> Leaf | None:
        """Return the documents with the one word ``text``, ``None`` when none has it."""
        asked = (code, text, boost)
        if asked in self._leaves:
            return self._leaves[asked]
        leaf = self._leaf(f"{code}{text}".encode(), self.norm(code), boost)
        self._postings += leaf.frequency if leaf else 0
        if len(self._leaves) >= _REMEMBERED or self._postings > _REMEMBERED_POSTINGS:
            self._leaves.clear()
            self._postings = leaf.frequency if leaf else 0
        self._leaves[asked] = leaf
        return leaf

    def _leaf(self, term: bytes, norm: Scores | None, boost: float) -> Leaf | None:
        """Return a term with where it stands, ``None`` when no live document has it."""
        spans = []
        numbers = []
        frequency = 0
        for live, base in self.sides:
            segment = live.segment
            number = segment.lines("terms").find(term)
            numbers.append(number)
            if number >= 0:
                first, last = segment.slice("off", number, number + 2).tolist()
                spans.append((live, base, first, last))
                frequency += living(live, first, last)
        return Leaf(frequency, self.weight(frequency) * boost, norm, numbers, spans) if frequency else None

    def all_of(self, terms: Sequence[Sequence[Terms]], code: str, boost: float = 1.0) -> Found | None:
        """Return the documents with some of ``terms``, which count as one word; ``None`` when none has any."""
        documents, times = self._gathered(terms)
        if not len(documents):
            return None
        return Found(documents, bm25(documents, times, self.weight(len(documents)) * boost, self.norm(code)))

    def having(self, terms: Sequence[Sequence[Terms]]) -> Documents:
        """Return the live documents that have some of ``terms``, ascending."""
        return self._gathered(terms)[0]

    def _gathered(self, terms: Sequence[Sequence[Terms]]) -> tuple[Documents, Times]:
        parts = [gathered(live, base, sets) for (live, base), sets in zip(self.sides, terms, strict=True) if sets]
        if len(parts) < 2:
            return parts[0] if parts else (NONE, _NEVER)
        documents, times = (np.concatenate(column) for column in zip(*parts, strict=True))
        return documents, times

    def covered(self, terms: Sequence[Sequence[Terms]], code: str) -> Documents:
        """Return the live documents that have some of very many terms of a field, ascending."""
        lengths = self.lengths(code)
        found = []
        for (live, base), sets in zip(self.sides, terms, strict=True):
            enough = None if lengths is None else lengths[base : base + live.segment.documents] > 0
            if enough is not None and live.alive is not None:
                enough &= live.alive
            found += [covered(live, one, enough) + base for one in sets]
        return np.concatenate(found) if found else NONE

    def keyed(self, terms: Sequence[Sequence[Terms]], code: str, within: Documents) -> NDArray[np.int64]:
        """Return ``document << 32 | position`` of all that terms of a field stand for in the documents ``within``."""
        found = [NONE]
        for (live, base), sets in zip(self.sides, terms, strict=True):
            if sets:
                own = self.among(within, live, base)
                starts = live.segment.starts(code)
                standing = np.concatenate([places(live, one, own) for one in sets])
                standing.sort()
                documents = _owners(starts, standing)
                found.append((documents + base << _SHIFT) + (standing - starts.take(documents)))
        return np.concatenate(found)

    def among(self, documents: Documents, live: Live, base: int) -> Documents:
        """Return which of some documents (ascending) are of a segment, as this numbers them."""
        if len(self.sides) == 1:
            return documents
        low, high = documents.searchsorted((base, base + live.segment.documents))
        return documents[low:high] - base

    def values(self, prefix: str) -> list[Values]:
        """Return the values of a keyword field with the documents that have each, dead ones too, by segment."""
        if prefix not in self._values:
            found = (_values(live.segment, base, prefix) for live, base in self.sides)
            self._values[prefix] = [one for one in found if one.names]
        return self._values[prefix]


def _values(segment: Segment, base: int, prefix: str) -> Values:
    lines = segment.lines("terms")
    low, high = lines.beginning(prefix.encode())
    offsets = segment.slice("off", low, high + 1)
    documents = segment.slice("doc", int(offsets[0]), int(offsets[-1])).astype(np.intp)
    counts = segments.gaps(offsets)
    names = [lines[number].decode()[len(prefix) :] for number in range(low, high)]
    return Values(names, counts, np.arange(high - low).repeat(counts), documents + base if base else documents)


def _owners(starts: NDArray[np.uint32], standing: Places) -> Documents:
    """Return in which document each of some places (ascending) is; ``starts`` are where these begin, and the end."""
    if len(standing) < len(starts):
        return starts.searchsorted(standing, side="right") - 1
    return np.arange(len(starts) - 1).repeat(np.diff(standing.searchsorted(starts)))
