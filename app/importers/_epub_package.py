"""The package of an EPUB: which pages it has, in which order, and what it states of itself."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from app.cleaning.dates import read_stamp
from app.errors import ImportFailed
from app.importers._archives import Archive
from app.importers._documents import Stated
from app.importers._xml import local, parse_xml, text_of, whole_number
from app.model import Published

if TYPE_CHECKING:
    from lxml import etree

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_FONTS: Final = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))
_PAGES: Final = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml"))
_MOST_NAMES: Final = 8
_OPF: Final = "{http://www.idpf.org/2007/opf}"
_UNSET: Final = 1000  # a year that stands for "not known" in files of calibre


@dataclass(frozen=True, slots=True)
class Package:
    """A book: the names of its pages in reading order, those of its style sheets, and what it states."""

    pages: tuple[str, ...]
    sheets: tuple[str, ...]
    stated: Stated


def read_package(archive: Archive, name: str) -> Package:
    """Return what the package of a book says; raises ``ImportFailed`` for what is none, and for locked ones."""
    place = _package_name(archive, name)
    root = parse_xml(archive.read(place))
    folder = posixpath.dirname(place)
    items: dict[str, tuple[str, str, str]] = {}
    for item in root.iter("{*}item"):
        path = resolved(folder, item.get("href", ""))
        items[item.get("id", "")] = (path, item.get("media-type", ""), item.get("properties", ""))
    contents = {resolved(folder, one.get("href", "")) for one in root.iter("{*}reference") if one.get("type") == "toc"}
    pages = []
    for reference in root.iter("{*}itemref"):
        path, kind, properties = items.get(reference.get("idref", ""), ("", "", ""))
        is_page = kind in _PAGES or path.endswith((".xhtml", ".html", ".htm"))
        if path in archive and is_page and "nav" not in properties.split() and path not in contents:
            pages.append(path)
    _check_locked(archive, pages, name)
    sheets = tuple(path for path, kind, _properties in items.values() if kind == "text/css" and path in archive)
    return Package(tuple(dict.fromkeys(pages)), sheets, _stated(root))


def resolved(folder: str, address: str) -> str:
    """Return the name in the archive that a relative address means."""
    path = unquote(address.partition("#")[0])
    return posixpath.normpath(posixpath.join(folder, path)) if path else ""


def _package_name(archive: Archive, name: str) -> str:
    if _CONTAINER in archive:
        for root in parse_xml(archive.read(_CONTAINER)).iter("{*}rootfile"):
            path = unquote(root.get("full-path", ""))
            if path in archive:
                return path
    found = next((path for path in archive.names if path.endswith(".opf")), None)
    if found is None:
        raise ImportFailed("{name} holds no book.", "Download it again, or convert it to EPUB with calibre.", name=name)
    return found


def _check_locked(archive: Archive, pages: list[str], name: str) -> None:
    """Raise ``ImportFailed`` when the text is encrypted; scrambled fonts are no hindrance."""
    if _ENCRYPTION not in archive:
        return
    for data in parse_xml(archive.read(_ENCRYPTION)).iter("{*}EncryptedData"):
        method = next((one.get("Algorithm", "") for one in data.iter("{*}EncryptionMethod")), "")
        path = next((unquote(one.get("URI", "")) for one in data.iter("{*}CipherReference")), "")
        if method not in _FONTS and path in pages:
            raise ImportFailed("{name} is locked by its seller (DRM).", "Get a copy without a lock from where it was "
                               "bought.", name=name)  # fmt: skip


def _stated(root: etree._Element) -> Stated:
    metadata = next(root.iter("{*}metadata"), root)
    title = _first(metadata, "title")
    names = list(dict.fromkeys(_authors(metadata)))
    byline = ", ".join(names[:_MOST_NAMES]) + (" and others" if len(names) > _MOST_NAMES else "")
    published, date = _published(metadata)
    places = [text for name in ("source", "identifier") for text in _all(metadata, name)]
    address = next((text for text in places if text.startswith(("http://", "https://")) and " " not in text), "")
    details: dict[str, str | tuple[str, ...]] = {}
    for name, detail in (("description", "summary"), ("rights", "rights"), ("source", "source")):
        if (text := _first(metadata, name)) and text != address:
            details[detail] = text
    if subjects := _all(metadata, "subject"):
        details["subjects"] = tuple(subjects)
    if isbn := next((text for text in places if "isbn" in text.lower() or _is_isbn(text)), ""):
        details["isbn"] = isbn.lower().removeprefix("urn:isbn:")
    shown = {"author": byline, "date": date}
    return Stated(title, byline, _first(metadata, "publisher"), address, published, _first(metadata, "language"),
                  {name: text for name, text in shown.items() if text}, details)  # fmt: skip


def _all(metadata: etree._Element, name: str) -> list[str]:
    elements = (element for element in metadata.iter("{*}" + name) if local(element) == name)
    return [text for element in elements if (text := text_of(element))]


def _first(metadata: etree._Element, name: str) -> str:
    return next(iter(_all(metadata, name)), "")


def _authors(metadata: etree._Element) -> Iterator[str]:
    """Yield the creators that are authors; all of them where none is said to be one."""
    roles = {
        meta.get("refines", "").removeprefix("#"): text_of(meta)
        for meta in metadata.iter("{*}meta")
        if meta.get("property") == "role"
    }
    known = []
    for creator in metadata.iter("{*}creator"):
        role = creator.get(f"{_OPF}role") or roles.get(creator.get("id", ""), "")
        if text := text_of(creator):
            known.append((role, text))
    stated = [text for role, text in known if role == "aut"]
    yield from stated or [text for _role, text in known]


def _published(metadata: etree._Element) -> tuple[Published | None, str]:
    """Return the date of publication, and how it is written; dates of changes and conversions are none.

    Nor is one that is to the second when the file was last changed: that is when it was made.
    """
    changed = {text_of(meta) for meta in metadata.iter("{*}meta") if meta.get("property") == "dcterms:modified"}
    for date in metadata.iter("{*}date"):
        event = date.get(f"{_OPF}event", "publication")
        text = text_of(date)
        made = "T" in text and text in changed
        if made or event not in ("publication", "original-publication") or whole_number(text[:4]) < _UNSET:
            continue
        if found := read_stamp(text):
            return found, text
        try:
            return Published.parse(text), text
        except ValueError:
            continue
    return None, ""


def _is_isbn(text: str) -> bool:
    plain = text.replace("-", "")
    return len(plain) == 13 and plain.isdigit() and plain.startswith(("978", "979"))
