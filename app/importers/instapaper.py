"""Instapaper: the table of links that it exports, with the words that were selected when a link was saved."""

from __future__ import annotations

from typing import Final

from app.drafts import Draft
from app.importers._base import File, Importer, Parts
from app.importers._json_file import nothing
from app.importers._metadata import stated, web_address
from app.importers._moments import day, moment
from app.importers._named_rows import Row, has_columns, rows
from app.importers._stubs import About, Passage, named, stub
from app.importers._tag_lists import listed
from app.model import State

_STATES: Final = {"archive": State.ARCHIVED, "unread": None}


def read(file: File) -> Parts:
    """Read all links; raises ``ImportFailed`` when there are none."""
    drafts = [_draft(row) for row in rows(file) if web_address(row.get("url")) or row.get("selection", "").strip()]
    if not drafts:
        raise nothing(file)
    return drafts


def _draft(row: Row) -> Draft:
    """Return a link, or a note of the reader's own, which has words and no address."""
    folder, words = row.get("folder", "").strip(), row.get("selection", "").strip()
    saved = moment(row.get("timestamp"))
    known = stated(title=row.get("title"), address=row.get("url"), accessed=day(saved))
    details = {"folder": folder} if folder and folder.lower() not in _STATES else {}
    about = About(
        named(listed(row.get("tags", ""))),
        "" if known.address else words,
        details,
        state=_STATES.get(folder.lower()),
    )
    passages = (Passage(words, created=saved),) if words and known.address else ()
    return stub(known, passages, about, colours=False)


IMPORTER: Final = Importer(
    "instapaper",
    "Instapaper export",
    (".csv",),
    read,
    lambda data: has_columns(data, "url", "title", "selection", "folder"),
)
