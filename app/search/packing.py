"""Packing: eight letters as one number, so that words are compared, put in order and looked up many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.search.distinct import distinct

Words = NDArray[np.uint64]
Places = NDArray[np.intp]

EIGHT: Final = 8
"""So many bytes go into a number."""

_FEW: Final = 128
"""So few words are put in order more quickly by comparing them."""


def packed(letters: NDArray[np.uint8], starts: Places, sizes: Places) -> Words:
    """Return the eight bytes from each of some places on as a number, without those beyond the sizes.

    The first byte is the lowest. There have to be eight bytes from each place on, though they be of no word.
    """
    eights = np.ndarray((len(letters) - EIGHT + 1,), "<u8", letters.data, 0, (1,))
    found: Words = eights[starts]
    found &= _masks().take(sizes, mode="clip")
    return found


@cache
def _masks() -> Words:
    """Return, by the number of bytes that count, the mask that leaves no others."""
    return np.array([(1 << 8 * size) - 1 for size in range(EIGHT + 1)], np.uint64)


def alphabetical(words: Sequence[str]) -> list[int]:
    """Return the order in which words ascend as Python's strings do, equal ones as they stand; none has a line break.

    Nearly all are told apart by their first sixteen bytes: those of UTF-8 go in the order of the code points.
    """
    text = "\n".join([*words, ""]).encode("utf-8", "surrogatepass") if len(words) > _FEW else b"\0"
    if b"\0" in text:
        return sorted(range(len(words)), key=words.__getitem__)
    letters = np.frombuffer(text + bytes(2 * EIGHT), np.uint8)
    ends = (letters == ord("\n")).nonzero()[0]
    starts = np.concatenate(([0], ends[:-1] + 1))
    sizes = ends - starts
    # where the first letter is the highest byte, numbers ascend as words do
    heads = packed(letters, starts, sizes).byteswap()
    tails = packed(letters, np.minimum(starts + EIGHT, ends), np.maximum(sizes - EIGHT, 0)).byteswap()
    order = np.lexsort((tails, heads))
    ordered: list[int] = order.tolist()
    heads, tails = heads.take(order), tails.take(order)
    long = (sizes.take(order) > 2 * EIGHT).nonzero()[0]
    if len(long):
        another = (heads[1:] != heads[:-1]) | (tails[1:] != tails[:-1])
        begins = np.concatenate(([0], another.nonzero()[0] + 1))
        borders = [*begins.tolist(), len(words)]
        for group in distinct(begins.searchsorted(long, side="right")).tolist():
            alike = slice(*borders[group - 1 : group + 1])
            ordered[alike] = sorted(ordered[alike], key=words.__getitem__)
    return ordered
