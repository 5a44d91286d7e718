"""Choosing which segments are merged, and when: at once by a deed, or while nobody waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import itemgetter
from typing import Final

from app.search.written import Live


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is merged, and how much of it in a step: so many ``places`` of terms, so many ``words`` to be sorted.

    Bytes are ``small``, ``largest``, those ``written`` in a transaction, and those that ``reading`` the parts may hold.

    With more than ``most`` very small segments of a kind the deed that made one too many merges ``small`` bytes. With
    more than ``few`` of about one size (``many`` while there is other work) some are merged in an idle moment,
    ``together`` at most, into none that is much larger than ``largest``. A segment is written again when more than the
    share ``worn`` of it is dead.
    """

    most: int = 16
    few: int = 4
    many: int = 10
    together: int = 16
    small: int = 1 << 19
    largest: int = 160 << 20
    worn: float = 0.2
    least_dead: int = 64
    places: int = 1 << 16
    words: int = 1 << 14
    written: int = 1 << 19
    reading: int = 1 << 24


LIMITS: Final = Limits()

_RATIO: Final = 4


def at_once(lives: Sequence[Live], sizes: Sequence[int], limits: Limits = LIMITS) -> list[Live]:
    """Return the segments that a deed merges, none as long as few are very small; ``sizes`` are in bytes.

    What they become is so large that deeds leave it alone: so a deed seldom writes again what another one wrote.
    """
    tiny = [pair for pair in _by_size(lives, sizes) if pair[0] < limits.small // _RATIO]
    if len(tiny) <= limits.most:
        return []
    totals = accumulate(size for size, _ in tiny)
    return [live for total, (_, live) in zip(totals, tiny, strict=True) if total <= limits.small]


def when_idle(
    lives: Sequence[Live], sizes: Sequence[int], limits: Limits = LIMITS, *, busy: bool = False
) -> list[Live]:
    """Return the segments to merge when nobody waits: several of about one size, or one with much that is dead.

    Of many the smallest come first: what is made of them is merged with its like later. ``busy`` is who has other work
    to do: then there have to be many, so that all is written again less often.
    """
    few = limits.many if busy else limits.few
    for tier in _tiers(lives, sizes, limits.largest):
        if len(tier.lives) > few or (tier.full and len(tier.lives) > 1 and not busy):
            return tier.lives[: limits.together]
    if busy:
        return []
    worn = (live for live in lives if len(live.dead) > max(limits.least_dead, limits.worn * live.segment.documents))
    return [live for _, live in zip(range(1), worn, strict=False)]


@dataclass(slots=True)
class _Tier:
    """Segments that are worth merging with each other; ``full`` when the next one would make them too large."""

    lives: list[Live] = field(default_factory=list)
    size: int = 0
    full: bool = False


def _tiers(lives: Sequence[Live], sizes: Sequence[int], largest: int) -> list[_Tier]:
    """Sort segments into tiers, the smallest first: one begins with each that is four times as large as all below."""
    tiers = [_Tier()]
    for size, live in _by_size(lives, sizes):
        tier = tiers[-1]
        tier.full = bool(tier.lives) and tier.size + size > largest
        if tier.full or (tier.lives and size > _RATIO * tier.size):
            tiers.append(tier := _Tier())
        tier.lives.append(live)
        tier.size += size
    return tiers


def _by_size(lives: Sequence[Live], sizes: Sequence[int]) -> list[tuple[int, Live]]:
    """Return segments with their sizes, the smallest first."""
    return sorted(zip(sizes, lives, strict=True), key=itemgetter(0))
