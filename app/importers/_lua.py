"""Tables as Lua writes them: read, never run."""

from __future__ import annotations

import re
from typing import Any, Final

_TOKEN: Final = re.compile(
    r"""\s*(?:--[^\n]*\n\s*)*(?:(?P<string>"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')
    |(?P<number>-?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?))|(?P<name>[A-Za-z_]\w*)|(?P<sign>[{}\[\]=,;]))""",
    re.VERBOSE,
)
_ESCAPE: Final = re.compile(r"\\(?:(\d{1,3})|x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}|z\s*|([\s\S]))")
_LETTERS: Final = {"n": "\n", "t": "\t", "r": "\r", "a": "", "b": "", "f": "\n", "v": "\n"}
_WORDS: Final = {"true": True, "false": False, "nil": None}
_DEEPEST: Final = 60

Token = tuple[str, Any]


def read_table(text: str) -> dict[Any, Any]:
    """Return the table that a file returns, lists as tables of 1, 2, 3; raises ``ValueError`` for anything else."""
    start = text.find("{")
    if start < 0:
        raise ValueError("there is no table")
    return _Reader(text, start).table(0)


class _Reader:
    """Reads one token after the other."""

    def __init__(self, text: str, position: int) -> None:
        self._text = text
        self._position = position

    def _next(self) -> Token:
        match = _TOKEN.match(self._text, self._position)
        if not match or not match.lastgroup:
            raise ValueError(f"the table makes no sense at {self._position}")
        self._position = match.end()
        kind, found = match.lastgroup, match[match.lastgroup]
        if kind == "string":
            return "value", _unescaped(found[1:-1])
        if kind == "number":
            return "value", _number(found)
        if kind == "name" and found in _WORDS:
            return "value", _WORDS[found]
        return kind, found

    def _peek(self) -> Token:
        before = self._position
        token = self._next()
        self._position = before
        return token

    def table(self, depth: int) -> dict[Any, Any]:
        """Read a table whose brace comes next."""
        if depth > _DEEPEST or self._next() != ("sign", "{"):
            raise ValueError("the table is too deep, or none")
        found: dict[Any, Any] = {}
        number = 1
        while self._peek() != ("sign", "}"):
            key: Any = None
            kind, value = self._peek()
            if (kind, value) == ("sign", "["):
                self._next()
                key = self._next()[1]
                self._expect("]")
                self._expect("=")
            elif kind == "name":
                key = self._next()[1]
                self._expect("=")
            held = self._value(depth)
            if key is None:
                key, number = number, number + 1
            found[key] = held
            if self._peek() in (("sign", ","), ("sign", ";")):
                self._next()
        self._next()
        return found

    def _value(self, depth: int) -> Any:
        if self._peek() == ("sign", "{"):
            return self.table(depth + 1)
        kind, value = self._next()
        if kind != "value":
            raise ValueError(f"{value} is no value")
        return value

    def _expect(self, sign: str) -> None:
        if self._next() != ("sign", sign):
            raise ValueError(f"there is no {sign}")


def _number(text: str) -> int | float:
    if text.lower().lstrip("-").startswith("0x"):
        return int(text, 16)
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 20 else float(text)


def _unescaped(text: str) -> str:
    """Return a string as it reads. Escapes of bytes are UTF-8 together."""
    if "\\" not in text:
        return text
    parts: list[bytes] = []
    position = 0
    for match in _ESCAPE.finditer(text):
        parts.append(text[position : match.start()].encode("utf-8", "replace"))
        parts.append(_escaped(match))
        position = match.end()
    parts.append(text[position:].encode("utf-8", "replace"))
    return b"".join(parts).decode("utf-8", "replace")


def _escaped(match: re.Match[str]) -> bytes:
    decimal, byte, point, letter = match.groups()
    if decimal:
        return bytes([min(255, int(decimal))])
    if byte:
        return bytes([int(byte, 16)])
    if point:
        return chr(min(0x10FFFF, int(point, 16))).encode("utf-8", "replace")
    return _LETTERS.get(letter, letter).encode("utf-8", "replace") if letter else b""
