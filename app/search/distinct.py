"""Sets of numbers: each once, with sums, and what two have in common.

``numpy.unique`` and its kin do that too, but load ``numpy.ma`` first: 30 ms of a first query.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]
Counted = tuple[NDArray[Any], NDArray[Any]]
"""Places, each with a number."""

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


def summed(sets: Sequence[Counted], size: int, *, positive: bool = True) -> tuple[Rows, NDArray[np.float32]]:
    """Return each of the places (all below ``size``) once, ascending, with the sum of its numbers in all sets.

    None of these is negative, and none is zero unless the caller says so. A set may have a place several times.
    """
    if sum(len(places) for places, _ in sets) * _DENSE <= size:
        places, numbers = _end_to_end(sets)
        found = distinct(places).astype(np.intp)
        rows = found.searchsorted(places)
        return found, np.bincount(rows, numbers, minlength=len(found)).astype(np.float32)
    # long ones are added one by one: to write them down one after another takes longer than to add them
    short = [one for one in sets if len(one[0]) * _FEW < size]
    long = [one for one in sets if len(one[0]) * _FEW >= size]
    first, *others = [*long, _end_to_end(short)] if short else long
    totals = np.bincount(*first, minlength=size)
    for places, numbers in others:
        totals += np.bincount(places, numbers, minlength=size)
    found = (totals > 0).nonzero()[0] if positive else _seen([places for places, _ in sets], size)
    return found, totals.take(found).astype(np.float32)


def _end_to_end(sets: Sequence[Counted]) -> Counted:
    """Return several sets as one, each after the one before."""
    if len(sets) == 1:
        return sets[0]
    return np.concatenate([places for places, _ in sets]), np.concatenate([numbers for _, numbers in sets])


def rows_of(few: Rows, many: Rows, size: int) -> Rows:
    """Return where the numbers of ``few`` stand among ``many``, which has them all (ascending, below ``size``)."""
    if len(few) * _FEW < len(many):
        return many.searchsorted(few)
    flags = np.zeros(size, bool)
    flags[few] = True
    return flags.take(many).nonzero()[0]


def united(sets: list[Rows], size: int) -> Rows:
    """Return the numbers (all below ``size``) that are in any of some sets, ascending."""
    if len(sets) < 2:
        return sets[0] if sets else np.zeros(0, np.intp)
    if sum(map(len, sets)) * _DENSE < size:
        found: Rows = distinct(np.concatenate(sets))
        return found
    return _seen(sets, size)


def _seen(sets: Sequence[NDArray[Any]], size: int) -> Rows:
    """Return which numbers below ``size`` are in any set, ascending, whatever the order and number of times."""
    seen = np.zeros(size, bool)
    for one in sets:
        seen[one] = True
    return seen.nonzero()[0]


def common(first: Rows, second: Rows, size: int) -> tuple[Rows, Rows, Rows]:
    """Return the numbers in both sets (ascending, below ``size``), and where they stand in the one and in the other.

    The first is to be the smaller one.
    """
    if len(first) * _FEW < len(second):
        place = second.searchsorted(first)
        here = (second.take(place, mode="clip") == first).nonzero()[0]
        return first.take(here), here, place.take(here)
    flags = np.zeros(size, bool)
    flags[first] = True
    there = flags.take(second).nonzero()[0]
    both = second.take(there)
    flags = np.zeros(size, bool)
    flags[both] = True
    return both, flags.take(first).nonzero()[0], there
