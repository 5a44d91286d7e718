"""The metadata of articles, between values and the columns of their table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from app.errors import InvalidInput
from app.library.database import Row
from app.library.library import as_json, clean_text
from app.model import METADATA_FIELDS, Metadata, Origin, Published

_REMEMBERED: Final = 1024


def metadata_of(row: Row) -> Metadata:
    """Return the metadata in a row of the article table."""
    fields = {name: row[name] for name in METADATA_FIELDS}
    if fields["published"]:
        fields["published"] = _published(fields["published"])
    return Metadata(**fields, origins=dict(_origins(row["origins"])))


@lru_cache(_REMEMBERED)
def _published(text: str) -> Published:
    """Return the date in a column; many articles are of one day."""
    return Published.parse(text)


@lru_cache(_REMEMBERED)
def _origins(text: str) -> Mapping[str, Origin]:
    """Return the origins in a column; most articles have the same."""
    return {name: Origin(origin) for name, origin in json.loads(text).items()}


def metadata_columns(metadata: Metadata) -> dict[str, Any]:
    """Return metadata as the article table keeps it."""
    columns: dict[str, Any] = {}
    for name in METADATA_FIELDS:
        value = getattr(metadata, name)
        columns[name] = None if value is None else " ".join(clean_text(str(value)).split()) or None
    # That its reader made a field unknown is known too.
    known = {
        name: origin
        for name, origin in metadata.origins.items()
        if columns.get(name) is not None or (name in columns and origin is Origin.MINE)
    }
    return {**columns, "origins": as_json(known)}


def details_of(text: str) -> dict[str, str | tuple[str, ...]]:
    """Return what a page says of itself from the column of the article table."""
    if text == "{}":
        return {}
    return {name: tuple(value) if isinstance(value, list) else str(value) for name, value in json.loads(text).items()}


def checked_field(name: str, value: str) -> str | None:
    """Return a value that a reader gives a field as it is kept, ``None`` for an empty one; raises ``InvalidInput``."""
    value = " ".join(clean_text(value).split())
    if not value:
        return None
    try:
        if name == "published":
            return str(Published.parse(value))
        if name == "accessed":
            return date.fromisoformat(value).isoformat()
    except ValueError:
        raise InvalidInput(
            "“{value}” is no date.", "Write it like 2025-03-04, 2025-03, 2025 or “about 2025-03-04”.", value=value
        ) from None
    return value
