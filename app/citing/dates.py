"""Days of publication and of access as citations write them, each as exactly as it is known."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from app.model import Precision, Published
from app.text.body import clean_line
from app.wording import MONTHS

UNDATED: Final = "n.d."
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHORT: Final = 4  # letters of a month that is not shortened (MLA 9, appendix 1)


def written_date(published: Published | None) -> str:
    """Return a day of publication as exactly as it is known, such as ``4 March 2025``; ``n.d.`` if it is not."""
    if published is None:
        return UNDATED
    about = "about " if published.precision is Precision.ABOUT else ""
    return about + " ".join(filter(None, (month_and_day(published), year(published))))


def written_access(accessed: str | None) -> str:
    """Return a day of access in words, or as it stands when it is no ISO day; empty when it is not known."""
    text = one_line(accessed)
    day = iso_day(text)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else text


def american_access(accessed: str) -> str:
    """Return a day of access as ``March 4, 2025``, or as it stands when it is no ISO day."""
    day = iso_day(accessed)
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}" if day else accessed


def short_access(accessed: str) -> str:
    """Return a day of access as ``4 Mar. 2025``, or as it stands when it is no ISO day."""
    day = iso_day(accessed)
    return f"{day.day} {shortened(day.month)} {day.year}" if day else accessed


def year(published: Published) -> str:
    """Return the year."""
    return str(published.day.year)


def month_and_day(published: Published, *, american: bool = False, short: bool = False) -> str:
    """Return ``4 March`` (or ``March 4``, or ``4 Mar.``), ``March`` if no day is known, nothing if no month is."""
    if published.precision is Precision.YEAR:
        return ""
    day = published.day
    month = shortened(day.month) if short else MONTHS[day.month - 1]
    if published.precision is Precision.MONTH:
        return month
    return f"{month} {day.day}" if american else f"{day.day} {month}"


def is_about(published: Published | None) -> bool:
    """Tell whether a date is known only roughly."""
    return published is not None and published.precision is Precision.ABOUT


def shortened(month: int) -> str:
    """Return the name of a month (1-12) as MLA 9 shortens it: ``Mar.``, ``Sept.``, ``May``."""
    name = MONTHS[month - 1]
    return name if len(name) <= _SHORT else "Sept." if name == "September" else f"{name[:3]}."


def iso_day(text: str | None) -> date | None:
    """Return the day that a text names as ``2025-03-04``; ``None`` for anything else, and days that do not exist."""
    if not text or not _ISO_DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def one_line(text: str | None) -> str:
    """Return a value on one line, its white space made single spaces."""
    return " ".join(clean_line(text or "").split())
