"""How far coders agree: per cent, Cohen's kappa and Krippendorff's alpha for nominal values. Pure, and exact.

What is compared are patterns: what each coder said of a unit, in one order of coders, with ``None`` where one said
nothing at all, and how many units were coded just so. Every measure is a fraction until the end.

Kappa: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960),
37-46. Alpha: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), by coincidences, so that units that
a coder missed count as far as they can.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Final

from app.wording import Message

Pattern = tuple[Hashable | None, ...]
Patterns = Mapping[Pattern, int]

_NOTHING: Final = Message("There is no unit that two of them coded.")
_ALIKE: Final = Message("All units were coded alike: chance alone would do as well, and there is nothing to measure.")
_MANY: Final = Message("Cohen's kappa is of two coders.")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree on ``units``; a measure is ``None`` where it has no value, and ``why`` says the reason.

    ``percent`` is 0 to 100: of all pairs of values on a unit, those that are equal. ``marked`` is in how many units
    each coder said yes, ``True`` or anything but ``False`` and ``None``.
    """

    units: int
    percent: float | None
    kappa: float | None
    alpha: float | None
    marked: tuple[int, ...] = ()
    why: Message | None = None


def agreement(patterns: Patterns) -> Agreement:
    """Measure how far coders agree. Units that fewer than two of them coded say nothing, and are not counted."""
    told = {pattern: count for pattern, count in patterns.items() if count and _values(pattern) > 1}
    coders = max(map(len, told), default=0)
    marked = tuple(
        sum(count for pattern, count in patterns.items() if pattern[coder] not in (None, False))
        for coder in range(max(map(len, patterns), default=0))
    )
    percent, kappa, alpha = observed(told), cohen(told) if coders == 2 else None, krippendorff(told)
    why = _NOTHING if percent is None else _ALIKE if alpha is None else _MANY if coders > 2 else None
    share = None if percent is None else float(percent * 100)
    return Agreement(sum(told.values()), share, _plain(kappa), _plain(alpha), marked, why)


def decimals(value: float, places: int, full: int) -> float:
    """Return a measure as it is shown: never ``full`` agreement where something differs, and never minus nought."""
    shown = round(value, places)
    return full - 10**-places if shown >= full > value else shown + 0.0


def observed(patterns: Patterns) -> Fraction | None:
    """Return the share of equal pairs among all pairs of values that units have; ``None`` when there is no pair."""
    equal = total = 0
    for pattern, count in patterns.items():
        pairs = list(combinations([value for value in pattern if value is not None], 2))
        total += count * len(pairs)
        equal += count * sum(one == other for one, other in pairs)
    return Fraction(equal, total) if total else None


def cohen(patterns: Patterns) -> Fraction | None:
    """Return kappa of two coders: ``(po - pe) / (1 - pe)``; ``None`` where chance would always agree.

    Units that only one of them coded are passed over.
    """
    both = {pattern: count for pattern, count in patterns.items() if None not in pattern}
    total = sum(both.values())
    if not total:
        return None
    first: Counter[Hashable] = Counter()
    second: Counter[Hashable] = Counter()
    for (one, other), count in both.items():
        first[one] += count
        second[other] += count
    agreed = Fraction(sum(count for (one, other), count in both.items() if one == other), total)
    chance = Fraction(sum(first[value] * second[value] for value in first), total * total)
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def krippendorff(patterns: Patterns) -> Fraction | None:
    """Return alpha of any number of coders: one less observed through expected disagreement.

    ``None`` where only one value was ever given, for then no disagreement can be expected.
    """
    values: Counter[Hashable] = Counter()
    disagreed = Fraction(0)
    for pattern, count in patterns.items():
        given = Counter(value for value in pattern if value is not None)
        size = given.total()
        if size < 2:
            continue
        for value, number in given.items():
            values[value] += count * number
        # ordered pairs of different values, each unit weighing as many as it has values
        disagreed += Fraction(count * (size * size - sum(number * number for number in given.values())), size - 1)
    total = values.total()
    expected = total * total - sum(number * number for number in values.values())
    return 1 - (total - 1) * disagreed / expected if expected else None


def patterns_of(coders: Sequence[Sequence[Hashable | None]]) -> Counter[Pattern]:
    """Return the patterns of a table with a row for each coder and a column for each unit."""
    return Counter(_columns(coders))


def _columns(coders: Sequence[Sequence[Hashable | None]]) -> Iterator[Pattern]:
    return zip(*coders, strict=True)


def _values(pattern: Pattern) -> int:
    return sum(value is not None for value in pattern)


def _plain(measure: Fraction | None) -> float | None:
    return None if measure is None else float(measure)
