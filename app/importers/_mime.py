"""Messages in MIME, as mail and saved pages have them: headers in letters, parts in order, bytes as they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from app.errors import ImportFailed
from app.importers._encodings import decode_part
from app.loading import load

if TYPE_CHECKING:
    from email.message import Message

_MOST: Final = 50_000
_LONGEST: Final = 2_000  # letters of a header that are looked at
_HEADERS: Final = re.compile(rb"\A(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_HEAD: Final = 65_536
_MESSAGES: Final = frozenset(("message/rfc822", "message/global"))


def head(data: bytes) -> bytes:
    """Return the headers that a file begins with, in lower case; nothing when it begins with something else."""
    found = _HEADERS.match(data[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n").replace(b"\r\n", b"\n"))
    return b"\n" + found[0].lower() if found else b""


def parsed(data: bytes, name: str) -> Message:
    """Return a message; raises ``ImportFailed`` for what is none, and for one with too many parts."""
    try:
        message: Message = load("email").message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
    except (load("email.errors").MessageError, RecursionError, ValueError) as error:
        raise damaged(name) from error
    if not message.keys():
        raise ImportFailed("{name} is no message: it has no headers.", "Save it again as a message.", name=name)
    return message


def damaged(name: str) -> ImportFailed:
    """Return the error for a message that cannot be taken apart."""
    return ImportFailed("{name} is damaged: its parts cannot be told apart.", "Save or download it again.", name=name)


def header(message: Message, name: str) -> str:
    """Return the words of a header on one line, decoded; empty when it is not there."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            return _words(str(value))
    return ""


def sender(message: Message) -> tuple[str, str]:
    """Return name and address of who sent a message, each empty when it is not stated."""
    for key, value in message.raw_items():
        if key.lower() == "from":
            name, address = load("email.utils").parseaddr(str(value)[:_LONGEST])
            return _words(name).strip("\"' "), address
    return "", ""


def _words(raw: str) -> str:
    data = raw[:_LONGEST].encode("utf-8", "surrogateescape")  # some write letters as they are, in any encoding
    text = raw[:_LONGEST] if data.isascii() else _decoded(data, None)
    try:
        chunks = load("email.header").decode_header(text)
    except (load("email.errors").HeaderParseError, ValueError):
        chunks = [(text, None)]
    parts = [chunk if isinstance(chunk, str) else _decoded(chunk, charset) for chunk, charset in chunks]
    return " ".join("".join(parts).split())


def _decoded(chunk: bytes, charset: str | None) -> str:
    try:
        return decode_part(chunk, charset or "", "") if chunk else ""
    except ImportFailed:
        return chunk.decode("utf-8", "replace")


def leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something themselves, in order; one that is a message itself is not looked into."""
    waiting = [message]
    passed = 0
    while waiting:
        part = waiting.pop()
        passed += 1
        if passed > _MOST:
            return
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            inner: Any = part.get_payload()
            waiting += reversed(inner)
        else:
            yield part


def content(part: Message) -> bytes:
    """Return the bytes of a part; nothing when they cannot be decoded."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError):
        return b""
    return data if isinstance(data, bytes) else b""


def text(part: Message, name: str) -> str:
    """Return the text of a part; raises ``ImportFailed`` when its letters cannot be told."""
    charset = part.get_param("charset", "")
    return decode_part(content(part), charset if isinstance(charset, str) else str(charset[2]), name)


def enclosed(part: Message) -> Message | None:
    """Return the message that a part is, such as one that was forwarded; ``None`` when it is none."""
    held: Any = part.get_payload() if part.get_content_type() in _MESSAGES and part.is_multipart() else ()
    return held[0] if len(held) == 1 else None


def file_name(part: Message) -> str:
    """Return the name of the file that a part was made of, without folders; empty when it has none."""
    try:
        name = _words(part.get_filename() or "")
    except (ValueError, LookupError, TypeError):
        return ""
    return name.replace("/", "-").replace("\\", "-")


def identity(part: Message) -> str:
    """Return the name by which other parts call this one (``cid:``), empty when it has none."""
    return header(part, "Content-ID").strip().removeprefix("<").removesuffix(">")
