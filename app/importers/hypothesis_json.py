"""Hypothesis: the JSON that its client exports, with the words round each passage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.importers._base import File, Importer, Parts
from app.importers._hypothesis import Annotation, drafts
from app.importers._json_file import loaded, mentions, nothing, objects, text
from app.importers._moments import moment
from app.importers._stubs import Passage, named


def read(file: File) -> Parts:
    """Read the annotations, grouped by page; raises ``ImportFailed`` when there are none."""
    found = drafts(map(_annotation, objects(loaded(file), "annotations", "rows")))
    if not found:
        raise nothing(file)
    return found


def _annotation(value: Mapping[str, Any]) -> Annotation:
    selectors = {
        selector["type"]: selector
        for target in objects(value, "target")
        for selector in objects(target, "selector")
        if isinstance(selector.get("type"), str)
    }
    quote = selectors.get("TextQuoteSelector", {})
    document = value.get("document")
    titles = document.get("title") if isinstance(document, dict) else None
    tags = value.get("tags")
    passage = Passage(
        text(quote.get("exact")).strip(),
        text(value.get("text")),
        named(tags if isinstance(tags, list) else ()),
        moment(value.get("created")),
        _name(text(value.get("user")), value.get("user_info")),
        prefix=text(quote.get("prefix")),
        suffix=text(quote.get("suffix")),
    )
    references = value.get("references")
    return Annotation(
        text(value.get("id")),
        text(value.get("uri")),
        text(titles[0]) if isinstance(titles, list) and titles else text(titles),
        passage,
        tuple(map(text, references)) if isinstance(references, list) else (),
    )


def _name(user: str, about: Any) -> str:
    """Return the name that people see, otherwise ``ada`` of ``acct:ada@hypothes.is``."""
    shown = text(about.get("display_name")) if isinstance(about, dict) else ""
    return shown or user.removeprefix("acct:").partition("@")[0]


def _sniffed(data: bytes) -> bool:
    return mentions(data, "annotations", "client_version") or (
        mentions(data, "uri", "target", "user") and b"TextQuoteSelector" in data[: 1 << 20]
    )


IMPORTER: Final = Importer("hypothesis", "Hypothesis annotations (JSON)", (".json",), read, _sniffed)
