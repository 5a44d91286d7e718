"""Readwise: the CSV of all highlights that it exports, and the one that it takes in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from app.drafts import Draft
from app.importers._base import File, Importer, Parts
from app.importers._json_file import nothing
from app.importers._metadata import stated
from app.importers._moments import moment
from app.importers._named_rows import Row, columns, rows
from app.importers._stubs import COLOURS, About, Passage, named, stub
from app.importers._tag_lists import listed

# Tags at the beginning of a note: ``.economy``; ``.c1`` joins passages, ``.h1`` makes one a heading.
_ACTION: Final = re.compile(r"\s*\.(?P<tag>[^\s.,;:!?]+)(?=\s|$)")
_JOINED: Final = re.compile(r"c\d+$")
_HEADING: Final = re.compile(r"h[1-6]$")
# This program writes it before what a spreadsheet would calculate, and before a note that begins like a tag.
_GUARD: Final = "\N{WORD JOINER}"


@dataclass(slots=True)
class _Book:
    """What one book or article has: its rows, and the tags on it."""

    passages: list[Passage] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    asin: str = ""


def read(file: File) -> Parts:
    """Read highlights, grouped by what they are from; raises ``ImportFailed`` when there are none."""
    books: dict[tuple[str, str, str], _Book] = {}
    for found in rows(file):
        row = {name: cell.removeprefix(_GUARD) if name != "note" else cell for name, cell in found.items()}
        title, author = row.get("book title") or row.get("title", ""), row.get("book author") or row.get("author", "")
        key = (title.strip(), author.strip(), (row.get("url") or row.get("source url") or "").strip())
        _put(books.setdefault(key, _Book()), row)
    drafts = [_draft(key, book, colours=bool(file.options.get("colours"))) for key, book in books.items()]
    if not any(draft.marks or draft.note for draft in drafts):
        raise nothing(file)
    return drafts


def _put(book: _Book, row: Row) -> None:
    note, actions = _actions(row.get("note", ""))
    tags = listed(row.get("tags", ""))
    # Passages that ``.c1`` and ``.c2`` join lie apart in the text: each keeps a mark of its own.
    plain = [tag for tag in actions if not _JOINED.match(tag) and not _HEADING.match(tag)]
    book.tags += listed(row.get("document tags", ""))
    book.asin = book.asin or row.get("amazon book id", "").strip()
    passage = Passage(
        row.get("highlight", "").strip(),
        note,
        named([*tags, *plain]),
        moment(row.get("highlighted at") or row.get("date") or ""),
        colour=row.get("color", "").strip().lower(),
        place=" ".join(filter(None, (row.get("location type", "").strip(), row.get("location", "").strip()))),
    )
    if any(_HEADING.match(tag) for tag in actions):
        book.headings.append(passage.quote)
    else:
        book.passages.append(passage)


def _actions(note: str) -> tuple[str, list[str]]:
    """Return a note without the tags at its beginning, and these."""
    tags: list[str] = []
    place = 0
    while match := _ACTION.match(note, place):
        tags.append(match["tag"])
        place = match.end()
    return note[place:].strip().removeprefix(_GUARD).strip(), tags


def _draft(key: tuple[str, str, str], book: _Book, *, colours: bool) -> Draft:
    title, author, address = key
    details: dict[str, str | tuple[str, ...]] = {}
    if book.headings:
        details["headings"] = tuple(book.headings)
    if book.asin:
        details["amazon_book_id"] = book.asin
    known = stated(title=title, byline=author, address=address)
    return stub(known, book.passages, About(named(book.tags), details=details), colours=colours)


def _sniffed(data: bytes) -> bool:
    names = columns(data)
    exported = "highlight" in names and "book title" in names
    return exported or ("highlight" in names and "title" in names and not names & {"quote", "tag"})


IMPORTER: Final = Importer("readwise", "Readwise highlights", (".csv",), read, _sniffed, options=(COLOURS,))
