"""Kindle: the notebook of one book that its apps export as a page, with the colours and places of highlights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.drafts import Draft
from app.importers._base import File, Importer, Parts
from app.importers._encodings import decode_page
from app.importers._html import parse
from app.importers._json_file import nothing
from app.importers._metadata import stated
from app.importers._stubs import COLOURS, About, Passage, joined, stub
from app.loading import load
from app.text.names import as_spoken

if TYPE_CHECKING:
    from lxml import etree

_HEAD: Final = 64 * 1024
_CLASSES: Final = frozenset(("bookTitle", "authors", "citation", "sectionHeading", "noteHeading", "noteText"))
_NAMED: Final = re.compile(rb"class\s*=\s*[\"']?(bookTitle|noteHeading)\b")
_COLOUR: Final = re.compile(r"highlight_([a-z]+)")
# “Highlight(yellow) - Chapter > Page 12 · Location 345”: what it is, its colour, where it stands.
_HEADING: Final = re.compile(
    r"(?P<kind>[^(（\-–—]*)(?:[(（](?P<colour>[^)）]*)[)）])?\s*[-–—]?\s*(?P<place>.*)$", re.DOTALL
)
_NUMBER: Final = re.compile(r"\d+")
_PAGE: Final = re.compile("pag|pág|seite|стр|sayfa|stron|ページ|页|頁|쪽|페이지", re.IGNORECASE)
_LOCATION: Final = 100  # a location of a Kindle book is a little more than so many bytes of its text
_BREAK: Final = "\0"  # no text of a page holds it


@dataclass(slots=True)
class _Entry:
    """An element of the page with one of the known classes: its words, and the colour that is named in it."""

    name: str
    words: list[str] = field(default_factory=list)
    colour: str = ""

    @property
    def text(self) -> str:
        """The words, white space as a browser shows it."""
        lines = (" ".join(line.split()) for line in "".join(self.words).split(_BREAK))
        return "\n".join(lines).strip()


@dataclass(slots=True)
class _Notebook:
    """What a page says, as far as it was read; ``ends`` is up to which place a note is on the latest passage."""

    about: dict[str, str] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    section: str = ""
    begins: int = -1
    ends: int = -1


def read(file: File) -> Parts:
    """Read the notebook; raises ``ImportFailed`` when nothing was marked or noted in it."""
    root = parse(decode_page(file.data, file.name))
    if root is None:
        raise nothing(file)
    book = _Notebook()
    heading: _Entry | None = None
    for entry in (*(entry for entry in _entries(root) if entry.name), _Entry("")):
        if entry.name == "noteText" and heading is not None:
            _put(book, heading, entry.text)
        elif heading is not None:
            _put(book, heading, "")
        heading = entry if entry.name == "noteHeading" else None
        if entry.name == "sectionHeading":
            book.section = entry.text
        elif entry.name in _CLASSES and entry.text:
            book.about.setdefault(entry.name, entry.text)
    if not book.passages and not book.loose:
        raise nothing(file)
    return (_draft(book, file),)


def _entries(root: etree._Element) -> Iterator[_Entry]:
    """Yield what stands under the known classes, and between them. An entry ends where the next one begins.

    Some apps close elements that they did not open, so that the page's tree is not the one they meant.
    """
    entry, holder = _Entry(""), root
    for event, element in load("lxml.etree").iterwalk(root, events=("start", "end")):
        if event == "start":
            name = next((one for one in element.get("class", "").split() if one in _CLASSES), "")
            if name:
                yield entry
                entry, holder = _Entry(name), element
            colour = _COLOUR.search(element.get("class", ""))
            entry.colour = entry.colour or (colour[1] if colour else "")
            entry.words += [_BREAK if element.tag == "br" else "", element.text or ""]
        elif element is holder:
            yield entry
            entry = _Entry("")
        else:
            entry.words.append(element.tail or "")
    yield entry


def _put(book: _Notebook, heading: _Entry, words: str) -> None:
    """Put what stands under a heading to its book: a passage, a note on the one before it or on the whole, a bookmark.

    That it is a highlight is told by its colour in any language; of the other headings their words tell.
    """
    match = _HEADING.match(heading.text)
    said, coloured, where = (match["kind"], match["colour"] or "", match["place"]) if match else ("", "", "")
    kind = "highlight" if heading.colour or coloured else load("app.importers._clippings").kind_of(said)
    place, at = _place(book.section, " ".join(where.split()))
    if kind == "bookmark":
        book.bookmarks.append(place)
    elif kind == "highlight" and words:
        colour = heading.colour or coloured.strip().lower()
        book.passages.append(Passage(words, colour=colour, place=place))
        length = 0 if _PAGE.search(where.rpartition("·")[2]) else len(words.encode()) // _LOCATION
        book.begins, book.ends = at, at + 1 + length
    elif words:
        _note(book, words, at)


def _place(section: str, where: str) -> tuple[str, int]:
    """Return where something stands in words, and the number of that place: its location or, without one, its page."""
    numbers = _NUMBER.findall(where)
    whole = where if where.startswith(section) else " > ".join(filter(None, (section, where)))
    return whole, int(numbers[-1][:9]) if numbers else -1


def _note(book: _Notebook, words: str, at: int) -> None:
    """Put a note on the passage right before it, when that reaches as far; it stands where the passage ends."""
    if book.passages and book.begins <= at <= book.ends:
        last = book.passages[-1]
        book.passages[-1] = replace(last, note=joined((last.note, words)))
    else:
        book.loose.append(words)


def _draft(book: _Notebook, file: File) -> Draft:
    details: dict[str, str | tuple[str, ...]] = {}
    if book.about.get("citation"):
        details["citation"] = book.about["citation"]
    if book.bookmarks:
        details["bookmarks"] = tuple(book.bookmarks)
    known = stated(
        title=book.about.get("bookTitle"),
        byline=as_spoken(book.about.get("authors", "")),
        derived={"title": file.name.rpartition(".")[0] or file.name},
    )
    about = About(note=joined(book.loose), details=details)
    return stub(known, book.passages, about, colours=bool(file.options.get("colours")))


def _sniffed(data: bytes) -> bool:
    return len(set(_NAMED.findall(data[:_HEAD]))) > 1


IMPORTER: Final = Importer("kindle-notebook", "Kindle notebook", (".html", ".htm"), read, _sniffed, options=(COLOURS,))
