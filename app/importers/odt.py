"""OpenDocument texts (ODT), as LibreOffice, OpenOffice, Google Docs and pandoc write them."""

from __future__ import annotations

import binascii
import contextlib
import posixpath
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._archives import Archive, opened
from app.importers._base import File, Importer, Parts
from app.importers._documents import Stated, blocks, document
from app.importers._pictures import Pictures
from app.importers._shown_pictures import kept
from app.importers._xml import local, parse_xml, texts
from app.loading import load

if TYPE_CHECKING:
    from lxml import etree

    from app.importers._odt_styles import Styles
    from app.importers._odt_text import Text

_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_MIME: Final = b"application/vnd.oasis.opendocument.text"
_MATHS: Final = ("mi", "mn", "mo", "mtext")
_HEAD: Final = 8192
_DETAILS: Final = (("creation-date", "created"), ("subject", "subject"), ("description", "summary"))


def read(file: File) -> Parts:
    """Read a document of one article; annotations and highlighted stretches become marks."""
    if _is_markup(file.data):
        root = parse_xml(file.data, file.name)
        return (_draft(file.name, root, (root,), next(root.iter(f"{_OFFICE}meta"), None), None),)
    with opened(file.data) as archive:
        _check(archive, file.name)
        content = parse_xml(archive.read("content.xml"))
        styles, meta = (
            parse_xml(archive.read(name)) if name in archive else None for name in ("styles.xml", "meta.xml")
        )
        return (_draft(file.name, content, (content,) if styles is None else (styles, content), meta, archive),)


def _draft(
    name: str, content: etree._Element, styled: Sequence[etree._Element], meta: etree._Element | None,
    archive: Archive | None,
) -> Draft:  # fmt: skip
    """Return the article whose text is in ``content``, its styles in ``styled``, its properties in ``meta``."""
    body = next(content.iter(f"{_OFFICE}text"), None)
    if body is None:
        raise _none(name)
    styles: Styles = load("app.importers._odt_styles").Styles()
    for root in styled:
        styles.add(root)
    pictures = _Kept(archive)
    text: Text = load("app.importers._odt_text").Text(styles, pictures.keep, pictures.formula)
    pieces = blocks(text.tree(body), pictures.found)
    stated = Stated(shown=text.shown) if meta is None else _stated(meta, text.shown)
    return document(pieces, stated, text.noted, pictures=pictures.found.found)


def _check(archive: Archive, name: str) -> None:
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise ImportFailed("{name} is locked with a password.", "Open it, save it without the password, and import "
                           "that file.", name=name)  # fmt: skip
    if "content.xml" not in archive:
        raise _none(name)


def _none(name: str) -> ImportFailed:
    return ImportFailed("{name} holds no OpenDocument text.", "Open it in LibreOffice, and save it as ODT.", name=name)


class _Kept:
    """Keeps the pictures that the text shows."""

    def __init__(self, archive: Archive | None) -> None:
        self.found = Pictures()
        self._archive = archive

    def keep(self, image: etree._Element) -> str:
        """Keep what an image element shows; return what names it in the tree, empty for what cannot be shown."""
        address = image.get(_HREF, "")
        inside = next(image.iter(f"{_OFFICE}binary-data"), None)
        if inside is not None:
            with contextlib.suppress(ValueError):
                return kept(self.found, binascii.a2b_base64((inside.text or "").encode()))
            return ""
        name = posixpath.normpath(unquote(address))
        if self._archive is None or name not in self._archive:
            return address if address.startswith(("http://", "https://")) else ""
        return kept(self.found, self._archive.read(name))

    def formula(self, held: etree._Element) -> str:
        """Return the letters and signs of a formula in their order; nothing for an object that is something else."""
        root = next((inner for inner in held if local(inner) == "math"), None)
        name = f"{posixpath.normpath(unquote(held.get(_HREF, '')))}/content.xml"
        if root is None and self._archive is not None and name in self._archive:
            with contextlib.suppress(ImportFailed):  # a damaged formula costs no document
                root = parse_xml(self._archive.read(name))
        if root is None or local(root) != "math":
            return ""
        return "".join((sign.text or "").strip() for sign in root.iter() if local(sign) in _MATHS)


def _stated(root: etree._Element, shown: Mapping[str, str]) -> Stated:
    """Return what the properties of the document state; its author is who began it, not who saved it last."""
    details: dict[str, str] = {}
    for name, detail in _DETAILS:
        if found := texts(root, name):
            details[detail] = found[0][:10] if detail == "created" else found[0]
    if keywords := texts(root, "keyword"):
        details["keywords"] = ", ".join(keywords)
    names = ("title", "initial-creator", "creator", "language")
    title, author, saved, language = (next(iter(texts(root, name)), "") for name in names)
    return Stated(title, author or saved, language=language, shown=shown, details=details, may_be_stale=True)


def _is_odt(data: bytes) -> bool:
    return (data.startswith(b"PK\x03\x04") and data[38 : 38 + len(_MIME)] == _MIME) or _is_flat(data)


def _is_flat(data: bytes) -> bool:
    """Tell whether this is a document in one piece of XML."""
    head = data[:_HEAD]
    return _is_markup(head) and b"<office:document" in head and _MIME in head


def _is_markup(data: bytes) -> bool:
    return data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<")


IMPORTER: Final = Importer("odt", "OpenDocument text (ODT)", (".odt", ".ott", ".fodt"), read, _is_odt, splits=True)
