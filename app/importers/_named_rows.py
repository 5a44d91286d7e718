"""Tables in CSV files: told apart by their columns, and read row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Final

from app.errors import ImportFailed
from app.importers._base import File
from app.importers._encodings import decode_text
from app.importers._json_file import nothing
from app.importers._metadata import web_address

Row = Mapping[str, str]

_HEAD: Final = 4096
_SAMPLE: Final = 65_536
_WIDEST: Final = 1000
_LONGEST: Final = 10_000_000
_SEPARATORS: Final = (",", ";", "\t")


def columns(data: bytes) -> frozenset[str]:
    """Return the names of the columns of a table, in lower case, from its first line."""
    line = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0].strip()
    if not line or len(line) > _WIDEST or not any(mark in line for mark in (b",", b";", b"\t")):
        return frozenset()
    return frozenset(_names(line.decode("utf-8", "replace")))


def has_columns(data: bytes, *names: str) -> bool:
    """Tell whether the first line of a file names all these columns."""
    return columns(data).issuperset(names)


def rows(file: File) -> list[Row]:
    """Return the rows of a table by the lower-case names of their columns; raises ``ImportFailed``.

    A row that is too short has empty values; what is too much in one is passed over.
    """
    try:
        found = _cells(decode_text(file.data, file.name))
    except csv.Error as error:
        raise ImportFailed("{name} is no table that can be read ({problem}).", "Export it again.", name=file.name,
                           problem=str(error)) from error  # fmt: skip
    if not found:
        raise ImportFailed("{name} is empty.", "Check the file, or leave it out.", name=file.name)
    return _by_name(found)


def first_rows(data: bytes) -> list[Row]:
    """Return the rows that a table begins with, by which it may be told apart; none where they cannot be read."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    try:
        found = _cells(text[: text.rfind("\n")] if len(data) > _SAMPLE else text)
    except csv.Error:
        return []
    return _by_name(found) if found else []


def _cells(text: str) -> list[list[str]]:
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").lstrip()
    csv.field_size_limit(_LONGEST)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text.partition("\n")[0])))


def _by_name(found: list[list[str]]) -> list[Row]:
    names = [_plain(name) for name in found[0]]
    return [
        {name: row[place] if place < len(row) else "" for place, name in enumerate(names)}
        for row in found[1:]
        if any(value.strip() for value in row)
    ]


def rows_with_addresses(file: File) -> list[Row]:
    """Return the rows whose column ``url`` holds an address on the web; raises ``ImportFailed`` when there are none."""
    found = [row for row in rows(file) if web_address(row.get("url"))]
    if not found:
        raise nothing(file)
    return found


def _mark(line: str) -> str:
    return max(_SEPARATORS, key=line.count)


def _names(line: str) -> list[str]:
    try:
        return [_plain(name) for name in next(csv.reader([line], delimiter=_mark(line)), [])]
    except csv.Error:
        return []


def _plain(name: str) -> str:
    return " ".join(name.split()).lower()
