"""Saved web pages: HTML as a browser or SingleFile keeps it, and as it is downloaded."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._encodings import decode_page
from app.loading import load
from app.model import Draft, Metadata, Origin

if TYPE_CHECKING:
    from lxml import etree

_HEAD: Final = 8192
_SAVED_FROM: Final = re.compile(
    r"saved from url=\(\d+\)(?P<address>\S+)|^\s*url:\s*(?P<single>https?://\S+)", re.MULTILINE
)
_SAVED_ON: Final = re.compile(r"saved date:\s*\w{3} (?P<day>\w{3} \d{1,2} \d{4})")
_SNIFFED: Final = re.compile(
    rb"\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def read(file: File) -> Parts:
    """Read a page; raises ``ImportFailed`` when it shows no text."""
    markup = decode_page(file.data, file.name)
    reader, statements, web = load("app.text.html_reader"), load("app.cleaning.statements"), load("app.cleaning.web")
    root = reader.parse(markup)
    if root is None:
        raise _nothing(file.name)
    said = statements.read_statements(root)
    address, accessed = _saved(markup[:_HEAD])
    said = replace(said, address=said.address or address, saved=accessed)
    parts = reader.read_parts(root, said.address or "")
    if not any(part.piece.text for part in parts):
        raise _nothing(file.name)
    draft: Draft = web.read_page(parts, said, lambda thorough: extracted(root, thorough))
    return (replace(draft, metadata=_accessed(draft.metadata, accessed)),)


def extracted(root: etree._Element, thorough: bool) -> str:
    """Return the text of the article as trafilatura finds it; empty when it finds none."""
    document = load("trafilatura").bare_extraction(root, include_comments=False, fast=not thorough)
    return (document.text or "") if document else ""


def _saved(head: str) -> tuple[str | None, str | None]:
    """Return the address and the day of saving (ISO) that a browser or SingleFile wrote into a comment."""
    found = _SAVED_FROM.search(head)
    address = (found["address"] or found["single"]) if found else None
    day = _SAVED_ON.search(head)
    try:
        saved = datetime.strptime(day["day"], "%b %d %Y").replace(tzinfo=UTC) if day else None
        accessed = saved.date().isoformat() if saved else None
    except ValueError:
        accessed = None
    return (address if address and address.startswith("http") else None), accessed


def _accessed(metadata: Metadata, day: str | None) -> Metadata:
    if day is None:
        return metadata
    return replace(metadata, accessed=day, origins={**metadata.origins, "accessed": Origin.STATED})


def _nothing(name: str) -> ImportFailed:
    return ImportFailed(
        "{name} shows no text.",
        "Open the page in a browser, wait until the article is there, and save it again.",
        name=name,
    )


IMPORTER: Final = Importer(
    "html",
    "Web page",
    (".html", ".htm", ".xhtml"),
    read,
    lambda data: bool(_SNIFFED.match(data[:_HEAD].lstrip(b"\xef\xbb\xbf"))),
    general=True,
)
