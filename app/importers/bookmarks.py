"""Bookmarks as every browser exports them, and many services: each waits for its article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.drafts import Draft
from app.importers._base import File, Importer, Parts, Unread
from app.importers._encodings import decode_page
from app.importers._json_file import nothing
from app.importers._metadata import stated, web_address
from app.importers._moments import day, moment
from app.importers._stubs import About, named, stub
from app.loading import load

if TYPE_CHECKING:
    from app.importers._bookmark_lists import Bookmark

_HEAD: Final = 4096
_SNIFFED: Final = re.compile(rb"<!doctype\s+netscape-bookmark-file", re.IGNORECASE)


def read(file: File) -> Parts:
    """Read all bookmarks of pages; raises ``ImportFailed`` when there are none."""
    lists = load("app.importers._bookmark_lists")
    found: list[Bookmark] = lists.bookmarks(decode_page(file.data, file.name))
    drafts: list[Draft | Unread] = [_draft(one) for one in found if web_address(one.address)]
    if not drafts:
        raise nothing(file)
    return [*drafts, *lists.no_pages(len(found) - len(drafts))]


def _draft(one: Bookmark) -> Draft:
    details = {"folder": " > ".join(one.folders)} if one.folders else {}
    if one.attributes.get("shortcuturl", "").strip():
        details["keyword"] = one.attributes["shortcuturl"].strip()
    known = stated(title=one.title, address=one.address, accessed=day(moment(one.attributes.get("add_date"))))
    about = About(named(one.attributes.get("tags", "").split(",")), one.description.strip(), details)
    return stub(known, (), about, colours=False)


IMPORTER: Final = Importer(
    "bookmarks",
    "Bookmarks",
    (".html", ".htm"),
    read,
    lambda data: _SNIFFED.search(data[:_HEAD]) is not None,
)
