"""The blocks of Word and RTF files, and the beginning of any file as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from app.errors import ImportFailed
from app.importers._archives import glimpse, opened
from app.importers._html import read_html, read_tree
from app.importers._pictures import Pictures
from app.importers._points import lifted
from app.importers._word_library import Package, converted
from app.importers._xml import local, parse_xml
from app.loading import load
from app.text.body import Piece

if TYPE_CHECKING:
    from lxml import etree

    from app.importers._rtf_text import Reader

_DOCUMENT: Final = "word/document.xml"
_HEAD: Final = 128 * 1024
_SIXTEEN: Final = (b"\xff\xfe", b"\xfe\xff")
_PARAGRAPH_END: Final = re.compile(rb"</w:p>|<w:br/>|<w:cr/>")
_TAG: Final = re.compile(rb"<[^>]*>?")
_PAR: Final = re.compile(r"\\(?:par|line|cell|row|page|sect)(?![a-z]) ?")
_IGNORED: Final = re.compile(r"\{\\\*[^{}]*\}")
_HEX: Final = re.compile(r"\\'([0-9a-fA-F]{2})")
_LETTER: Final = re.compile(r"\\u(-?\d{1,5}) ?(?:\\'[0-9a-fA-F]{2}|[^\\{}\n])?")
_PICTURES: Final = 1000
_PICTURE: Final = re.compile(rb"\\bin(?P<length>\d{1,9}) ?|(?<![0-9a-fA-F\r\n])[0-9a-fA-F\r\n]{512}")
_DIGITS: Final = re.compile(rb"[0-9a-fA-F\r\n]{512,}")
_SPACES: Final = {"tab": "\t", "br": "\n", "cr": "\n"}
_CONTROL: Final = re.compile(r"\\\*|\\[a-z]{1,32}-?\d* ?|[{}]")


def is_docx(data: bytes) -> bool:
    """Tell whether these may be the bytes of a Word file."""
    return data.startswith(b"PK\x03\x04") and b"word/" in data


def is_rtf(data: bytes) -> bool:
    """Tell whether these are the bytes of an RTF file."""
    return data.startswith(b"{\\rtf")


def may_say(data: bytes, *needles: str) -> bool:
    """Tell quickly whether one of some words may stand at the beginning of a file; of packed files nothing is known."""
    if is_docx(data) or is_rtf(data) or data.startswith(_SIXTEEN):
        return True
    head = data[:_HEAD]
    return any(needle.encode() in head for needle in needles)


def beginning(data: bytes) -> str:
    """Return the beginning of a file as text, good enough to recognise it by; it is read neither whole nor exactly."""
    if is_docx(data):
        return _docx_beginning(data)
    if is_rtf(data):
        head = _without_pictures(data)
        text = _PAR.sub("\n", head.decode("latin-1").replace("\r", "").replace("\n", " ").replace("\\~", " "))
        text = _IGNORED.sub("", text)
        text = _LETTER.sub(lambda match: chr(int(match[1]) % 0x10000), text)
        text = _HEX.sub(lambda match: chr(int(match[1], 16)), text)
        return _CONTROL.sub("", text)
    head = data[:_HEAD]
    if head.startswith(_SIXTEEN):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace").replace("\r", "")
    return head.decode("utf-8", "replace").replace("\r", "").removeprefix("\ufeff")


def _without_pictures(data: bytes) -> bytes:
    """Return the beginning of an RTF file without the bytes and digits of pictures, which may be longer than it."""
    found, at = b"", 0
    for _ in range(_PICTURES):
        picture = _PICTURE.search(data, at, at + 2 * _HEAD)
        if picture is None or len(found) >= _HEAD:
            break
        found += data[at : picture.start()]
        digits = _DIGITS.match(data, picture.start())
        at = digits.end() if digits else picture.end() + int(picture["length"])
    return (found + data[at : at + _HEAD])[:_HEAD]


def read_docx(data: bytes, name: str) -> list[Piece]:
    """Return the blocks of a Word file, without its pictures; raises ``ImportFailed``."""
    with opened(data) as archive:
        if _DOCUMENT not in archive:
            raise _unreadable(name)
        names = [part for part in archive.names if part.endswith((".xml", ".rels"))]
        trees = {part: parse_xml(archive.read(part)) for part in names}  # refuses what is damaged, and entities
        return read_html(converted(Package(trees, _DOCUMENT, archive), name, _no_picture))


def lines(data: bytes) -> str:
    """Return the text of a Word file as programs that count in it see it: a line for each paragraph, empty or not.

    Raises ``ImportFailed``.
    """
    with opened(data) as archive:
        root = parse_xml(archive.read(_DOCUMENT)) if _DOCUMENT in archive else None
    paragraphs = () if root is None else root.iter("{*}p")
    return "\n".join("".join(_words(paragraph)) for paragraph in paragraphs)


def read_rtf(data: bytes, name: str) -> list[Piece]:
    """Return the blocks of an RTF file, without its pictures; raises ``ImportFailed``."""
    reader: Reader = load("app.importers._rtf_text").Reader(Pictures())
    reader.read(data)
    if not reader.complete:
        raise _unreadable(name)
    pieces, _begins, _ends = lifted(
        read_tree(load("app.importers._rtf_tree").tree(reader.flow.blocks, reader.notes, []))
    )
    return [piece for piece in pieces if piece.kind != "image"]


def _docx_beginning(data: bytes) -> str:
    markup = glimpse(data, _DOCUMENT, _HEAD)
    text = _TAG.sub(b"", _PARAGRAPH_END.sub(b"\n", markup)).decode("utf-8", "replace")
    return text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


def _words(paragraph: etree._Element) -> Iterator[str]:
    for part in paragraph.iterfind(".//{*}r/*"):
        if local(part) == "t":
            yield part.text or ""
        elif local(part) in _SPACES:
            yield _SPACES[local(part)]


def _no_picture(_image: Any) -> dict[str, str]:
    return {"src": ""}


def _unreadable(name: str) -> ImportFailed:
    return ImportFailed(
        "{name} is damaged: its text cannot be read.", "Download it again, or open it and save it anew.", name=name
    )
