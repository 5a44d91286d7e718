"""Pages that a browser saved as one file: MHTML, with their pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from app.cleaning.dates import read_mail_date
from app.errors import ImportFailed
from app.importers import _mime
from app.importers._base import File, Importer, Parts
from app.importers._pages import Around, read_page
from app.text.addresses import full_address

if TYPE_CHECKING:
    from email.message import Message

_PAGES: Final = ("text/html", "application/xhtml+xml")
_MAIL: Final = (b"\nreceived:", b"\nreturn-path:", b"\ndelivered-to:", b"\nto:", b"\nmessage-id:")


def read(file: File) -> Parts:
    """Read a page; raises ``ImportFailed`` when there is none in the file."""
    message = _mime.parsed(file.data, file.name)
    parts = list(_mime.leaves(message))
    root = _root(message, parts)
    if root is None:
        raise ImportFailed("{name} holds no page.", "Save the page again in the browser.", name=file.name)
    markup = _mime.text(root, file.name)
    if not markup.strip():
        raise _mime.damaged(file.name)
    address = _mime.header(root, "Content-Location") or _mime.header(message, "Snapshot-Content-Location")
    saved = read_mail_date(_mime.header(message, "Date"))
    around = Around(
        address=address if address.lower().startswith(("http://", "https://")) else "",
        accessed=str(saved) if saved else "",
        find=_finder(parts, address),
    )
    return (read_page(markup, file, around),)


def _root(message: Message, parts: list[Message]) -> Message | None:
    """Return the part with the page itself: the one that the message names as its first, or the first page."""
    pages = [part for part in parts if part.get_content_type() in _PAGES]
    named = message.get_param("start")
    start = named.strip("<>") if isinstance(named, str) else ""
    return next((part for part in pages if start and _mime.identity(part) == start), next(iter(pages), None))


def _finder(parts: list[Message], base: str) -> Callable[[str], bytes | None]:
    """Return what finds the pictures among the parts, by identity or by address."""
    known: dict[str, Message] = {}
    for part in parts:
        if part.get_content_maintype() == "image":
            known.setdefault("cid:" + _mime.identity(part), part)
            known.setdefault(full_address(_mime.header(part, "Content-Location"), base), part)

    def find(address: str) -> bytes | None:
        part = known.get(unquote(address) if address.startswith("cid:") else full_address(address, base))
        return _mime.content(part) if part is not None else None

    return find


def _sniffs(data: bytes) -> bool:
    head = _mime.head(data)
    related = b"multipart/related" in head or (b"\ncontent-location:" in head and b"text/html" in head)
    return related and b"\nmime-version:" in head and not any(name in head for name in _MAIL)


IMPORTER: Final = Importer("mhtml", "Web archive (MHTML)", (".mht", ".mhtml"), read, _sniffs, splits=True)
