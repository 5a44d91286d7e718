"""Metadata as a file states it, value by value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from app.cleaning.dates import read_stamp
from app.model import Metadata, Origin, Published

_ADDRESS: Final = re.compile(r"https?://\S+$", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


def stated(
    *,
    title: Any = None,
    byline: Any = None,
    outlet: Any = None,
    section: Any = None,
    address: Any = None,
    published: Any = None,
    accessed: Any = None,
    language: Any = None,
    derived: Mapping[str, str] | None = None,
) -> Metadata:
    """Return what a file states of an article; what is empty or makes no sense in its field is not known.

    ``published`` is a written form of :class:`Published` or a time stamp. ``derived`` holds what was not stated.
    """
    values: dict[str, Any] = {
        "title": line(title),
        "byline": line(byline),
        "outlet": line(outlet),
        "section": line(section),
        "address": web_address(address),
        "published": _published(line(published)),
        "accessed": line(accessed),
        "language": line(language) if _LANGUAGE.match(line(language) or "") else None,
    }
    origins = {name: Origin.STATED for name, value in values.items() if value is not None}
    for name, value in (derived or {}).items():
        if values[name] is None and value:
            values[name], origins[name] = value, Origin.DERIVED
    return Metadata(**values, origins=origins)


def line(value: Any) -> str | None:
    """Return a text on one line, a list of texts with commas between them, ``None`` for nothing."""
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(line, value))) or None
    if value is None or isinstance(value, bool | dict):
        return None
    return " ".join(str(value).split()) or None


def web_address(value: Any) -> str | None:
    """Return an address of the web, ``None`` for anything else."""
    text = line(value) or ""
    return text if _ADDRESS.match(text) else None


def _published(text: str | None) -> Published | None:
    if text is None:
        return None
    try:
        return Published.parse(text)
    except ValueError:
        return read_stamp(text)
