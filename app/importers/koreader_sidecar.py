"""KOReader: the sidecar ``metadata.epub.lua`` that lies beside each book, new and old."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._encodings import decode_text
from app.importers._json_file import nothing, text
from app.importers._koreader import draft, passage
from app.importers._lua import read_table
from app.importers._stubs import COLOURS, Passage

_HEAD: Final = 4096
_TIMED: Final = re.compile(r"@.*\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s*$")
_SNIFFED: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:--[^\n]*\n\s*)*return\s*\{")


def read(file: File) -> Parts:
    """Read the book with its passages; raises ``ImportFailed`` when there are none."""
    try:
        table = read_table(decode_text(file.data, file.name))
    except (ValueError, OverflowError) as error:
        raise ImportFailed(
            "{name} is damaged, or was cut off.", "Copy it from the device again.", name=file.name
        ) from error
    about = {**_table(table.get("stats")), **_table(table.get("doc_props"))}
    about["file"] = table.get("doc_path") or ""
    found = draft(about, _passages(table), colours=bool(file.options.get("colours")))
    if not found.marks and not found.note:
        raise nothing(file)
    return (found,)


def _passages(table: Mapping[Any, Any]) -> Iterator[Passage]:
    """Yield what is marked: a list of annotations or, from before 2024, highlights by page and notes beside them."""
    if isinstance(table.get("annotations"), dict):
        yield from (passage(one) for one in _list(table["annotations"]) if one.get("drawer") or one.get("note"))
        return
    notes = {text(one.get("datetime")): one for one in _list(table.get("bookmarks"))}
    for page, marks in _table(table.get("highlight")).items():
        for one in _list(marks):
            beside = notes.get(text(one.get("datetime")), {})
            # What a reader wrote stands where an automatic text would: "Page 12 ... @ 2021-05-06 07:08:09", translated.
            said, words = text(beside.get("text")), text(beside.get("notes")) or text(one.get("text"))
            is_automatic = said == words or (words in said and _TIMED.search(said))
            yield passage({"page": page, "note": "" if is_automatic else said, **one})


def _table(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[dict[Any, Any]]:
    return [one for one in _table(value).values() if isinstance(one, dict)]


IMPORTER: Final = Importer(
    "koreader-sidecar",
    "KOReader sidecar",
    (".lua",),
    read,
    lambda data: _SNIFFED.match(data[:_HEAD]) is not None,
    options=(COLOURS,),
)
