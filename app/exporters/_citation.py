"""The source line under a quotation: outlet, byline, title, date or "n.d.", address, accessed, paragraph."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from app.exporters._values import title_of
from app.model import Metadata, Precision, Published

UNDATED: Final = "n.d."
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def written_day(day: date) -> str:
    """Return a day as it is written in a text, whatever the language of the machine: ``4 March 2025``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def written_date(published: Published | None) -> str:
    """Return a date of publication as exactly as it is known; ``n.d.`` when it is not."""
    if published is None:
        return UNDATED
    if published.precision is Precision.YEAR:
        return str(published.day.year)
    if published.precision is Precision.MONTH:
        return f"{_MONTHS[published.day.month - 1]} {published.day.year}"
    about = "about " if published.precision is Precision.ABOUT else ""
    return about + written_day(published.day)


def written_accessed(accessed: str | None) -> str:
    """Return the day of access in words, or as it stands when it is no ISO day."""
    text = (accessed or "").strip()
    if not _ISO_DAY.fullmatch(text):
        return text
    try:
        return written_day(date.fromisoformat(text))
    except ValueError:
        return text


def source_parts(metadata: Metadata, paragraph: int | None = None) -> tuple[tuple[str, str], ...]:
    """Return the parts of the source line in order, as ``(what, words)``; what is not known is absent.

    ``what`` is one of ``outlet byline title date address accessed paragraph``.
    """
    accessed = written_accessed(metadata.accessed)
    parts = (
        ("outlet", " ".join((metadata.outlet or "").split())),
        ("byline", " ".join((metadata.byline or "").split())),
        ("title", f"“{title_of(metadata)}”"),
        ("date", written_date(metadata.published)),
        ("address", "".join((metadata.address or "").split())),
        ("accessed", f"accessed {accessed}" if accessed else ""),
        ("paragraph", f"paragraph {paragraph}" if paragraph else ""),
    )
    return tuple(part for part in parts if part[1])


def source_line(metadata: Metadata, paragraph: int | None = None) -> str:
    """Return the source line of an article, or of a passage in its ``paragraph`` (from 1), as plain text."""
    return ", ".join(words for _, words in source_parts(metadata, paragraph))
