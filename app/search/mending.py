"""Mending: what the index lacks of the library, or has besides, is set right in steps, while all else is found."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

import numpy as np

from app.errors import AppError
from app.progress import Progress
from app.search import segments
from app.search.entries import Entry
from app.search.pages import SegmentDamaged
from app.search.schema import KINDS, Kind
from app.search.segments import Columns
from app.search.store import Store
from app.search.tending import Transaction, sweep, tend
from app.wording import Message

Failures = dict[Kind, dict[int, Message]]
"""Why a document could not be indexed, by its key."""

_SHORT: Final = 0.02
_LONG: Final = 0.04
_LEAST: Final = 8
_LARGEST: Final = 256


@dataclass(frozen=True, slots=True)
class Source:
    """Where the documents come from: the keys of all of a kind, and what is searched of some, those that are gone not.

    Both are asked inside a transaction.
    """

    keys: Callable[[Kind], Iterable[int]]
    entries: Callable[[Kind, Sequence[int]], Iterable[Entry]]


@dataclass(frozen=True, slots=True)
class Mended:
    """What was mended: how many documents of each kind were indexed anew, and why some could not be."""

    indexed: Mapping[Kind, int] = field(default_factory=dict)
    failed: Mapping[Kind, Mapping[int, Message]] = field(default_factory=dict)


def build(kind: Kind, entries: Sequence[Entry]) -> tuple[Columns, dict[int, Message]]:
    """Return the columns of a segment with these documents, and why some of them could not be taken in."""
    try:
        return segments.build(kind, entries), {}
    except (ValueError, TypeError, OverflowError) as error:
        if len(entries) == 1:
            return segments.build(kind, ()), {entries[0].key: _reason(error)}
    failed: dict[int, Message] = {}
    sound: list[Entry] = []
    for entry in entries:
        own = build(kind, [entry])[1]
        failed |= own
        sound += [] if own else [entry]
    return segments.build(kind, sound), failed


def mend(store: Store, transaction: Transaction, source: Source) -> Generator[Progress, None, Mended]:
    """Index what segments do not hold, or hold twice; let go of what the library has no more; then sweep.

    Each part is a transaction of its own, sized to take less than 50 ms. Yields progress after each. What was mended
    when it is broken off stays, and the next one goes on from there.
    """
    failed: Failures = {kind: {} for kind in KINDS}
    indexed: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    with transaction():
        store.lives()
        store.retire_broken()
    amiss: dict[Kind, list[int]] = {}
    for kind in KINDS:
        with transaction():
            amiss[kind] = amiss_of(store, kind, source)
        yield Progress(0, sum(map(len, amiss.values())), kind)
    done, total, size = 0, sum(map(len, amiss.values())), _LEAST
    for kind, keys in amiss.items():
        start = 0
        while start < len(keys):
            part, begun = keys[start : start + size], monotonic()
            with transaction():
                count, own = _renew(store, kind, part, source)
            size = _sized(size, monotonic() - begun)
            start += len(part)
            indexed[kind] += count
            failed[kind] |= own
            done += len(part)
            yield Progress(done, total, kind)
            if len(store.live(kind)) > store.limits.most:
                for _ in tend(store, transaction, busy=True):
                    yield Progress(done, total, kind)
    for _ in sweep(store, transaction):
        yield Progress(done, total, "")
    return Mended(indexed, failed)


def amiss_of(store: Store, kind: Kind, source: Source) -> list[int]:
    """Return the keys of a kind that are not once in the index and once in the library."""
    held = []
    for live in store.live(kind):
        try:
            keys = live.segment.column("key")
        except SegmentDamaged as error:
            store.set_aside(error.segment)
        else:
            held.append(keys if live.alive is None else keys[live.alive])
    store.retire_broken()
    indexed, times = np.unique(np.concatenate(held), return_counts=True) if held else (np.zeros(0, np.int64),) * 2
    wanted = np.fromiter(source.keys(kind), np.int64)
    found: list[int] = np.union1d(np.setxor1d(indexed, wanted), indexed[times > 1]).tolist()
    return found


def _sized(size: int, seconds: float) -> int:
    """Return how many documents to work off in the next step, after one that took so long."""
    if seconds < _SHORT:
        return min(2 * size, _LARGEST)
    return max(_LEAST, size // 2) if seconds > _LONG else size


def _renew(store: Store, kind: Kind, keys: Sequence[int], source: Source) -> tuple[int, dict[int, Message]]:
    """Index documents anew, as the library has them now; return how many, and why some could not be."""
    entries, failed = _entries(kind, keys, source)
    columns, refused = build(kind, entries)
    store.bury(kind, keys)
    store.write(kind, columns)
    return len(columns["key"]), failed | refused


def _entries(kind: Kind, keys: Sequence[int], source: Source) -> tuple[list[Entry], dict[int, Message]]:
    """Return what is searched of documents, and why some of them could not be read."""
    try:
        return list(source.entries(kind, keys)), {}
    except (AppError, ValueError, TypeError) as error:
        if len(keys) == 1:
            return [], {keys[0]: _reason(error)}
    entries: list[Entry] = []
    failed: dict[int, Message] = {}
    for key in keys:
        found, own = _entries(kind, [key], source)
        entries += found
        failed |= own
    return entries, failed


def _reason(error: Exception) -> Message:
    if isinstance(error, AppError):
        return Message(f"{error.template} {error.hint}".strip(), error.values)
    return Message("It holds a value that cannot be indexed ({reason}).", {"reason": str(error)})
