"""CSL-JSON: a bibliography, as Zotero and others export it. Each entry waits for its article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.drafts import Draft
from app.importers import _csl
from app.importers._base import File, Importer, Parts
from app.importers._json_file import loaded, mentions, nothing, objects, text
from app.importers._stubs import About, named, stub

_DETAILS: Final = ("type", "abstract", "DOI", "ISBN", "citation-key", "page", "volume", "issue")


def read(file: File) -> Parts:
    """Read all entries with a title; raises ``ImportFailed`` when there are none."""
    drafts = [_draft(item) for item in objects(loaded(file), "items") if text(item.get("title")).strip()]
    if not drafts:
        raise nothing(file)
    return drafts


def _draft(item: Mapping[str, Any]) -> Draft:
    details = {name: value for name in _DETAILS if (value := " ".join(text(item.get(name)).split()))}
    themes = named(text(item.get("keyword")).split(","))
    return stub(_csl.metadata(item), (), About(themes, text(item.get("note")).strip(), details), colours=False)


def _sniffed(data: bytes) -> bool:
    return mentions(data, "id", "type", "title") and (mentions(data, "issued") or mentions(data, "container-title"))


IMPORTER: Final = Importer("csl", "Bibliography (CSL-JSON)", (".json",), read, _sniffed)
