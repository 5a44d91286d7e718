"""Zotero: the table of a library that it exports as CSV. Each item waits for its article."""

from __future__ import annotations

from typing import Final

from app.drafts import Draft
from app.importers._base import File, Importer, Parts
from app.importers._json_file import nothing
from app.importers._metadata import stated
from app.importers._named_rows import Row, has_columns, rows
from app.importers._note_markup import as_note
from app.importers._stubs import About, joined, named, stub
from app.text.names import as_spoken

_NO_ITEMS: Final = ("attachment", "note", "annotation")
_DETAILS: Final = (
    ("item type", "type"), ("abstract note", "abstract"), ("pages", "page"), ("volume", "volume"), ("issue", "issue"),
    ("doi", "doi"), ("issn", "issn"), ("isbn", "isbn"), ("publisher", "publisher"), ("place", "place"),
    ("library catalog", "database"), ("extra", "extra"), ("automatic tags", "automatic_tags"), ("key", "zotero_key"),
)  # fmt: skip
_BETWEEN: Final = "; <"  # notes stand behind one another, each of them HTML


def read(file: File) -> Parts:
    """Read all items with a title or an address; raises ``ImportFailed`` when there are none."""
    drafts = [draft for row in rows(file) if (draft := _draft(row)) is not None]
    if not drafts:
        raise nothing(file)
    return drafts


def _draft(row: Row) -> Draft | None:
    known = stated(
        title=row.get("title"),
        byline=as_spoken(row.get("author", "")),
        outlet=row.get("publication title") or row.get("publisher"),
        section=row.get("section"),
        address=row.get("url"),
        published=row.get("date") or row.get("publication year"),
        accessed=row.get("access date", "")[:10],
        language=row.get("language"),
    )
    if not (known.title or known.address) or row.get("item type") in _NO_ITEMS:
        return None
    first, *further = row.get("notes", "").split(_BETWEEN)
    note = joined(map(as_note, (first, *(f"<{one}" for one in further))))
    details = {name: value for column, name in _DETAILS if (value := " ".join(row.get(column, "").split()))}
    return stub(known, (), About(named(row.get("manual tags", "").split(";")), note, details), colours=False)


IMPORTER: Final = Importer(
    "zotero-table",
    "Zotero library (CSV)",
    (".csv",),
    read,
    lambda data: has_columns(data, "key", "item type", "title", "manual tags"),
)
