"""Tending: segments are merged while nobody waits, each step a short transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import Final

from app.search import choosing, merging
from app.search.resident import PAGE
from app.search.store import Store
from app.search.written import Live

Transaction = Callable[[], AbstractContextManager[None]]
"""Opens a transaction of the library."""

_SWEPT: Final = 16


def due(store: Store, *, busy: bool = False) -> list[Live]:
    """Return segments that are to be merged, none when all is in order; ``busy``: when it is in order enough."""
    with store.reading():
        lives, sizes = store.lives(), store.sizes()
    for own in lives.values():
        if parts := choosing.when_idle(own, [sizes[live.segment.number] for live in own], store.limits, busy=busy):
            return parts
    return []


def tend(store: Store, transaction: Transaction, *, busy: bool = False) -> Generator[None, None, None]:
    """Merge what is to be merged, and delete what was replaced; yields between steps of less than 50 ms.

    Broken off, or killed, it leaves pages that no segment has, and the next one sweeps them, unless it is ``busy``:
    they may be what another process writes just now. What that merges meanwhile is left to it. Raises
    ``SegmentDamaged`` when a segment cannot be read.
    """
    if not busy:
        yield from sweep(store, transaction)
    while parts := due(store, busy=busy):
        replaced = yield from merge(store, transaction, parts)
        if not busy:
            yield from sweep(store, transaction)
        elif replaced:
            yield from sweep(store, transaction, [part.segment.number for part in parts])
        if not replaced:
            break


def merge(store: Store, transaction: Transaction, lives: Sequence[Live]) -> Generator[None, None, bool]:
    """Merge segments, writing pages as they are made; tell whether the merged one took their place."""
    draft, sheets, most = store.begin(lives[0].segment.kind), merging.sheets_for(lives), store.limits.written
    with store.apart(lives) as parts:
        for _ in merging.merge(parts, sheets, store.limits):
            yield
            if sheets.ready >= most:
                with transaction():
                    store.add(draft, sheets.taken())
                yield
        draft.documents = sheets.count["key"]
        draft.directory, rest = sheets.rest()
        while pages := list(islice(rest, max(1, most // PAGE))):
            with transaction():
                store.add(draft, pages)
            yield
        with transaction():
            replaced = merging.replace(store, parts, draft)
        yield
        return replaced


def merge_at_once(store: Store, parts: Sequence[Live]) -> bool:
    """Merge segments inside the caller's transaction; tell whether the merged one took their place."""
    steps = merge(store, nullcontext, parts)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            replaced: bool = done.value
            return replaced


def sweep(store: Store, transaction: Transaction, numbers: Sequence[int] | None = None) -> Generator[None, None, None]:
    """Delete pages that no segment has, or those of segments that were replaced; yields between steps."""
    more = store.has_spare() if numbers is None else True
    while more:
        with transaction():
            more = store.sweep(_SWEPT, numbers)
        yield
