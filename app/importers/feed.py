"""Feeds that were saved to disk: RSS, RDF, Atom and JSON Feed, each item with a text an article."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import Final

from app.errors import ImportFailed
from app.importers import _feeds
from app.importers._base import File, Importer, Parts, Unread
from app.importers._encodings import decode_text
from app.importers._feeds import Feed, Item
from app.importers._pages import Around, read_markup
from app.importers._parts import guarded
from app.text.addresses import safe_address

_XML: Final = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)\b[^>]*")
_PROLOGUE: Final = re.compile(rb"\s*(?:<\?(?!<).*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_JSON: Final = re.compile(rb"\s*\{.{0,400}?\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org\\?/version", re.DOTALL)
_SYNDICATED: Final = (b"http://www.w3.org/2005/Atom", b"http://purl.org/atom/ns", b"http://purl.org/rss/1.0/")
_CITED: Final = (
    b"http://www.zotero.org/namespaces/",
    b"http://purl.org/net/biblio#",
    b"http://purl.org/ontology/bibo/",
)
_HEAD: Final = 8192
_MARK: Final = b"\xef\xbb\xbf"


def read(file: File) -> Parts:
    """Read every item that has a text; raises ``ImportFailed`` when none has."""
    if any(name in file.data[:_HEAD] for name in _CITED):
        hint = "Export the items as RIS or CSL JSON: these come in as articles that wait for their text."
        raise ImportFailed("{name} is a bibliography in RDF, which is not read.", hint, name=file.name)
    feed = _parsed(file)
    if feed is None:
        raise ImportFailed("{name} is no feed.", "Save the feed itself, not the page about it.", name=file.name)
    told = [item for item in feed.items if item.markup.strip()]
    if not told:
        hint = "Open its links in a browser, and save the pages."
        raise ImportFailed("{name} is a feed without texts.", hint, name=file.name)
    names = _names(told)
    pairs = zip(told, names, strict=True)
    found = [part for item, name in pairs for part in guarded(file, name, partial(_read_item, item, feed, name))]
    return [*found, *_untold(len(feed.items) - len(told))]


def _untold(count: int) -> list[Unread]:
    said = ImportFailed("Items without a text: {count}.", "Open their links, and save the pages.", count=count)
    return [Unread("items", said, passed=True)] if count else []


def _parsed(file: File) -> Feed | None:
    if file.data.removeprefix(_MARK).lstrip()[:1] != b"{":
        return _feeds.read_xml(file.data)
    try:
        return _feeds.read_json(decode_text(file.data, file.name))
    except (ValueError, RecursionError) as error:
        raise ImportFailed("{name} is damaged.", "Save the feed again.", name=file.name) from error


def _read_item(item: Item, feed: Feed, name: str) -> Parts:
    address = safe_address(item.address) or ""
    details: dict[str, str | tuple[str, ...]] = {}
    if item.categories:
        details["categories"] = tuple(dict.fromkeys(item.categories))
    if item.updated:
        details["updated"] = str(item.updated)
    around = Around(
        title=item.title,
        byline=item.byline or (feed.byline if feed.byline != feed.title else ""),
        outlet=item.outlet or feed.title,
        address=address if address.startswith("http") else "",
        published=item.published,
        language=_language(item.language or feed.language),
        summary=item.summary,
        whole=True,
        details=details,
    )
    return (read_markup(item.markup, name, around),)


def _language(stated: str) -> str:
    match = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", stated)
    return match[0].lower() if match else ""


def _names(items: list[Item]) -> list[str]:
    """Return what the items are called in a report: by their titles, and by their places where these are the same."""
    titles = [item.title.replace("/", "-") or item.address.partition("://")[2] for item in items]
    counts = Counter(titles)
    return [
        title if title and counts[title] == 1 else f"{title} {number}".strip() for number, title in enumerate(titles, 1)
    ]


def _sniffs(data: bytes) -> bool:
    head = data[:_HEAD].removeprefix(_MARK)
    if head.lstrip()[:1] == b"{":
        return bool(_JSON.match(head))
    found = _XML.match(head, _after_prologue(head))
    if found is None:
        return False
    return b"rss" in found[0][:12] or any(name in head for name in _SYNDICATED)


def _after_prologue(head: bytes) -> int:
    found = _PROLOGUE.match(head)
    return found.end() if found else 0


IMPORTER: Final = Importer("feed", "Feed", (".rss", ".atom", ".rdf", ".xml", ".json"), read, _sniffs)
