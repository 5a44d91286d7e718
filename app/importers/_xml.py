"""XML inside files: read without fetching anything and without growing; names of elements in short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.errors import ImportFailed
from app.loading import load

if TYPE_CHECKING:
    from lxml import etree


def parse_xml(data: bytes, name: str = "") -> etree._Element:
    """Return the root of a document; raises ``ImportFailed`` for one that is damaged, or that defines entities.

    Of one with a ``name`` it is told in which line it is damaged.
    """
    library = load("lxml.etree")
    parser = library.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                               remove_pis=True)  # fmt: skip
    try:
        root: etree._Element = library.fromstring(data, parser)
    except (library.XMLSyntaxError, ValueError) as error:
        raise _damaged(name, getattr(error, "lineno", None) or 1) from error
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise ImportFailed("It defines entities, which documents of its kind never do.",
                           "Look at where it comes from.")  # fmt: skip
    return root


def _damaged(name: str, line: int) -> ImportFailed:
    if not name:
        return ImportFailed("A part of it is damaged.", "Copy or download it again.")
    return ImportFailed("{name} is damaged in line {line}, or was cut off.", "Export it again.", name=name, line=line)


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for what is no element."""
    tag: Any = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def whole_number(text: str) -> int:
    """Return the number that an attribute holds; -1 for what is none, or is beyond all measure."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else -1


def words(element: etree._Element | None) -> str:
    """Return all text below an element, without white space at its ends."""
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def text_of(element: etree._Element) -> str:
    """Return all text below an element, its white space as single spaces."""
    return " ".join(words(element).split())


def texts(root: etree._Element, name: str) -> list[str]:
    """Return the texts of all elements of a local name that say something, in order."""
    found = (text_of(element) for element in root.iter("{*}" + name))
    return [text for text in found if text]
