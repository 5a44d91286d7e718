"""Words one after another: a place is one number that counts words through all documents, so neighbours differ by one.

Where words may lie apart, a place is the number of its document, shifted, and the position in it, so that no step leads
from one document into the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.search.distinct import distinct, once

Places = NDArray[np.uint32]
Keys = NDArray[np.int64]

Documents = NDArray[np.intp]

NOWHERE: Final = np.zeros(0, np.uint32)

_SPARSE: Final = 16
_EMPTY: Final = 256
_TABLE: Final = 1 << 18
"""A table of places is worth its making when not much of it stays empty; it never has more than so many rows."""


def followed(before: Keys, after: Keys, slop: int) -> NDArray[np.bool_]:
    """Return which places of ``after`` come at most ``slop`` words after one of ``before``; both are ascending."""
    if not len(before):
        return np.zeros(len(after), bool)
    index = np.searchsorted(before, after, side="left") - 1
    return (index >= 0) & (after - before[np.maximum(index, 0)] <= slop)


def ends(slots: Sequence[Places], slop: int, starts: Places) -> Places:
    """Return the places of the last word of each run in which the words follow one another within a document.

    ``starts`` are where documents begin, and the end.
    """
    reached = slots[0]
    for places in slots[1:]:
        if not len(reached):
            break
        before = reached.take(reached.searchsorted(places) - 1, mode="clip")
        # what does not come before counts as very far away, since there is nothing below zero here
        near = (places - before - 1 < slop).nonzero()[0]
        places, before = places.take(near), before.take(near)
        reached = places.compress(before >= starts.take(starts.searchsorted(places, side="right") - 1))
    return reached


def back(places: Places, steps: int) -> Places:
    """Return the places so many steps before some; there is none before the first."""
    if len(places) and places[0] < steps:
        places = places.compress(places >= steps)
    return places - steps if steps else places


def led_to(begins: Places, places: Places, ahead: int, total: int) -> Places:
    """Return those of ``begins`` that have one of ``places`` exactly ``ahead`` words on; all are below ``total``."""
    if len(places) * _SPARSE < len(begins):
        wanted = back(places, ahead)
        return wanted.compress(begins.take(begins.searchsorted(wanted), mode="clip") == wanted)
    if not len(places):
        return places
    wanted = begins + ahead
    if len(wanted) * _SPARSE < len(places) or total > len(places) * _EMPTY:
        return begins.compress(places.take(places.searchsorted(wanted), mode="clip") == wanted)
    return begins.compress(_among(wanted, places, total))


def _among(wanted: Places, places: Places, total: int) -> NDArray[np.bool_]:
    """Return which of ``wanted`` are among ``places``, both ascending and many, by a table of a stretch at a time."""
    found = np.zeros(len(wanted), bool)
    borders = np.arange(0, total + _TABLE, _TABLE, dtype=np.uint32)
    rows = (pairwise(numbers.searchsorted(borders).tolist()) for numbers in (places, wanted))
    table = np.zeros(_TABLE, bool)
    for start, (one, two), (first, last) in zip(borders.tolist(), *rows, strict=False):
        own = np.subtract(places[one:two], start, dtype=np.intp)
        table[own] = True
        table.take(np.subtract(wanted[first:last], start, dtype=np.intp), out=found[first:last])
        table[own] = False
    return found


def owners(places: Places, starts: Places) -> Documents:
    """Return the documents that some places (ascending) lie in; ``starts`` are where documents begin, and the end."""
    found: Documents = once(starts.searchsorted(places, side="right") - 1)
    return found


def holding(begins: Places, count: int, starts: Places) -> Documents:
    """Return the documents in which ``count`` words from one of ``begins`` on lie."""
    if len(begins) > len(starts):
        ends = np.maximum(starts[1:], count - 1) - (count - 1)
        found: Documents = (begins.searchsorted(ends) > begins.searchsorted(starts[:-1])).nonzero()[0]
        return found
    documents = starts.searchsorted(begins, side="right") - 1
    return once(documents.compress(begins + (count - 1) < starts.take(documents + 1)))


def times(places: Places, documents: Documents, starts: Places) -> NDArray[np.float32]:
    """Return how many of the places (ascending) lie in each of some documents."""
    before, after = (places.searchsorted(starts.take(numbers)) for numbers in (documents, documents + 1))
    return (after - before).astype(np.float32)


def runs(slots: Sequence[Keys], slop: int) -> Keys:
    """Return the places of the words of such runs, ascending: from each last word those nearest before it."""
    forward = [slots[0]]
    for places in slots[1:]:
        forward.append(places[followed(forward[-1], places, slop)])
    kept = [forward[-1]]
    for places in reversed(forward[:-1]):
        kept.append(places[places.searchsorted(kept[-1]) - 1])
    found: Keys = distinct(np.concatenate(kept))
    return found
