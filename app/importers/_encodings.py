"""Bytes to text: the mark at the beginning, what the file declares, UTF-8, and only then a guess."""

from __future__ import annotations

import codecs
import re
from typing import Final

from app.errors import ImportFailed
from app.importers._base import load

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(rb"(?:charset|encoding|coding)\s*[:=]\s*[\"']?\s*([A-Za-z0-9._:-]{2,30})")
# What browsers understand by these names (WHATWG Encoding Standard).
_MEANT: Final = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD: Final = 4096
_SURE: Final = 0.2


def decode_text(data: bytes, name: str) -> str:
    """Return the text of a plain file; raises ``ImportFailed`` for a binary, and where letters cannot be told."""
    text = _marked(data, name) or _sixteen(data)
    if text is None:
        text = _declared(data[:256], data) or _utf8(data)
    if text is None:
        text = _guessed(data, name)
    if _is_binary(text):
        raise ImportFailed("{name} is not text.", "Import a text, web page or Markdown file.", name=name)
    return text


def decode_page(data: bytes, name: str) -> str:
    """Return the text of a web page. A few broken bytes are replaced, as a browser does."""
    text = _marked(data, name) or _sixteen(data) or _declared(data[:_HEAD], data) or _utf8(data)
    if text is None:
        damaged = data.decode("utf-8", "replace")
        lost = damaged.count("\N{REPLACEMENT CHARACTER}")
        text = damaged if lost * 4 < len(re.findall(r"[^\x00-\x7f]", damaged)) else _guessed(data, name)
    if _is_binary(text):
        raise ImportFailed("{name} is not a web page.", "Save the page again and import that file.", name=name)
    return text


def looks_like_text(head: bytes) -> bool:
    """Tell whether the first bytes of a file may be text in some encoding."""
    if any(head.startswith(mark) for mark, _name in _MARKS) or _sixteen(head[: len(head) // 2 * 2]) is not None:
        return True
    return not _CONTROLS.search(head[:_HEAD].decode("latin-1"))


def _marked(data: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise _damaged(name) from None
    return None


def _sixteen(data: bytes) -> str | None:
    """Return UTF-16 without a mark: nearly every other byte of Latin text is zero."""
    sample = data[:_HEAD]
    if len(data) % 2 or len(sample) < 4:
        return None
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) > 0.7 * len(zeros) and sample.count(0) < 1.2 * zeros.count(0):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _declared(head: bytes, data: bytes) -> str | None:
    match = _DECLARED.search(head)
    if not match:
        return None
    try:
        encoding = codecs.lookup(match[1].decode("ascii")).name
        return data.decode(_MEANT.get(encoding, encoding))
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes, name: str) -> str:
    """Guess an encoding of one or more bytes a letter; raises ``ImportFailed`` when none makes good text."""
    damaged = data.decode("utf-8", "replace")
    lost = damaged.count("\N{REPLACEMENT CHARACTER}")
    if lost * 2 < len(re.findall(r"[^\x00-\x7f]", damaged)) - lost:
        raise _damaged(name)
    if _CONTROLS.search(data.decode("latin-1")):
        raise ImportFailed("{name} is not text.", "Import a text, web page or Markdown file.", name=name)
    best = load("charset_normalizer").from_bytes(data).best()
    if best is None or best.chaos > _SURE:
        raise _damaged(name)
    return str(best)


def _is_binary(text: str) -> bool:
    return len(_CONTROLS.findall(text[: 16 * _HEAD])) > len(text[: 16 * _HEAD]) // 500


def _damaged(name: str) -> ImportFailed:
    return ImportFailed(
        "The letters of {name} cannot be read: it is damaged, or its encoding is unknown.",
        "Open it in an editor, save it as UTF-8, and import it again.",
        name=name,
    )
