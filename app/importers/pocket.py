"""Pocket: the tables, the page of links and the highlights that it exported, without texts: all wait for articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from app.drafts import Draft
from app.importers._base import File, Importer, Parts, Unread
from app.importers._encodings import decode_page
from app.importers._json_file import loaded, mentions, nothing, objects, text
from app.importers._metadata import stated, web_address
from app.importers._moments import day, moment
from app.importers._named_rows import has_columns, rows
from app.importers._stubs import About, Passage, named, stub
from app.loading import load
from app.model import State

_HEAD: Final = 4096
_BEFORE: Final = b"\xef\xbb\xbf \t\r\n"
_LISTS: Final = "app.importers._bookmark_lists"
_PAGE: Final = re.compile(rb"<title>\s*Pocket Export\s*</title>", re.IGNORECASE)
_TAGS: Final = re.compile(r"[|,]")
_ARCHIVED: Final = frozenset(("archive", "read"))  # what was read went to the archive


@dataclass(frozen=True, slots=True)
class _Saved:
    """A link as it was saved."""

    title: str
    address: str
    added: str = ""
    tags: str = ""
    archived: bool = False
    passages: tuple[Passage, ...] = ()


def read(file: File) -> Parts:
    """Read all links; raises ``ImportFailed`` when there are none."""
    found = list(_reader(file.data)(file))
    drafts: list[Draft | Unread] = [_draft(one) for one in found if web_address(one.address)]
    if not drafts:
        raise nothing(file)
    return [*drafts, *load(_LISTS).no_pages(len(found) - len(drafts))]


def _reader(data: bytes) -> Callable[[File], Iterator[_Saved]]:
    """Return what reads the links of a file."""
    if _has_highlights(data):
        return _of_highlights
    return _of_page if _PAGE.search(data[:_HEAD]) else _of_table


def _of_highlights(file: File) -> Iterator[_Saved]:
    for one in objects(loaded(file)):
        passages = (
            Passage(text(mark.get("quote")).strip(), created=moment(mark.get("created_at")))
            for mark in objects(one, "highlights")
        )
        yield _Saved(text(one.get("title")), text(one.get("url")), passages=tuple(passages))


def _of_table(file: File) -> Iterator[_Saved]:
    for row in rows(file):
        archived = row.get("status", "").strip().lower() in _ARCHIVED
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
    return stub(known, one.passages, about, colours=False)


def _has_highlights(data: bytes) -> bool:
    """Tell whether a file is the part of the last export with what was highlighted: a list of pages."""
    return mentions(data, "url", "title", "highlights", "quote", "created_at") and data.lstrip(_BEFORE)[:1] == b"["


def _sniffed(data: bytes) -> bool:
    links = has_columns(data, "title", "url", "time_added") or _PAGE.search(data[:_HEAD]) is not None
    return links or _has_highlights(data)


IMPORTER: Final = Importer("pocket", "Pocket export", (".csv", ".html", ".json"), read, _sniffed)
