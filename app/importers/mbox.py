"""Mail boxes: many messages in one file, each an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._parts import read_part

# "From", an address, and a date: what mail programs write before each message.
_BEGINNING: Final = re.compile(rb"(?:\A|\n\r?\n)(From [^\n]{1,300}\n)(?=[!-9;-~]{1,80}:)")
_YEAR: Final = re.compile(rb"\d{4}")
_QUOTED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_MOST: Final = 20_000


def read(file: File) -> Parts:
    """Read every message; raises ``ImportFailed`` when there is none, or too many."""
    data = file.data.lstrip(b"\xef\xbb\xbf\r\n")
    edges = list(_edges(data))
    if not edges:
        raise ImportFailed("{name} holds no messages.", "Export the mail box again.", name=file.name)
    if len(edges) > _MOST:
        hint = "Export the folders of the mail box one by one."
        raise ImportFailed("{name} holds more than {most} messages.", hint, name=file.name, most=_MOST)
    width = len(str(len(edges)))
    return [
        part
        for number, message in enumerate(_messages(data, edges), 1)
        for part in read_part(file, f"message {number:0{width}}.eml", message)
    ]


def _edges(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the line before each message begins, and where the message does."""
    for match in _BEGINNING.finditer(data):
        if _YEAR.search(match[1]):
            yield match.start(), match.end()


def _messages(data: bytes, edges: list[tuple[int, int]]) -> Iterator[bytes]:
    """Yield the messages, with lines that begin with "From" as they were written."""
    ends = [start for start, _end in edges[1:]] + [len(data)]
    for (_start, begin), end in zip(edges, ends, strict=True):
        yield _QUOTED.sub(rb"\1", data[begin:end])


IMPORTER: Final = Importer("mbox", "Mail box", (".mbox",), read, lambda data: any(_edges(data[:4096])), holds=True)
