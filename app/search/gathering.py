"""Postings and places of terms in one segment, taken from its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.search import language, matching, segments
from app.search.distinct import Rows, summed
from app.search.matching import Numbers
from app.search.merging import ranges
from app.search.plan import Slot
from app.search.written import Live, Segment

Documents = NDArray[np.intp]
Times = NDArray[np.float32]
"""How often each document has a word; exact, since no text has 2**24 words."""

NONE: Final = np.zeros(0, np.intp)

_FEW: Final = 8
_MANY: Final = 64
_NEAR: Final = 1 << 18
_SPARSE: Final = 16
_STRETCH: Final = 1 << 20
_NO_PLACES: Final = np.zeros(0, np.int64)


class Terms(NamedTuple):
    """Terms of one segment; ``tongue`` limits them to documents of one language (-1: of any)."""

    numbers: Numbers
    tongue: int = -1


class Postings(NamedTuple):
    """Documents, ascending for one term; the word stands in each at the positions ``begin:end`` of its segment."""

    documents: NDArray[Any]
    begin: NDArray[Any]
    end: NDArray[Any]


def terms_of(segment: Segment, slot: Slot, code: str) -> tuple[Terms, ...]:
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
            numbers = segment.slice("stemids", first, last).tolist()
            sets.append(Terms(numbers, spoken if len(segment.tongues) > 1 else -1))
    return tuple(sets)


def postings(live: Live, base: int, first: int, last: int, tongue: int = -1) -> Postings:
    """Return those of the postings ``first:last`` that are of live documents (``base`` more than in the segment)."""
    at = live.segment.slice("at", first, last + 1)
    documents, begin, end = live.segment.slice("doc", first, last), at[:-1], at[1:]
    if live.alive is not None or tongue >= 0:
        kept = _kept(live, documents, tongue)
        documents, begin, end = documents.compress(kept), begin.compress(kept), end.compress(kept)
    return Postings(documents.astype(np.intp) + base if base else documents, begin, end)


def _kept(live: Live, documents: NDArray[Any], tongue: int) -> NDArray[np.bool_]:
    """Return which documents count: those that live and are in the language."""
    flags = None if live.alive is None else live.alive.take(documents)
    if flags is not None and tongue < 0:
        return flags
    spoken: NDArray[np.bool_] = live.segment.column("tongue").take(documents) == tongue
    return spoken if flags is None else flags & spoken


def gathered(live: Live, base: int, sets: Sequence[Terms]) -> tuple[Documents, Times]:
    """Return the live documents that have some of the terms, ascending, and how often each has them."""
    parts = [part for terms in sets for part in _parts(live, terms)]
    documents = np.concatenate([part.documents for part in parts], dtype=np.intp)
    times = np.concatenate([part.end - part.begin for part in parts], dtype=np.float32)
    if len(parts) > 1 or len(sets[0].numbers) > 1:
        documents, times = summed(documents, times, live.segment.documents)
    return (documents + base if base else documents), times


def _parts(live: Live, terms: Terms) -> list[Postings]:
    """Return the postings of terms: those of neighbours together, those of very many all at once."""
    spans = spans_of(live.segment, terms.numbers)
    if len(spans) <= _MANY:
        return [postings(live, 0, first, last, terms.tongue) for first, last in spans]
    start = spans[0][0]
    rows = _rows(spans, start)
    at = live.segment.slice("at", start, spans[-1][1] + 1)
    found = live.segment.slice("doc", start, spans[-1][1]).take(rows)
    if live.alive is not None or terms.tongue >= 0:
        kept = _kept(live, found, terms.tongue)
        found, rows = found.compress(kept), rows.compress(kept)
    return [Postings(found, at.take(rows), at.take(rows + 1))]


def _rows(spans: Sequence[tuple[int, int]], start: int) -> Rows:
    """Return the postings of ``spans`` as numbers from ``start`` on."""
    places = np.array(spans, np.int64)
    return ranges(places[:, 0] - start, places[:, 1] - places[:, 0])


def spans_of(segment: Segment, numbers: Numbers) -> list[tuple[int, int]]:
    """Return the ranges of postings of terms: one for neighbours."""
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
    low, high = int(numbers[0]), int(numbers[-1]) + 2
    offsets = segment.slice("off", low, high)
    apart = (numbers[1:] - numbers[:-1] > 1).nonzero()[0]
    first = offsets.take(np.concatenate((numbers[:1], numbers.take(apart + 1))) - low).tolist()
    last = offsets.take(np.concatenate((numbers.take(apart), numbers[-1:])) + (1 - low)).tolist()
    return list(zip(first, last, strict=True))


def keyed(live: Live, terms: Terms, within: Documents, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places (``starts[document] + position``) of terms in the documents ``within``, ascending."""
    segment = live.segment
    spans = spans_of(segment, terms.numbers)
    if len(terms.numbers) == 1 and len(within) * _SPARSE < spans[0][1] - spans[0][0]:
        return _keyed_few(segment, spans[0], terms.tongue, within, starts)
    wanted = np.zeros(segment.documents, bool)
    wanted[within] = True
    if terms.tongue >= 0:
        wanted &= segment.column("tongue") == terms.tongue
    if len(spans) > _MANY:
        parts = [_keyed_rows(segment, first, rows, starts) for first, rows in _among_many(segment, terms, wanted)]
    else:
        found = ((first, wanted.take(segment.slice("doc", first, last)).nonzero()[0]) for first, last in spans)
        parts = [_keyed_rows(segment, first, rows, starts) for first, rows in found]
    keys = parts[0] if len(parts) == 1 else np.concatenate([_NO_PLACES, *parts])
    return keys if len(terms.numbers) == 1 else np.sort(keys)


def _keyed_few(
    segment: Segment, span: tuple[int, int], tongue: int, within: Documents, starts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the places of one term in documents that are few beside its own."""
    doc = segment.slice("doc", *span)
    rows = doc.searchsorted(within.astype(doc.dtype))
    rows = rows.compress(doc.take(rows, mode="clip") == within)
    if tongue >= 0:
        rows = rows.compress(segment.column("tongue").take(doc.take(rows)) == tongue)
    return _keyed_rows(segment, span[0], rows, starts)


def _keyed_rows(segment: Segment, first: int, rows: Rows, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of the postings ``first + rows``."""
    if not len(rows):
        return _NO_PLACES
    last = first + int(rows[-1]) + 1
    at = segment.slice("at", first, last + 1)
    doc = segment.slice("doc", first, last)
    return placed(segment, starts.take(doc.take(rows)), at.take(rows), at.take(rows + 1))


def _among_many(segment: Segment, terms: Terms, wanted: NDArray[np.bool_]) -> Iterator[tuple[int, Rows]]:
    """Yield which postings of very many terms are of ``wanted`` documents, as numbers from a first one on."""
    for first, last, off, kept in _stretches(segment, terms.numbers):
        rows = wanted.take(segment.slice("doc", first, last)).nonzero()[0]
        yield first, rows.compress(kept.take(off.searchsorted(rows + first, side="right") - 1))


def _stretches(segment: Segment, numbers: Numbers) -> Iterator[tuple[int, int, NDArray[Any], NDArray[np.bool_]]]:
    """Cut the postings from the first to the last of some terms into stretches of bounded length.

    Yields from which posting to which each goes, where the terms in it begin, and which of these are among ``numbers``.
    """
    low, high = int(numbers[0]), int(numbers[-1]) + 1
    off = segment.slice("off", low, high + 1)
    chosen = np.zeros(high - low, bool)
    chosen[np.asarray(numbers) - low] = True
    start = 0
    while start < high - low:
        end = max(start + 1, int(off.searchsorted(int(off[start]) + _STRETCH, side="right")) - 1)
        yield int(off[start]), int(off[end]), off[start : end + 1], chosen[start:end]
        start = end


def covered(live: Live, terms: Terms, enough: NDArray[np.bool_] | None) -> Documents:
    """Return the live documents with some of ``terms``, ascending; stops when all that are ``enough`` were seen.

    The commonest terms come first, so a pattern that fits nearly every word has nearly every document at once.
    """
    segment = live.segment
    seen = np.zeros(segment.documents, bool)
    missed = np.ones(segment.documents, bool) if enough is None else enough
    counts = segments.gaps(segment.slice("off", int(terms.numbers[0]), int(terms.numbers[-1]) + 2))
    counts = counts.take(np.asarray(terms.numbers) - int(terms.numbers[0]))
    most = np.argpartition(counts, -_MANY)[-_MANY:] if len(counts) > _MANY else np.arange(len(counts))
    for number in np.asarray(terms.numbers).take(most).tolist():
        seen[segment.slice("doc", *segment.slice("off", number, number + 2).tolist())] = True
    if len(counts) > _MANY:
        for first, last, off, kept in _stretches(segment, terms.numbers):
            if not (missed & ~seen).any():
                break
            documents = segment.slice("doc", first, last)
            seen[documents if kept.all() else documents.compress(kept.repeat(segments.gaps(off)))] = True
    if live.alive is not None:
        seen &= live.alive
    return seen.nonzero()[0]


def placed(segment: Segment, starts: NDArray[np.int64], begin: NDArray[Any], end: NDArray[Any]) -> NDArray[np.int64]:
    """Return ``starts`` plus each of the positions ``begin:end`` of its posting."""
    if not len(starts):
        return _NO_PLACES
    first, last = int(begin[0]), int(end[-1])
    if len(starts) <= _MANY and last - first > _NEAR:
        parts = zip(starts.tolist(), begin.tolist(), end.tolist(), strict=True)
        return np.concatenate([segment.slice("pos", one, two).astype(np.int64) + start for start, one, two in parts])
    positions = segment.slice("pos", first, last)
    counts = (end - begin).astype(np.intp)
    keys = starts.repeat(counts)
    if len(keys) < len(positions):
        positions = positions.take(ranges(begin.astype(np.int64) - first, counts))
    keys += positions
    return keys
