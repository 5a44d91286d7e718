"""Uniting sorted lists of words into one, in bounded steps, and where the words of each list come to stand in it."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from itertools import compress
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.search.lines import Lines

_STEP: Final = 2_000
_WRITTEN: Final = 50_000

Numbers = NDArray[np.int64]


def unite(lists: Sequence[Lines]) -> Generator[None, None, tuple[list[bytes], list[Numbers]]]:
    """Return the words of all ``lists``, sorted, and for each list the numbers of its words among them.

    Yields between steps: each takes the words of all lists up to the next of some words of the longest one.
    """
    words: list[bytes] = []
    numbers: list[list[Numbers]] = [[] for _ in lists]
    starts = [0] * len(lists)
    longest = max(lists, key=len)
    marks = [longest[place] for place in range(_STEP, len(longest), _STEP)]
    for mark in (*marks, None):
        ends = [len(lines) if mark is None else lines.place(mark) for lines in lists]
        pieces = [lines.between(first, last) for lines, first, last in zip(lists, starts, ends, strict=True)]
        fresh = sorted(set().union(*pieces))
        known = {word: number for number, word in enumerate(fresh, len(words))}
        for own, piece in zip(numbers, pieces, strict=True):
            own.append(np.fromiter(map(known.__getitem__, piece), np.int64, len(piece)))
        words += fresh
        starts = ends
        yield
    return words, [np.concatenate(own) for own in numbers]


def written(words: Sequence[bytes], kept: NDArray[np.bool_]) -> Generator[None, None, NDArray[np.uint8]]:
    """Return those of the words that are ``kept`` as lines; yields between steps."""
    data = bytearray()
    for start in range(0, len(words), _WRITTEN):
        end = start + _WRITTEN
        data += _lines(compress(words[start:end], kept[start:end].tolist()))
        yield
    return np.frombuffer(data, np.uint8)


def _lines(words: Iterable[bytes]) -> bytes:
    return b"".join(word + b"\n" for word in words)
