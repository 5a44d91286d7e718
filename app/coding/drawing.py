"""Drawing lots: a random sample that is the same on every machine, also within strata."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from app.errors import InvalidInput


def draw(strata: Mapping[str, str], number: int, seed: str, *, equal: bool = False) -> tuple[str, ...]:
    """Return ``number`` ids out of those that are given, each with the stratum it is in, in the order of the draw.

    Within a stratum every set of ids is equally likely. Strata are represented in proportion to their size (by largest
    remainders, of equal ones the larger stratum first), or ``equal``ly as far as they reach. Each id gets its lot from
    SHA-256 of the seed and itself: the same seed draws the same, wherever and in whatever order the ids are given, and
    an id that is new changes the lots of no other. Raises ``InvalidInput``.
    """
    if not 1 <= number <= len(strata):
        raise InvalidInput(
            "{number} articles cannot be drawn from {count}.",
            "Draw at least one, and no more than there are.",
            number=number,
            count=len(strata),
        )
    groups: dict[str, list[str]] = defaultdict(list)
    for uid in sorted(strata, key=lambda uid: (_lot(seed, uid), uid)):
        groups[strata[uid]].append(uid)
    sizes = {name: len(group) for name, group in groups.items()}
    shares = _equal(sizes, number) if equal else _proportional(sizes, number)
    return tuple(uid for name in sorted(groups) for uid in groups[name][: shares[name]])


def _lot(seed: str, uid: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{uid}".encode()).digest()


def _proportional(sizes: Mapping[str, int], number: int) -> dict[str, int]:
    """Return how many of each stratum are drawn, in proportion to their sizes."""
    total = sum(sizes.values())
    exact = {name: Fraction(size * number, total) for name, size in sizes.items()}
    shares = {name: int(share) for name, share in exact.items()}
    in_turn = sorted(sizes, key=lambda name: (shares[name] - exact[name], -sizes[name], name))
    for name in in_turn[: number - sum(shares.values())]:
        shares[name] += 1
    return shares


def _equal(sizes: Mapping[str, int], number: int) -> dict[str, int]:
    """Return how many of each stratum are drawn, one by one in turn, the larger strata first."""
    shares = dict.fromkeys(sizes, 0)
    left = number
    while left:
        open_ones = sorted(
            (name for name in sizes if shares[name] < sizes[name]), key=lambda name: (-sizes[name], name)
        )
        each = max(1, left // len(open_ones))
        for name in open_ones:
            more = min(each, left, sizes[name] - shares[name])
            shares[name] += more
            left -= more
    return shares
