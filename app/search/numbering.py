"""Tokens become numbers of terms: each spelling is folded once, and of many texts all tokens are looked up at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, count
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.search import language
from app.search.cutting import QUOTES, Codes, Places, codes_of, cut, each_of
from app.search.packing import EIGHT, Words, packed

Numbers = NDArray[np.uint32]
Flags = NDArray[np.bool_]

_FEW: Final = 1 << 15
"""Texts with fewer characters are cut one by one."""

_AT_ONCE: Final = 1 << 17
"""About so many characters are cut at once: what is reckoned of them stays near the processor."""

_OTHER: Final = 0xFF
_BITS: Final = 4
_MOST_BITS: Final = 19
"""Of a short text a small table stays near the processor, in a long one there is a place for each word."""

_MIX: Final = 0x9E3779B97F4A7C15
_MIX_SECOND: Final = 0xC2B2AE3D27D4EB4F


class Numbering(dict[str, int]):
    """The numbers of a field's terms, by the spellings that were seen; ``known`` has them by term, in their order."""

    def __init__(self) -> None:
        """Know no term yet."""
        super().__init__()
        self.known: defaultdict[str, int] = defaultdict(count().__next__)
        self._tables: tuple[_Table, _Table] | None = None
        self._bits = 0

    def __missing__(self, token: str) -> int:
        """Fold a spelling that is seen for the first time, and number its term."""
        number = self[token] = self.known[language.fold(token)]
        return number

    def numbers(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return the numbers of all tokens of some texts, one text after another, and how many tokens each has."""
        # a token is a character, and what parts it from the next; memory that is not filled is not taken
        size = sum(map(len, texts)) + 1
        numbers = np.empty(size, np.uint32)
        self._bits = min(_MOST_BITS, size.bit_length() * 2 // 3 + _BITS)
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
        if self._tables is None:
            self._tables = _Table(1, self._bits), _Table(2, self._bits)
        short, long = self._tables
        tokens = _tokens(codes, starts, ends)
        numbers, missing = short.looked_up(tokens.heads)
        # few have more letters than one number holds: these are looked up with a second one
        rows = (tokens.sizes > EIGHT).nonzero()[0]
        numbers[rows], missing[rows] = long.looked_up(tokens.heads.take(rows), tokens.tails(rows))
        missing |= tokens.odd
        rows = missing.nonzero()[0]
        odd = tokens.odd.take(rows)
        rows, others = rows.compress(~odd), rows.compress(odd)
        numbers[others] = _all_of(self, [text[start:end] for start, end in _spans(starts, ends, others)])
        # most are new, so what only has to be put in small letters is not kept twice
        small = tokens.letters.tobytes().decode("latin-1")
        words = [small[start:end] for start, end in _spans(starts, ends, rows)]
        numbers[rows] = _all_of(self.known, [word if word.isalnum() else language.fold(word) for word in words])
        one = tokens.sizes.take(rows) <= EIGHT
        rows, others = rows.compress(one), rows.compress(~one)
        short.learn(numbers.take(rows), tokens.heads.take(rows))
        long.learn(numbers.take(others), tokens.heads.take(others), tokens.tails(others))
        return numbers


def _all_of(numbers: Mapping[str, int], words: Sequence[str]) -> Numbers:
    """Return the numbers of some words."""
    return np.fromiter(map(numbers.__getitem__, words), np.uint32, len(words))


def _spans(starts: Places, ends: Places, rows: Places) -> Iterable[tuple[int, int]]:
    """Return where each of some tokens begins and ends."""
    return zip(starts.take(rows).tolist(), ends.take(rows).tolist(), strict=True)


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield which texts are cut together: from the first to the last of each batch."""
    first = size = 0
    for last, text in enumerate(texts):
        if size > _AT_ONCE:
            yield first, last
            first, size = last, 0
        size += len(text)
    yield first, len(texts)


class _Tokens(NamedTuple):
    """Tokens in small letters, with the number that their first letters make.

    Those are ``odd`` that two such numbers do not tell from all others.
    """

    letters: NDArray[np.uint8]
    starts: Places
    sizes: Places
    heads: Words
    odd: Flags

    def tails(self, rows: Places) -> Words:
        """Return the second number of some tokens that have one."""
        return packed(self.letters, self.starts.take(rows) + EIGHT, self.sizes.take(rows) - EIGHT)


def _tokens(codes: Codes, starts: Places, ends: Places) -> _Tokens:
    """Return the tokens at some places."""
    letters = np.zeros(len(codes) + 2 * EIGHT, np.uint8)
    letters[: len(codes)] = each_of(_small(), codes)
    sizes = ends - starts
    odd = sizes > 2 * EIGHT
    if codes.dtype != np.uint8 and len(starts):
        others = (letters == _OTHER).nonzero()[0]
        rows = starts.searchsorted(others, side="right") - 1
        # what is before the first token, or between two, spoils none
        odd[rows.compress((rows >= 0) & (others < ends.take(rows, mode="clip")))] = True
    return _Tokens(letters, starts, sizes, packed(letters, starts, sizes), odd)


@cache
def _small() -> NDArray[np.uint8]:
    """Return, by code point, the small letter of ASCII; the last stands for all that are none."""
    table = np.full(0x2100, _OTHER, np.uint8)
    table[:128] = np.frombuffer(bytes(range(128)).lower(), np.uint8)
    table[[ord(quote) for quote in QUOTES]] = ord("'")
    return table


class _Table:
    """Numbers by packed tokens. Of two tokens in one place the first one stays; the other is not found.

    A row holds the numbers that a token makes, and after them that of its term: so one look in memory is enough.
    """

    def __init__(self, width: int, bits: int) -> None:
        """Make room for ``2 ** bits`` tokens that make so many numbers each."""
        self._rows = np.zeros((1 << bits, width + 1), np.uint64)
        self._above = np.uint64(64 - bits)

    def looked_up(self, *words: Words) -> tuple[Numbers, Flags]:
        """Return the numbers of some tokens, and which of them were not found."""
        rows = self._rows.take(self._places(*words), axis=0)
        missing = rows[:, 0] != words[0]
        for column, word in enumerate(words[1:], 1):
            missing |= rows[:, column] != word
        return rows[:, -1].astype(np.uint32), missing

    def learn(self, numbers: Numbers, *words: Words) -> None:
        """Keep the numbers of some tokens where there is room."""
        places = self._places(*words)
        free = (self._rows[places, 0] == 0).nonzero()[0]
        # of several tokens with one place one wins it whole
        self._rows[places.take(free), -1] = free
        free = free.compress(self._rows[places.take(free), -1] == free)
        own = places.take(free)
        for column, word in enumerate(words):
            self._rows[own, column] = word.take(free)
        self._rows[own, -1] = numbers.take(free)

    def _places(self, first: Words, second: Words | None = None) -> Places:
        """Return where packed tokens stand."""
        mixed = first * np.uint64(_MIX)
        if second is not None:
            mixed ^= second * np.uint64(_MIX_SECOND)
        mixed >>= self._above
        return mixed.astype(np.intp)
