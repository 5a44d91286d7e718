"""Merging: several segments into one, without what is dead, in bounded steps; and which of them when.

The steps only read, so they may be taken in idle moments outside any transaction; the last deed, putting the merged
segment in the place of the others, takes over the tombstones that have come since.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.search import schema, segments
from app.search.distinct import distinct
from app.search.inverting import starts_of
from app.search.lines import Lines, encode
from app.search.schema import Kind
from app.search.segments import Columns
from app.search.store import Draft, Store
from app.search.uniting import unite, written
from app.search.written import Live

MOST: Final = 16
"""With more live segments of a kind than this, small ones are merged at once, by the deed that made one too many."""

FEW: Final = 4
"""With more segments of about one size than this, they are merged in an idle moment."""

SMALL: Final = 1 << 19
"""A deed merges no more than about so many bytes."""

LARGEST: Final = 192 << 20
"""No merged segment is much larger than this many bytes, so that merging needs bounded memory."""

WORN: Final = 0.2
"""A segment with a larger share of dead documents than this is written again in an idle moment."""

_RATIO: Final = 4
_LEAST_DEAD: Final = 64
_STEP: Final = 1 << 16
_DOCUMENT: Final = 0xFFFFFFFF


def at_once(lives: Sequence[Live], sizes: Sequence[int], most: int = MOST) -> list[Live]:
    """Return the segments that a deed merges, none as long as there are no more than ``most``; ``sizes`` are in bytes.

    They are the small ones, up to the first that is four times as large as all below it. So a document is written again
    only as often as the logarithm of the library.
    """
    if len(lives) <= most:
        return []
    return next((tier.lives for tier in _tiers(lives, sizes, SMALL) if len(tier.lives) > 1), [])


def when_idle(lives: Sequence[Live], sizes: Sequence[int]) -> list[Live]:
    """Return the segments to merge when nobody waits: several of about one size, or one with much that is dead."""
    for tier in _tiers(lives, sizes, LARGEST):
        if len(tier.lives) > FEW or (tier.full and len(tier.lives) > 1):
            return tier.lives
    worn = (live for live in lives if len(live.dead) > max(_LEAST_DEAD, WORN * live.segment.documents))
    return [live for _, live in zip(range(1), worn, strict=False)]


@dataclass(slots=True)
class _Tier:
    """Segments that are worth merging with each other; ``full`` when the next one would make them too large."""

    lives: list[Live] = field(default_factory=list)
    size: int = 0
    full: bool = False


def _tiers(lives: Sequence[Live], sizes: Sequence[int], largest: int) -> list[_Tier]:
    """Sort segments into tiers, the smallest first: one begins with each that is four times as large as all below."""
    tiers = [_Tier()]
    for size, _, live in sorted(zip(sizes, range(len(lives)), lives, strict=True), key=lambda row: row[:2]):
        tier = tiers[-1]
        tier.full = bool(tier.lives) and tier.size + size > largest
        if tier.full or (tier.lives and size > _RATIO * tier.size):
            tiers.append(tier := _Tier())
        tier.lives.append(live)
        tier.size += size
    return tiers


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment on its way into another: where its terms and documents go, and where in it those up to one end."""

    live: Live
    terms: NDArray[np.int64]
    documents: NDArray[np.int64]
    off: NDArray[np.int64]
    begin: NDArray[np.int64]
    rank: NDArray[np.int64]

    def range(self, step: _Step) -> tuple[int, int]:
        """Return which terms of the segment are those of a step."""
        low, high = np.searchsorted(self.terms, (step.first, step.last)).tolist()
        return low, high

    def within(self, step: _Step) -> tuple[int, int]:
        """Return the documents of the segment, dead ones too, among which those of a step are."""
        living = np.flatnonzero(self.documents >= 0)
        low, high = np.searchsorted(self.rank, (step.begin, step.end)).tolist()
        ends = np.append(living, len(self.documents))
        return int(ends[low]), int(ends[high])


class _Step(NamedTuple):
    """What is gathered at once: the merged terms ``first:last`` of a field in the merged documents ``begin:end``."""

    code: str
    first: int
    last: int
    begin: int
    end: int


def merge(parts: Sequence[Live]) -> Generator[None, None, Columns]:
    """Return the columns of one segment with the live documents of ``parts``; yields between steps.

    The result is what :func:`segments.build` makes of the same documents, but for stems of languages whose last
    document with a word has gone.
    """
    order, columns = _documents(parts)
    yield
    columns["titles"] = _titles(parts, order)
    yield
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    words, numbers = yield from unite((yield from _lines(parts, "terms")))
    prepared = []
    base = 0
    for part, terms in zip(parts, numbers, strict=True):
        prepared.append(_prepare(part, terms, rank[base : base + part.count]))
        base += part.count
        yield
    gathered = _Gathered(np.zeros(len(words), np.int64), np.zeros(len(words), np.int64))
    lengths = columns["length"].reshape(-1, len(order))
    for step in _steps(prepared, words, len(order)):
        _gather(gathered, prepared, step, _starts(parts[0].segment.kind, step.code, lengths))
        yield
    kept = np.cumsum(gathered.counts > 0, dtype=np.int64)
    columns |= yield from _joined(words, gathered)
    return {**columns, **(yield from _stems(prepared, kept))}


def merged(parts: Sequence[Live]) -> Columns:
    """Take all steps of :func:`merge` at once."""
    steps = merge(parts)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            columns: Columns = done.value
            return columns


def _lines(parts: Sequence[Live], name: str) -> Generator[None, None, list[Lines]]:
    """Read the words of each segment; yields between them."""
    found = []
    for part in parts:
        found.append(part.segment.lines(name))
        yield
    return found


def _documents(parts: Sequence[Live]) -> tuple[NDArray[np.int64], dict[str, NDArray[Any]]]:
    """Return the order in which the live documents come to stand, and their columns in it."""
    order = np.argsort(np.concatenate([_living(part, part.segment.column("key")) for part in parts]), kind="stable")
    columns: dict[str, NDArray[Any]] = {}
    for name in segments.DOCUMENT_COLUMNS:
        columns[name] = np.concatenate([_living(part, part.segment.column(name)) for part in parts])[order]
    rows = schema.rows(parts[0].segment.kind)
    tables = [part.segment.column("length").reshape(rows, -1) for part in parts]
    lengths = [table if part.alive is None else table[:, part.alive] for part, table in zip(parts, tables, strict=True)]
    columns["length"] = np.concatenate(lengths, axis=1)[:, order].ravel()
    return order, columns


def _living(part: Live, column: NDArray[Any]) -> NDArray[Any]:
    """Return the numbers of a column that belong to live documents."""
    return column if part.alive is None else column[part.alive]


def _titles(parts: Sequence[Live], order: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Return the titles of the live documents, in order."""
    titles = [title for part in parts for title in _living_lines(part)]
    return encode([titles[number].decode() for number in order.tolist()])


def _living_lines(part: Live) -> list[bytes]:
    """Return the titles of the live documents of a segment."""
    titles = part.segment.column("titles").tobytes().split(b"\n")[:-1]
    if part.alive is None:
        return titles
    return [title for title, alive in zip(titles, part.alive.tolist(), strict=True) if alive]


def _prepare(live: Live, terms: NDArray[np.int64], rank: NDArray[np.int64]) -> _Part:
    """Map the terms and the documents of a segment to those of the merged one; dead documents go to -1."""
    documents = np.full(live.segment.documents, -1, np.int64)
    documents[slice(None) if live.alive is None else live.alive] = rank
    off, begin = (live.segment.column(name).astype(np.int64) for name in ("off", "begin"))
    return _Part(live, terms, documents, off, begin, rank)


def _starts(kind: Kind, code: str, lengths: NDArray[Any]) -> NDArray[np.uint32]:
    """Return where the merged documents begin in the text of a field."""
    row = schema.row(kind, code)
    return starts_of(lengths[row]) if row is not None else np.arange(lengths.shape[1] + 1, dtype=np.uint32)


def _steps(parts: Sequence[_Part], words: Sequence[bytes], documents: int) -> Iterator[_Step]:
    """Cut the merged terms into steps with a bounded number of places each; a common term into several."""
    places = np.zeros(len(words) + 1, np.int64)
    for part in parts:
        places[1:] += np.bincount(part.terms, segments.gaps(part.begin), minlength=len(words)).astype(np.int64)
    total = np.cumsum(places)
    for code, first, end in segments.fields(words):
        while first < end:
            last = int(np.searchsorted(total, total[first] + _STEP, side="right")) - 1
            last = max(first + 1, min(end, last))
            pieces = max(1, -(-int(total[last] - total[first]) // _STEP))
            ends = np.linspace(0, documents, pieces + 1).astype(np.int64).tolist()
            yield from (_Step(code, first, last, one, two) for one, two in pairwise(ends))
            first = last


@dataclass(slots=True)
class _Gathered:
    """How many postings and places each merged term has, and these themselves, step by step."""

    counts: NDArray[np.int64]
    standing: NDArray[np.int64]
    doc: list[NDArray[np.uint32]] = field(default_factory=list)
    often: list[NDArray[np.float32]] = field(default_factory=list)
    place: list[NDArray[np.uint32]] = field(default_factory=list)


def _gather(gathered: _Gathered, parts: Sequence[_Part], step: _Step, merged: NDArray[np.uint32]) -> None:
    """Gather the live postings of a step from all parts, in order; ``merged`` says where the documents begin."""
    keyed, starts, frequencies, places = [], [], [], []
    base = 0
    for part in parts:
        segment = part.live.segment
        low, high = part.range(step)
        first, last = int(part.off[low]), int(part.off[high])
        own = segment.slice("doc", first, last)
        term = part.terms[low:high].repeat(segments.gaps(part.off[low : high + 1]))
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
    gathered.counts[step.first : step.last] += np.bincount(own, minlength=count)
    gathered.standing[step.first : step.last] += np.bincount(own, times, minlength=count).astype(np.int64)
    gathered.doc.append((keys & _DOCUMENT).astype(np.uint32))
    gathered.often.append(times.astype(np.float32))
    gathered.place.append(np.concatenate(places)[ranges(np.concatenate(starts)[order], times)])


def ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return ``starts[0], starts[0] + 1, .. (counts[0] numbers), starts[1], ..`` as one array."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - counts), counts) + np.arange(total)


def _joined(words: Sequence[bytes], gathered: _Gathered) -> Generator[None, None, dict[str, NDArray[Any]]]:
    """Put the steps together, leaving out the terms that no live document has; yields in between."""
    kept = gathered.counts > 0
    terms = yield from written(words, kept)
    off, begin = starts_of(gathered.counts[kept]), starts_of(gathered.standing[kept])
    columns: dict[str, NDArray[Any]] = {"terms": terms, "off": off, "begin": begin}
    everything: tuple[tuple[str, list[NDArray[Any]]], ...]
    everything = (("doc", gathered.doc), ("often", gathered.often), ("place", gathered.place))
    for name, pieces in everything:
        yield
        columns[name] = np.concatenate([np.zeros(0, segments.TYPES[name]), *pieces])
        pieces.clear()
    return columns


def _stems(parts: Sequence[_Part], kept: NDArray[np.int64]) -> Generator[None, None, dict[str, NDArray[Any]]]:
    """Unite the tables of stems; ``kept[t] - 1`` is the number of the merged term ``t`` among those that are left."""
    lines, numbers = yield from unite((yield from _lines([part.live for part in parts], "stems")))
    gone = np.diff(kept, prepend=0) == 0
    keyed = []
    for part, rows in zip(parts, numbers, strict=True):
        merged = part.terms[part.live.segment.column("stemids")]
        owners = np.repeat(rows, segments.gaps(part.live.segment.column("stemoff")))
        keyed.append(((owners << 32) | (kept[merged] - 1))[~gone[merged]])
        yield
    keys = distinct(np.concatenate(keyed))
    yield
    counts = np.bincount(keys >> 32, minlength=len(lines))
    stems = yield from written(lines, counts > 0)
    offsets = starts_of(counts[counts > 0])
    return {"stems": stems, "stemoff": offsets, "stemids": (keys & _DOCUMENT).astype("<u4")}


def replace(store: Store, parts: Sequence[Live], draft: Draft) -> bool:
    """Put a merged segment, whose pages are written, in the place of ``parts``, inside the caller's transaction.

    Documents that died since the merge was begun are buried again; the pages of the parts are left to be swept. Does
    nothing, and says so, when a part has gone meanwhile or another process has swept pages of the draft.
    """
    now = {live.segment.number: live for live in store.live(draft.kind)}
    if any(part.segment.number not in now for part in parts) or not store.is_whole(draft):
        return False
    died: set[int] = set()
    for part in parts:
        since = np.setdiff1d(now[part.segment.number].dead, part.dead)
        died.update(part.segment.column("key")[since].tolist())
    store.retire([part.segment.number for part in parts])
    number = store.finish(draft)
    if number and died:
        store.bury(draft.kind, died, within=number)
    return True
