"""Merging: several segments into one, without what is dead, in bounded steps and in bounded memory.

The steps only read, so they may be taken in idle moments outside any transaction; what is made of the parts goes on
sheets, whose pages can be written meanwhile. The last deed, putting the merged segment in the place of the others,
takes over the tombstones that have come since.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from itertools import compress
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.search import schema, segments, uniting
from app.search.choosing import LIMITS, Limits
from app.search.collating import DOCUMENT, Part, collate, prepared
from app.search.distinct import distinct
from app.search.inverting import starts_of
from app.search.lines import Lines
from app.search.paging import Sheets
from app.search.store import Draft, Store
from app.search.written import Live

_LINES: Final = 1 << 14
"""So many lines are put on sheets in a step."""


def sheets_for(parts: Sequence[Live]) -> Sheets:
    """Return sheets for the columns of one segment with the live documents of ``parts``."""
    often = max(part.segment.highest("often") for part in parts)
    return Sheets({"doc": sum(part.count for part in parts), "often": often})


def merge(parts: Sequence[Live], sheets: Sheets, limits: Limits = LIMITS) -> Generator[None, None, None]:
    """Put the columns of one segment with the live documents of ``parts`` on ``sheets``; yields between steps.

    They are what :func:`segments.build` makes of the same documents, but for stems of languages whose last document
    with a word has gone.
    """
    order = np.argsort(np.concatenate([_living(part, part.segment.column("key")) for part in parts]), kind="stable")
    yield
    lengths = yield from _documents(parts, order, sheets)
    yield from _titles(parts, order, sheets)
    words, numbers = yield from _terms(parts, limits)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    ready: list[Part] = []
    base = 0
    for part, terms in zip(parts, numbers, strict=True):
        ready.append(prepared(part, terms, rank[base : base + part.count]))
        base += part.count
        yield
    counted = yield from collate(ready, words, lengths, sheets, limits.places)
    kept = counted.postings > 0
    sheets.put("off", starts_of(counted.postings[kept]))
    sheets.put("begin", starts_of(counted.places[kept]))
    yield
    for start in range(0, len(words), _LINES):
        some = words.between(start, min(start + _LINES, len(words)))
        _put_lines(sheets, "terms", uniting.joined(compress(some, kept[start : start + _LINES].tolist())))
        yield
    yield from _stems(ready, kept, sheets, limits)


def _put_lines(sheets: Sheets, name: str, lines: bytes) -> None:
    sheets.put(name, np.frombuffer(lines, np.uint8))


def _documents(
    parts: Sequence[Live], order: NDArray[np.int64], sheets: Sheets
) -> Generator[None, None, NDArray[np.uint32]]:
    """Put what is known of each live document, in ``order``; return the lengths, a row for each field."""
    for name in segments.DOCUMENT_COLUMNS:
        sheets.put(name, np.concatenate([_living(part, part.segment.column(name)) for part in parts])[order])
        yield
    rows = schema.rows(parts[0].segment.kind)
    lengths = np.empty((rows, len(order)), np.uint32)
    for row in range(rows):
        lengths[row] = np.concatenate([_living(part, part.segment.lengths(row)) for part in parts])[order]
        sheets.put("length", lengths[row])
        yield
    return lengths


def _living(part: Live, column: NDArray[Any]) -> NDArray[Any]:
    """Return the numbers of a column that belong to live documents."""
    return column if part.alive is None else column[part.alive]


def _titles(parts: Sequence[Live], order: NDArray[np.int64], sheets: Sheets) -> Generator[None, None, None]:
    """Put the titles of the live documents, in ``order``."""
    titles: list[bytes] = []
    for part in parts:
        titles += _living_titles(part)
        yield
    for start in range(0, len(order), _LINES):
        some = order[start : start + _LINES].tolist()
        _put_lines(sheets, "titles", uniting.joined([titles[number] for number in some]))
        yield


def _living_titles(part: Live) -> list[bytes]:
    """Return the titles of the live documents of a segment."""
    titles = part.segment.column("titles").tobytes().split(b"\n")[:-1]
    if part.alive is None:
        return titles
    return [title for title, alive in zip(titles, part.alive.tolist(), strict=True) if alive]


def _terms(parts: Sequence[Live], limits: Limits) -> Generator[None, None, tuple[Lines, list[NDArray[np.uint32]]]]:
    """Return the terms of all parts, and for each part the numbers of its terms among them."""
    lists = yield from _lines(parts, "terms")
    data = bytearray()
    count = 0
    numbers: list[list[NDArray[np.uint32]]] = [[] for _ in parts]
    for piece in uniting.pieces(lists, limits.words):
        data += uniting.joined(piece.words)
        for own, some in zip(numbers, piece.numbers, strict=True):
            own.append((some + count).astype(np.uint32))
        count += len(piece.words)
        yield
    none = np.zeros(0, np.uint32)
    return Lines(np.frombuffer(data, np.uint8)), [np.concatenate([none, *own]) for own in numbers]


def _lines(parts: Sequence[Live], name: str) -> Generator[None, None, list[Lines]]:
    """Read the words of each segment; yields between them."""
    found = []
    for part in parts:
        found.append(Lines(part.segment.column(name)))
        yield
    return found


def _stems(
    parts: Sequence[Part], kept: NDArray[np.bool_], sheets: Sheets, limits: Limits
) -> Generator[None, None, None]:
    """Put the united tables of stems; ``kept`` says which of the merged terms are left."""
    renumbered = np.cumsum(kept) - 1
    lists = yield from _lines([part.live for part in parts], "stems")
    sheets.put("stemoff", np.zeros(1, np.uint32))
    for piece in uniting.pieces(lists, limits.words):
        keyed = []
        for part, first, last, rows in zip(parts, piece.first, piece.last, piece.numbers, strict=True):
            offsets = part.live.segment.slice("stemoff", first, last + 1)
            merged = part.terms[part.live.segment.slice("stemids", int(offsets[0]), int(offsets[-1]))]
            owners = rows.repeat(segments.gaps(offsets))
            keyed.append(((owners << 32) | renumbered[merged])[kept[merged]])
        keys = distinct(np.concatenate(keyed))
        counts = np.bincount(keys >> 32, minlength=len(piece.words))
        left = counts > 0
        _put_lines(sheets, "stems", uniting.joined(compress(piece.words, left.tolist())))
        sheets.put("stemoff", sheets.count["stemids"] + np.cumsum(counts[left]))
        sheets.put("stemids", keys & DOCUMENT)
        yield


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
