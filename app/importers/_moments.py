"""Times as other programs write them, in UTC milliseconds since 1970; 0 where a text holds none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

_LATEST: Final = 253_402_300_799_000  # the end of the year 9999
_MILLISECONDS: Final = 100_000_000_000  # no time of marking lies before 1973: a larger number counts milliseconds


def moment(value: Any) -> int:
    """Return a time that is written in ISO 8601 or as seconds or milliseconds since 1970.

    A time without a zone is taken to be UTC: nothing says where it was written.
    """
    if isinstance(value, bool) or value is None:
        return 0
    text = str(value).strip()
    try:
        number = float(text)
    except ValueError:
        return _iso(text)
    milliseconds = number if abs(number) >= _MILLISECONDS else number * 1000
    return int(milliseconds) if 0 < milliseconds <= _LATEST else 0


def day(milliseconds: int) -> str | None:
    """Return the ISO day of a time, ``None`` for none."""
    return datetime.fromtimestamp(milliseconds // 1000, UTC).date().isoformat() if milliseconds else None


def of(when: datetime) -> int:
    """Return a moment as a number; one without a zone is UTC."""
    known = when if when.tzinfo else when.replace(tzinfo=UTC)
    try:
        return max(0, round(known.timestamp() * 1000))
    except (OverflowError, ValueError):
        return 0


def _iso(text: str) -> int:
    for written in (text, text.removesuffix(" UTC"), text.replace(" ", "T", 1)):
        try:
            return of(datetime.fromisoformat(written))
        except ValueError:
            continue
    return 0
