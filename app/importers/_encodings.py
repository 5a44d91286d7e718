"""Bytes to text: the mark at the beginning, UTF-8, what the file declares, and only then what makes sense."""

from __future__ import annotations

import codecs
import re
from types import MappingProxyType
from typing import Final

from app.errors import ImportFailed
from app.loading import load

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
# They are for names of hosts and for source code, and slow on what was made to be so.
_NO_TEXT: Final = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"))
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_BYTES: Final = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
_LOW: Final = bytes(range(0x08))
_HEAD: Final = 4096
_JAPANESE: Final = re.compile(rb"\x1b(?:\$[@B]|\([BJ])")
_FEW: Final = 50
# Bytes that are no UTF-8, as Python writes them, and what they are in the commonest other encoding.
_STRAY: Final = frozenset(b"\x81\x8d\x8f\x90\x9d\xfe\xff")
_PATCHES: Final = MappingProxyType(
    {
        0xDC00 + byte: "\N{REPLACEMENT CHARACTER}" if byte in _STRAY else bytes((byte,)).decode("cp1252")
        for byte in range(0x80, 0x100)
    }
)
# The letters of cp1252 by their bytes, and those that a letter of UTF-8 begins with when its bytes are taken for some.
_OCTETS: Final = MappingProxyType({ord(bytes((byte,)).decode("cp1252")): byte for byte in range(0x80, 0x100)
                                   if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)})  # fmt: skip
_TWICE: Final = re.compile(f"[ÂÃÄÅÎÏÐÑØÙ×â€œ][\x80-\xbf{''.join(map(chr, (one for one in _OCTETS if one > 0xFF)))}]")
_SEVERAL: Final = 3
_BELIEVED: Final = 0.1
_CODE_PAGES: Final = "app.importers._code_pages"  # what is UTF-8, as nearly all is, never needs them


def decode_text(data: bytes, name: str) -> str:
    """Return the text of a plain file; raises ``ImportFailed`` for a binary, and where letters cannot be told.

    A few bytes that are no UTF-8 in a text that is come from cp1252. A few that are nought are passed over.
    """
    if b"\0" in data and _marked(data, name) is None and _sixteen(data) is None:
        data = _without_noughts(data)
    text = _certain(data, name)
    if text is None:
        text = _patched(data) if _is_damaged(data) else _likely(data, data[:256])
    if text is None and _is_damaged(data, times=1):
        text = _patched(data)
    if text is None and _CONTROLS.search(data.decode("latin-1")):
        raise ImportFailed("{name} is not text.", "Import a text, web page or Markdown file.", name=name)
    if text is None:
        raise _damaged(name, data)
    if _is_binary(text):
        raise ImportFailed("{name} is not text.", "Import a text, web page or Markdown file.", name=name)
    return _read_once(text)


def _read_once(text: str) -> str:
    """Return a text whose letters were taken for those of cp1252 and written as UTF-8 again, as it was before.

    Each line is mended that is UTF-8 from its first byte to its last when it is read so; any other stays.
    """
    if len(_TWICE.findall(text)) < _SEVERAL:
        return text
    return "\n".join(map(_line_read_once, text.split("\n")))


def _line_read_once(line: str) -> str:
    if not _TWICE.search(line):
        return line
    try:
        return line.translate(_OCTETS).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return line


def decode_page(data: bytes, name: str) -> str:
    """Return the text of a web page. A few broken bytes are replaced, as a browser does."""
    text = _certain(data, name)
    if text is None:
        text = _likely(data, data[:_HEAD]) or _mended(data)
    if text is None:
        raise _damaged(name, data)
    if _is_binary(text):
        raise ImportFailed("{name} is not a web page.", "Save the page again and import that file.", name=name)
    return text


def decode_part(data: bytes, charset: str, name: str) -> str:
    """Return the text of what came with the name of its encoding, as in a message: the name may be wrong or missing."""
    stated = charset.strip().strip("\"'").lower()
    text = _marked(data, name)
    if text is None and stated and not (_by_octets(stated) and _decoded(data, "utf-8") is not None):
        text = _declared(b"charset=" + stated.encode("ascii", "replace"), data)
    return decode_page(data, name) if text is None else text


def _by_octets(charset: str) -> bool:
    """Tell whether nearly all bytes are text in an encoding, so that UTF-8 under its name is not noticed."""
    return charset.startswith(("iso-8859", "windows-125", "cp125", "us-ascii", "ascii", "latin", "utf-8", "utf8"))


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
                raise _damaged(name, data) from None
    return None


def _certain(data: bytes, name: str) -> str | None:
    """Return the text where the bytes themselves leave no doubt."""
    text = _marked(data, name)
    if text is None:
        text = _sixteen(data)
    if text is None and data.isascii() and _JAPANESE.search(data):
        text = _decoded(data, "iso2022_jp_2")
    return _decoded(data, "utf-8") if text is None else text


def _sixteen(data: bytes) -> str | None:
    """Return UTF-16 without a mark: every other byte of an alphabet is one of few; else it must make sense."""
    sample = data[:_HEAD]
    if len(data) % 2 or len(sample) < 4:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        low = _count(high, _LOW)
        # No other encoding of text has so many control characters.
        if low > 0.7 * len(high) and _count(sample, _LOW) < 1.2 * low:
            return _decoded(data, encoding)
    # Without control characters other encodings come first.
    return _wide_sixteen(data) if _CONTROLS.search(sample.decode("latin-1")) and not sample.isascii() else None


def _likely(data: bytes, head: bytes) -> str | None:
    """Return the text in the encoding it declares, if that makes sense, or in the one that makes the most."""
    if _CONTROLS.search(data.decode("latin-1")) or _is_damaged(data):
        return None
    text = _declared(head, data)
    pages = load(_CODE_PAGES)
    if text is not None and pages.fit(text, data) >= _BELIEVED:
        return text
    found: str | None = pages.best_reading(data)
    return _wide_sixteen(data) if found is None else found


def _wide_sixteen(data: bytes) -> str | None:
    found: str | None = load(_CODE_PAGES).wide_sixteen(data)
    return found


def _declared(head: bytes, data: bytes) -> str | None:
    match = _DECLARED.search(head)
    if not match:
        return None
    try:
        encoding = codecs.lookup(match[1].decode("ascii")).name
        if encoding in _NO_TEXT:
            return None
        return data.decode(_MEANT.get(encoding, encoding))
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_damaged(data: bytes, times: int = 2) -> bool:
    """Tell whether this is UTF-8 but for a few bytes: so many ``times`` as many letters are whole."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    return lost * times <= len(re.findall(r"[^\x00-\x7f]", text)) - lost


def _patched(data: bytes) -> str:
    """Return UTF-8 with each broken byte as what it is in cp1252, a mark where it is nothing there or a stray sign."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    text = decoder.decode(data).translate(_PATCHES)
    cut, _flag = decoder.getstate()
    return f"{text}\N{REPLACEMENT CHARACTER}" if cut else text


def _without_noughts(data: bytes) -> bytes:
    """Return bytes without those that are nought, where they are a few or fill up the end; they are no text."""
    filled = data.rstrip(b"\0")
    return filled.replace(b"\0", b"") if filled and filled.count(0) * _FEW <= len(filled) else data


def _mended(data: bytes) -> str | None:
    """Return UTF-8 with its broken bytes replaced, if they are few."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    strange = len(re.findall(r"[^\x00-\x7f]", text))
    return text if lost * 4 < strange or lost * _FEW < len(text) else None


def _is_binary(text: str) -> bool:
    sample = text[: 16 * _HEAD]
    return _count(sample.encode("utf-8", "replace"), _CONTROL_BYTES) > len(sample) // 500


def _count(data: bytes, of: bytes) -> int:
    """Return how many bytes are one ``of`` these."""
    return len(data) - len(data.translate(None, of))


def _damaged(name: str, data: bytes) -> ImportFailed:
    at = _first_broken(data)
    return ImportFailed(
        "{name} is in no encoding that can be told: byte {at} (line {line}) is not readable.",
        "Open it in an editor, save it as UTF-8, and import it again.",
        name=name,
        at=f"{at + 1:,}",
        line=f"{data.count(10, 0, at) + 1:,}" if at else "1",
    )


def _first_broken(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0
