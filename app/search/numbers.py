"""Numbers in queries and in attributes: ``3``, ``-2.5``, ``1,000``, and ranges of them, such as ``3..5``."""

from __future__ import annotations

import re
from math import inf, isfinite
from typing import Final

Bounds = tuple[float, float]
"""The least and the greatest number."""

_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_MINUS: Final = str.maketrans(dict.fromkeys("–—−", "-"))
_NUMBER: Final = r"[+-]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?"
_RANGES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<low>{_NUMBER})? *\.\. *(?P<high>{_NUMBER})?",
        rf"(?P<low>{_NUMBER})(?:-| - | to )(?P<high>{_NUMBER})",
        rf"between (?P<low>{_NUMBER}) and (?P<high>{_NUMBER})",
        rf"from (?P<low>{_NUMBER}) to (?P<high>{_NUMBER})",
    )
)


def number(text: str) -> float | None:
    """Return the number that a text is, ``None`` when it is none."""
    plain = text.strip().translate(_MINUS)
    try:
        found = float(plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain)
    except ValueError:
        return None
    return found if isfinite(found) else None


def bounds(text: str) -> Bounds | None:
    """Return the bounds of a number or a range, whichever of its ends comes first; an end that is missing is open."""
    alone = number(text)
    if alone is not None:
        return alone, alone
    words = " ".join(text.lower().split()).translate(_MINUS)
    match = next((match for pattern in _RANGES if (match := pattern.fullmatch(words))), None)
    if match is None or not (match["low"] or match["high"]):
        return None
    low = number(match["low"]) if match["low"] else -inf
    high = number(match["high"]) if match["high"] else inf
    return None if low is None or high is None else (min(low, high), max(low, high))


def limit(sign: str, text: str) -> Bounds | None:
    """Return the bounds of what ``sign`` (``>``, ``>=``, ``<``, ``<=`` or none) and a number stand for."""
    found = bounds(text)
    if found is None:
        return None
    low, high = found
    return {">": (high, inf), ">=": (low, inf), "<": (-inf, low), "<=": (-inf, high)}.get(sign, found)


def may_begin(text: str) -> bool:
    """Return whether words may be the beginning of a range: ``3 to``, ``between 2``."""
    *whole, last = text.lower().translate(_MINUS).split() or [""]
    joints = ("to", "and", "between", "from", "-", "..")
    known = all(word in joints or number(word) is not None for word in whole)
    return known and (number(last) is not None or any(word.startswith(last) for word in joints))
