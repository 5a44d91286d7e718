"""Uniting sorted lists of words into one, piece by piece, and where the words of each list come to stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.search.lines import Lines


class Piece(NamedTuple):
    """Some neighbouring words of all lists.

    Those of each list are its lines ``first:last``; ``numbers`` says which of ``words`` they are.
    """

    words: list[bytes]
    first: list[int]
    last: list[int]
    numbers: list[NDArray[np.int64]]


def pieces(lists: Sequence[Lines], most: int) -> Iterator[Piece]:
    """Yield the words of all ``lists``, sorted, each once; no more than ``most`` lines go into a piece."""
    ahead = max(1, most // max(1, len(lists)))
    first = [0] * len(lists)
    while any(start < len(lines) for start, lines in zip(first, lists, strict=True)):
        last = _ends(lists, first, ahead)
        own = [lines.between(*ends) for lines, *ends in zip(lists, first, last, strict=True)]
        words = sorted(set().union(*own))
        known = {word: number for number, word in enumerate(words)}
        numbers = [np.fromiter(map(known.__getitem__, some), np.int64, len(some)) for some in own]
        yield Piece(words, first, last, numbers)
        first = last


def _ends(lists: Sequence[Lines], first: Sequence[int], ahead: int) -> list[int]:
    """Return up to where each list goes into a piece: the least of the words that stand ``ahead`` in one of them.

    So none gives more than that, and at least one goes on, whatever is in them.
    """
    marks = [
        (lines[start + ahead], number)
        for number, (lines, start) in enumerate(zip(lists, first, strict=True))
        if start + ahead < len(lines)
    ]
    if not marks:
        return [len(lines) for lines in lists]
    mark, leading = min(marks)
    last = [max(start, lines.place(mark)) for lines, start in zip(lists, first, strict=True)]
    last[leading] = first[leading] + ahead
    return last


def joined(words: Iterable[bytes]) -> bytes:
    """Return words as lines."""
    return b"".join([word + b"\n" for word in words])
