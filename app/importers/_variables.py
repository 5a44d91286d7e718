"""Variables of programs for analysis on a text: those that say what metadata says, and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.cleaning.language import guess
from app.importers._metadata import stated
from app.model import Metadata

METADATA: Final[Mapping[str, str]] = MappingProxyType({
    "url": "address", "address": "address", "source url": "address", "source_url": "address", "author": "byline",
    "byline": "byline", "authors": "byline", "published": "published", "date published": "published",
    "outlet": "outlet", "site": "outlet", "publication": "outlet", "section": "section", "accessed": "accessed",
    "language": "language", "ref_authors": "byline", "ref_year": "published", "ref_journal": "outlet",
})  # fmt: skip
"""Names of variables, in small letters, that say what a field of the metadata says."""


def described(name: str, values: Mapping[str, str], text: str) -> tuple[Metadata, dict[str, str]]:
    """Return the metadata that variables state of a text of this name, and those that are none or make no sense."""
    fields = {METADATA[key.casefold()]: value for key, value in values.items() if key.casefold() in METADATA}
    known = stated(title=name, derived={"language": guess(text) or ""}, **fields)
    rest = {
        key: value
        for key, value in values.items()
        if key.casefold() not in METADATA or getattr(known, METADATA[key.casefold()]) is None
    }
    return known, rest
