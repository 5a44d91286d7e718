"""Diigo: the table of bookmarks that it exports, with highlights and sticky notes in each."""

from __future__ import annotations

from typing import Final

from app.drafts import Draft
from app.importers._base import File, Importer, Parts
from app.importers._labelled import labelled, plain
from app.importers._metadata import stated
from app.importers._moments import day, moment
from app.importers._named_rows import Row, has_columns, rows_with_addresses
from app.importers._stubs import About, Passage, joined, named, stub
from app.importers._tag_lists import listed

_NO_TAG: Final = "no_tag"


def read(file: File) -> Parts:
    """Read all bookmarks; raises ``ImportFailed`` when there are none."""
    return [_draft(row) for row in rows_with_addresses(file)]


def _draft(row: Row) -> Draft:
    passages = (Passage(quote, note) for quote, note in labelled(row.get("annotations", "")))
    note = joined(plain(row.get(name, "")) for name in ("description", "comments"))
    tags = [tag for tag in listed(row.get("tags", "")) if tag.lower() != _NO_TAG]
    known = stated(title=row.get("title"), address=row.get("url"), accessed=day(moment(row.get("created_at"))))
    return stub(known, passages, About(named(tags), note), colours=False)


IMPORTER: Final = Importer(
    "diigo",
    "Diigo export",
    (".csv",),
    read,
    lambda data: has_columns(data, "title", "url", "tags", "description", "comments", "annotations", "created_at"),
)
