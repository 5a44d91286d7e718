"""Readwise Reader: the CSV of its library. It holds no texts; each row waits for its article."""

from __future__ import annotations

from typing import Final

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._json_file import nothing
from app.importers._metadata import stated, web_address
from app.importers._moments import day, moment
from app.importers._named_rows import Row, has_columns, rows
from app.importers._stubs import About, named, stub
from app.importers._tag_lists import listed
from app.model import State

_FEED: Final = "feed"
_OWN: Final = frozenset(("title", "url", "document tags", "saved date", "location", "seen", "author"))


def read(file: File) -> Parts:
    """Read what was saved; what only lies in the feed was never chosen, and is told of."""
    table = rows(file)
    saved = [row for row in table if row.get("location", "").strip().lower() != _FEED]
    drafts: list[Draft | Unread] = [_draft(row) for row in saved if web_address(row.get("url")) or row.get("title")]
    if not drafts:
        raise nothing(file)
    if len(saved) < len(table):
        said = ImportFailed("Articles of feeds that were not saved: {count}.", count=len(table) - len(saved))
        drafts.append(Unread("feed", said, passed=True))
    return drafts


def _draft(row: Row) -> Draft:
    details = {name.replace(" ", "_"): value for name, value in row.items() if name not in _OWN and value.strip()}
    known = stated(
        title=row.get("title"),
        byline=row.get("author"),
        address=row.get("url"),
        accessed=day(moment(row.get("saved date"))),
    )
    themes = named(listed(row.get("document tags", "")))
    return stub(known, (), About(themes, details=details, state=_state(row)), colours=False)


def _state(row: Row) -> State | None:
    if row.get("location", "").strip().lower() == "archive":
        return State.ARCHIVED
    return State.READING if row.get("seen", "").strip().lower() == "true" else None


IMPORTER: Final = Importer(
    "reader",
    "Readwise Reader library",
    (".csv",),
    read,
    lambda data: has_columns(data, "url", "document tags", "saved date"),
)
