"""Messages of mail: newsletters, and articles that were sent to oneself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from app.cleaning.dates import read_mail_date
from app.drafts import Draft
from app.errors import ImportFailed
from app.importers import _forwarded, _mime
from app.importers._base import File, Importer, Parts, Unread
from app.importers._flowed import unflowed, without_signature
from app.importers._forwarded import Forward
from app.importers._pages import Around, read_page, shows_nothing
from app.importers._parts import DEEPEST, guarded, read_part
from app.importers._subjects import headline, without_prefix
from app.loading import load
from app.model import LeftOut, Metadata, Origin

if TYPE_CHECKING:
    from email.message import Message

_LISTS: Final = ("List-Id", "List-Unsubscribe", "List-Post", "Feedback-ID")
_THREADED: Final = ("In-Reply-To", "References", "X-Forwarded-Message-Id")
_FROM: Final = re.compile(r"(?P<byline>.{2,60}?)\s+(?:from|at|@)\s+(?P<outlet>\S.*)")
_SURE: Final = (b"\nreceived:", b"\nmessage-id:", b"\nmime-version:", b"\nreturn-path:", b"\ndelivered-to:")
_SHOWN: Final = frozenset(("image", "audio", "video", "font"))
_APPOINTMENTS: Final = frozenset(("text/calendar", "application/ics", "text/vcard", "text/x-vcard"))
_SIGNATURES: Final = frozenset((
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
))  # fmt: skip
_COUNTED: Final = re.compile(rb"(\d{1,9})[ \t]*\r?\n(?=[!-9;-~]+:)")
_LINK: Final = re.compile(r"<(https?://[^\s<>]+)>")


def read(file: File) -> Parts:
    """Read a message and what is attached to it; raises ``ImportFailed`` when it holds neither text nor attachment."""
    return _read(file, _mime.parsed(_bare(file.data), file.name))


def _bare(data: bytes) -> bytes:
    """Return a message without what Apple Mail writes round it: how many bytes it has, and what was done with it."""
    counted = _COUNTED.match(data)
    return data[counted.end() : counted.end() + int(counted[1])] if counted else data


def _read(file: File, message: Message) -> Parts:
    own: list[Message] = []
    attached: list[Message] = []
    for part in _mime.leaves(message):
        (attached if _is_attached(part) else own).append(part)
    found = _attached(file, attached)
    try:
        return (_letter(file, message, own), *found)
    except ImportFailed:
        if not found:
            raise
        return found


def _letter(file: File, message: Message, parts: list[Message]) -> Draft:
    name = file.name
    around, subject = _around(message, parts), _mime.header(message, "Subject")
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    if page is not None:
        try:
            return _page(_mime.text(page, name), file, around, subject)
        except ImportFailed:
            page = None  # a part without a word; the plain one may have some
    plain = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    text = _mime.text(plain, name) if plain is not None else ""
    if plain is None or not text.strip():
        raise shows_nothing(name) if parts else _mime.damaged(name)
    if str(plain.get_param("format", "")).lower() == "flowed":
        text = unflowed(text, delsp=str(plain.get_param("delsp", "")).lower() == "yes")
    return _plain(text, around, subject)


def _page(markup: str, file: File, around: Around, subject: str) -> Draft:
    """Read a letter that is a page, or the one that it hands on."""
    handed = _forwarded.of_page(markup, subject)
    if handed is None:
        return read_page(markup, file, around)
    found, page = handed
    return _handed_on(read_page(page, file, _within(around, found)), found, around)


def _plain(text: str, around: Around, subject: str) -> Draft:
    """Read a letter in plain text, or the one that it hands on; its signature is none of it."""
    found = _forwarded.of_text(text, subject)
    within, text = (_within(around, found[0]), found[1]) if found else (around, text)
    text, signature = without_signature(text)
    draft = _dressed(load("app.cleaning.scraped").read_letter(text, within.title), within)
    if signature:
        draft = replace(draft, left_out=(*draft.left_out, LeftOut("footer", signature, len(draft.body.blocks))))
    return _handed_on(draft, found[0], around) if found else draft


def _is_attached(part: Message) -> bool:
    """Tell whether a part is not of the letter itself, though some programs show documents and messages below it."""
    kind = part.get_content_maintype()
    aside = kind == "application" or part.get_content_disposition() == "attachment"
    return kind not in _SHOWN and (aside or _mime.enclosed(part) is not None)


def _attached(file: File, parts: list[Message]) -> Parts:
    """Return what the attachments hold, each named after it; a signature holds nothing."""
    found: list[Parts] = []
    names: set[str] = set()
    for number, part in enumerate(parts, 1):
        if part.get_content_type() in _SIGNATURES:
            continue
        message = _mime.enclosed(part)
        subject = f"{_mime.header(message, 'Subject') or number}.eml".replace("/", "-") if message is not None else ""
        name = _mime.file_name(part) or subject or f"attachment {number}"
        name = f"{number} {name}" if name in names else name
        names.add(name)
        if part.get_content_type() in _APPOINTMENTS:
            found.append((Unread(name, ImportFailed("This is no article."), passed=True),))
        elif message is None:
            found.append(read_part(file, name, _mime.content(part)))
        else:
            found.append(guarded(file, name, partial(_read_inner, file, name, message)))
    return [one for several in found for one in several]


def _read_inner(file: File, name: str, message: Message) -> Parts:
    if file.depth >= DEEPEST:
        raise ImportFailed("It lies in too many messages, one in another.", "Save it as a file of its own.")
    inner = replace(file, data=b"", name=name, depth=file.depth + 1)
    found: Parts = load("app.importers._split_containers").read(IMPORTER, inner, lambda one: _read(one, message))
    return found


def _around(message: Message, parts: list[Message]) -> Around:
    """Return what the headers state. The name on a newsletter is its outlet, that on a letter who wrote it."""
    name, sent_from = _mime.sender(message)
    name = "" if name == sent_from else name
    byline, outlet = name, ""
    listed = any(_mime.header(message, header) for header in _LISTS)
    if listed:
        both = _FROM.fullmatch(name)
        byline, outlet = (both["byline"], both["outlet"]) if both else ("", name)
    archived = _LINK.search(_mime.header(message, "Archived-At"))
    subject, topic = _mime.header(message, "Subject"), _mime.header(message, "Thread-Topic")
    in_thread = any(_mime.header(message, header) for header in _THREADED)
    title = headline(subject, topic, in_thread=in_thread, listed=listed)
    details = {"sent_from": sent_from} if sent_from else {}
    if title != subject:
        details["subject_line"] = subject
    return Around(
        title=title,
        byline=byline,
        outlet=outlet,
        address=archived[1] if archived else "",
        published=read_mail_date(_mime.header(message, "Date")),
        whole=True,
        details=details,
        find=_finder(parts),
    )


def _finder(parts: list[Message]) -> Callable[[str], bytes | None]:
    known = {_mime.identity(part): part for part in parts if part.get_content_maintype() == "image"}

    def find(address: str) -> bytes | None:
        part = known.get(unquote(address[4:])) if address[:4].lower() == "cid:" else None
        return _mime.content(part) if part is not None else None

    return find


def _within(around: Around, found: Forward) -> Around:
    """Return what is known of a message that another one hands on: what the text says, not the headers of the other."""
    title = found.title or without_prefix(around.title)
    return replace(around, title=title, byline="", outlet="", address="", published=found.published, details={})


def _handed_on(draft: Draft, found: Forward, around: Around) -> Draft:
    """Return a message that was handed on with its sender; who handed it on stays at hand."""
    draft = _forwarded.attributed(draft, found)
    by = " ".join(filter(None, (around.byline or around.outlet, f"<{sent}>" if (sent := _sent_from(around)) else "")))
    return replace(draft, details={**draft.details, **({"forwarded_by": by} if by else {})})


def _sent_from(around: Around) -> str:
    return str(around.details.get("sent_from", ""))


def _dressed(draft: Draft, around: Around) -> Draft:
    """Return a plain text with what the headers of its message state."""
    stated: dict[str, Any] = {
        name: value
        for name in ("title", "byline", "outlet", "address", "published")
        if (value := getattr(around, name))
    }
    origins = {**draft.metadata.origins, **dict.fromkeys(stated, Origin.STATED)}
    metadata: Metadata = replace(draft.metadata, **stated, origins=origins)
    shown = draft.metadata.title or ""
    line = {"title_line": shown} if around.title and shown != around.title else {}
    return replace(draft, metadata=metadata, details={**draft.details, **line, **around.details})


def _sniffs(data: bytes) -> bool:
    head = _mime.head(data)
    dated = b"\ndate:" in head or b"\nsubject:" in head
    return b"\nfrom:" in head and dated and any(name in head for name in _SURE)


IMPORTER: Final = Importer("email", "E-mail message", (".eml", ".emlx"), read, _sniffs, general=True,
                           splits=True, holds=True)  # fmt: skip
