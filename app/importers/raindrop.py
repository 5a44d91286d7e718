"""Raindrop.io: the table of links that it exports, with the highlights in each."""

from __future__ import annotations

from typing import Final

from app.drafts import Draft
from app.importers._base import File, Importer, Parts
from app.importers._labelled import labelled, plain
from app.importers._metadata import stated
from app.importers._moments import day, moment
from app.importers._named_rows import Row, has_columns, rows_with_addresses
from app.importers._stubs import About, Passage, named, stub
from app.importers._tag_lists import listed

_NO_FOLDER: Final = "unsorted"


def read(file: File) -> Parts:
    """Read all links; raises ``ImportFailed`` when there are none."""
    return [_draft(row) for row in rows_with_addresses(file)]


def _draft(row: Row) -> Draft:
    saved, folder = moment(row.get("created")), row.get("folder", "").strip()
    details = {
        name: value
        for name, value in (
            ("folder", "" if folder.lower() == _NO_FOLDER else folder),
            ("summary", plain(row.get("excerpt", ""))),
            ("favourite", "yes" if row.get("favorite", "").strip().lower() == "true" else ""),
        )
        if value
    }
    passages = (Passage(quote, note) for quote, note in labelled(row.get("highlights", "")))
    known = stated(title=row.get("title"), address=row.get("url"), accessed=day(saved))
    about = About(named(listed(row.get("tags", ""))), row.get("note", "").strip(), details)
    return stub(known, passages, about, colours=False)


IMPORTER: Final = Importer(
    "raindrop",
    "Raindrop.io export",
    (".csv",),
    read,
    lambda data: has_columns(data, "title", "url", "folder", "tags", "created", "highlights"),
)
