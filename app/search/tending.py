"""Tending: segments are merged while nobody waits, each step a short transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager
from typing import Final

from app.search import merging
from app.search.schema import KINDS
from app.search.store import Store
from app.search.written import Live

Transaction = Callable[[], AbstractContextManager[None]]
"""Opens a transaction of the library."""

_WRITTEN: Final = 1 << 19
_SWEPT: Final = 16


def due(store: Store) -> list[Live]:
    """Return segments that are to be merged, none when all is in order."""
    lives, sizes = store.lives(), store.sizes()
    chosen = (merging.when_idle(lives[kind], [sizes[live.segment.number] for live in lives[kind]]) for kind in KINDS)
    return next((parts for parts in chosen if parts), [])


def tend(store: Store, transaction: Transaction) -> Generator[None, None, None]:
    """Merge what is to be merged, then delete what was replaced; yields between steps of less than 50 ms.

    Broken off, or killed, it leaves pages that no segment has, and the next one sweeps them. What another process
    merges meanwhile is left to it. Raises ``SegmentDamaged`` when a segment cannot be read.
    """
    while parts := due(store):
        if not (yield from _merge(store, transaction, parts)):
            break
    yield from sweep(store, transaction)


def _merge(store: Store, transaction: Transaction, parts: Sequence[Live]) -> Generator[None, None, bool]:
    """Merge segments; tell whether the merged one took their place."""
    columns = yield from merging.merge(parts)
    draft = store.begin(parts[0].segment.kind, columns)
    more = True
    while more:
        with transaction():
            more = store.add(draft, _WRITTEN)
        yield
    with transaction():
        replaced = merging.replace(store, parts, draft)
    yield
    return replaced


def sweep(store: Store, transaction: Transaction) -> Generator[None, None, None]:
    """Delete pages that no segment has, some at a time; yields between steps."""
    more = store.has_spare()
    while more:
        with transaction():
            more = store.sweep(_SWEPT)
        yield
