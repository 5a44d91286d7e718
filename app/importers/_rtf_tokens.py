"""RTF as the tokens it is made of, and the encodings of the letters in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\'?",
    re.DOTALL,
)

CHARSETS: Final[Mapping[int, str]] = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp437",
}  # fmt: skip
"""The encodings of fonts, by the number of their character set."""

SPOKEN: Final[Mapping[str, str]] = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c",
    "ltrmark": "\u200e", "rtlmark": "\u200f", "~": "\xa0", "_": "\u2011", "-": "", "\\": "\\", "{": "{", "}": "}",
}  # fmt: skip
"""The words and signs that stand for a letter."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of RTF: ``kind`` is ``{``, ``}``, ``word`` (with its number, if any), ``bytes`` or ``binary``."""

    kind: str
    word: str = ""
    number: int | None = None
    data: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the tokens of a file."""
    position = 0
    while match := _TOKEN.match(data, position):
        position = match.end()
        if match["word"] is not None:
            word = match["word"].decode("ascii")
            number = int(match["number"]) if match["number"] else None
            if word == "bin" and number and number > 0:
                yield Token("binary", data=data[position : position + number])
                position += number
            else:
                yield Token("word", word, number)
        elif match["hex"]:
            yield Token("bytes", "hex", data=bytes.fromhex(match["hex"].decode("ascii")))
        elif match["sign"]:
            sign = match["sign"].decode("latin-1")
            yield Token("word", "par" if sign in "\r\n" else "tab" if sign == "\t" else sign)
        elif match["brace"]:
            yield Token(match["brace"].decode("ascii"))
        elif match["text"]:
            yield Token("bytes", data=match["text"])


def encoding(number: int) -> str:
    """Return the encoding of a code page, Windows' Western one where there is none."""
    known = {10000: "mac_roman", 65001: "utf-8", 936: "gbk", 950: "big5"}
    name = known.get(number, f"cp{number}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name
