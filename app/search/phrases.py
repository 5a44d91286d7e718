"""Words one after another: a place is one number, ``document << 32 | position``, so neighbours differ by one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.search.distinct import distinct

Places = NDArray[np.int64]


def followed(before: Places, after: Places, slop: int) -> NDArray[np.bool_]:
    """Return which places of ``after`` come at most ``slop`` words after one of ``before``; both are ascending.

    Documents are 2**32 places apart and ``slop`` is small, so no step leads from one document into the next, but for
    the first words of a document: position numbers never come near the top of their 32 bits.
    """
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
