"""Zotero: items of a library as JSON, with their notes and annotations, and the annotations of its reader alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._json_file import loaded, mentions, nothing, objects, text
from app.importers._metadata import stated
from app.importers._moments import moment
from app.importers._note_markup import as_note
from app.importers._stubs import COLOURS, About, Passage, joined, named, stub
from app.importers._zotero_colours import colour_name
from app.model import Metadata

_CREATORS: Final = ("author", "contributor")
_DRAWN: Final = frozenset(("image", "ink"))
_PARTS: Final = ("attachment", "annotation", "note")
_NUMBER: Final = "#"  # begins the key of an item that has none


def read(file: File) -> Parts:
    """Read annotations, grouped by what they are on, and items that have none; raises ``ImportFailed`` for nothing."""
    items = list(_all(objects(loaded(file), "items", "annotations")))
    by_key = {text(item.get("key")): item for item in items if text(item.get("key"))}
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for item in items:
        if item.get("type") or item.get("itemType") == "annotation":
            grouped.setdefault(text(item.get("parentItem")), []).append(item)
    colours = bool(file.options.get("colours"))
    drafts = [_draft(key, found, by_key, file.name, colours=colours) for key, found in grouped.items()]
    drafts = [draft for draft in drafts if draft.marks or draft.note]
    noted = {text(by_key.get(key, {}).get("parentItem")) or key for key in grouped}
    drafts += [_item(item, by_key) for item in items if _is_item(item) and text(item.get("key")) not in noted]
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
    return stub(_metadata(about, derived), map(_passage, ordered), _about(about, items, details), colours=colours)


def _is_item(item: Mapping[str, Any]) -> bool:
    """Tell whether an item stands for an article: it is no part of another one, and has a title or an address."""
    named = text(item.get("title")).strip() or text(item.get("url")).strip()
    return text(item.get("itemType")) not in ("", *_PARTS) and bool(named)


def _item(item: Mapping[str, Any], items: Mapping[str, Mapping[str, Any]]) -> Draft:
    key = text(item.get("key"))
    return stub(
        _metadata(item, {}), (), _about(item, items, {"zotero_key": key} if key[:1] != _NUMBER else {}), colours=False
    )


def _about(item: Mapping[str, Any], items: Mapping[str, Mapping[str, Any]], details: Mapping[str, str]) -> About:
    """Return what a library says of an item besides: its tags, its abstract, and the notes on it."""
    key = text(item.get("key"))
    own = item.get("notes")
    inside = [one.get("note") if isinstance(one, dict) else one for one in own] if isinstance(own, list) else []
    beside = [
        one.get("note") for one in items.values() if one.get("itemType") == "note" and one.get("parentItem") == key
    ]
    tags = item.get("tags")
    names = [one.get("tag") if isinstance(one, dict) else one for one in tags] if isinstance(tags, list) else []
    said = {"abstract": text(item.get("abstractNote")).strip()}
    note = joined(as_note(text(one)) for one in (*inside, *(beside if key else ())))
    return About(named(names), note, {**details, **{name: value for name, value in said.items() if value}})


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
    return (
        mentions(data, "sortIndex", "pageLabel", "position")
        or mentions(data, "annotationType", "annotationText")
        or (mentions(data, "itemType", "creators"))
    )


IMPORTER: Final = Importer(
    "zotero", "Zotero library or annotations (JSON)", (".json",), read, _sniffed, options=(COLOURS,)
)
