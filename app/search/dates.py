"""Our own dates in queries: years, months, days, and ranges of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from app.model import Published

FIRST_DAY: Final = 1
LAST_DAY: Final = date.max.toordinal()


def day_span(text: str, today: date) -> tuple[int, int] | None:
    """Return the ordinals of the first and last day of ``2025``, ``2025-03``, ``2025-03-04``, ``today``, ``yesterday``.

    Returns ``None`` for anything else and for days that do not exist.
    """
    word = text.strip().lower()
    near = {"today": 0, "yesterday": 1}
    if word in near:
        if today.toordinal() <= near[word]:
            return None
        day = (today - timedelta(days=near[word])).toordinal()
        return day, day
    if word.startswith("about"):
        return None
    try:
        found = Published.parse(word)
    except ValueError:
        return None
    return found.day.toordinal(), found.last_day().toordinal()


def day_range(text: str, today: date) -> tuple[int, int] | None:
    """Return the first and last day of ``A..B``, where either end may be missing, or of a single date."""
    if ".." not in text:
        return day_span(text, today)
    begin, _, end = text.partition("..")
    first = day_span(begin, today) if begin.strip() else (FIRST_DAY, FIRST_DAY)
    last = day_span(end.lstrip("."), today) if end.strip(". ") else (LAST_DAY, LAST_DAY)
    if first is None or last is None or not (begin.strip() or end.strip(". ")):
        return None
    return min(first[0], last[0]), max(first[1], last[1])


def limit(name: str, text: str, today: date) -> tuple[int, int] | None:
    """Return the days that ``before:``, ``after:``, ``on:`` or ``published:`` means; ``None`` when it is no date."""
    if name in {"on", "published"}:
        return day_range(text, today)
    found = day_span(text, today)
    if found is None:
        return None
    return (FIRST_DAY, found[0] - 1) if name == "before" else (found[1] + 1, LAST_DAY)
