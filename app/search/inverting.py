"""Inverting: the words of a field, given document by document, become sorted terms with their postings and places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.search.packing import alphabetical

Numbers = NDArray[np.uint32]

_STRETCH: Final = 1 << 17
"""About so many words are sorted at once."""

_AT_ONCE: Final = 1 << 16

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

    def add_each(self, given: Iterable[str]) -> None:
        """Take in a value of each document, in their order."""
        numbers = np.array(list(map(self.__getitem__, given)), np.int64)
        owners = (numbers >= 0).nonzero()[0]
        self.numbers += numbers.take(owners).tolist()
        self.owners += owners.tolist()


class Inverted(NamedTuple):
    """The terms of a field, sorted, each with the number of its postings and of its places; and all of these."""

    code: str
    words: list[str]
    having: NDArray[Any]
    standing: NDArray[Any]
    doc: NDArray[Any]
    often: NDArray[Any]
    place: Numbers


def starts_of(lengths: NDArray[Any]) -> Numbers:
    """Return where the text of each document begins in the text of all, and where the last one ends."""
    starts = np.zeros(len(lengths) + 1, np.uint32)
    np.cumsum(lengths, dtype=np.uint32, out=starts[1:])
    return starts


def inverted_words(
    code: str, known: Iterable[str], numbers: Numbers, lengths: Numbers, starts: Numbers | None = None
) -> Inverted:
    """Sort the words of a text field, given document after document as the numbers of their terms, ``known`` by these.

    ``starts`` are where the documents begin when that is not where the one before ends. The words of some documents
    are sorted at a time, which stays near the processor; then what each term has in one stretch of documents after
    another is put together. No number takes more than 32 bits for longer than a moment.
    """
    words, rank = _ranked(known)
    kind = np.min_scalar_type(len(lengths))
    moved = None if starts is None else (starts - starts_of(lengths))[:-1]
    place = np.empty(len(numbers), np.uint32)
    if len(numbers) <= _STRETCH:
        owners = np.arange(len(lengths), dtype=kind).repeat(lengths)
        only = _sorted(rank.take(numbers), owners, 0, place, moved)
        return Inverted(code, words, only.having, only.standing, only.doc, only.often, place)
    parts = (
        _sorted(
            numbers[begin:end],
            np.arange(first, last, dtype=kind).repeat(lengths[first:last]),
            begin,
            place[begin:end],
            moved,
        )
        for first, last, begin, end in _stretches(lengths)
    )
    terms, standing, having, doc, often = map(np.concatenate, zip(*parts, strict=True))
    ranks = rank.take(terms)
    order = _ascending(ranks)
    begins = _differing(ranks.take(order)).nonzero()[0]
    (place,) = _rearranged((place,), standing, order)
    doc, often = _rearranged((doc, often), having, order)
    having, standing = (np.add.reduceat(one.take(order), begins, dtype=np.int64) for one in (having, standing))
    return Inverted(code, words, having, standing, doc, often, place)


def _stretches(lengths: Numbers) -> Iterator[tuple[int, int, int, int]]:
    """Cut documents into stretches that are sorted at once: from which to which they go, and where their words do."""
    ends = np.cumsum(lengths, dtype=np.int64)
    first = begin = 0
    while first < len(lengths):
        last = max(first + 1, int(ends.searchsorted(begin + _STRETCH, side="right")))
        end = int(ends[last - 1])
        yield first, last, begin, end
        first, begin = last, end


class _Stretch(NamedTuple):
    """Sorted words of some documents: the numbers of the terms, and how many places and postings each of them has."""

    terms: Numbers
    standing: Numbers
    having: Numbers
    doc: NDArray[Any]
    often: NDArray[Any]


def _sorted(
    numbers: Numbers, owners: NDArray[Any], begin: int, place: Numbers, moved: NDArray[np.uint32] | None
) -> _Stretch:
    """Sort the words of some documents by the numbers of their terms, and fill in the places of these.

    ``owners`` are the documents of the words, which begin at ``begin`` but for how far a document is ``moved``.
    """
    order = _ascending(numbers)
    terms, doc = numbers.take(order), owners.take(order)
    np.add(order, begin, out=place, casting="unsafe")
    if moved is not None:
        place += moved.take(doc)
    another, fresh = _differing(terms), _differing(doc)
    fresh |= another
    begins, postings = another.nonzero()[0], fresh.nonzero()[0]
    return _Stretch(
        terms.take(begins),
        gaps_to(begins, len(numbers), np.dtype(np.uint32)),
        gaps_to(postings.searchsorted(begins), len(postings), np.dtype(np.uint32)),
        doc.take(postings),
        narrowed(gaps_to(postings, len(numbers), np.dtype(np.uint32))),
    )


def _ascending(numbers: Numbers) -> NDArray[np.intp]:
    """Return the order in which numbers ascend, equal ones as they stand.

    NumPy sorts numbers of 16 bits by their digits, several times as fast as larger ones by comparing them.
    """
    order = numbers.astype(np.uint16).argsort(kind="stable")
    if int(numbers.max(initial=0)) >> 16:
        order = order.take((numbers >> 16).astype(np.uint16).take(order).argsort(kind="stable"))
    return order


def _rearranged(columns: Sequence[NDArray[Any]], counts: Numbers, order: NDArray[np.intp]) -> Sequence[NDArray[Any]]:
    """Return columns whose stretches, of so many numbers each, are put in another order."""
    found = [np.empty_like(column) for column in columns]
    ends = np.cumsum(counts, dtype=np.int64)
    starts, sizes = (ends - counts).take(order), counts.take(order).astype(np.int64)
    ends = np.cumsum(sizes)
    first = begin = 0
    while first < len(order):
        last = max(first + 1, int(ends.searchsorted(begin + _AT_ONCE, side="right")))
        end = int(ends[last - 1])
        rows = ranges(starts[first:last], sizes[first:last])
        for own, column in zip(found, columns, strict=True):
            own[begin:end] = column.take(rows)
        first, begin = last, end
    return found


def ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return ``starts[0], starts[0] + 1, .. (counts[0] numbers), starts[1], ..`` as one array."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    found: NDArray[np.int64] = np.repeat(starts - (ends - counts), counts)
    found += np.arange(total)
    return found


def inverted_values(code: str, own: Keywords) -> Inverted:
    """Sort the values of a keyword field."""
    words, rank = _ranked(own.known)
    keyed = rank.take(own.numbers).astype(np.int64)
    counts = np.bincount(keyed, minlength=len(words))
    keyed = (keyed << 32) | np.array(own.owners, np.int64)
    keyed.sort()
    doc = (keyed & 0xFFFFFFFF).astype(np.uint32)
    return Inverted(code, words, counts, counts, narrowed(doc), np.ones(len(doc), np.uint8), doc)


def narrowed(numbers: NDArray[Any]) -> NDArray[Any]:
    """Return numbers that are not negative in as few bytes as hold them."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))), copy=False)


def _ranked(known: Iterable[str]) -> tuple[list[str], Numbers]:
    """Return some terms in order, and by its number the rank of each; they are numbered as they stand."""
    given = list(known)
    order = alphabetical(given)
    rank = np.empty(len(given), np.uint32)
    rank[order] = np.arange(len(given), dtype=np.uint32)
    return [given[number] for number in order], rank


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
