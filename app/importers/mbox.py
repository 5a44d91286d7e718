"""Mail boxes: many messages in one file, each an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._parts import read_part

# "From", an address, and a day of the week: what mail programs write before each message.
_BEGINNING: Final = re.compile(rb"(?:\A|\n\r?\n)From [^\n]*\d{4}[^\n]*\n(?=[!-9;-~]+:)")
_QUOTED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_MOST: Final = 5_000


def read(file: File) -> Parts:
    """Read every message; raises ``ImportFailed`` when there is none, or too many."""
    data = file.data.lstrip(b"\xef\xbb\xbf\r\n")
    found = [match.end() for match in _BEGINNING.finditer(data)]
    if not found:
        raise ImportFailed("{name} holds no messages.", "Export the mail box again.", name=file.name)
    if len(found) > _MOST:
        hint = "Export the folders of the mail box one by one."
        raise ImportFailed("{name} holds more than {most} messages.", hint, name=file.name, most=_MOST)
    width = len(str(len(found)))
    return [
        part
        for number, message in enumerate(_messages(data), 1)
        for part in read_part(file, f"message {number:0{width}}.eml", message)
    ]


def _messages(data: bytes) -> Iterator[bytes]:
    """Yield the messages, with lines that begin with "From" as they were written."""
    edges = [(match.start(), match.end()) for match in _BEGINNING.finditer(data)]
    ends = [start for start, _end in edges[1:]] + [len(data)]
    for (_start, begin), end in zip(edges, ends, strict=True):
        yield _QUOTED.sub(rb"\1", data[begin:end])


IMPORTER: Final = Importer("mbox", "Mail box", (".mbox",), read, lambda data: bool(_BEGINNING.match(data[:4096])))
