"""Which word somebody may have meant who typed another: the shorter it is, the fewer mistakes are likely ones.

Of three or four letters nearly every change makes another word that is meant as it is (*moon*, *mood*); a number, a
year or an id is meant as it is whatever it is near.
"""

from __future__ import annotations

import unicodedata
from typing import Final

SHORTEST: Final = 3
"""A shorter word is never taken for another one."""

FARTHEST_FROM: Final = 8
"""A shorter word is never taken for one that is two letters away."""

_FEW: Final = 4
_SOME: Final = 5


def is_likely(typed: str, meant: str) -> bool:
    """Return whether a word may have been meant where another, one or two letters away, was typed; both are folded."""
    if len(typed) < SHORTEST or typed == meant or not _scripts(meant) <= _scripts(typed):
        return False
    if any(letter.isnumeric() for letter in typed + meant):
        return False
    start = _same(typed, meant)
    end = min(_same(typed[::-1], meant[::-1]), len(typed) - start, len(meant) - start)
    wrong, right = typed[start : len(typed) - end], meant[start : len(meant) - end]
    if len(wrong) == 2 and wrong == right[::-1]:
        return True
    if len(wrong) > 1 or len(right) > 1:
        return len(typed) >= FARTHEST_FROM and start > 0
    if not (wrong and right) and start and typed[start - 1] == (wrong or right):  # one letter for two, or two for one
        return True
    if not start:
        return len(typed) >= (FARTHEST_FROM if wrong and right else _SOME + 1)
    return len(typed) > _SOME or (len(typed) > _FEW and (bool(right) or end > 0))


def _same(first: str, second: str) -> int:
    """Return how many letters two words begin with that are the same."""
    pairs = zip(first, second, strict=False)
    return next((number for number, (one, other) in enumerate(pairs) if one != other), min(len(first), len(second)))


def _scripts(word: str) -> set[str]:
    """Return the names of the scripts of a word's letters."""
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()}
