"""Zotero: a note made from annotations, exported as HTML, where each passage names its annotation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from app.importers import _csl
from app.importers._base import File, Importer, Parts
from app.importers._encodings import decode_page
from app.importers._json_file import nothing, objects, text
from app.importers._metadata import stated
from app.importers._stubs import COLOURS, About, Passage, stub
from app.importers._zotero_colours import colour_name
from app.loading import load
from app.model import Metadata

if TYPE_CHECKING:
    from lxml import etree

_QUOTES: Final = re.compile(r"""\s*["“”„«»‘’](?P<inside>.*)["“”„«»‘’]\s*$""", re.DOTALL)
_HEAD: Final = 1 << 20


@dataclass(slots=True)
class _Source:
    known: Metadata | None = None
    passages: list[Passage] = field(default_factory=list)


def read(file: File) -> Parts:
    """Read the passages, grouped by what they are from; raises ``ImportFailed`` when there are none."""
    root = load("app.text.markup").parse(decode_page(file.data, file.name))
    if root is None:
        raise nothing(file)
    cited = dict(_cited(root))
    sources: dict[str, _Source] = {}
    for element in root.iter("*"):
        about = _value(element.get("data-annotation"))
        if not isinstance(about, dict):
            continue
        words = "".join(str(part) for part in element.itertext()).strip() if about else ""
        if not about or not words:
            continue
        item = about.get("citationItem")
        item = item if isinstance(item, dict) else {}
        uri = next(iter(_uris(item)), "") or text(about.get("attachmentURI"))
        source = sources.setdefault(uri, _Source(cited.get(uri)))
        if isinstance(item.get("itemData"), dict):
            source.known = _csl.metadata(item["itemData"])
        match = _QUOTES.match(words)
        page = text(about.get("pageLabel")).strip()
        source.passages.append(
            Passage(
                match["inside"].strip() if match else words,
                _comment(element),
                colour=colour_name(text(about.get("color"))),
                place=f"p. {page}" if page else "",
            )
        )
    if not sources:
        raise nothing(file)
    colours = bool(file.options.get("colours"))
    title = file.name.rpartition(".")[0] or file.name
    return [
        stub(
            source.known or stated(derived={"title": title if len(sources) == 1 else f"{title} {number}"}),
            source.passages,
            About(details={"zotero_item": uri} if uri else {}),
            colours=colours,
        )
        for number, (uri, source) in enumerate(sources.items(), 1)
    ]


def _cited(root: etree._Element) -> Iterator[tuple[str, Metadata]]:
    """Yield what the note as a whole says of the items that it cites."""
    for element in root.iter("*"):
        for item in objects(_value(element.get("data-citation-items"))):
            data = item.get("itemData")
            if isinstance(data, dict):
                yield from ((uri, _csl.metadata(data)) for uri in _uris(item))


def _uris(item: Mapping[str, Any]) -> list[str]:
    found = item.get("uris")
    return [uri for one in found if (uri := text(one))] if isinstance(found, list) else []


def _value(written: str | None) -> Any:
    """Return a value that is JSON in percent signs; nothing when it is none."""
    try:
        found = json.loads(unquote(written)) if written else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict | list) else {}


def _comment(element: etree._Element) -> str:
    """Return what stands behind a passage in its paragraph, but for the citation."""
    parts = [element.tail or ""]
    for sibling in element.itersiblings():
        if sibling.get("data-annotation"):
            break
        if "citation" not in sibling.get("class", ""):
            parts.extend(str(part) for part in sibling.itertext())
        parts.append(sibling.tail or "")
    return " ".join("".join(parts).split())


def _sniffed(data: bytes) -> bool:
    return b'data-annotation="%7B' in data[:_HEAD]


IMPORTER: Final = Importer("zotero-note", "Zotero note", (".html", ".htm"), read, _sniffed, options=(COLOURS,))
