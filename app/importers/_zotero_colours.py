"""The colours of Zotero's reader by their names."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "#ffd400": "yellow",
        "#ff6666": "red",
        "#5fb236": "green",
        "#2ea8e5": "blue",
        "#a28ae5": "purple",
        "#e56eee": "magenta",
        "#f19837": "orange",
        "#aaaaaa": "gray",
    }
)


def colour_name(colour: str) -> str:
    """Return the name of one of Zotero's colours, any other as it is written."""
    return _NAMES.get(colour.strip().lower(), colour.strip().lower())
