"""Dates as a reader writes them: in the form in which they are kept, or in words as they are shown."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.model import Precision, Published

_DAYS: Final = ("d MMM yyyy", "d MMMM yyyy", "MMM d yyyy", "MMMM d yyyy")
_MONTHS: Final = ("MMM yyyy", "MMMM yyyy")
_ORDINAL: Final = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b|[.,]")


def read_published(text: str) -> Published:
    """Read ``2024-12-19``, ``19 Dec 2024``, ``December 19, 2024`` and the like; raises ``ValueError`` for all else."""
    try:
        return Published.parse(text)
    except ValueError:
        plain = " ".join(_ORDINAL.sub(" ", text.lower()).split())
        about = plain.startswith("about ")
        plain = plain.removeprefix("about ")
        if (day := _written(plain, _DAYS)) is not None:
            return Published(day, Precision.ABOUT if about else Precision.DAY)
        month = None if about else _written(plain, _MONTHS)
        if month is None:
            raise
        return Published(month, Precision.MONTH)


def read_day(text: str) -> date:
    """Read a day, written in any of the forms of :func:`read_published`; raises ``ValueError`` for all else."""
    published = read_published(text)
    if published.precision is not Precision.DAY:
        raise ValueError(f"not a day: {text}")
    return published.day


def amiss(text: str) -> str:
    """Return what is wrong with a date that a reader wrote, or nothing."""
    try:
        read_published(text)
    except ValueError:
        return QCoreApplication.translate(
            "dates", "Write the date as 4 Mar 2025, 2025-03-04, 2025-03, 2025 or about 2025-03-04."
        )
    return ""


def _written(text: str, forms: tuple[str, ...]) -> date | None:
    for locale in (QLocale(), QLocale(QLocale.Language.English)):
        for form in forms:
            for words in (text, text.title()):
                day = locale.toDate(words, form)
                if isinstance(day, QDate) and day.isValid() and day.year() >= 1000:
                    return date(day.year(), day.month(), day.day())
    return None
