"""What a bibliography says of an article, in the words of CSL-JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.importers._json_file import objects, text
from app.importers._metadata import stated
from app.model import Metadata

_PARTS: Final = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
_WHOLE: Final = 3  # numbers of a day


def metadata(item: Mapping[str, Any]) -> Metadata:
    """Return the metadata of an item; what stands in ``custom`` under a name of ours is exact."""
    exact = custom(item)
    return stated(
        title=item.get("title"),
        byline=exact.get("byline") or [_name(author) for author in objects(item, "author")],
        outlet=item.get("container-title") or item.get("publisher"),
        section=item.get("section"),
        address=item.get("URL"),
        published=_date(item.get("issued")),
        accessed=exact.get("accessed") or _day(_date(item.get("accessed"))),
        language=item.get("language"),
    )


def custom(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what an item holds besides the fields of CSL-JSON."""
    found = item.get("custom")
    return found if isinstance(found, dict) else {}


def _name(author: Mapping[str, Any]) -> str:
    parts = (text(author.get(part)) for part in _PARTS)
    return text(author.get("literal")) or " ".join(filter(None, parts))


def _date(value: Any) -> str:
    """Return a date as far as it is known: ``2025``, ``2025-03``, ``2025-03-04``, ``about 2025-03-04``."""
    if not isinstance(value, dict):
        return ""
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [text(part) for part in first[:3]]
    if not numbers or not all(number.isdecimal() for number in numbers):
        return text(value.get("raw"))
    about = "about " if value.get("circa") is True and len(numbers) == _WHOLE else ""
    return about + "-".join(number.zfill(4 if place == 0 else 2) for place, number in enumerate(numbers))


def _day(date: str) -> str:
    return date if len(date) == 10 else ""
