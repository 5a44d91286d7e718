"""XML inside files: read without fetching anything and without growing; names of elements in short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.errors import ImportFailed
from app.loading import load

if TYPE_CHECKING:
    from lxml import etree


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of a document; raises ``ImportFailed`` for one that is damaged, or that defines entities."""
    library = load("lxml.etree")
    parser = library.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                               remove_pis=True)  # fmt: skip
    try:
        root: etree._Element = library.fromstring(data, parser)
    except (library.XMLSyntaxError, ValueError) as error:
        raise ImportFailed("A part of it is damaged.", "Copy or download it again.") from error
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise ImportFailed("It defines entities, which documents of its kind never do.",
                           "Look at where it comes from.")  # fmt: skip
    return root


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for what is no element."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def whole_number(text: str) -> int:
    """Return the number that an attribute holds; -1 for what is none, or is beyond all measure."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1


def text_of(element: etree._Element) -> str:
    """Return all text below an element, its white space as single spaces."""
    return " ".join("".join(str(text) for text in element.itertext()).split())


def texts(root: etree._Element, name: str) -> list[str]:
    """Return the texts of all elements of a local name that say something, in order."""
    found = (text_of(element) for element in root.iter("{*}" + name))
    return [text for text in found if text]
