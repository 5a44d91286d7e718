"""Words like a pattern with stars and question marks: all words of a field are compared at once."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.search.lines import Lines

_END: Final = 10

Places = NDArray[np.int64]
NONE: Final = np.zeros(0, np.int64)


class Letters(NamedTuple):
    """Some lines as code points one after another: line ``n`` is ``letters[starts[n]:ends[n]]``."""

    letters: NDArray[Any]
    starts: Places
    ends: Places


def spelt(lines: Lines, low: int, high: int, skipped: int) -> Letters:
    """Return the lines ``low:high`` letter by letter, without the first ``skipped`` letters of each."""
    first, last = int(lines.starts[low]), int(lines.starts[high])
    data = lines.data[first:last]
    if data.isascii():
        starts = lines.starts[low : high + 1].astype(np.int64) - first
        return Letters(np.frombuffer(data, np.uint8), starts[:-1] + skipped, starts[1:] - 1)
    letters = np.frombuffer(data.decode().encode("utf-32-le"), np.uint32)
    ends = (letters == _END).nonzero()[0]
    starts = np.concatenate((np.zeros(1, np.int64), ends + 1))[:-1] + skipped
    return Letters(letters, starts, ends)


def like(text: str, prefix: bytes, lines: Lines) -> Places:
    """Return the numbers of the lines (after ``prefix``) that ``text`` stands for, ascending.

    Each stretch between two stars is taken where it is found first, which finds a match if there is one.
    """
    head = re.split("[*?]", text, maxsplit=1)[0]
    low, high = lines.beginning(prefix + head.encode())
    if low == high:
        return NONE
    letters, cursor, ends = spelt(lines, low, high, len(prefix.decode()))
    first, *others = re.sub(r"\*+", "*", text).split("*")
    long_enough = ends - cursor >= len(text.replace("*", "")) if others else ends - cursor == len(text)
    rows = np.flatnonzero(long_enough)
    rows = rows[_stand(first, letters, cursor[rows])]
    cursor = cursor[rows] + len(first)
    standing = {stretch: _standing(stretch, letters) for stretch in set(others[:-1])}
    for stretch in others[:-1]:
        found = standing[stretch][np.searchsorted(standing[stretch], cursor)]
        kept = found + len(stretch) <= ends[rows]
        rows, cursor = rows[kept], found[kept] + len(stretch)
    if others:
        tails = ends[rows] - len(others[-1])
        kept = tails >= cursor
        rows = rows[kept][_stand(others[-1], letters, tails[kept])]
    return low + rows


def _stand(stretch: str, letters: NDArray[Any], places: Places) -> NDArray[np.bool_]:
    """Return at which of ``places`` a stretch without stars stands; it must not reach beyond the last letter."""
    kept = np.ones(len(places), bool)
    for step, letter in enumerate(stretch):
        if letter != "?":
            kept &= letters[places + step] == ord(letter)
    return kept


def _standing(stretch: str, letters: NDArray[Any]) -> Places:
    """Return all places where a stretch stands, ascending, and one beyond all letters."""
    known = [step for step, letter in enumerate(stretch) if letter != "?"]
    if not known:
        return np.arange(len(letters) + 1)
    places = np.flatnonzero(letters == ord(stretch[known[0]])) - known[0]
    for step in known[1:]:
        # what would reach beyond the end is in no line; the last letter is the end of one
        places = places[letters[np.minimum(places + step, len(letters) - 1)] == ord(stretch[step])]
    return np.append(places, len(letters))
