"""Dates in queries: years, months and days, in figures or in words, ranges of them, and what fields make of them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from app.model import Published
from app.search.tree import SIDES
from app.wording import MONTHS

FIRST_DAY: Final = 1
LAST_DAY: Final = date.max.toordinal()

COMPARED: Final[Mapping[str, str]] = MappingProxyType({"<": "before", ">": "after", ">=": "since", "<=": "until"})
"""The fields that say what a sign says."""

Days = tuple[int, int]
"""The ordinals of a first and a last day."""

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS: Final = ("day", "week", "month", "year")
_COUNTS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _abbreviated(*names: str, **others: int) -> Mapping[str, int]:
    """Return the number of each name (from 1), whole and by its first three letters, and of ``others``."""
    numbers = {form: number for number, name in enumerate(names, 1) for form in (name, name[:3])}
    return MappingProxyType(numbers | others)


_MONTH_NUMBERS: Final = _abbreviated(*(name.lower() for name in MONTHS), sept=9)
_DAY_NUMBERS: Final = _abbreviated(*_WEEKDAYS)
_NUMBERS: Final[Mapping[str, int]] = MappingProxyType(
    {word: number for number, word in enumerate(_COUNTS, 1)} | {"a": 1, "an": 1}
)
_OTHERS: Final = (
    "today", "yesterday", "this", "last", "past", "ago", "since", "until", "before", "after", "between", "from", "and",
    "to", "-", "q1", "q2", "q3", "q4",
)  # fmt: skip
_VOCABULARY: Final = (
    *_OTHERS, *_NUMBERS, *_MONTH_NUMBERS, *_DAY_NUMBERS, *_UNITS, *(f"{unit}s" for unit in _UNITS)
)  # fmt: skip

_UNIT: Final = rf"(?P<unit>{'|'.join(_UNITS)})s?"
_NUMBER: Final = rf"(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_CALENDAR: Final = re.compile(rf"(?P<which>this|last) {_UNIT}")
_LATELY: Final = re.compile(rf"(?:last|past) (?:{_NUMBER} )?{_UNIT}")
_AGO: Final = re.compile(rf"{_NUMBER} {_UNIT} ago")
_WEEKDAY: Final = re.compile(rf"(?P<last>last )?(?P<name>{'|'.join(_DAY_NUMBERS)})")
_MONTH: Final = rf"(?P<month>{'|'.join(_MONTH_NUMBERS)})"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAMED: Final = tuple(
    re.compile(pattern)
    for pattern in (rf"(?:{_DAY} )?{_MONTH}(?: (?P<year>\d{{4}}))?", rf"{_MONTH} {_DAY}(?: (?P<year>\d{{4}}))?")
)
_YEAR_FIRST: Final = re.compile(
    r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>0?[1-9]|1\d)(?:(?P=sign)(?P<day>0?[1-9]|[1-3]\d))?"
)
_FIGURED: Final = re.compile(r"(?P<one>\d{1,2})(?P<sign>[./])(?P<other>\d{1,2})(?P=sign)(?P<year>\d{4})")
_QUARTER: Final = re.compile(r"q(?P<number>[1-4]) (?P<year>\d{4})|(?P<of>\d{4})[- ]?q(?P<nth>[1-4])")
_LONG: Final = re.compile(rf"{_NUMBER} {_UNIT}")
_MONTHS: Final = 12
_BETWEEN: Final = re.compile(r"between (.+) and (.+)|from (.+) (?:to|until) (.+)|(.+?) (?:to|-) (.+)")
_INTERVAL: Final = re.compile(r"(\d{4}(?:-\d\d){0,2}) ?/ ?(\d{4}(?:-\d\d){0,2})")
_DAYS_OF_MONTH: Final = re.compile(rf"(?P<begin>\d{{1,2}}) ?- ?(?P<end>\d{{1,2}} {_MONTH}(?: \d{{4}})?)")
_SPARE_STOP: Final = re.compile(r"(?<=[a-z])\.(?= |$)|(?<=\d)\.(?= [a-z])")
_DAY_ALONE: Final = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
_MONTH_ON: Final = re.compile(rf"{_DAY} (?P<rest>{_MONTH}.*)")
_DASHES: Final = str.maketrans(dict.fromkeys("–—−", "-"))
_SIDE: Final = re.compile(rf"({'|'.join(SIDES)}) (.+)")
_ENDED: Final = re.compile(r"(.+?) (until|before) (.+)")
_HALF_YEAR: Final = re.compile(r"(?<=\.\.)\d{1,3}$")
_HALF_DAY: Final = re.compile(r"((?:^|(?<=[\s.]))\d{4}(?:[-/]\d{1,2}){0,2})(?:[-/]\d?|(?<!\.)\.)$")
_YEAR: Final = timedelta(days=365)


def day_span(text: str, today: date) -> Days | None:
    """Return the first and last day of ``2025``, ``2025-03``, ``2025-03-04``, ``yesterday``, ``last week``, ``march``.

    Returns ``None`` for anything else and for days that do not exist.
    """
    words = _plain(text)
    if words.startswith("about"):
        return None
    try:
        found = Published.parse(words)
        return found.day.toordinal(), found.last_day().toordinal()
    except ValueError:
        pass
    try:
        days = _worded(words, today)
    except (ValueError, OverflowError):  # a day that does not exist, or one before the first year
        return None
    return (days[0].toordinal(), days[1].toordinal()) if days else None


def is_one(name: str, text: str, today: date) -> bool:
    """Return whether a text is a date or a range for a field, or is written as a date that does not exist."""
    return limit(name, text, today) is not None or (name not in SIDES and is_impossible(text, today))


def is_impossible(text: str, today: date) -> bool:
    """Return whether a text is written as a date and there is no such day, as in ``31 february 2025``."""
    try:
        _worded(_plain(text), today)
    except (ValueError, OverflowError):
        return True
    return False


def _plain(text: str) -> str:
    return _SPARE_STOP.sub("", " ".join(text.replace(",", " ").lower().split()))


def _worded(words: str, today: date) -> tuple[date, date] | None:
    """Return the first and last day that some words mean; raises where they lead out of the calendar."""
    if words in ("today", "yesterday"):
        day = today - timedelta(days=words == "yesterday")
        return day, day
    if match := _CALENDAR.fullmatch(words):
        return _unit(today, match["unit"], int(match["which"] == "last"))
    if match := _LATELY.fullmatch(words):
        first = _back(today, match["unit"], _number(match["number"] or "1"))
        return first + timedelta(days=1), today
    if match := _AGO.fullmatch(words):
        return _unit(today, match["unit"], _number(match["number"]))
    if match := _WEEKDAY.fullmatch(words):
        back = (today.isoweekday() - _DAY_NUMBERS[match["name"]]) % 7
        day = today - timedelta(days=7 if match["last"] and not back else back)
        return day, day
    if match := _YEAR_FIRST.fullmatch(words):
        year, month = int(match["year"]), int(match["month"])
        return (date(year, month, int(match["day"])),) * 2 if match["day"] else _month(year, month)
    if match := _FIGURED.fullmatch(words):
        return _figured(match)
    if match := _QUARTER.fullmatch(words):
        last = 3 * int(match["number"] or match["nth"])
        year = int(match["year"] or match["of"])
        return _month(year, last - 2)[0], _month(year, last)[1]
    return next((_named(match, today) for pattern in _NAMED if (match := pattern.fullmatch(words))), None)


def _figured(match: re.Match[str]) -> tuple[date, date] | None:
    """Return the day of ``19.12.2025``, or of ``19/12/2025`` and ``12/19/2025`` where one of both cannot be a month."""
    year, one, other = int(match["year"]), int(match["one"]), int(match["other"])
    if match["sign"] == "/" and other > _MONTHS:
        one, other = other, one
    elif match["sign"] == "/" and one <= _MONTHS and one != other:
        return None
    day = date(year, other, one)
    return day, day


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word]


def _back(day: date, unit: str, number: int) -> date:
    """Return the day so many days, weeks, months or years before; where a month is too short, its last day."""
    if unit in ("day", "week"):
        return day - timedelta(days=number * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 - number * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _unit(today: date, unit: str, ago: int) -> tuple[date, date]:
    """Return the first and last day of the day, week (from Monday), month or year so many of its kind ago."""
    day = _back(today, unit, ago)
    if unit == "day":
        return day, day
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    if unit == "month":
        return _month(day.year, day.month)
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _named(match: re.Match[str], today: date) -> tuple[date, date]:
    """Return the days of ``march``, ``4 march`` (the latest that is not to come) or of those with a year."""
    month, day = _MONTH_NUMBERS[match["month"]], match["day"]
    if match["year"]:
        years = [int(match["year"])]
    else:
        years = list(range(today.year, max(0, today.year - 9), -1))  # 29 February can be eight years off
    for year in years:
        try:
            first, last = (date(year, month, int(day)),) * 2 if day else _month(year, month)
        except ValueError:
            continue
        if match["year"] or first <= today:
            return first, last
    raise ValueError(match[0])


def day_range(text: str, today: date) -> Days | None:
    """Return the first and last day of a range, or of a single date.

    A range is ``A..B`` (either end may be missing), ``A/B``, ``between A and B``, ``from A to B``, ``A to B``,
    ``A - B``, or ``since A`` and the like.
    """
    match = _SIDE.fullmatch(" ".join(text.lower().split()))
    return limit(match[1], match[2], today) if match else _range(text, today)


def _range(text: str, today: date) -> Days | None:
    """Return the days of a date, or from one date to another."""
    words = " ".join(text.lower().translate(_DASHES).split())
    if match := _DAYS_OF_MONTH.fullmatch(words):
        return _from_to(match["begin"], match["end"], today)
    if match := _INTERVAL.fullmatch(words):
        return _from_to(match[1], match[2], today)
    if match := _BETWEEN.fullmatch(words):
        begin, end = (part for part in match.groups() if part)
        return _from_to(begin, end, today)
    if ".." not in text:
        return day_span(text, today)
    begin, _, end = text.partition("..")
    end = end.lstrip(".")
    return _from_to(begin, end, today) if begin.strip() or end.strip() else None


def _from_to(begin: str, end: str, today: date) -> Days | None:
    """Return all days from one date to the other, whichever comes first; an empty end is open.

    What a date does not say it takes from the other: ``4`` its month from ``6 march``, ``march`` its year from
    ``may 2025`` (the last March before that is over), and ``may`` after ``march 2024`` is one that comes after it.
    """
    begin, end = begin.strip(), end.strip()
    if _DAY_ALONE.fullmatch(begin) and (match := _MONTH_ON.fullmatch(_plain(end))):
        begin = f"{begin} {match['rest']}"
    last = day_span(end, today) if end else (LAST_DAY, LAST_DAY)
    if last is None:
        return None
    first = day_span(begin, _seen_from(begin, last[1], today) if end else today) if begin else (FIRST_DAY, FIRST_DAY)
    if first is None:
        return None
    if last[1] < first[0] and _lacks_a_year(end) and date.fromordinal(first[0]) < date.max - _YEAR:
        last = day_span(end, date.fromordinal(first[0]) + _YEAR) or last
    return min(first[0], last[0]), max(first[1], last[1])


def _seen_from(text: str, last: int, today: date) -> date:
    """Return the day from which a date is reckoned that another follows: the last day of that, if it lacks a year."""
    return date.fromordinal(last) if _lacks_a_year(text) and FIRST_DAY <= last <= LAST_DAY else today


def _lacks_a_year(text: str) -> bool:
    """Return whether a text is a day of the week, or a month or day of it without its year."""
    words = _plain(text)
    if match := _WEEKDAY.fullmatch(words):
        return not match["last"]
    return any(match["year"] is None for pattern in _NAMED if (match := pattern.fullmatch(words)))


def limit(name: str, text: str, today: date) -> Days | None:
    """Return the days before, after, since or until a date; for a field of any other name, those of the date itself.

    Returns ``None`` when ``text`` is no date. After ``since`` or ``after`` it may also say until when.
    """
    if name not in SIDES:
        return day_range(text, today)
    if name in ("since", "after") and (match := _ENDED.fullmatch(" ".join(text.lower().split()))):
        return _both_sides(name, match, today)
    long = _LONG.fullmatch(" ".join(text.lower().split()))
    found = _range(f"{text} ago" if long else text, today)
    if found is None:
        return None
    first, last = found
    return {
        "before": (FIRST_DAY, first - 1),
        "after": (last + 1, LAST_DAY),
        "since": (first, LAST_DAY),
        "until": (FIRST_DAY, last),
    }[name]


def _both_sides(name: str, match: re.Match[str], today: date) -> Days | None:
    """Return the days of ``march until may 2025`` after a ``since``: those that both halves mean."""
    end = limit(match[2], match[3], today)
    begin = limit(name, match[1], _seen_from(match[1], end[1], today)) if end else None
    return (begin[0], max(end[1], begin[0] - 1)) if begin and end else None


def without_the_half(text: str) -> str:
    """Return a date, or a range, in figures that is being typed without the number at its end that may still grow."""
    return _HALF_YEAR.sub("", _HALF_DAY.sub(r"\1", text.removesuffix(" -")))


def may_begin(text: str) -> bool:
    """Return whether words may be the beginning of a date in words: ``last``, ``2 da``, ``since mar``."""
    *whole, last = text.lower().replace(",", " ").translate(_DASHES).split() or [""]
    known = all(word.removesuffix(".") in _VOCABULARY or word[:1].isdecimal() for word in whole)
    return known and (last[:1].isdecimal() or any(word.startswith(last) for word in _VOCABULARY))
