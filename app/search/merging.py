"""Merging: several segments into one, without what is dead, in bounded steps; and which of them when.

The steps only read, so they may be taken in idle moments outside any transaction; the last deed, putting the merged
segment in the place of the others, takes over the tombstones that have come since.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.search import schema, segments
from app.search.lines import Lines, encode
from app.search.schema import Kind
from app.search.segments import Columns
from app.search.store import Live, Store

MOST: Final = 16
"""With more live segments of a kind than this, some are merged."""

LARGEST: Final = 192 << 20
"""No merged segment is much larger than this many bytes, so that merging needs bounded memory."""

_RATIO: Final = 4
_STEP: Final = 1 << 18


def choose(live: Sequence[Live], sizes: Sequence[int]) -> list[Live]:
    """Return the segments to merge: the small ones, up to the first that is four times as large as all below it.

    So a document is written again only as often as the logarithm of the library, and sixteen segments are enough.
    """
    chosen: list[Live] = []
    total = 0
    for size, _, one in sorted(zip(sizes, range(len(live)), live, strict=True), key=lambda row: row[:2]):
        if len(chosen) > 1 and (size > _RATIO * total or total + size > LARGEST):
            break
        chosen.append(one)
        total += size
    return chosen if len(chosen) > 1 else []


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment on its way into another: where its terms and documents go."""

    live: Live
    lines: Lines
    terms: NDArray[np.int64]
    documents: NDArray[np.int64]
    off: NDArray[np.int64]


def merge(parts: Sequence[Live]) -> Generator[None, None, Columns]:
    """Return the columns of one segment with the live documents of ``parts``; yields between steps.

    The result is what :func:`segments.build` makes of the same documents, but for stems of languages whose last
    document with a word has gone.
    """
    keys = np.concatenate([_living(part, part.segment.column("key")) for part in parts])
    order = np.argsort(keys, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    columns: dict[str, NDArray[Any]] = {}
    for name in segments.DOCUMENT_COLUMNS:
        columns[name] = np.concatenate([_living(part, part.segment.column(name)) for part in parts])[order]
    rows = len(schema.TEXT_FIELDS[parts[0].segment.kind])
    tables = [part.segment.column("length").reshape(rows, -1) for part in parts]
    lengths = [table if part.alive is None else table[:, part.alive] for part, table in zip(parts, tables, strict=True)]
    columns["length"] = np.concatenate(lengths, axis=1)[:, order].ravel()
    titles = [title for part in parts for title in _living_lines(part)]
    columns["titles"] = encode([titles[number].decode() for number in order.tolist()])
    yield
    words = sorted(set().union(*(part.segment.lines("terms") for part in parts)))
    numbers = {word: number for number, word in enumerate(words)}
    yield
    prepared = []
    base = 0
    for part in parts:
        prepared.append(_prepare(part, numbers, rank[base : base + part.count]))
        base += part.count
        yield
    steps = list(_steps(prepared, len(words)))
    pieces = []
    for step in steps:
        pieces.append(_postings(prepared, *step))
        yield
    columns |= _joined(words, pieces)
    yield
    kept = np.cumsum(_concatenated([piece.counts for piece in pieces]) > 0, dtype=np.int64)
    return {**columns, **_stems(prepared, kept)}


def _living(part: Live, column: NDArray[Any]) -> NDArray[Any]:
    """Return the numbers of a column that belong to live documents."""
    return column if part.alive is None else column[part.alive]


def _living_lines(part: Live) -> list[bytes]:
    """Return the titles of the live documents."""
    titles = part.segment.column("titles").tobytes().split(b"\n")[:-1]
    if part.alive is None:
        return titles
    return [title for title, alive in zip(titles, part.alive.tolist(), strict=True) if alive]


def _prepare(live: Live, numbers: dict[bytes, int], rank: NDArray[np.int64]) -> _Part:
    """Map the terms and the documents of a segment to those of the merged one; dead documents go to -1."""
    lines = live.segment.lines("terms")
    terms = np.fromiter(map(numbers.__getitem__, lines), np.int64, len(lines))
    documents = np.full(live.segment.documents, -1, np.int64)
    documents[slice(None) if live.alive is None else live.alive] = rank
    return _Part(live, lines, terms, documents, live.segment.column("off").astype(np.int64))


def _steps(parts: Sequence[_Part], count: int) -> Iterator[tuple[int, int]]:
    """Cut the merged terms into ranges with a bounded number of positions each."""
    weight = np.zeros(count + 1, np.int64)
    for part in parts:
        at = part.live.segment.column("at").astype(np.int64)
        weight[1:] += np.bincount(part.terms, segments.gaps(at[part.off]), minlength=count).astype(np.int64)
    total = np.cumsum(weight)
    first = 0
    while first < count:
        last = int(np.searchsorted(total, total[first] + _STEP, side="right")) - 1
        last = min(count, max(first + 1, last))
        yield first, last
        first = last


@dataclass(frozen=True, slots=True)
class _Piece:
    """The postings of a range of merged terms; ``counts`` says how many each term has."""

    counts: NDArray[np.int64]
    doc: NDArray[np.int64]
    frequency: NDArray[np.int64]
    pos: NDArray[np.uint32]


def _postings(parts: Sequence[_Part], first: int, last: int) -> _Piece:
    """Gather the live postings of the merged terms ``first:last`` from all parts, in order."""
    keyed, starts, frequencies, positions = [], [], [], []
    base = 0
    for part in parts:
        low, high = np.searchsorted(part.terms, (first, last)).tolist()
        a, b = int(part.off[low]), int(part.off[high])
        at = part.live.segment.slice("at", a, b + 1).astype(np.int64)
        doc = part.documents[part.live.segment.slice("doc", a, b)]
        term = np.repeat(part.terms[low:high], segments.gaps(part.off[low : high + 1]))
        alive = doc >= 0
        keyed.append(((term << 32) | doc)[alive])
        starts.append((at[:-1] - at[0] + base)[alive])
        frequencies.append(segments.gaps(at)[alive])
        positions.append(part.live.segment.slice("pos", int(at[0]), int(at[-1])))
        base += int(at[-1] - at[0])
    keys = np.concatenate(keyed)
    order = np.argsort(keys, kind="stable")
    keys, frequency = keys[order], np.concatenate(frequencies)[order]
    places = ranges(np.concatenate(starts)[order], frequency)
    counts = np.bincount((keys >> 32) - first, minlength=last - first)
    return _Piece(counts, keys & 0xFFFFFFFF, frequency, np.concatenate(positions)[places])


def ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return ``starts[0], starts[0] + 1, .. (counts[0] numbers), starts[1], ..`` as one array."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - counts), counts) + np.arange(total)


def _joined(words: Sequence[bytes], pieces: Sequence[_Piece]) -> dict[str, NDArray[Any]]:
    """Put the pieces of the postings together, leaving out the terms that no live document has."""
    counts = _concatenated([piece.counts for piece in pieces])
    live = counts > 0
    data = b"".join(word + b"\n" for word, alive in zip(words, live.tolist(), strict=True) if alive)
    frequency = _concatenated([piece.frequency for piece in pieces])
    return {
        "terms": np.frombuffer(data, np.uint8),
        "off": np.concatenate(([0], np.cumsum(counts[live]))).astype("<u4"),
        "doc": _concatenated([piece.doc for piece in pieces]).astype("<u4"),
        "at": np.concatenate(([0], np.cumsum(frequency))).astype("<u4"),
        "pos": np.concatenate([piece.pos for piece in pieces]) if pieces else np.zeros(0, "<u4"),
    }


def _concatenated(arrays: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return the arrays one after the other, also when there are none."""
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)


def _stems(parts: Sequence[_Part], kept: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """Unite the tables of stems; ``kept[t] - 1`` is the number of the merged term ``t`` among those that are left."""
    gone = np.diff(kept, prepend=0) == 0
    leads: dict[str, set[int]] = {}
    for part in parts:
        lines = part.live.segment.lines("stems")
        offsets = part.live.segment.column("stemoff").tolist()
        merged = part.terms[part.live.segment.column("stemids")]
        numbers = np.where(gone[merged], -1, kept[merged] - 1).tolist()
        for row, line in enumerate(lines):
            found = [number for number in numbers[offsets[row] : offsets[row + 1]] if number >= 0]
            if found:
                leads.setdefault(line.decode(), set()).update(found)
    return segments.stem_columns({line: sorted(found) for line, found in leads.items()})


def replace(store: Store, kind: Kind, parts: Sequence[Live], columns: Columns) -> None:
    """Put a merged segment in the place of ``parts``, inside the caller's transaction.

    Documents that died since the merge was begun are buried again; does nothing when a part has gone meanwhile.
    """
    now = {live.segment.number: live for live in store.live(kind)}
    if any(part.segment.number not in now for part in parts):
        return
    died: set[int] = set()
    for part in parts:
        latest = now[part.segment.number]
        since = np.setdiff1d(latest.dead, part.dead)
        died.update(part.segment.column("key")[since].tolist())
    store.drop([part.segment.number for part in parts])
    number = store.write(kind, columns)
    if number and died:
        store.bury(kind, died, within=number)
