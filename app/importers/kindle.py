"""Kindle: ``My Clippings.txt``, where the device gathers highlights, notes and bookmarks of all that is read on it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._encodings import decode_text
from app.importers._metadata import stated
from app.importers._stubs import About, Passage, joined, stub
from app.loading import load
from app.text.names import as_spoken

if TYPE_CHECKING:
    from app.importers._clippings import Told

_HEAD: Final = 64 * 1024
_LINES: Final = 4096
_LONGEST: Final = 1000
_END: Final = re.compile(r"^={10}[ \t]*$", re.MULTILINE)
_TITLE: Final = re.compile(r"(?P<title>.*\S)\s*\((?P<author>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
_SNIFFED: Final = re.compile(rb"(?:\xef\xbb\xbf)?[^\r\n]+\r?\n[ \t]*-[^\r\n]*\d[^\r\n]*\r?\n[ \t]*\r?\n")
_LIMIT: Final = re.compile(r"\s*<[^<>]{5,200}>\s*$")


@dataclass(slots=True)
class _Clipping:
    """One clipping: what its second line says, and its text."""

    told: Told
    text: str
    note: str = ""


@dataclass(slots=True)
class _Book:
    """What was clipped from one book or article."""

    title: str
    author: str
    clippings: list[_Clipping] = field(default_factory=list)
    notes: list[_Clipping] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)


def read(file: File) -> Parts:
    """Read all clippings, grouped by their book; raises ``ImportFailed`` when there are none."""
    text = decode_text(file.data, file.name).replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    clippings = load("app.importers._clippings")
    books: dict[tuple[str, str], _Book] = {}
    strange = limited = 0
    records = _END.split(text)
    for number, record in enumerate(records):
        lines = record.strip("\n").split("\n")
        if not record.strip():
            continue
        said = clippings.told(lines[1]) if len(lines) > 1 else None
        if said is None or number == len(records) - 1:  # the last one was cut off: its end is missing
            strange += 1
            continue
        words = "\n".join(lines[2:]).strip()
        if _LIMIT.match(words):
            limited += 1
            continue
        _put(books, lines[0].strip(), said, words)
    drafts: list[Draft | Unread] = [_draft(book) for book in books.values()]
    if not drafts and not limited:
        raise ImportFailed(
            "{name} holds no clippings of a Kindle.", "Copy “My Clippings.txt” from the device again.", name=file.name
        )
    if strange:
        senseless = ImportFailed("Clippings that make no sense: {count}.", "Copy the file again.", count=strange)
        drafts.append(Unread("clippings", senseless))
    if limited:
        lost = ImportFailed("Clippings without words, since the publisher’s limit was reached: {count}.", count=limited)
        drafts.append(Unread("clippings", lost, passed=True))
    return drafts


def _put(books: dict[tuple[str, str], _Book], line: str, said: Told, words: str) -> None:
    match = _TITLE.match(line) if len(line) <= _LONGEST else None
    title, author = (match["title"], match["author"].strip()) if match else (line, "")
    book = books.setdefault((title, author), _Book(title, author))
    if said.kind == "bookmark":
        book.bookmarks.append(said.place)
    elif said.kind == "note":
        book.notes.append(_Clipping(said, words))
    elif words:
        book.clippings.append(_Clipping(said, words))


def _draft(book: _Book) -> Draft:
    kept = _without_repeats(book.clippings)
    loose: list[str] = []
    for note in book.notes:
        owner = _owner(note, kept)
        if owner is None:
            loose.append(note.text)
        else:
            owner.note = joined((owner.note, note.text))
    kept.sort(key=lambda one: (one.told.start, one.told.end))
    passages = (Passage(one.text, one.note, created=one.told.created, place=one.told.place) for one in kept)
    details = {"bookmarks": tuple(book.bookmarks)} if book.bookmarks else {}
    about = About(note=joined(loose), details=details)
    # A name that is turned round is turned back: nobody is called “Marsh, Ada” in a byline.
    return stub(stated(title=book.title, byline=as_spoken(book.author)), passages, about, colours=False)


def _without_repeats(clippings: Iterable[_Clipping]) -> list[_Clipping]:
    """Return the clippings without those that a longer or later one of the same place holds."""
    kept: list[_Clipping] = []
    for one in sorted(clippings, key=lambda one: (one.told.start, one.told.created)):
        near = [
            other
            for other in kept[-8:]
            if _meet(one.told, other.told) and (_plain(one) in _plain(other) or _plain(other) in _plain(one))
        ]
        if not near:
            kept.append(one)
        elif len(one.text) >= len(near[-1].text):
            kept[kept.index(near[-1])] = replace(one)
    return kept


def _plain(clipping: _Clipping) -> str:
    return " ".join(clipping.text.split())


def _meet(one: Told, other: Told) -> bool:
    return one.start <= other.end and other.start <= one.end


def _owner(note: _Clipping, kept: Iterable[_Clipping]) -> _Clipping | None:
    """Return the highlight that a note was written on: it stands at the highlight's end, or inside it."""
    place = note.told.start
    inside = [one for one in kept if place >= 0 and one.told.start <= place <= one.told.end]
    return min(
        inside,
        key=lambda one: (
            one.told.end != place,
            abs(one.told.created - note.told.created),
            one.told.end - one.told.start,
        ),
        default=None,
    )


def _sniffed(data: bytes) -> bool:
    head = data[:_HEAD]
    return _SNIFFED.match(head[:_LINES]) is not None and (b"\n==========" in head)


IMPORTER: Final = Importer("kindle", "Kindle clippings", (".txt",), read, _sniffed)
