"""Words one after another: a place is one number that counts words through all documents, so neighbours differ by one.

Between two documents lie more places than any ``slop`` asked for, so no step leads from one into the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.search.distinct import distinct

Places = NDArray[np.int64]

_SPARSE: Final = 16
_EMPTY: Final = 1024
_TABLE: Final = 1 << 22
"""A table of places is worth its making when not much of it stays empty; it never has more than so many rows."""


def followed(before: Places, after: Places, slop: int) -> NDArray[np.bool_]:
    """Return which places of ``after`` come at most ``slop`` words after one of ``before``; both are ascending."""
    if not len(before):
        return np.zeros(len(after), bool)
    index = np.searchsorted(before, after, side="left") - 1
    return (index >= 0) & (after - before[np.maximum(index, 0)] <= slop)


def ends(slots: Sequence[Places], slop: int) -> Places:
    """Return the places of the last word of each run in which the words follow one another."""
    reached = slots[0]
    for places in slots[1:]:
        reached = places[followed(reached, places, slop)]
    return reached


def led_to(ends: Places, places: Places, ahead: int, total: int) -> Places:
    """Return those of ``ends`` that lie exactly ``ahead`` places after one of ``places``; all are below ``total``."""
    if not len(places):
        return places
    wanted = ends - ahead
    if len(wanted) * _SPARSE < len(places) or total > len(places) * _EMPTY:
        near = places.take(places.searchsorted(wanted), mode="clip")
        return ends.compress(near == wanted)
    found = np.zeros(len(wanted), bool)
    for start in range(0, total, _TABLE):
        one, two = places.searchsorted((start, start + _TABLE))
        first, last = wanted.searchsorted((start, start + _TABLE))
        table = np.zeros(min(_TABLE, total - start), bool)
        table[places[one:two] - start] = True
        found[first:last] = table.take(wanted[first:last] - start)
    return ends.compress(found)


def runs(slots: Sequence[Places], slop: int) -> Places:
    """Return the places of all words that stand in such a run, ascending."""
    forward = [slots[0]]
    for places in slots[1:]:
        forward.append(places[followed(forward[-1], places, slop)])
    kept = [forward[-1]]
    for places in reversed(forward[:-1]):
        # the same question asked backwards: which of these has one of the kept places not far behind it
        later = -kept[-1][::-1]
        kept.append(places[followed(later, -places[::-1], slop)[::-1]])
    found: Places = distinct(np.concatenate(kept))
    return found
