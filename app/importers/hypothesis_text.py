"""Hypothesis: the text that its client exports the annotations of one document as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from app.importers._base import File, Importer, Parts
from app.importers._encodings import decode_text
from app.importers._hypothesis import listed
from app.importers._json_file import nothing

_HEAD: Final = 8192
_COUNTED: Final = re.compile(rb"^Total annotations: \d+\r?$.*^Annotation 1:\r?$", re.MULTILINE | re.DOTALL)
_BEGINNING: Final = re.compile(r"^Annotation \d+:\n", re.MULTILINE)
_LABEL: Final = re.compile(r"(?P<name>Created at|Author|Page|Quote|Description|Comment|Tags): ?(?P<rest>.*)")
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*:\S+$", re.IGNORECASE)
_LAST: Final = ("Tags", "Page")  # what stands on a line of its own at the end
_NO_QUOTE: Final = '"null"'


def read(file: File) -> Parts:
    """Read the annotations; raises ``ImportFailed`` when there are none."""
    text = decode_text(file.data, file.name).replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    head, *records = _BEGINNING.split(text)
    if not records:
        raise nothing(file)
    lines = head.partition("\nGroup:")[0].split("\n")
    address = lines[-1].strip() if len(lines) > 1 and _ADDRESS.match(lines[-1].strip()) else ""
    title = " ".join(" ".join(lines[1 : -1 if address else None]).split())
    return listed(map(_values, records), address, title)


def _values(record: str) -> Mapping[str, str]:
    """Return what an annotation says. What has several lines goes on until the next label."""
    values: dict[str, str] = {}
    lines = record.strip("\n").split("\n")
    while len(lines) > 1 and (match := _LABEL.fullmatch(lines[-1])) and match["name"] in _LAST:
        values[match["name"]] = match["rest"]
        lines.pop()
    present = "Created at"
    for line in lines:
        found = _LABEL.fullmatch(line)
        if found and found["name"] not in values:
            present = found["name"]
            values[present] = found["rest"]
        else:
            values[present] = f"{values[present]}\n{line}" if present in values else line
    if "Author" not in values:  # older clients put the name under the comment
        values["Comment"], _break, values["Author"] = values.get("Comment", "").rpartition("\n")
    quote = values.get("Quote", "").strip()
    values["Quote"] = "" if quote == _NO_QUOTE else quote.removeprefix('"').removesuffix('"')
    return values


def _sniffed(data: bytes) -> bool:
    return _COUNTED.search(data[:_HEAD]) is not None


IMPORTER: Final = Importer("hypothesis-text", "Hypothesis annotations (text)", (".txt",), read, _sniffed)
