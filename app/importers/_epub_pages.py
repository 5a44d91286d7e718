"""The pages of an EPUB as blocks: XHTML where it is well formed, HTML where it is not, and what style sheets say."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from app.errors import ImportFailed
from app.importers._archives import Archive
from app.importers._encodings import decode_page
from app.importers._epub_package import resolved
from app.importers._pictures import Pictures
from app.importers._xml import local, parse_xml, text_of
from app.loading import load
from app.text.body import Piece

if TYPE_CHECKING:
    from lxml import etree

_EPUB: Final = "{http://www.idpf.org/2007/ops}type"
_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][0-9a-fA-F]+);)(\w{2,32});")
_RULE: Final = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS: Final = re.compile(r"(?:span|p|i|em|b)?\.([\w-]{1,100})")
_SETTINGS: Final = (
    ("strong", re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)),
    ("em", re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)),
    ("sup", re.compile(r"vertical-align\s*:\s*(?:super|[1-9])|(?<!-)\btop\s*:\s*-0?\.", re.IGNORECASE)),
)
_DRESSED: Final = frozenset(("span", "p"))
_BACK: Final = frozenset(("footnote-back", "footnote-backref", "footnoteBackLink"))
_NOTES: Final = frozenset(("footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes"))
_LONGEST_SHEET: Final = 2_000_000
_LINK: Final = "{http://www.w3.org/1999/xlink}href"

Looks = Mapping[str, tuple[str, ...]]
"""The tags that the classes of style sheets stand for, by class."""


def looks(sheets: Iterable[str]) -> Looks:
    """Return what the classes in style sheets make of text: bold, italic, raised. Everything else is passed over."""
    found: dict[str, tuple[str, ...]] = {}
    for sheet in sheets:
        for match in _RULE.finditer(_COMMENT.sub("", sheet[:_LONGEST_SHEET])):
            tags = tuple(tag for tag, pattern in _SETTINGS if pattern.search(match[2]))
            for selector in match[1].split(","):
                if tags and (name := _CLASS.fullmatch(selector.strip())):
                    found[name[1]] = tags
    return found


def read_page(archive: Archive, name: str, known: Looks, pictures: Pictures) -> list[Piece]:
    """Return the blocks of a page of the book, with its pictures; raises ``ImportFailed`` for what is no page."""
    root = _parsed(archive.read(name), name)
    if root is None:
        return []
    _prepare(root, known)
    folder = posixpath.dirname(name)
    return [_pictured(piece, folder, archive, pictures) for piece in load("app.text.html_reader").read_tree(root)]


def _parsed(data: bytes, name: str) -> etree._Element | None:
    """Return the tree of a page, without namespaces."""
    markup = decode_page(data, posixpath.basename(name))
    spelt = _ENTITY.sub(lambda match: html.escape(html.unescape(match[0])), markup)
    try:
        root: etree._Element = parse_xml(re.sub(r"^\s*<\?xml[^>]*\?>\s*", "", spelt).encode("utf-8"))
    except ImportFailed:
        found: etree._Element | None = load("app.text.markup").parse(markup)
        return found
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = local(element)
    return root


def _prepare(root: etree._Element, known: Looks) -> None:
    """Hide the ways back from notes, put the numbers of notes in brackets, dress what classes make bold or italic."""
    for element in list(root.iter("a", *_DRESSED)):
        if element.tag == "a":
            _prepare_link(element)
        else:
            classes = element.get("class", "").split()
            _dress(element, tuple(dict.fromkeys(tag for one in classes for tag in known.get(one, ()))))
    for element in list(root.iter("svg")):
        _show_drawn(element)


def _prepare_link(link: etree._Element) -> None:
    kinds = _kinds(link)
    text = text_of(link)
    if "noteref" in kinds:
        _bracket(link, f"[{text}]")
        if next(link.iterancestors("sup"), None) is None and link.find(".//sup") is None:
            link.tag = "sup"
    elif "backlink" in kinds or not _BACK.isdisjoint(link.get("class", "").split()):
        link.set("hidden", "")
    elif link.get("href", "").startswith("#") and any(not _NOTES.isdisjoint(_kinds(up)) for up in link.iterancestors()):
        if any(letter.isalpha() for letter in text):
            return
        if text.isdigit() and next(link.iterancestors("li"), None) is None:
            _bracket(link, f"[{text}] ")
        else:
            link.set("hidden", "")


def _kinds(element: etree._Element) -> set[str]:
    """Return what an element is said to be, in the words of EPUB."""
    said = f"{element.get(_EPUB, '')} {element.get('epub:type', '')} {element.get('role', '')}".split()
    return {kind.removeprefix("doc-") for kind in said}


def _bracket(element: etree._Element, text: str) -> None:
    """Put another text in the place of the number that an element shows."""
    number = text_of(element)
    inner = next((one for one in element.iter() if (one.text or "").strip() == number), None)
    if number.isdigit() and inner is not None:
        inner.text = text


def _dress(element: etree._Element, tags: tuple[str, ...]) -> None:
    for tag in tags:
        wrapping = element.makeelement(tag, {})
        wrapping.text, element.text = element.text, None
        for child in list(element):
            wrapping.append(child)
        element.append(wrapping)


def _show_drawn(drawing: etree._Element) -> None:
    """Put the picture that a drawing only frames (the cover of many books) in its place."""
    images = list(drawing.iter("image"))
    parent = drawing.getparent()
    if len(images) == 1 and parent is not None and not text_of(drawing):
        source = images[0].get(_LINK) or images[0].get("href") or images[0].get("xlink:href") or ""
        picture = drawing.makeelement("img", {"src": source, "alt": ""})
        drawing.addprevious(picture)


def _pictured(piece: Piece, folder: str, archive: Archive, pictures: Pictures) -> Piece:
    source = str(piece.attributes.get("source", ""))
    if piece.kind != "image" or not source:
        return piece
    name = resolved(folder, source)
    digest = pictures.add(archive.read(name)) if name in archive else None
    if digest is None:
        return Piece("", "image", {**piece.attributes, "source": source if "://" in source else ""})
    alt = str(piece.attributes.get("alt", ""))
    named = posixpath.basename(alt) == posixpath.basename(name)  # some programs say no more than where it lies
    return Piece("", "image", {"alt": "" if named else alt, "source": "", "picture": digest})
