"""Words a letter or two away from a word, without looking at all others.

An edit leaves one half of a word as it was, two edits leave one of three parts. Words that begin with the first part
are neighbours in the sorted list, those that end with the last are neighbours in the list sorted from behind; only
words that may be near are compared, all of them at once.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.search.distinct import distinct
from app.search.lines import Lines

Numbers = NDArray[np.signedinteger[Any]]

_FAR: Final = 100

_SHORT: Final = 5
"""A shorter word has no three parts that tell anything; what is as short is compared with it."""


def near(word: str, most: int, prefix: bytes, lines: Lines) -> list[int]:
    """Return the numbers of the lines (after ``prefix``) that are ``word`` but for ``most`` letters, ascending.

    A letter put in, left out or changed is one; with ``most == 1`` so are two neighbours that changed places.
    """
    low, high = lines.beginning(prefix)
    if low == high:
        return []
    parts = _one_left(word, prefix, lines) if most == 1 else _two_left(word, prefix, lines)
    candidates = np.concatenate(parts)
    candidates = candidates.compress((candidates >= low) & (candidates < high))
    close = np.abs(lines.letters.take(candidates) - len(prefix.decode()) - len(word)) <= most
    return _compared(word, most, len(prefix.decode()), lines, distinct(candidates.compress(close)))


def _one_left(word: str, prefix: bytes, lines: Lines) -> list[Numbers]:
    """Return what may be one letter away: what has the first half, or the second, or both but for a swap between."""
    half = len(word) // 2
    if not half:
        return [np.arange(*lines.beginning(prefix))]
    crossed = word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]
    swapped = lines.find(prefix + crossed.encode())
    return [
        np.arange(*lines.beginning(prefix + word[:half].encode())),
        lines.ending(word[half:].encode()),
        np.array([swapped] if swapped >= 0 else [], np.intp),
    ]


def _two_left(word: str, prefix: bytes, lines: Lines) -> list[Numbers]:
    """Return what may be two letters away: what has the first, the middle or the last of three parts."""
    if len(word) < _SHORT:
        return [np.arange(*lines.beginning(prefix))]
    third = len(word) // 3
    first, middle, last = word[:third], word[third:-third], word[-third:]
    return [
        np.arange(*lines.beginning(prefix + first.encode())),
        lines.ending(last.encode()),
        lines.holding(middle.encode(), *lines.beginning(prefix)),
    ]


def _compared(word: str, most: int, skipped: int, lines: Lines, candidates: Numbers) -> list[int]:
    """Return those of some lines that are near ``word``; of each the first ``skipped`` letters do not count."""
    lengths = lines.letters.take(candidates) - skipped
    begins = lines.starts.take(candidates)
    plain = lines.starts.take(candidates + 1) - begins - skipped - 1 == lengths
    width = len(word) + most
    table = np.zeros((width, len(candidates)), np.uint32)
    data = np.frombuffer(lines.data, np.uint8)
    # of a word of ASCII a letter is a byte; those beyond its end belong to others, and do not count
    for row in range(width):
        table[row] = data.take(begins + (skipped + row), mode="clip")
    for column in (~plain).nonzero()[0].tolist():
        letters = lines[int(candidates[column])].decode()[skipped:].ljust(width)
        table[:, column] = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), np.uint32)
    near: list[int] = candidates.compress(_distances(word, table, lengths, swaps=most == 1) <= most).tolist()
    return near


def _distances(word: str, table: NDArray[np.uint32], lengths: Numbers, swaps: bool) -> NDArray[np.int8]:
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
