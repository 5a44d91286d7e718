"""Zotero: the annotations of its reader as JSON, by itself or as items of a library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from app.drafts import Draft
from app.importers._base import File, Importer, Parts
from app.importers._json_file import loaded, mentions, nothing, objects, text
from app.importers._metadata import stated
from app.importers._moments import moment
from app.importers._stubs import COLOURS, About, Passage, named, stub
from app.importers._zotero_colours import colour_name
from app.model import Metadata

_CREATORS: Final = ("author", "contributor")


def read(file: File) -> Parts:
    """Read annotations, grouped by what they are on; raises ``ImportFailed`` when there are none."""
    items = [_flat(one) for one in objects(loaded(file), "items", "annotations")]
    by_key = {text(item.get("key")): item for item in items if text(item.get("key"))}
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for item in items:
        if item.get("type") or item.get("itemType") == "annotation":
            grouped.setdefault(text(item.get("parentItem")), []).append(item)
    colours = bool(file.options.get("colours"))
    drafts = [_draft(key, found, by_key, file.name, colours=colours) for key, found in grouped.items()]
    drafts = [draft for draft in drafts if draft.marks or draft.note]
    if not drafts:
        raise nothing(file)
    return drafts


def _flat(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an item of the web's interface, whose values lie in ``data``, like one of the reader."""
    data = item.get("data")
    return {**item, **data} if isinstance(data, dict) else item


def _draft(
    key: str, found: list[Mapping[str, Any]], items: Mapping[str, Mapping[str, Any]], name: str, *, colours: bool
) -> Draft:
    attachment = items.get(key, {})
    about = items.get(text(attachment.get("parentItem")), attachment)
    derived = {"title": f"{name.rpartition('.')[0] or name} {key}".strip()}
    ordered = sorted(found, key=lambda one: text(_value(one, "sortIndex")))
    details = {"zotero_key": key} if key else {}
    return stub(_metadata(about, derived), map(_passage, ordered), About(details=details), colours=colours)


def _metadata(about: Mapping[str, Any], derived: Mapping[str, str]) -> Metadata:
    creators = [one for one in objects(about, "creators") if one.get("creatorType", "author") in _CREATORS]
    names = [
        text(one.get("name")) or " ".join(filter(None, (text(one.get("firstName")), text(one.get("lastName")))))
        for one in creators
    ]
    return stated(
        title=about.get("title"),
        byline=names,
        outlet=about.get("publicationTitle") or about.get("websiteTitle"),
        section=about.get("section"),
        address=about.get("url"),
        published=about.get("date"),
        accessed=text(about.get("accessDate"))[:10],
        language=about.get("language"),
        derived=derived,
    )


def _value(item: Mapping[str, Any], name: str) -> Any:
    """Return a value under its name in the reader, or under that in a library."""
    return item.get(name, item.get(f"annotation{name[0].upper()}{name[1:]}"))


def _passage(item: Mapping[str, Any]) -> Passage:
    page = text(_value(item, "pageLabel")).strip()
    return Passage(
        text(_value(item, "text")).strip(),
        text(_value(item, "comment")).strip(),
        named(text(tag.get("name") or tag.get("tag")) for tag in objects(item, "tags")),
        moment(item.get("dateAdded") or item.get("dateModified")),
        text(_value(item, "authorName")).strip(),
        colour_name(text(_value(item, "color"))),
        f"p. {page}" if page else "",
    )


def _sniffed(data: bytes) -> bool:
    return mentions(data, "sortIndex", "pageLabel", "position") or mentions(data, "annotationType", "annotationText")


IMPORTER: Final = Importer("zotero", "Zotero annotations (JSON)", (".json",), read, _sniffed, options=(COLOURS,))
