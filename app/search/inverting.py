"""Inverting: the words of a field, given document by document, become sorted terms with their postings and places."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]

_AT_ONCE: Final = 1 << 15
_FEW: Final = 1 << 16
"""The numbers of so many documents have 16 bits."""

LONGEST_VALUE: Final = 200
"""A keyword is at most so many code points."""


class Keywords(dict[str, int]):
    """The whole values of a field, as they were given, with the numbers of their terms; and which documents have them.

    ``known`` has the numbers by term; what is no value has -1.
    """

    def __init__(self) -> None:
        """Know no value yet."""
        super().__init__()
        self.known: dict[str, int] = {}
        self.numbers: list[int] = []
        self.owners: list[int] = []

    def __missing__(self, given: str) -> int:
        """Number a value that is seen for the first time."""
        value = " ".join(given.split())[:LONGEST_VALUE].encode("utf-8", "replace").decode()
        number = self[given] = self.known.setdefault(value, len(self.known)) if value else -1
        return number

    def add(self, document: int, given: str) -> None:
        """Take in a value."""
        number = self[given]
        if number >= 0:
            self.numbers.append(number)
            self.owners.append(document)


class Inverted(NamedTuple):
    """The terms of a field, sorted, each with the number of its postings and of its places; and all of these."""

    code: str
    words: list[str]
    having: NDArray[np.int64]
    standing: NDArray[np.int64]
    doc: NDArray[Any]
    often: NDArray[np.float32]
    place: Numbers


def starts_of(lengths: NDArray[Any]) -> Numbers:
    """Return where the text of each document begins in the text of all, and where the last one ends."""
    starts = np.zeros(len(lengths) + 1, np.uint32)
    np.cumsum(lengths, dtype=np.uint32, out=starts[1:])
    return starts


def inverted_words(
    code: str, known: Mapping[str, int], numbers: Numbers, lengths: Numbers, starts: Numbers | None = None
) -> Inverted:
    """Sort the words of a text field, given document after document as the numbers of their terms.

    ``starts`` are where the documents begin when that is not where the one before ends. Numbers have 32 bits wherever
    they can: of ten thousand articles this takes some hundred megabytes for a moment.
    """
    words, rank = _ranked(known)
    total = len(numbers)
    # one number holds the term and the place in the text: sorting it keeps documents and places in order
    keyed = np.empty(total, np.uint64)
    halves = keyed.view(np.uint32).reshape(-1, 2)
    low, high = (0, 1) if sys.byteorder == "little" else (1, 0)
    for start in range(0, total, _AT_ONCE):
        part = slice(start, min(start + _AT_ONCE, total))
        halves[part, high] = rank.take(numbers[part])
        halves[part, low] = np.arange(part.start, part.stop, dtype=np.uint32)
    keyed.sort()
    place = halves[:, low].copy()
    another = _differing(halves[:, high])
    del keyed, halves
    owners: NDArray[Any] = np.arange(len(lengths), dtype=np.uint16 if len(lengths) <= _FEW else np.uint32)
    doc = owners.repeat(lengths).take(place)
    fresh = _differing(doc)
    fresh |= another
    begin, first = another.nonzero()[0], fresh.nonzero()[0]
    off = first.searchsorted(begin)
    if starts is not None:
        place += (starts - starts_of(lengths))[:-1].take(doc)
    return Inverted(
        code,
        words,
        gaps_to(off, len(first), np.dtype(np.int64)),
        gaps_to(begin, total, np.dtype(np.int64)),
        doc.take(first),
        gaps_to(first, total, np.dtype(np.float32)),
        place,
    )


def inverted_values(code: str, own: Keywords) -> Inverted:
    """Sort the values of a keyword field."""
    words, rank = _ranked(own.known)
    keyed = rank.take(own.numbers).astype(np.int64)
    counts = np.bincount(keyed, minlength=len(words))
    keyed = (keyed << 32) | np.array(own.owners, np.int64)
    keyed.sort()
    doc = (keyed & 0xFFFFFFFF).astype(np.uint32)
    return Inverted(code, words, counts, counts, doc, np.ones(len(doc), np.float32), doc)


def _ranked(known: Mapping[str, int]) -> tuple[list[str], Numbers]:
    """Return some terms in order, and by its number the rank of each."""
    words = sorted(known)
    rank = np.empty(len(words), np.uint32)
    rank[np.fromiter(map(known.__getitem__, words), np.intp, len(words))] = np.arange(len(words), dtype=np.uint32)
    return words, rank


def _differing(numbers: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which of some numbers is another than the one before."""
    flags = np.ones(len(numbers), bool)
    np.not_equal(numbers[1:], numbers[:-1], out=flags[1:])
    return flags


def gaps_to(starts: NDArray[np.intp], end: int, kind: np.dtype[Any]) -> NDArray[Any]:
    """Return how far each of some places is from the next, the last one from the end; without a copy of them all."""
    found = np.empty(len(starts), kind)
    np.subtract(starts[1:], starts[:-1], out=found[:-1], casting="unsafe")
    found[-1:] = end - starts[-1:]
    return found
