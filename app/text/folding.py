"""When two names are the same to a person."""

from __future__ import annotations


def folded(name: str) -> str:
    """Return what names are compared by: two are one whatever their case, and whatever white space is in them."""
    return " ".join(name.split()).casefold()
