"""KOReader: the JSON of its exporter, for one book or for all."""

from __future__ import annotations

from typing import Final

from app.importers._base import File, Importer, Parts
from app.importers._json_file import loaded, mentions, nothing, objects
from app.importers._koreader import draft, passage
from app.importers._stubs import COLOURS


def read(file: File) -> Parts:
    """Read the books with their passages; raises ``ImportFailed`` when there are none."""
    data = loaded(file)
    books = objects(data, "documents") or objects([data])
    colours = bool(file.options.get("colours"))
    drafts = [draft(book, map(passage, objects(book, "entries")), colours=colours) for book in books]
    found = [one for one in drafts if one.marks or one.note]
    if not found:
        raise nothing(file)
    return found


def _sniffed(data: bytes) -> bool:
    return mentions(data, "created_on", "version") and (mentions(data, "entries") or mentions(data, "documents"))


IMPORTER: Final = Importer("koreader", "KOReader notes (JSON)", (".json",), read, _sniffed, options=(COLOURS,))
