"""Texts that say mostly the same: one wire story in five outlets, a cut tail, another headline.

A text is the set of its runs of five words. Of these sets short signatures are kept (MinHash, Broder 1997, in bands):
texts that share much share a band nearly always. What a band proposes is then verified on the sets themselves.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Bands = NDArray[np.uint32]
"""A signature: one number a band."""

BANDS: Final = 42
ENOUGH: Final = 0.4
"""Texts are similar when the shorter has this share of its runs in common with the other."""

FEWEST: Final = 20
"""A text of fewer runs is too short to be told from others."""

_RUN: Final = 5
_ROWS: Final = 3
_AT_ONCE: Final = 512  # runs: what is reckoned of so many stays near the processor
_SEED: Final = 20_040
_PRIME: Final = np.uint64(0x9E3779B97F4A7C15)
_HALF: Final = np.uint64(32)
# a script without spaces is taken letter by letter
_WORD: Final = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[^\\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+")


def runs(text: str) -> Hashes:
    """Return hashes of the runs of five words in a text, each once, ascending; none of a text of fewer words."""
    words = _WORD.findall(text.casefold())
    if len(words) < _RUN:
        return np.zeros(0, np.uint64)
    known = {word: crc32(word.encode()) for word in set(words)}
    hashes = np.fromiter(map(known.__getitem__, words), np.uint64, len(words))
    mixed = np.zeros(len(words) - _RUN + 1, np.uint64)
    for step in range(_RUN):
        mixed *= _PRIME
        mixed += hashes[step : len(words) - _RUN + 1 + step]
        mixed ^= mixed >> _HALF
    return np.unique(mixed)


def signature(found: Hashes) -> Bands:
    """Return the bands of a text with these runs; shape ``(BANDS,)``, or ``(0,)`` of a text without any."""
    if not len(found):
        return np.zeros(0, np.uint32)
    factors, terms = _permutations()
    least = np.full(BANDS * _ROWS, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(found), _AT_ONCE):
        hashes = np.multiply.outer(factors, found[start : start + _AT_ONCE])
        hashes += terms[:, np.newaxis]
        np.minimum(least, hashes.min(axis=1), out=least)
    mixed = np.zeros(BANDS, np.uint64)
    for column in (least >> _HALF).reshape(BANDS, _ROWS).T:
        mixed = (mixed ^ column) * _PRIME
    return (mixed >> _HALF).astype(np.uint32)


def shared(one: Hashes, other: Hashes) -> float:
    """Return which share of the runs of the shorter text is in the other, from 0 to 1."""
    fewer = min(len(one), len(other))
    return len(np.intersect1d(one, other, assume_unique=True)) / fewer if fewer >= FEWEST else 0.0


@cache
def _permutations() -> tuple[Hashes, Hashes]:
    """Return the factors (odd) and terms of the hash functions, the same in every library."""
    chance = np.random.default_rng(_SEED)
    high = np.iinfo(np.uint64).max
    factors = chance.integers(0, high, BANDS * _ROWS, np.uint64) | np.uint64(1)
    return factors, chance.integers(0, high, BANDS * _ROWS, np.uint64)
