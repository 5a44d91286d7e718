"""A sorted list of words as one string of bytes: a line each, found by bisection."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.search.distinct import once

_END: Final = 10
_TAIL: Final = 8
_BLOCK: Final = 64
"""Of so many lines the first is at hand; the others of its block are found by going through their bytes."""


def encode(words: Iterable[str]) -> NDArray[np.uint8]:
    """Return ``words`` (sorted, without line breaks) as lines."""
    data = "\n".join([*words, ""]).encode("utf-8", "replace")
    return np.frombuffer(data, np.uint8)


class Lines:
    """Sorted lines of UTF-8. Byte order is code point order, so these sort as Python's strings do."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        """Find where each line of ``data`` begins."""
        self.data = data.tobytes()
        ends = (data == _END).nonzero()[0] + 1
        self.starts: NDArray[np.int32] = np.concatenate(([0], ends), dtype=np.int32)
        self._at: memoryview[int] = memoryview(self.starts.data).cast("B").cast("i")
        self._heads = [self[number] for number in range(0, len(self), _BLOCK)]

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> bytes:
        """Return a line without its end."""
        return self.data[self._at[number] : self._at[number + 1] - 1]

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines in order."""
        return (self.data[start : end - 1] for start, end in pairwise(self._at))

    def between(self, first: int, last: int) -> list[bytes]:
        """Return the lines ``first:last``."""
        return self.data[self._at[first] : self._at[last]].split(b"\n")[:-1]

    @property
    def nbytes(self) -> int:
        """Return about how much memory this holds."""
        return len(self.data) + self.starts.nbytes

    @property
    def made(self) -> int:
        """Return about how much memory is added once words were looked for by their ends and by their letters."""
        return 4 * self.starts.nbytes

    def place(self, word: bytes) -> int:
        """Return the number of the first line that is not below ``word``."""
        low = max(0, bisect_right(self._heads, word) - 1) * _BLOCK
        high = min(low + _BLOCK, len(self))
        at, data = self._at, self.data
        while low < high:
            middle = (low + high) // 2
            if data[at[middle] : at[middle + 1] - 1] < word:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, word: bytes) -> int:
        """Return the number of the line that is ``word``, or -1."""
        block = bisect_right(self._heads, word) - 1
        if block < 0:
            return -1
        low = block * _BLOCK
        if self._heads[block] == word:
            return low
        start, end = self._at[low], self._at[min(low + _BLOCK, len(self))]
        place = self.data.find(b"\n%b\n" % word, start, end)
        return -1 if place < 0 else low + self.data.count(b"\n", start, place + 1)

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """Return the range of the lines that begin with ``prefix``."""
        if not prefix:
            return 0, len(self)
        low = self.place(prefix)
        # no UTF-8 text holds 0xFF, so this is above every line with the prefix
        return low, self.place(prefix + b"\xff")

    @cached_property
    def _backwards(self) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """Return the last eight bytes of each line, from the last to the first, in order, and the lines' numbers."""
        data = np.frombuffer(self.data, np.uint8)
        begins, ends = self.starts[:-1], self.starts[1:] - 1
        keys = np.zeros(len(self), np.uint64)
        for back in range(1, _TAIL + 1):
            places = ends - back
            letters = data.take(places, mode="clip").astype(np.uint64)
            letters[places < begins] = 0
            keys |= letters << np.uint64(8 * (_TAIL - back))
        order = keys.argsort()
        return keys.take(order), order.astype(np.int32)

    @cached_property
    def letters(self) -> NDArray[np.int32]:
        """Return how many letters each line has."""
        sizes = self.starts[1:] - self.starts[:-1] - 1
        if self.data.isascii():
            return sizes
        inner = ((np.frombuffer(self.data, np.uint8) & 0xC0) == 0x80).nonzero()[0]
        owners = self.starts.searchsorted(inner.astype(np.int32), side="right") - 1
        return sizes - np.bincount(owners, minlength=len(self)).astype(np.int32)

    def ending(self, suffix: bytes) -> NDArray[np.int32]:
        """Return the numbers of the lines that end with ``suffix``, or with its last eight bytes."""
        if not len(self):
            return np.zeros(0, np.int32)
        keys, numbers = self._backwards
        tail = suffix[::-1][:_TAIL]
        low = int.from_bytes(tail.ljust(_TAIL, b"\0"), "big")
        high = int.from_bytes(tail.ljust(_TAIL, b"\xff"), "big")
        first = keys.searchsorted(np.uint64(low), side="left")
        last = keys.searchsorted(np.uint64(high), side="right")
        return numbers[first:last]

    def holding(self, part: bytes, low: int, high: int) -> NDArray[np.intp]:
        """Return the numbers of those of the lines ``low:high`` that hold ``part`` (which is not empty)."""
        first = int(self.starts[low])
        data = np.frombuffer(self.data, np.uint8)[first : int(self.starts[high])]
        found = (data == part[0]).nonzero()[0]
        for step, letter in enumerate(part[1:], 1):
            # the last byte is the end of a line, which is in no part
            found = found.compress(data.take(found + step, mode="clip") == letter)
        numbers: NDArray[np.intp] = once(self.starts.searchsorted(found + first, side="right") - 1)
        return numbers
