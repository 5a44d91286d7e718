"""Sets of numbers: each once, with sums, and what two have in common.

``numpy.unique`` and its kin do that too, but load ``numpy.ma`` first: 30 ms of a first query.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]

_DENSE: Final = 96
"""A table of all numbers serves when it is at most so many times as long as the numbers given; else they are sorted."""

_FEW: Final = 16
"""Numbers are looked up one by one among others of which there are more than so many times as many."""


def distinct(numbers: NDArray[Any]) -> NDArray[Any]:
    """Return each of ``numbers`` once, ascending."""
    return once(np.sort(numbers))


def once(ordered: NDArray[Any]) -> NDArray[Any]:
    """Return each of some ascending numbers once."""
    if len(ordered) < 2:
        return ordered
    fresh = np.empty(len(ordered), bool)
    fresh[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered.compress(fresh)


def summed(places: Rows, numbers: NDArray[Any], size: int, *, positive: bool = True) -> tuple[Rows, NDArray[Any]]:
    """Return each of ``places`` (all below ``size``) once, ascending, with the sum of its numbers.

    None of these is negative, and none is zero unless the caller says so.
    """
    if len(places) * _DENSE > size:
        totals = np.bincount(places, numbers, minlength=size)
        found = (totals > 0).nonzero()[0] if positive else united([places, places], size)
        return found, totals.take(found).astype(numbers.dtype)
    found = distinct(places)
    rows = found.searchsorted(places)
    return found, np.bincount(rows, numbers, minlength=len(found)).astype(numbers.dtype)


def united(sets: list[Rows], size: int) -> Rows:
    """Return the numbers (all below ``size``) that are in any of some sets, ascending."""
    if len(sets) < 2:
        return sets[0] if sets else np.zeros(0, np.intp)
    if sum(map(len, sets)) * _DENSE < size:
        found: Rows = distinct(np.concatenate(sets))
        return found
    seen = np.zeros(size, bool)
    for one in sets:
        seen[one] = True
    return seen.nonzero()[0]


def common(first: Rows, second: NDArray[Any], size: int) -> tuple[Rows, Rows]:
    """Return where the numbers that are in both sets (ascending, below ``size``) stand in the one and in the other.

    The first is to be the smaller one.
    """
    if len(first) * _FEW < len(second):
        place = second.searchsorted(first.astype(second.dtype))
        here = (second.take(place, mode="clip") == first).nonzero()[0]
        return here, place.take(here)
    flags = np.zeros(size, bool)
    flags[first] = True
    there = flags.take(second).nonzero()[0]
    ranks = np.empty(size, np.intp)  # what is not set is not asked for
    ranks[first] = np.arange(len(first))
    return ranks.take(second.take(there)), there
