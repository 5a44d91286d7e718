"""Saved web pages: HTML as a browser or SingleFile keeps it, and as it is downloaded."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Final

from app.drafts import Draft
from app.importers import _companions
from app.importers._base import File, Importer, Parts
from app.importers._encodings import decode_page
from app.importers._pages import Around, read_page

_HEAD: Final = 8192
_SAVED_FROM: Final = re.compile(
    r"saved from url=\(\d+\)(?P<address>\S+)|^\s*url:\s*(?P<single>https?://\S+)", re.MULTILINE
)
_SAVED_ON: Final = re.compile(r"saved date:\s*\w{3} (?P<day>\w{3} \d{1,2} \d{4})")
_OFFICE: Final = re.compile(
    r"<meta\s+name=[\"']?generator[\"']?\s+content=[\"']?(?:LibreOffice|OpenOffice|Microsoft Word|AbiWord)",
    re.IGNORECASE,
)
_GOOGLE: Final = re.compile(r"<body\b[^<>]{0,300}\bdoc-content\b", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title\b[^<>]{0,200}>(?P<title>[^<]{1,500})</title>", re.IGNORECASE)
_SNIFFED: Final = re.compile(
    rb"\s*(?:<\?xml\b[^<>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def read(file: File) -> Parts:
    """Read a page; raises ``ImportFailed`` when it shows no text."""
    markup = decode_page(file.data, file.name)
    address, accessed = _saved(markup[:_HEAD])
    find = _companions.finder(file)
    title = _office_title(markup[:_HEAD])
    whole = bool(title) or ("doc-content" in markup and _GOOGLE.search(markup) is not None)
    draft = read_page(markup, file, Around(title=title, address=address, accessed=accessed, whole=whole, find=find))
    return (_without_places(draft) if find is not None else draft,)


def _office_title(head: str) -> str:
    """Return the title of a document that a word processor has saved as a page: all of that is the article."""
    title = _TITLE.search(head) if _OFFICE.search(head) else None
    return " ".join(unescape(title["title"]).split()) if title else ""


def _without_places(draft: Draft) -> Draft:
    """Take away the addresses of pictures that lay beside the page: they lead nowhere on the site it came from."""
    blocks = tuple(
        replace(block, attributes={**block.attributes, "source": ""}) if "picture" in block.attributes else block
        for block in draft.body.blocks
    )
    left_out = tuple(
        replace(piece, attributes={**piece.attributes, "source": ""}) if "picture" in piece.attributes else piece
        for piece in draft.left_out
    )
    return replace(draft, body=replace(draft.body, blocks=blocks), left_out=left_out)


def _saved(head: str) -> tuple[str, str]:
    """Return the address and the day of saving (ISO) that a browser or SingleFile wrote into a comment."""
    found = _SAVED_FROM.search(head) if "saved from url" in head or "url:" in head else None
    address = (found["address"] or found["single"]) if found else ""
    day = _SAVED_ON.search(head)
    try:
        saved = datetime.strptime(day["day"], "%b %d %Y").replace(tzinfo=UTC) if day else None
        accessed = saved.date().isoformat() if saved else ""
    except ValueError:
        accessed = ""
    return (address if address.startswith("http") else ""), accessed


IMPORTER: Final = Importer(
    "html",
    "Web page",
    (".html", ".htm", ".xhtml"),
    read,
    lambda data: bool(_SNIFFED.match(data[:_HEAD].lstrip(b"\xef\xbb\xbf"))),
    general=True,
    splits=True,
)
