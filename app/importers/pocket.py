"""Pocket: the tables and the page of links that it exported. It held no texts; each link waits for its article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.drafts import Draft
from app.importers._base import File, Importer, Parts, Unread
from app.importers._encodings import decode_page
from app.importers._json_file import nothing
from app.importers._metadata import stated, web_address
from app.importers._moments import day, moment
from app.importers._named_rows import has_columns, rows
from app.importers._stubs import About, named, stub
from app.loading import load
from app.model import State

_HEAD: Final = 4096
_LISTS: Final = "app.importers._bookmark_lists"
_PAGE: Final = re.compile(rb"<title>\s*Pocket Export\s*</title>", re.IGNORECASE)
_TAGS: Final = re.compile(r"[|,]")


@dataclass(frozen=True, slots=True)
class _Saved:
    """A link as it was saved."""

    title: str
    address: str
    added: str
    tags: str
    archived: bool


def read(file: File) -> Parts:
    """Read all links; raises ``ImportFailed`` when there are none."""
    found = list(_of_page(file) if _PAGE.search(file.data[:_HEAD]) else _of_table(file))
    drafts: list[Draft | Unread] = [_draft(one) for one in found if web_address(one.address)]
    if not drafts:
        raise nothing(file)
    return [*drafts, *load(_LISTS).no_pages(len(found) - len(drafts))]


def _of_table(file: File) -> Iterator[_Saved]:
    for row in rows(file):
        archived = row.get("status", "").strip().lower() == "archive"
        yield _Saved(row.get("title", ""), row.get("url", ""), row.get("time_added", ""), row.get("tags", ""), archived)


def _of_page(file: File) -> Iterator[_Saved]:
    for one in load(_LISTS).bookmarks(decode_page(file.data, file.name)):
        archived = "archive" in " ".join(one.folders).lower()
        values = one.attributes
        yield _Saved(one.title, one.address, values.get("time_added", ""), values.get("tags", ""), archived)


def _draft(one: _Saved) -> Draft:
    # Where Pocket knew no title it wrote the address.
    title = "" if one.title.strip() == one.address.strip() else one.title
    known = stated(title=title, address=one.address, accessed=day(moment(one.added)))
    about = About(named(_TAGS.split(one.tags)), state=State.ARCHIVED if one.archived else None)
    return stub(known, (), about, colours=False)


IMPORTER: Final = Importer(
    "pocket",
    "Pocket export",
    (".csv", ".html"),
    read,
    lambda data: has_columns(data, "title", "url", "time_added") or _PAGE.search(data[:_HEAD]) is not None,
)
