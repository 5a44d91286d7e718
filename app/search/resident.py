"""What of the segments is in memory: columns that fill page by page, within a budget."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from mmap import mmap
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from app.search.lines import Lines

PAGE: Final = 1 << 16
"""How many bytes of a segment are read and checked at once."""

Read = Callable[[int, int], list[bytes]]
"""Reads pages of a segment, from one to another, both included."""


class Holder(Protocol):
    """Something that can be let go of. ``asked`` says that it was of use since it was looked at last."""

    asked: bool
    size: int

    def clear(self) -> None:
        """Let go of what is held."""


class Memory:
    """A number of bytes that holders share. What was of no use lately goes first; each gets a second chance."""

    def __init__(self, budget: int) -> None:
        """Keep at most ``budget`` bytes."""
        self.budget = budget
        self.used = 0
        self._held: deque[Holder] = deque()

    def took(self, holder: Holder, size: int) -> None:
        """Count what a holder took in; when that is too much, holders are cleared, at worst this one too."""
        if not holder.size:
            self._held.append(holder)
        holder.size += size
        self.used += size
        while self.used > self.budget:
            one = self._held.popleft()
            if one.asked:
                one.asked = False
                self._held.append(one)
            else:
                self._release(one)

    def forget(self, holder: Holder) -> None:
        """Let go of a holder that is of no more use."""
        if holder.size:
            self._held.remove(holder)
            self._release(holder)

    def _release(self, holder: Holder) -> None:
        self.used -= holder.size
        holder.size = 0
        holder.clear()


_NOTHING: Final = np.zeros(0, np.uint8)
_LARGE: Final = 1 << 17


def _room(size: int) -> NDArray[np.uint8]:
    """Return room for so many bytes that takes memory only as it is filled.

    Arrays of NumPy do not: large ones are asked for in pages of two megabytes, others made of memory used before.
    """
    return np.frombuffer(mmap(-1, size), np.uint8) if size >= _LARGE else np.empty(size, np.uint8)


class Column:
    """A column of a segment. Of a long one only the pages are read that were asked for; what is given is no copy."""

    def __init__(
        self, memory: Memory, read: Read, start: int, count: int, written: str, below: int | None = None
    ) -> None:
        """Know where the column is: from the segment's byte ``start`` on, ``count`` numbers, ``written`` as they are.

        ``below`` is what all of them are below, where they are used as numbers of something.
        """
        self.asked = False
        self.size = 0
        self._memory = memory
        self._read = read
        self._kind = np.dtype(written)
        self._item = self._kind.itemsize
        self._page, self._skipped = divmod(start, PAGE)
        self._count = count
        self._below = below
        self.clear()

    def clear(self) -> None:
        """Let go of what was read; arrays that were given out stay as they are."""
        self._data: NDArray[Any] = _NOTHING.view(self._kind)
        self._array = self._data
        self._here = bytearray(-(-(self._skipped + self._count * self._item) // PAGE))
        self._whole = False

    def slice(self, first: int, last: int) -> NDArray[Any]:
        """Return the numbers ``first:last``, read-only; raises ``IndexError`` beyond the column's ends or bounds."""
        if not 0 <= first <= last <= self._count:
            raise IndexError(first, last)
        self.asked = True
        if not self._whole and first < last:
            low = (self._skipped + first * self._item) // PAGE
            high = (self._skipped + last * self._item - 1) // PAGE + 1
            if self._here.find(0, low, high) >= 0:
                return self._filled(low, high)[first:last]
        return self._array[first:last]

    def whole(self) -> NDArray[Any]:
        """Return all numbers."""
        return self.slice(0, self._count)

    def _filled(self, low: int, high: int) -> NDArray[Any]:
        """Return the column with its pages ``low:high``, of which those that are missing are read."""
        low, high = int(low), int(high)
        if not len(self._data):
            self._data = _room(self._count * self._item).view(self._kind)
            self._array = self._data.view()
            self._array.flags.writeable = False
        array, fresh = self._array, 0
        while (low := self._here.find(0, low, high)) >= 0:
            end = self._here.find(1, low, high)
            end = high if end < 0 else end
            self._fill(low, end)
            fresh += end - low
            low = end
        self._whole = 0 not in self._here
        self._memory.took(self, fresh * PAGE)
        return array

    def _fill(self, low: int, high: int) -> None:
        """Read the pages ``low:high``."""
        size = self._count * self._item
        for number, page in enumerate(self._read(self._page + low, self._page + high - 1), low):
            place = number * PAGE - self._skipped
            begin, end = max(place, 0), min(place + len(page), size)
            if end < min(place + PAGE, size):
                raise IndexError(number)
            numbers = np.frombuffer(page, self._kind, (end - begin) // self._item, begin - place)
            if self._below is not None and int(numbers.max(initial=0)) >= self._below:
                raise IndexError(self._below)
            self._data[begin // self._item : end // self._item] = numbers
        self._here[low:high] = b"\1" * (high - low)


class Vocabulary:
    """The sorted lines of a column of bytes, made when they are asked for."""

    def __init__(self, memory: Memory, column: Column, *, alike: bool) -> None:
        """Take the lines from ``column``, which is let go of once they are there.

        ``alike``: words are looked for in them that are like others, which takes more memory.
        """
        self.asked = False
        self.size = 0
        self._memory = memory
        self._column = column
        self._alike = alike
        self._lines: Lines | None = None

    def clear(self) -> None:
        """Let go of the lines."""
        self._lines = None

    def lines(self) -> Lines:
        """Return the lines."""
        lines = self._lines
        if lines is None:
            lines = self._lines = Lines(self._column.whole())
            self._memory.forget(self._column)
            self._memory.took(self, lines.nbytes + (lines.made if self._alike else 0))
        self.asked = True
        return lines
