"""Approximate matching by edit distance: insertions, deletions and replacements of single code points.

The bit-parallel algorithm of Myers (1999) in the form of Hyyrö (2003): one column of the dynamic-programming table is
two integers, and Python's integers are as long as the pattern.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.text.ranges import Span

_TIES: Final = 8


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of a text that is like a pattern but for ``errors`` edits."""

    start: int
    end: int
    errors: int


def distance(one: str, other: str) -> int:
    """Return the least number of edits that turn one string into the other (Levenshtein)."""
    if not one or not other:
        return len(one) + len(other)
    return list(_column_ends(one, other, whole=True))[-1]


def similarity(one: str, other: str) -> float:
    """Return 1.0 for equal strings, down to 0.0 when no code point could stay."""
    longest = max(len(one), len(other))
    return 1.0 - distance(one, other) / longest if longest else 1.0


def search(text: str, pattern: str, limit: int, within: Span | None = None) -> list[Match]:
    """Return the stretches of ``text`` that differ from ``pattern`` by at most ``limit`` edits, best first.

    Matches that overlap are one, the best of them; among equally good ones that whose length is nearest to the
    pattern's. ``within`` narrows the search. Takes time in proportion to the searched text, for patterns of up to a
    few hundred code points. Raises ``ValueError`` when ``limit`` would let the empty string pass.
    """
    if not 0 <= limit < len(pattern):
        raise ValueError(f"at least one of {len(pattern)} characters must be allowed to stay")
    first, last = within or (0, len(text))
    window = text[first:last]
    found: list[Match] = []
    run: list[tuple[int, int]] = []
    for end, errors in enumerate(_column_ends(pattern, window, whole=False), 1):
        if errors <= limit:
            run.append((errors, end))
        elif run:
            _add(found, _best_of(window, pattern, run))
            run = []
    if run:
        _add(found, _best_of(window, pattern, run))
    found.sort(key=lambda match: (match.errors, match.start))
    return [Match(match.start + first, match.end + first, match.errors) for match in found]


def _add(found: list[Match], match: Match) -> None:
    """Append a match to those found from left to right; of those that overlap, the best stays."""
    while found and match.start < found[-1].end:
        if match.errors >= found[-1].errors:
            return
        found.pop()
    found.append(match)


def _best_of(text: str, pattern: str, run: list[tuple[int, int]]) -> Match:
    """Return the best match that ends at one of the places in ``run``, which are ``(errors, end)`` side by side."""
    fewest = min(errors for errors, _ in run)
    ends = [end for errors, end in run if errors == fewest][:_TIES]
    matches = [Match(_start(text, pattern, end, fewest), end, fewest) for end in ends]
    return min(matches, key=lambda match: abs(match.end - match.start - len(pattern)))


def _start(text: str, pattern: str, end: int, errors: int) -> int:
    """Return where the match that ends at ``end`` begins: the same walk backwards."""
    size = len(pattern)
    back = text[max(0, end - size - errors) : end][::-1]
    lengths = [length for length, cost in enumerate(_column_ends(pattern[::-1], back, whole=True), 1) if cost == errors]
    return end - min(lengths, key=lambda length: abs(length - size))


def _column_ends(pattern: str, text: str, *, whole: bool) -> Iterator[int]:
    """Yield, after each code point of ``text``, how many edits lie between ``pattern`` and what was read.

    With ``whole`` all that was read counts; otherwise the best stretch of it that ends here.
    """
    size = len(pattern)
    mask = (1 << size) - 1
    top = 1 << (size - 1)
    places: dict[str, int] = {}
    for number, character in enumerate(pattern):
        places[character] = places.get(character, 0) | 1 << number
    get = places.get
    plus, minus, cost, carry = mask, 0, size, int(whole)
    for character in text:
        equal = get(character, 0)
        diagonal = (((equal & plus) + plus) ^ plus) | equal | minus
        up = minus | (mask & ~(diagonal | plus))
        down = plus & diagonal
        if up & top:
            cost += 1
        elif down & top:
            cost -= 1
        up = up << 1 | carry
        vertical = equal | minus
        plus = (down << 1 | ~(vertical | up)) & mask
        minus = up & vertical & mask
        yield cost
