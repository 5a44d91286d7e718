"""Days and numbers that a query asks for, as a person would say them."""

from __future__ import annotations

from datetime import date, timedelta
from math import isinf
from typing import Final

from app.search.dates import FIRST_DAY, LAST_DAY
from app.search.plan import Days, Ranged
from app.wording import Day, Message

_ON: Final = "published on {day}"
_IN_MONTH: Final = "published in {month}"
_IN_YEAR: Final = "published in {year}"
_FROM_TO: Final = "published from {first} to {last}"
_SINCE: Final = "published since {first}"
_UNTIL: Final = "published until {last}"
_BEFORE: Final = "published before {day}"
_AFTER: Final = "published after {day}"
_DATED: Final = "with a date"
_NEVER: Final = "published on no day at all"
_SURELY: Final = "surely {published}"

_DAY: Final = "{day}"
_ANY_DAY: Final = "a day"
_NO_DAY: Final = "no day at all"
_DAYS: Final = "a day from {first} to {last}"
_DAY_SINCE: Final = "a day since {first}"
_DAY_UNTIL: Final = "a day until {last}"

_NUMBER: Final = "{number}"
_NUMBERS: Final = "{first} to {last}"
_MORE: Final = "more than {number}"
_LEAST: Final = "{number} or more"
_LESS: Final = "less than {number}"
_MOST: Final = "{number} or less"


def published(plan: Days) -> Message:
    """Return when something came out."""
    said = _published(plan)
    return Message(_SURELY, {"published": said}) if plan.surely else said


def _published(plan: Days) -> Message:
    name = plan.label.partition(":")[0]
    if plan.first > plan.last:
        return Message(_NEVER)
    if plan.first == FIRST_DAY:
        return _up_to(plan.last, name)
    if plan.last == LAST_DAY:
        first = date.fromordinal(plan.first)
        if name == "after":
            return Message(_AFTER, {"day": Day(first - timedelta(days=1))})
        return Message(_SINCE, {"first": Day(first)})
    return _between(date.fromordinal(plan.first), date.fromordinal(plan.last))


def _up_to(last: int, name: str) -> Message:
    """Return all days to a last one."""
    if last == LAST_DAY:
        return Message(_DATED)
    if name == "before":
        return Message(_BEFORE, {"day": Day(date.fromordinal(last + 1))})
    return Message(_UNTIL, {"last": Day(date.fromordinal(last))})


def _between(first: date, last: date) -> Message:
    """Return a day, a month, a year, or days from one to another."""
    if first == last:
        return Message(_ON, {"day": Day(first)})
    after = last + timedelta(days=1)
    if first.day == after.day == 1 and (after.year * 12 + after.month) - (first.year * 12 + first.month) == 1:
        return Message(_IN_MONTH, {"month": Day(first, month=True)})
    if (first.month, first.day, after.month, after.day) == (1, 1, 1, 1) and after.year == first.year + 1:
        return Message(_IN_YEAR, {"year": first.year})
    return Message(_FROM_TO, {"first": Day(first), "last": Day(last)})


def compared(plan: Ranged) -> Message:
    """Return which numbers or days an attribute may have."""
    return _day(plan) if plan.dated else _number(plan)


def _day(plan: Ranged) -> Message:
    if plan.low > plan.high:
        return Message(_NO_DAY)
    first, last = (None if isinf(end) else Day(date.fromordinal(int(end))) for end in (plan.low, plan.high))
    if first and last:
        return Message(_DAY, {"day": first}) if first == last else Message(_DAYS, {"first": first, "last": last})
    if first:
        return Message(_DAY_SINCE, {"first": first})
    return Message(_DAY_UNTIL, {"last": last}) if last else Message(_ANY_DAY)


def _number(plan: Ranged) -> Message:
    low, high = f"{plan.low:.15g}", f"{plan.high:.15g}"
    if plan.low == plan.high:
        return Message(_NUMBER, {"number": low})
    if isinf(plan.high):
        return Message(_MORE if plan.strict else _LEAST, {"number": low})
    if isinf(plan.low):
        return Message(_LESS if plan.strict else _MOST, {"number": high})
    return Message(_NUMBERS, {"first": low, "last": high})
