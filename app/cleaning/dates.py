"""Dates as pages write them. Only what is written is read: nothing is guessed, and what may mean two days is left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from app.loading import load
from app.model import Precision, Published

_ISO: Final = re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})(?:-(?P<d>\d{2}))?(?![\d-])")
_YEAR_FIRST: Final = re.compile(r"(?<!\d)(?P<y>\d{4})(?P<by>[/.])(?P<m>\d{1,2})(?P=by)(?P<d>\d{1,2})(?![\d/.]\d)")
_DOTTED: Final = re.compile(r"(?<!\d)(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)")
_SLASHED: Final = re.compile(r"(?<!\d)(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>\d{4})(?!\d)")
_DAY_FIRST: Final = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?(?:\s+|-)(?:de\s+|of\s+)?(?P<m>[^\W\d_]{3,12})\.?,?(?:\s+|-)"
    r"(?:de\s+|del\s+)?(?P<y>\d{4})(?!\d)"
)
_MONTH_FIRST: Final = re.compile(r"(?P<m>[^\W\d_]{3,12})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\d)")
_CJK: Final = re.compile(r"(?P<y>\d{4})\s?年\s?(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?日)?")
_MONTH_ONLY: Final = re.compile(r"(?P<m>[^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(?P<y>\d{4})(?!\d)")
_NUMERIC_DAY: Final = re.compile(
    r"\d{1,2}([/.-])\d{1,2}\1\d{4}(?:,?\s+\d{1,2}[:.h]\d{2}\s?(?:h|[ap]m)?)?", re.IGNORECASE
)
_FIRST_YEAR: Final = 1600
_MOST: Final = 20_000  # characters that are looked at: no line that states a date is longer


def find_date(text: str, months: Mapping[str, int]) -> Published | None:
    """Return the first date that ``text`` states, or ``None``.

    Only the beginning of a very long text is looked at.
    ``months`` maps lower-case names to numbers. ``03/04/2025`` is a day of March or of April and so no date;
    ``13/04/2025`` is one. Between dots the day comes first, as wherever dates are written so.
    """
    text = text[:_MOST]
    for pattern in (_ISO, _YEAR_FIRST, _CJK, _DOTTED):
        if match := pattern.search(text):
            day = match["d"]
            return _made(int(match["y"]), int(match["m"]), int(day) if day else None)
    if match := _SLASHED.search(text):
        return _slashed(int(match["a"]), int(match["b"]), int(match["y"]))
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        for match in pattern.finditer(text):
            if month := months.get(match["m"].lower()):
                return _made(int(match["y"]), month, int(match["d"]))
    for match in _MONTH_ONLY.finditer(text):
        if month := months.get(match["m"].lower()):
            return _made(int(match["y"]), month, None)
    return None


def is_numeric_day(text: str) -> bool:
    """Tell whether ``text`` is a date in numbers alone, with a time or not, even one that may mean two days."""
    return _NUMERIC_DAY.fullmatch(text.strip()) is not None


def read_stamp(text: str) -> Published | None:
    """Return the date at the beginning of a machine's time stamp (ISO 8601), as it is written there."""
    match = re.match(r"\s*(\d{4})-?(\d{2})(?:-?(\d{2}))?(?=$|[T\s+Z])", text)
    return _made(int(match[1]), int(match[2]), int(match[3]) if match[3] else None) if match else None


def read_mail_date(text: str) -> Published | None:
    """Return the day that a date of a message or feed (RFC 5322) states, in the zone it was written in."""
    try:
        found = load("email.utils").parsedate(text)
    except (ValueError, IndexError, OverflowError):
        return None
    return _made(found[0], found[1], found[2]) if found and found[1] and found[2] else None


def _slashed(first: int, second: int, year: int) -> Published | None:
    if first > 12 >= second or first == second:
        return _made(year, second, first)
    return _made(year, first, second) if second > 12 >= first else None


def _made(year: int, month: int, day: int | None) -> Published | None:
    if year < _FIRST_YEAR:
        return None
    try:
        return Published(date(year, month, day or 1), Precision.DAY if day else Precision.MONTH)
    except ValueError:
        return None
