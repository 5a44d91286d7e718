"""Code points of an article's text to units of its document, and back. Nothing else on the screen knows units."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from app.text.body import Body

_WIDE: Final = re.compile("[\U00010000-\U0010ffff]")


class Positions:
    """Where each block of a body begins in a document: ``units[i]`` is the document's position of block ``i``.

    A unit is half of a character beyond U+FFFF and the whole of any other. Blocks of the document that are not blocks
    of the body (Qt adds some round tables, and left-out pieces stand in some) belong to no code point.
    """

    def __init__(self, body: Body, units: Iterable[int]) -> None:
        """Map ``body``, whose blocks begin at ``units`` in the document, in order."""
        self.starts = array("q", (block.start for block in body.blocks))
        self.ends = array("q", (block.end for block in body.blocks))
        self.units = array("q", units)
        self._wide: dict[int, array[int]] = {}
        for match in _WIDE.finditer(body.text):
            number = self.block(match.start())
            self._wide.setdefault(number, array("q")).append(match.start() - self.starts[number])

    def __len__(self) -> int:
        """Return how many blocks there are."""
        return len(self.starts)

    def block(self, position: int) -> int:
        """Return the number of the block that holds a code point; a block's end belongs to it."""
        return max(0, bisect_right(self.starts, position) - 1)

    def blocks(self, start: int, end: int) -> range:
        """Return the numbers of the blocks of which ``start`` to ``end`` covers something, or that it lies in."""
        if not self.starts:
            return range(0)
        first = self.block(start)
        return range(first, max(first, bisect_left(self.starts, end) - 1) + 1)

    def inside(self, number: int, start: int, end: int) -> tuple[int, int]:
        """Return the part of a span that lies in a block, in units from the block's beginning."""
        first, last = self.starts[number], self.ends[number]
        return self._units(number, max(start, first) - first), self._units(number, min(end, last) - first)

    def to_units(self, position: int) -> int:
        """Return the document's position of a code point; what lies outside the text comes to its ends."""
        if not self.starts:
            return 0
        position = max(0, min(position, self.ends[-1]))
        number = self.block(position)
        return self.units[number] + self._units(number, position - self.starts[number])

    def to_points(self, unit: int) -> int:
        """Return the code point at a position of the document.

        In the middle of a character it is that character, outside all blocks of the body the end of the block before.
        """
        if not self.starts:
            return 0
        number = bisect_right(self.units, unit) - 1
        if number < 0:
            return 0
        inside = unit - self.units[number]
        wide = self._wide.get(number)
        if wide is not None:
            # The n-th wide character (from 0) ends n + 2 units after its code point's number.
            passed = bisect_right(range(len(wide)), inside, key=lambda n: wide[n] + n + 2)
            inside -= passed
            if passed < len(wide) and wide[passed] < inside:
                inside = wide[passed]
        return min(self.starts[number] + inside, self.ends[number])

    def _units(self, number: int, inside: int) -> int:
        wide = self._wide.get(number)
        return inside if wide is None else inside + bisect_left(wide, inside)
