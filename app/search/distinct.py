"""Each number once, with sums. ``numpy.unique`` does that too, but loads ``numpy.ma`` first: 30 ms of a first query."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_DENSE: Final = 16
"""A table of all numbers serves when it is at most so many times as long as the numbers given; else they are sorted."""


def distinct(numbers: NDArray[Any]) -> NDArray[Any]:
    """Return each of ``numbers`` once, ascending."""
    if len(numbers) < 2:
        return numbers
    ordered = np.sort(numbers)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]


def summed(places: NDArray[np.int64], numbers: NDArray[Any], size: int) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Return each of ``places`` (all below ``size``) once, ascending, with the sum of its numbers."""
    if len(places) * _DENSE > size:
        totals = np.bincount(places, numbers, minlength=size)
        seen = np.zeros(size, bool)
        seen[places] = True
        found = np.flatnonzero(seen)
        return found, totals[found].astype(numbers.dtype)
    found = distinct(places)
    rows = np.searchsorted(found, places)
    return found, np.bincount(rows, numbers, minlength=len(found)).astype(numbers.dtype)
