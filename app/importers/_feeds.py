"""What the items of a feed state: RSS 2.0 and 0.9x, RDF, Atom and JSON Feed, brought to one form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from html.entities import name2codepoint
from typing import TYPE_CHECKING, Any, Final

from app.cleaning.dates import read_mail_date, read_stamp
from app.importers._xml import local, words
from app.loading import load
from app.model import Published

if TYPE_CHECKING:
    from lxml import etree

_LONGEST_LINE: Final = 2_000
_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR: Final = "{http://purl.org/dc/elements/1.1/}creator"
_ORIGINAL: Final = "{http://rssnamespace.org/feedburner/ext/1.0}origLink"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_PLAIN: Final = frozenset(("amp", "lt", "gt", "quot", "apos"))
_NAMED: Final = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,10});")
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_MARKUP: Final = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_TAGS: Final = re.compile(r"</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>")
_MAILBOX: Final = re.compile(r"\S+@\S+\s*\((?P<name>[^)]+)\)")


@dataclass(frozen=True, slots=True)
class Item:
    """What a feed states of one article. ``markup`` is its text as HTML, empty when only a link was given."""

    title: str = ""
    markup: str = ""
    summary: str = ""
    address: str = ""
    byline: str = ""
    published: Published | None = None
    updated: Published | None = None
    categories: tuple[str, ...] = ()
    language: str = ""
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed states of itself, and its items in order; ``byline`` is of those that name nobody."""

    title: str
    language: str
    items: tuple[Item, ...]
    byline: str = ""


def read_json(text: str) -> Feed | None:
    """Read a JSON Feed; ``None`` for any other JSON. Raises ``ValueError`` or ``RecursionError`` for what is none."""
    feed = json.loads(text)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return None
    items = tuple(_json_item(entry) for entry in feed["items"] if isinstance(entry, dict))
    return Feed(_word(feed.get("title")), _word(feed.get("language")), items, _json_authors(feed))


def _json_authors(entry: Mapping[str, Any]) -> str:
    authors = entry.get("authors") if isinstance(entry.get("authors"), list) else [entry.get("author")]
    return ", ".join(_word(one.get("name")) for one in authors or () if isinstance(one, dict) and one.get("name"))


def _json_item(entry: Mapping[str, Any]) -> Item:
    markup = _word(entry.get("content_html")) or as_markup(_word(entry.get("content_text")))
    summary = _word(entry.get("summary"))
    tags = entry.get("tags")
    return Item(
        title=_line(_word(entry.get("title"))),
        markup=markup or as_markup(summary),
        summary=summary if markup else "",
        address=_word(entry.get("url")) or _word(entry.get("external_url")),
        byline=_json_authors(entry),
        published=read_stamp(_word(entry.get("date_published"))),
        updated=read_stamp(_word(entry.get("date_modified"))),
        categories=tuple(_word(tag) for tag in tags if _word(tag)) if isinstance(tags, list) else (),
        language=_word(entry.get("language")),
    )


def read_xml(data: bytes) -> Feed | None:
    """Read RSS, RDF or Atom of any quality; ``None`` for any other XML. No entity is expanded, nothing is fetched."""
    etree = load("lxml.etree")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(_NAMED.sub(_numbered, data), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    kind = local(root)
    if kind == "feed":
        items = tuple(_atom_item(entry) for entry in root if local(entry) == "entry")
        return Feed(_title(root), root.get(_LANGUAGE, ""), items, _atom_authors(root))
    if kind not in ("rss", "RDF"):
        return None
    channel = next((child for child in root if local(child) == "channel"), root)
    inner = [child for child in (*channel, *(root if channel is not root else ())) if local(child) == "item"]
    return Feed(_title(channel), _text(channel, "language"), tuple(map(_rss_item, inner)))


def _numbered(match: re.Match[bytes]) -> bytes:
    """Return an entity of HTML, which XML does not know, by its number."""
    name = match[1].decode("ascii")
    number = None if name in _PLAIN else name2codepoint.get(name)
    return match[0] if number is None else b"&#%d;" % number


def _rss_item(item: etree._Element) -> Item:
    content, summary = _named(item, _CONTENT), _text(item, "description")
    permanent = next((child for child in item if local(child) == "guid"), None)
    is_link = permanent is not None and permanent.get("isPermaLink", "true").lower() == "true"
    lasting = words(permanent) if is_link and permanent is not None else ""
    stated = _text(item, "author")
    mailbox = _MAILBOX.fullmatch(stated)
    stamp = _text(item, "pubDate") or _text(item, "date")
    return Item(
        title=_title(item),
        markup=as_markup(content or summary),
        summary=_line(summary) if content else "",
        address=_named(item, _ORIGINAL) or _text(item, "link") or lasting,
        byline=_named(item, _CREATOR) or (mailbox["name"] if mailbox else "" if "@" in stated else stated),
        published=read_stamp(stamp) or read_mail_date(stamp),
        categories=tuple(_texts(item, "category", "subject")),
        outlet=_text(item, "source"),
    )


def _atom_item(entry: etree._Element) -> Item:
    content, summary = _atom_text(entry, "content"), _atom_text(entry, "summary")
    terms = [child.get("label") or child.get("term") or "" for child in entry if local(child) == "category"]
    return Item(
        title=_line(_atom_text(entry, "title")),
        markup=content or summary,
        summary=_line(summary) if content else "",
        address=_named(entry, _ORIGINAL) or _atom_link(entry),
        byline=_atom_authors(entry),
        published=read_stamp(_text(entry, "published") or _text(entry, "issued")),
        updated=read_stamp(_text(entry, "updated") or _text(entry, "modified")),
        categories=tuple(term for term in terms if term),
        language=entry.get(_LANGUAGE, ""),
        outlet=next((_title(child) for child in entry if local(child) == "source"), ""),
    )


def _atom_authors(element: etree._Element) -> str:
    return ", ".join(name for child in element if local(child) == "author" and (name := _text(child, "name")))


def _atom_link(entry: etree._Element) -> str:
    links = [child for child in entry if local(child) == "link"]
    return next((link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate"), "").strip()


def _atom_text(entry: etree._Element, name: str) -> str:
    """Return a text of Atom as HTML: plain, as HTML in letters, or as elements."""
    element = next((child for child in entry if local(child) == name and not child.get("src")), None)
    if element is None:
        return ""
    kind = element.get("type", "text").lower()
    if "xhtml" in kind:
        for inner in element.iter("*"):
            # Where a feed is damaged, the parser lets names pass that it would not write.
            inner.tag = name if _NAME.fullmatch(name := local(inner)) else "span"
        serialise = load("lxml.etree").tostring
        return "".join(serialise(child, encoding="unicode", method="html") for child in element)
    text = words(element)
    return as_markup(text) if "html" in kind else _paragraphs(text)


def as_markup(text: str) -> str:
    """Return a text that may be HTML or not as HTML."""
    return text if _MARKUP.search(text) else _paragraphs(text)


def _paragraphs(text: str) -> str:
    lines = re.split(r"\n\s*\n", text) if re.search(r"\n\s*\n", text) else text.split("\n")
    return "".join(f"<p>{escape(line.strip(), quote=False)}</p>" for line in lines if line.strip())


def _title(element: etree._Element) -> str:
    return _line(_text(element, "title"))


def _line(text: str) -> str:
    """Return a title or the like on one line, without the markup that some feeds have in it."""
    text = text[:_LONGEST_LINE]
    if _TAGS.search(text) or "&" in text:
        text = " ".join(piece.text for piece in load("app.text.html_reader").read_html(text))
    return " ".join(text.split())


def _text(element: etree._Element, name: str) -> str:
    return next(iter(_texts(element, name)), "")


def _texts(element: etree._Element, *names: str) -> Iterator[str]:
    for child in element:
        if local(child) in names and (text := words(child)):
            yield text


def _named(element: etree._Element, name: str) -> str:
    child = element.find(name)
    return words(child) if child is not None else ""


def _word(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
