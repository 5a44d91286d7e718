"""Values that are compared: whole ones letter by letter, numbers and days with bounds."""

from __future__ import annotations

import re
from datetime import date
from math import inf
from typing import Final

from app.model import AttributeKind
from app.search import dates, numbers
from app.search.inverting import LONGEST_VALUE
from app.search.plan import Days, Ranged, Slot, Whole

SIGN: Final = re.compile(r"\s*([<>]=?|=)\s*")
"""How a value is compared, before it."""

EQUAL: Final = "="

COMPARED: Final = frozenset((AttributeKind.NUMBER, AttributeKind.DATE))
"""The kinds of attributes whose values have an order."""

_STRICT: Final = frozenset("<>")


def whole(code: str, value: str, label: str, growing: bool) -> Whole:
    """Return what has just this value; stars and question marks stand for letters, and a growing value may go on."""
    text = " ".join(value.split())[:LONGEST_VALUE]
    if set(text) & {"*", "?"}:
        return Whole(code, Slot("wildcard", f"{text}*" if growing else text), label)
    return Whole(code, Slot("prefix" if growing else "exact", text), label)


def ranged(kind: AttributeKind, attribute: int, sign: str, value: str, label: str, today: date) -> Ranged | None:
    """Return what has a number or day in an attribute that compares so, ``None`` when ``value`` is no such thing."""
    if kind is AttributeKind.NUMBER:
        bounds = numbers.limit(sign, value)
        return None if bounds is None else Ranged(attribute, *bounds, label, strict=sign in _STRICT)
    days = dates.limit(dates.COMPARED.get(sign, ""), value, today)
    if days is None:
        return None
    first, last = days
    low, high = (-inf if first == dates.FIRST_DAY else first), (inf if last == dates.LAST_DAY else last)
    return Ranged(attribute, low, high, label, dated=True)


def published(name: str, sign: str, value: str, today: date) -> Days | None:
    """Return the days of a field of dates; after an equals sign an article has surely come out within these."""
    name = dates.COMPARED.get(sign, name)
    found = dates.limit(name, value, today)
    return None if found is None else Days(*found, label=f"{name}:{value}", surely=sign == EQUAL)
