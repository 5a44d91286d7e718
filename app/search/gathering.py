"""Postings and places of terms in one segment, taken from its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.search import language, matching, segments
from app.search.distinct import Rows, summed
from app.search.inverting import ranges
from app.search.matching import Numbers
from app.search.plan import Slot
from app.search.written import Live, Segment

Documents = NDArray[np.intp]
Times = NDArray[np.float32]
"""How often each document has a word; exact, since no text has 2**24 words."""

Places = NDArray[np.uint32]
"""Where words stand when those of a field are counted through all documents of a segment (see :mod:`.segments`)."""

NONE: Final = np.zeros(0, np.intp)

_FEW: Final = 8
_MANY: Final = 64
_SPARSE: Final = 16
_NEAR: Final = 1 << 15
_CLOSE: Final = 1 << 15
_STRETCH: Final = 1 << 20
_NO_PLACES: Final = np.zeros(0, np.uint32)


@dataclass(slots=True)
class Terms:
    """Terms of one segment; ``tongue`` limits them to documents of one language (-1: of any)."""

    numbers: Numbers
    tongue: int = -1
    _spans: list[tuple[int, int]] | None = None

    def spans(self, segment: Segment) -> list[tuple[int, int]]:
        """Return the ranges of their postings in the segment, one for neighbours; a few of them are remembered."""
        if self._spans is not None:
            return self._spans
        spans = _spans(segment, self.numbers)
        if len(spans) <= _MANY:
            self._spans = spans
        return spans


class Postings(NamedTuple):
    """Documents of a segment, ascending for one term, and how often each has it, in the bytes they are written in."""

    documents: NDArray[Any]
    times: NDArray[Any]


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


def postings(live: Live, first: int, last: int, tongue: int = -1) -> Postings:
    """Return those of the postings ``first:last`` that are of live documents."""
    documents, times = live.segment.slice("doc", first, last), live.segment.slice("often", first, last)
    if live.alive is not None or tongue >= 0:
        kept = _kept(live, documents, tongue)
        documents, times = documents.compress(kept), times.compress(kept)
    return Postings(documents, times)


def living(live: Live, first: int, last: int) -> int:
    """Return how many of the postings ``first:last`` are of live documents."""
    if live.alive is None:
        return last - first
    return int(np.count_nonzero(live.alive.take(live.segment.slice("doc", first, last))))


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
    if len(parts) > 1 or len(sets[0].numbers) > 1:
        documents, times = summed(parts, live.segment.documents)
    else:
        documents, times = parts[0].documents.astype(np.intp), parts[0].times.astype(np.float32)
    return (documents + base if base else documents), times


def _parts(live: Live, terms: Terms) -> list[Postings]:
    """Return the postings of terms: those of neighbours together, those of very many all at once."""
    spans = terms.spans(live.segment)
    if len(spans) <= _FEW or (len(spans) <= _MANY and spans[-1][1] - spans[0][0] > _CLOSE):
        return [postings(live, first, last, terms.tongue) for first, last in spans]
    start = spans[0][0]
    rows = _rows(spans, start)
    found, times = (live.segment.slice(name, start, spans[-1][1]).take(rows) for name in ("doc", "often"))
    if live.alive is not None or terms.tongue >= 0:
        kept = _kept(live, found, terms.tongue)
        found, times = found.compress(kept), times.compress(kept)
    return [Postings(found, times)]


def _rows(spans: Sequence[tuple[int, int]], start: int) -> Rows:
    """Return the postings of ``spans`` as numbers from ``start`` on."""
    places = np.array(spans, np.int64)
    return ranges(places[:, 0] - start, places[:, 1] - places[:, 0])


def _spans(segment: Segment, numbers: Numbers) -> list[tuple[int, int]]:
    """Return the ranges of postings of terms: one for neighbours."""
    if isinstance(numbers, range):
        ends = (segment.slice("off", place, place + 1) for place in (numbers.start, numbers.stop))
        first, last = (int(end[0]) for end in ends)
        return [(first, last)]
    if len(numbers) > _FEW:
        return _joined_spans(segment, np.asarray(numbers, np.int64))
    single = numbers if isinstance(numbers, list) else numbers.tolist()
    offsets = (segment.slice("off", number, number + 2).tolist() for number in single)
    return [(first, last) for first, last in offsets]


def _joined_spans(segment: Segment, numbers: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the ranges of postings of many terms (ascending), neighbours in one."""
    low, high = int(numbers[0]), int(numbers[-1]) + 2
    offsets = segment.slice("off", low, high)
    apart = (numbers[1:] - numbers[:-1] > 1).nonzero()[0]
    first = offsets.take(np.concatenate((numbers[:1], numbers.take(apart + 1))) - low).tolist()
    last = offsets.take(np.concatenate((numbers.take(apart), numbers[-1:])) + (1 - low)).tolist()
    return list(zip(first, last, strict=True))


def standing(segment: Segment, number: int) -> Places:
    """Return the places of a term in all documents, ascending."""
    return segment.slice("place", *segment.slice("begin", number, number + 2).tolist())


def places(live: Live, terms: Terms, within: Documents) -> Places:
    """Return the places of terms in the documents ``within`` (ascending), ascending."""
    segment = live.segment
    if terms.tongue >= 0:
        within = within.compress(segment.column("tongue").take(within) == terms.tongue)
    if not len(within):
        return _NO_PLACES
    found = [_NO_PLACES]
    if len(terms.numbers) <= _FEW:
        found += [_of_one(segment, int(number), within) for number in terms.numbers]
    else:
        wanted = np.zeros(segment.documents, bool)
        wanted[within] = True
        found += [_among(segment, *stretch, wanted) for stretch in _stretches(segment, terms.numbers)]
    together = np.concatenate(found)
    return together if len(terms.numbers) == 1 else np.sort(together)


def _of_one(segment: Segment, number: int, within: Documents) -> Places:
    """Return the places of a term in some documents, ascending."""
    first, last = segment.slice("off", number, number + 2).tolist()
    doc = segment.slice("doc", first, last)
    if len(within) * _SPARSE < len(doc):
        rows = doc.searchsorted(within.astype(doc.dtype))
        rows = rows.compress(doc.take(rows, mode="clip") == within)
    else:
        wanted = np.zeros(segment.documents, bool)
        wanted[within] = True
        rows = wanted.take(doc).nonzero()[0]
    return _standing_at(segment, number, first, rows)


def _among(segment: Segment, low: int, high: int, chosen: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> Places:
    """Return the places of the ``chosen`` ones of the terms ``low:high`` in ``wanted`` documents, term by term."""
    first, last = (int(segment.slice("off", number, number + 1)[0]) for number in (low, high))
    kept = wanted.take(segment.slice("doc", first, last))
    if not chosen.all():
        kept &= chosen.repeat(segments.gaps(segment.slice("off", low, high + 1)))
    return _standing_at(segment, low, first, kept.nonzero()[0])


def _standing_at(segment: Segment, number: int, first: int, rows: Rows) -> Places:
    """Return the places of the postings ``first + rows``, where ``first`` is the first one of a term."""
    if not len(rows):
        return _NO_PLACES
    often = segment.slice("often", first, first + int(rows[-1]) + 1)
    ends = np.cumsum(often, dtype=np.intp).take(rows)
    times = often.take(rows).astype(np.intp)
    begins = ends - times
    start = int(segment.slice("begin", number, number + 1)[0])
    if len(rows) <= _MANY and ends[-1] - begins[0] > _NEAR:
        parts = zip((begins + start).tolist(), (ends + start).tolist(), strict=True)
        return np.concatenate([segment.slice("place", one, two) for one, two in parts])
    begun = int(begins[0])
    return segment.slice("place", start + begun, start + int(ends[-1])).take(ranges(begins - begun, times))


def _stretches(segment: Segment, numbers: Numbers) -> Iterator[tuple[int, int, NDArray[np.bool_]]]:
    """Cut the terms from the first to the last of some into stretches with a bounded number of postings.

    Yields from which term to which each goes, and which of these are among ``numbers``. What lies between a few terms
    that are no neighbours is left out.
    """
    apart = np.asarray(numbers)
    breaks = (apart[1:] - apart[:-1] > 1).nonzero()[0]
    if len(breaks) >= _MANY:
        breaks = breaks[:0]
    firsts, lasts = apart[np.append(0, breaks + 1)].tolist(), apart[np.append(breaks, len(apart) - 1)].tolist()
    for low, last in zip(firsts, lasts, strict=True):
        high = last + 1
        off = segment.slice("off", low, high + 1)
        chosen = np.zeros(high - low, bool)
        chosen[apart[(apart >= low) & (apart < high)] - low] = True
        start = 0
        while start < high - low:
            end = max(start + 1, int(off.searchsorted(int(off[start]) + _STRETCH, side="right")) - 1)
            yield low + start, low + end, chosen[start:end]
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
    common = (counts * _MANY > segment.documents).nonzero()[0]
    most = common.take(counts.take(common).argsort()[: -_MANY - 1 : -1])
    for row, number in enumerate(np.asarray(terms.numbers).take(most).tolist(), 1):
        seen[segment.slice("doc", *segment.slice("off", number, number + 2).tolist())] = True
        if not row % _FEW and (seen >= missed).all():
            break
    else:
        for low, high, kept in _stretches(segment, terms.numbers):
            if (seen >= missed).all():
                break
            off = segment.slice("off", low, high + 1)
            documents = segment.slice("doc", int(off[0]), int(off[-1]))
            seen[documents if kept.all() else documents.compress(kept.repeat(segments.gaps(off)))] = True
    if live.alive is not None:
        seen &= live.alive
    return seen.nonzero()[0]
