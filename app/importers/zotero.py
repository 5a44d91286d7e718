"""Zotero: the annotations of its reader as JSON, by itself or as items of a library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._json_file import loaded, mentions, nothing, objects, text
from app.importers._metadata import stated
from app.importers._moments import moment
from app.importers._stubs import COLOURS, About, Passage, named, stub
from app.importers._zotero_colours import colour_name
from app.model import Metadata

_CREATORS: Final = ("author", "contributor")
_DRAWN: Final = frozenset(("image", "ink"))
_NUMBER: Final = "#"  # begins the key of an item that has none


def read(file: File) -> Parts:
    """Read annotations, grouped by what they are on; raises ``ImportFailed`` when there are none."""
    items = list(_all(objects(loaded(file), "items", "annotations")))
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
    return [*drafts, *_drawn([one for found in grouped.values() for one in found])]


def _all(items: list[dict[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield items with the attachments and annotations that Better BibTeX puts inside them, each naming its parent."""
    for number, item in enumerate(map(_flat, items)):
        key = text(item.get("key")) or f"{_NUMBER}{number}"
        yield {**item, "key": key}
        for place, attachment in enumerate(objects(item, "attachments")):
            inner = text(attachment.get("key")) or f"{key}.{place}"
            yield {**attachment, "key": inner, "parentItem": key}
            yield from ({**one, "parentItem": inner} for one in objects(attachment, "annotations"))


def _drawn(found: list[Mapping[str, Any]]) -> Iterator[Unread]:
    """Yield what is said of pictures and drawings on pages: there are no words in them to stand for."""
    count = sum(
        text(_value(one, "type")) in _DRAWN and not (_value(one, "text") or _value(one, "comment")) for one in found
    )
    if count:
        said = ImportFailed("Annotations that are pictures or drawings, without a word: {count}.", count=count)
        yield Unread("drawings", said, passed=True)


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
    details = {"zotero_key": key} if key and not key.startswith(_NUMBER) else {}
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
    page, key = text(_value(item, "pageLabel")).strip(), text(item.get("key"))
    return Passage(
        text(_value(item, "text")).strip(),
        text(_value(item, "comment")).strip(),
        named(text(tag.get("name") or tag.get("tag")) for tag in objects(item, "tags")),
        moment(item.get("dateAdded") or item.get("dateModified")),
        text(_value(item, "authorName")).strip(),
        colour_name(text(_value(item, "color"))),
        f"p. {page}" if page else "",
        known_as="" if key.startswith(_NUMBER) else key,
    )


def _sniffed(data: bytes) -> bool:
    return mentions(data, "sortIndex", "pageLabel", "position") or mentions(data, "annotationType", "annotationText")


IMPORTER: Final = Importer("zotero", "Zotero annotations (JSON)", (".json",), read, _sniffed, options=(COLOURS,))
