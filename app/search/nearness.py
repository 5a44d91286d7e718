"""Words a letter or two away from a word: the distance to thousands of words reckoned at once, letter by letter."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.search.likeness import spelt
from app.search.lines import Lines

_FAR: Final = 100


def near(word: str, most: int, prefix: bytes, lines: Lines) -> list[int]:
    """Return the numbers of the lines (after ``prefix``) that are ``word`` but for ``most`` letters, ascending.

    A letter put in, left out or changed is one; with ``most == 1`` so are two neighbours that changed places.
    """
    low, high = lines.beginning(prefix)
    if low == high:
        return []
    letters, starts, ends = spelt(lines, low, high, len(prefix.decode()))
    lengths = ends - starts
    close = np.flatnonzero(np.abs(lengths - len(word)) <= most)
    if not len(close):
        return []
    width = len(word) + most
    places = starts[close] + np.arange(width)[:, None]
    table = letters[np.minimum(places, len(letters) - 1)]
    distances = _distances(word, table, lengths[close], swaps=most == 1)
    found: list[int] = (low + close[distances <= most]).tolist()
    return found


def _distances(word: str, table: NDArray[np.uint32], lengths: NDArray[np.int64], swaps: bool) -> NDArray[np.int8]:
    """Return the distance of ``word`` to each column of ``table``, of which the first ``lengths`` letters count.

    Levenshtein's table, filled for all words side by side; with ``swaps`` in the form called optimal string alignment.
    """
    width, count = table.shape
    earlier: NDArray[np.int8] = np.full((width + 1, count), _FAR, np.int8)
    before: NDArray[np.int8] = np.repeat(np.arange(width + 1, dtype=np.int8)[:, None], count, axis=1)
    for row, letter in enumerate(word):
        same = table == ord(letter)
        now = np.empty_like(before)
        now[0] = row + 1
        for place in range(1, width + 1):
            changed = before[place - 1] + ~same[place - 1]
            now[place] = np.minimum(np.minimum(before[place], now[place - 1]) + 1, changed)
            if swaps and row and place > 1:
                crossed = same[place - 2] & (table[place - 1] == ord(word[row - 1]))
                now[place] = np.where(crossed, np.minimum(now[place], earlier[place - 2] + 1), now[place])
        earlier, before = before, now
    found: NDArray[np.int8] = before[lengths, np.arange(count)]
    return found
