"""Tokens become numbers of terms: each spelling is folded once, and of many texts all tokens are looked up at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.search import language
from app.search.cutting import QUOTES, Codes, Places, codes_of, cut, each_of

Words = NDArray[np.uint64]
Numbers = NDArray[np.uint32]

_FEW: Final = 1 << 15
"""Texts with fewer characters are cut one by one."""

_AT_ONCE: Final = 1 << 17
"""About so many characters are cut at once: what is reckoned of them stays near the processor."""

_PACKED: Final = 16
"""A token of so many characters of ASCII goes into two numbers of eight bytes."""

_OTHER: Final = 0xFF
_BUCKETS: Final = 18
_MIX: Final = 0x9E3779B97F4A7C15
_MIX_SECOND: Final = 0xC2B2AE3D27D4EB4F


class Numbering(dict[str, int]):
    """The numbers of a field's terms, by the spellings that were seen; ``known`` has them by term."""

    def __init__(self) -> None:
        """Know no term yet."""
        super().__init__()
        self.known: dict[str, int] = {}
        self._table: _Table | None = None

    def __missing__(self, token: str) -> int:
        """Fold a spelling that is seen for the first time, and number its term."""
        number = self[token] = self.known.setdefault(language.fold(token), len(self.known))
        return number

    def _all_of(self, tokens: Iterable[str]) -> list[int]:
        """Return the numbers of tokens; most are new, so what only has to be put in small letters is not kept twice."""
        known = self.known
        return [
            known.setdefault(token.lower(), len(known))
            if token.isalnum() and token.isascii() and len(token) <= language.LONGEST
            else self[token]
            for token in tokens
        ]

    def numbers(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return the numbers of all tokens of some texts, one text after another, and how many tokens each has."""
        # a token is a character, and what parts it from the next; memory that is not filled is not taken
        numbers = np.empty(sum(map(len, texts)) + 1, np.uint32)
        lengths = np.empty(len(texts), np.uint32)
        done = 0
        for first, last in _batches(texts):
            own, lengths[first:last] = self._numbers(texts[first:last])
            numbers[done : done + len(own)] = own
            done += len(own)
        return numbers[:done], lengths

    def _numbers(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return what :meth:`numbers` does, of texts that are cut together."""
        if sum(map(len, texts)) >= _FEW:
            joined = "\n".join(texts)
            codes = codes_of(joined)
            found = cut(joined, codes, language.pattern_for(joined))
            if found is not None:
                borders = np.cumsum([len(text) + 1 for text in texts])
                before = found[0].searchsorted(borders)
                return self._of_spans(joined, codes, *found), np.diff(before, prepend=0).astype(np.uint32)
        tokens = [language.tokens(text) for text in texts]
        lengths = np.array([len(own) for own in tokens], np.uint32)
        numbers = np.fromiter(map(self.__getitem__, chain.from_iterable(tokens)), np.uint32, int(lengths.sum()))
        return numbers, lengths

    def _of_spans(self, text: str, codes: Codes, starts: Places, ends: Places) -> Numbers:
        """Return the numbers of the tokens at some places."""
        if self._table is None:
            self._table = _Table()
        first, second, plain = _packed(codes, starts, ends)
        numbers, missing = self._table.looked_up(first, second)
        rows = (missing | ~plain).nonzero()[0]
        spans = zip(starts.take(rows).tolist(), ends.take(rows).tolist(), strict=True)
        numbers[rows] = self._all_of(text[start:end] for start, end in spans)
        rows = rows.compress(plain.take(rows))
        self._table.learn(first.take(rows), second.take(rows), numbers.take(rows))
        return numbers


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield which texts are cut together: from the first to the last of each batch."""
    first = size = 0
    for last, text in enumerate(texts):
        if size > _AT_ONCE:
            yield first, last
            first, size = last, 0
        size += len(text)
    yield first, len(texts)


class _Table:
    """Numbers by packed tokens. Of two tokens in one place the first one stays; the other is not found."""

    def __init__(self) -> None:
        self.first = np.zeros(1 << _BUCKETS, np.uint64)
        self.second = np.zeros(1 << _BUCKETS, np.uint64)
        self.numbers = np.zeros(1 << _BUCKETS, np.uint32)

    def looked_up(self, first: Words, second: Words) -> tuple[Numbers, NDArray[np.bool_]]:
        """Return the numbers of some tokens, and which of them were not found."""
        places = _place(first, second)
        missing = self.first.take(places) != first
        missing |= self.second.take(places) != second
        return self.numbers.take(places), missing

    def learn(self, first: Words, second: Words, numbers: Numbers) -> None:
        """Keep the numbers of some tokens where there is room."""
        places = _place(first, second)
        rows = (self.first.take(places) == 0).nonzero()[0]
        # of several tokens with one place one wins it whole
        self.numbers[places.take(rows)] = rows
        rows = rows.compress(self.numbers.take(places.take(rows)) == rows)
        own = places.take(rows)
        self.first[own], self.second[own] = first.take(rows), second.take(rows)
        self.numbers[own] = numbers.take(rows)


def _place(first: Words, second: Words) -> Places:
    """Return where packed tokens stand in a table."""
    mixed = first * np.uint64(_MIX)
    mixed ^= second * np.uint64(_MIX_SECOND)
    mixed >>= np.uint64(64 - _BUCKETS)
    return mixed.astype(np.intp)


def _packed(codes: Codes, starts: Places, ends: Places) -> tuple[Words, Words, NDArray[np.bool_]]:
    """Return tokens in small letters as two numbers each, and which tokens these tell from all others."""
    letters = np.zeros(len(codes) + _PACKED, np.uint8)
    letters[: len(codes)] = each_of(_small(), codes)
    sizes = ends - starts
    plain = sizes <= _PACKED
    if codes.dtype != np.uint8 and len(starts):
        others = (letters[: len(codes)] == _OTHER).nonzero()[0]
        rows = starts.searchsorted(others, side="right") - 1
        # what is before the first token, or between two, spoils none
        plain[rows.compress((rows >= 0) & (others < ends.take(rows, mode="clip")))] = False
    eights = np.ndarray((len(codes) + 8,), "<u8", letters.data, 0, (1,))
    first = eights[starts] & _masks().take(sizes, mode="clip")
    second = eights[starts + 8] & _masks().take(np.maximum(sizes - 8, 0), mode="clip")
    return first, second, plain


@cache
def _masks() -> Words:
    """Return, by the number of bytes that count, the mask that leaves no others."""
    return np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)


@cache
def _small() -> NDArray[np.uint8]:
    """Return, by code point, the small letter of ASCII; the last stands for all that are none."""
    table = np.full(0x2100, _OTHER, np.uint8)
    table[:128] = np.frombuffer(bytes(range(128)).lower(), np.uint8)
    table[[ord(quote) for quote in QUOTES]] = ord("'")
    return table
