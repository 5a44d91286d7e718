"""Front matter that is not well-formed YAML, read line by line so that a bad line costs that line only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

_KEY: Final = re.compile(
    r"""[ \t]*(?P<key>"[^"\n]{1,80}"|'[^'\n]{1,80}'|[^\W\d_][^:\n"'\[\]{}]{0,79}?)[ \t]*:(?:[ \t]+(?P<rest>.*)|)$"""
)
_ENTRY: Final = re.compile(r"[ \t]*-[ \t]+(?P<rest>.+)$")
_INSIDE: Final = re.compile(r"[ \t]+(?P<rest>\S.*)$")
_COMMENT: Final = re.compile(r"(?:^|[ \t]+)#(?: .*|)$")
_FLOW: Final = re.compile(r"\[(?P<inside>[^\[\]]*)\]$")
_PART: Final = re.compile(r"""[ \t]*("[^"]*"|'[^']*'|[^,]*)[ \t]*(?:,|$)""")
_BLOCK: Final = re.compile(r"[|>][-+0-9]*$")
_NO_VALUE: Final = frozenset(("", "~", "null"))

Value = str | list[str]


@dataclass
class Reading:
    """What could be read: values by name, and the lines that could not be understood."""

    values: dict[str, Value] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    _open: str | None = None

    def take(self, line: str) -> None:
        """Read one more line."""
        bare = _COMMENT.sub("", line).rstrip()
        if not bare:
            return
        entry, inside, key = _ENTRY.match(bare), _INSIDE.match(bare), _KEY.match(bare)
        if entry and self._open is not None:
            self._add(self._open, _plain(entry["rest"]))
        elif inside and self._open is not None and (not key or self.values[self._open] == []):
            self._continue(self._open, inside["rest"])
        elif key and (value := _value(key["rest"] or "")) is not None:
            self._open = _plain(key["key"]).strip()
            self.values[self._open] = value
        else:
            self._open = None
            self.strange.append(line.strip())

    def _add(self, name: str, text: str) -> None:
        value = self.values[name]
        self.values[name] = [*(value if isinstance(value, list) else [value]), text]

    def _continue(self, name: str, text: str) -> None:
        value = self.values[name]
        if isinstance(value, list) and value:
            value[-1] = f"{value[-1]} {text}"
        else:
            self.values[name] = f"{value} {text}" if value else text


def read_lines(text: str) -> Reading:
    """Read ``name: value`` lines, ``[a, b]`` and ``- a`` lists, and indented lines that go on."""
    reading = Reading()
    for line in text.split("\n"):
        reading.take(line)
    return reading


def _value(text: str) -> Value | None:
    """Return the value behind a name: an empty list where lines below may say it, ``None`` if it makes no sense."""
    text = text.strip()
    if text in _NO_VALUE or _BLOCK.match(text):
        return []
    flow = _FLOW.match(text)
    if flow:
        return [part for match in _PART.finditer(flow["inside"]) if (part := _plain(match[1].strip()))]
    # An open bracket, or a place that a template never filled.
    if (text[0] == "[" and "]" not in text) or (text[0] == "{" and text[-1] == "}"):
        return None
    return _plain(text)


def _plain(text: str) -> str:
    """Return a text without the quotation marks around it."""
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if quoted else text


def texts(value: Any) -> list[str]:
    """Return a value as texts: one for each entry of a list, ``name: value`` for those of a mapping."""
    if isinstance(value, dict):
        return [f"{key}: {', '.join(texts(inner))}" for key, inner in value.items()]
    if isinstance(value, list | tuple | set):
        return [", ".join(texts(inner)) for inner in value]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, datetime | date):
        return [value.isoformat()]
    return [] if value is None else [str(value)]
