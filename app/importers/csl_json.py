"""CSL-JSON: a bibliography, as Zotero and others export it. Each entry waits for its article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from app.drafts import Draft
from app.importers import _csl
from app.importers._base import File, Importer, Parts
from app.importers._json_file import loaded, mentions, nothing, objects, text
from app.importers._note_markup import as_note
from app.importers._own_values import own_id
from app.importers._stubs import About, named, stub

_BEGINNING: Final = 4096
_TYPE: Final = re.compile(rb'"type"\s*:\s*"(?:article-(?:newspaper|magazine|journal)|webpage|post-weblog)"')
_DETAILS: Final = ("type", "abstract", "DOI", "ISBN", "citation-key", "page", "volume", "issue")


def read(file: File) -> Parts:
    """Read all entries with a title or an address; raises ``ImportFailed`` when there are none."""
    drafts = [_draft(item) for item in objects(loaded(file), "items") if _is_known(item)]
    if not drafts:
        raise nothing(file)
    return drafts


def _is_known(item: Mapping[str, Any]) -> bool:
    return bool(text(item.get("title")).strip() or text(item.get("URL")).strip())


def _draft(item: Mapping[str, Any]) -> Draft:
    details = {name: value for name in _DETAILS if (value := " ".join(text(item.get(name)).split()))}
    custom = _csl.custom(item)
    own = custom.get("themes")
    themes = named(own if isinstance(own, list) else text(item.get("keyword")).split(","))
    about = About(themes, as_note(text(item.get("note"))), details, id=own_id(custom.get("article")))
    return stub(_csl.metadata(item), (), about, colours=False)


def _sniffed(data: bytes) -> bool:
    cited = mentions(data, "issued") or mentions(data, "container-title") or _TYPE.search(data[:_BEGINNING])
    return mentions(data, "id", "type") and bool(cited) and (mentions(data, "title") or mentions(data, "URL"))


IMPORTER: Final = Importer("csl", "Bibliography (CSL-JSON)", (".json",), read, _sniffed)
