"""Collating: the postings of several segments put in one order, in steps that hold a bounded number of places each."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.search import schema, segments
from app.search.inverting import ranges, starts_of
from app.search.lines import Lines
from app.search.paging import Sheets
from app.search.schema import Kind
from app.search.written import Live

DOCUMENT: Final = 0xFFFFFFFF
"""The bits of a key that hold a document, or another number beside a term."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment on its way into another: where its terms and documents go, and where in it those up to one end."""

    live: Live
    terms: NDArray[np.uint32]
    documents: NDArray[np.int64]
    off: NDArray[np.uint32]
    begin: NDArray[np.uint32]
    rank: NDArray[np.int64]

    def range(self, step: Step) -> tuple[int, int]:
        """Return which terms of the segment are those of a step."""
        low, high = np.searchsorted(self.terms, (step.first, step.last)).tolist()
        return low, high

    def within(self, step: Step) -> tuple[int, int]:
        """Return the documents of the segment, dead ones too, among which those of a step are."""
        living = np.flatnonzero(self.documents >= 0)
        low, high = np.searchsorted(self.rank, (step.begin, step.end)).tolist()
        ends = np.append(living, len(self.documents))
        return int(ends[low]), int(ends[high])


class Step(NamedTuple):
    """What is gathered at once: the merged terms ``first:last`` of a field in the merged documents ``begin:end``."""

    code: str
    first: int
    last: int
    begin: int
    end: int


def prepared(live: Live, terms: NDArray[np.uint32], rank: NDArray[np.int64]) -> Part:
    """Map the terms and the documents of a segment to those of the merged one; dead documents go to -1."""
    documents = np.full(live.segment.documents, -1, np.int64)
    documents[slice(None) if live.alive is None else live.alive] = rank
    return Part(live, terms, documents, live.segment.column("off"), live.segment.column("begin"), rank)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many postings, and how many places, each merged term has."""

    postings: NDArray[np.int64]
    places: NDArray[np.int64]


def collate(
    parts: Sequence[Part], words: Lines, lengths: NDArray[Any], sheets: Sheets, most: int
) -> Generator[None, None, Counted]:
    """Put the live postings of all parts, in order, on ``sheets``; ``lengths`` are those of the merged documents.

    Yields between steps, in each of which about ``most`` places are read.
    """
    counted = Counted(np.zeros(len(words), np.int64), np.zeros(len(words), np.int64))
    places = np.zeros(len(words) + 1, np.int64)
    for part in parts:
        places[1:] += np.bincount(part.terms, segments.gaps(part.begin), minlength=len(words)).astype(np.int64)
        yield
    code, starts = "", np.zeros(0, np.uint32)
    for step in _steps(np.cumsum(places), words, lengths.shape[1], most):
        if step.code != code:
            code, starts = step.code, _starts(parts[0].live.segment.kind, step.code, lengths)
        _collate(counted, parts, step, starts, sheets)
        yield
    return counted


def _starts(kind: Kind, code: str, lengths: NDArray[Any]) -> NDArray[np.uint32]:
    """Return where the merged documents begin in the text of a field."""
    row = schema.row(kind, code)
    return starts_of(lengths[row]) if row is not None else np.arange(lengths.shape[1] + 1, dtype=np.uint32)


def _steps(total: NDArray[np.int64], words: Lines, documents: int, most: int) -> Iterator[Step]:
    """Cut the merged terms into steps with a bounded number of places each; a common term into several.

    ``total`` says how many places all terms up to each have.
    """
    for code, first, end in segments.fields(words):
        while first < end:
            last = int(np.searchsorted(total, total[first] + most, side="right")) - 1
            last = max(first + 1, min(end, last))
            pieces = max(1, -(-int(total[last] - total[first]) // most))
            ends = np.linspace(0, documents, pieces + 1).astype(np.int64).tolist()
            yield from (Step(code, first, last, one, two) for one, two in pairwise(ends))
            first = last


def _collate(counted: Counted, parts: Sequence[Part], step: Step, merged: NDArray[np.uint32], sheets: Sheets) -> None:
    """Put the live postings of a step, of all parts, in order; ``merged`` says where the documents begin."""
    keyed, starts, frequencies, places = [], [], [], []
    base = 0
    for part in parts:
        segment = part.live.segment
        low, high = part.range(step)
        first, last = int(part.off[low]), int(part.off[high])
        own = segment.slice("doc", first, last)
        term = part.terms[low:high].astype(np.int64).repeat(segments.gaps(part.off[low : high + 1]))
        begin, end = int(part.begin[low]), int(part.begin[high])
        often = segment.slice("often", first, last)
        if high - low == 1:
            skipped, kept = np.searchsorted(own, part.within(step)).tolist()
            begin += int(often[:skipped].sum(dtype=np.int64))
            own, term, often = own[skipped:kept], term[skipped:kept], often[skipped:kept]
            end = begin + int(often.sum(dtype=np.int64))
        doc = part.documents[own]
        alive = doc >= 0
        times = often.astype(np.int64)
        keyed.append(((term << 32) | doc)[alive])
        starts.append((np.cumsum(times) - times + base)[alive])
        frequencies.append(times[alive])
        moved = (merged[doc] - segment.starts(step.code)[own]).repeat(times)
        places.append(segment.slice("place", begin, end) + moved)
        base += end - begin
    keys = np.concatenate(keyed)
    order = np.argsort(keys, kind="stable")
    keys, times = keys[order], np.concatenate(frequencies)[order]
    count = step.last - step.first
    own = (keys >> 32) - step.first
    counted.postings[step.first : step.last] += np.bincount(own, minlength=count)
    counted.places[step.first : step.last] += np.bincount(own, times, minlength=count).astype(np.int64)
    sheets.put("doc", keys & DOCUMENT)
    sheets.put("often", times)
    sheets.put("place", np.concatenate(places)[ranges(np.concatenate(starts)[order], times)])
