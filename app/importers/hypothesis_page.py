"""Hypothesis: the page that its client exports the annotations of one document as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from app.importers._base import File, Importer, Parts
from app.importers._encodings import decode_page
from app.importers._html import parse
from app.importers._hypothesis import listed
from app.importers._json_file import nothing

if TYPE_CHECKING:
    from lxml import etree

_HEAD: Final = 64 * 1024
_TITLED: Final = re.compile(rb"<title>\s*Annotations on (?:&quot;|\")")
_LABEL: Final = re.compile(
    r"\s*(?P<name>Created at|Author|Page|Quote|Description|Comment|Tags):\s*(?P<rest>.*)", re.DOTALL
)


def read(file: File) -> Parts:
    """Read the annotations; raises ``ImportFailed`` when there are none."""
    root = parse(decode_page(file.data, file.name))
    articles = [] if root is None else list(root.iter("article"))
    if root is None or not articles:
        raise nothing(file)
    title = next((_text(element) for element in root.iter("strong")), "")
    address = next((element.get("href", "") for element in root.iter("a")), "")
    return listed(map(_values, articles), address, title)


def _values(article: etree._Element) -> Mapping[str, str]:
    """Return what an annotation says: in the rows of a table or, as older clients wrote it, in paragraphs."""
    values: dict[str, str] = {}
    for time in article.iter("time"):
        values["Created at"] = time.get("datetime", "")
    for row in article.iter("tr"):
        cells = list(row.iter("td"))
        match = _LABEL.match(_text(cells[0])) if len(cells) > 1 else None
        if match:
            values.setdefault(match["name"], _text(cells[1]))
    for quote in article.iterchildren("blockquote"):
        values["Quote"] = _text(quote)
    for paragraph in article.iterchildren("p"):
        text = _text(paragraph)
        match = _LABEL.match(text)
        if match and match["rest"]:
            values.setdefault(match["name"], match["rest"])
        elif not match and text and next(paragraph.iter("time"), None) is None:
            values.setdefault("Author", text)
    return values


def _text(element: etree._Element) -> str:
    """Return the text of an element as it was written, without the tabs that set it in the page."""
    lines = "".join(str(part) for part in element.itertext()).split("\n")
    return "\n".join(line.strip("\t\r") for line in lines).strip()


def _sniffed(data: bytes) -> bool:
    return _TITLED.search(data[:_HEAD]) is not None and b"Total annotations:" in data[:_HEAD]


IMPORTER: Final = Importer("hypothesis-page", "Hypothesis annotations (web page)", (".html", ".htm"), read, _sniffed)
