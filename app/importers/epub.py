"""Books and magazines (EPUB), as publishers, calibre, LibreOffice and pandoc make them."""

from __future__ import annotations

import contextlib
import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.cleaning.metadata import normal
from app.drafts import Draft
from app.errors import ImportFailed
from app.importers import _calibre
from app.importers._archives import Archive, opened
from app.importers._base import File, Importer, Parts
from app.importers._documents import Stated, document
from app.importers._encodings import decode_page
from app.importers._pictures import Pictures
from app.importers._stubs import COLOURS
from app.loading import load
from app.options import Option
from app.text.body import Piece

if TYPE_CHECKING:
    from app.importers._epub_package import Package

_NEAR: Final = 3
_DEEPEST_START: Final = 3


def read(file: File) -> Parts:
    """Read a book as one article, or each chapter that has a heading as an article of its own."""
    with opened(file.data) as archive:
        package: Package = load("app.importers._epub_package").read_package(archive, file.name)
        pictures = Pictures()
        pages = _pages(archive, package, pictures)
        highlights = _calibre.inside(archive.read(_calibre.INSIDE)) if _calibre.INSIDE in archive else []
    if not any(piece.text for page in pages for piece in page.pieces):
        hint = "Open it, and look whether its pages are pictures."
        raise ImportFailed("{name} holds no text.", hint, name=file.name)
    colours = bool(file.options.get(COLOURS.key))
    if file.options.get("chapters"):
        drafts = (_chapter(chapter, package.stated, pictures) for chapter in _chapters(pages, package.stated))
        told = (draft for draft in drafts if draft.body.text.strip())
        return [_calibre.marked(draft, highlights, alone=False, colours=colours) for draft in told]
    pieces = [piece for page in pages for piece in page.pieces]
    whole = document(pieces, package.stated, pictures=pictures.found)
    return (_calibre.marked(whole, highlights, alone=True, colours=colours),)


@dataclass(slots=True)
class _Page:
    """A page of the book, or a chapter of it: its name in the archive, and its blocks."""

    name: str
    pieces: list[Piece] = field(default_factory=list)


def _pages(archive: Archive, package: Package, pictures: Pictures) -> list[_Page]:
    reader = load("app.importers._epub_pages")
    known = reader.looks(_sheets(archive, package.sheets))
    pages = []
    tables = 0
    for name in package.pages:
        pieces = reader.read_page(archive, name, known, pictures)
        pages.append(_Page(name, [_counted(piece, tables) for piece in pieces]))
        tables += len({piece.attributes["table"] for piece in pieces if piece.kind == "cell"})
    return pages


def _sheets(archive: Archive, names: Sequence[str]) -> Iterator[str]:
    """Yield the style sheets; one that cannot be read costs no more than what it makes bold."""
    for name in names:
        with contextlib.suppress(ImportFailed):
            yield decode_page(archive.read(name), name)


def _counted(piece: Piece, tables: int) -> Piece:
    """Return a block of a table with the table's number in the whole book."""
    if piece.kind != "cell" or not tables:
        return piece
    return replace(piece, attributes={**piece.attributes, "table": int(piece.attributes["table"]) + tables})


def _chapters(pages: Sequence[_Page], stated: Stated) -> Iterator[_Page]:
    """Yield the chapters: each begins with a page that begins with a heading, or a heading of the chapters' level."""
    level = _chapter_level(pages, stated)
    current = _Page("")
    for page in pages:
        count = 0
        for number, piece in enumerate(page.pieces):
            rank = int(piece.attributes.get("level", 0)) if piece.kind == "heading" else 0
            opens = not any(one.text for one in page.pieces[:number]) and number <= _NEAR and rank <= _DEEPEST_START
            if rank and (rank == level or opens):
                if any(one.text for one in current.pieces):
                    yield current
                    current = _Page("")
                count += 1
            if not current.name:
                name = posixpath.basename(page.name)
                current.name = f"{name}#{count}" if count > 1 else name
            current.pieces.append(piece)
    if any(one.text for one in current.pieces):
        yield current


def _chapter_level(pages: Sequence[_Page], stated: Stated) -> int:
    """Return the highest level of which there are several headings; the book's own title is none of a chapter."""
    title = normal(stated.title)
    headings = (piece for page in pages for piece in page.pieces if piece.kind == "heading")
    counts = Counter(int(piece.attributes["level"]) for piece in headings if normal(piece.text) != title)
    several = [level for level, count in counts.items() if count > 1]
    return min(several or counts or [1])


def _chapter(chapter: _Page, book: Stated, pictures: Pictures) -> Draft:
    """Make an article of a chapter, with its heading for a title."""
    first = next((number for number, piece in enumerate(chapter.pieces) if piece.text), 0)
    heading = chapter.pieces[first]
    if heading.kind != "heading":
        return document(chapter.pieces, book, part=chapter.name, pictures=pictures.found)
    details = {**book.details, "book": book.title} if normal(heading.text) != normal(book.title) else book.details
    stated = replace(book, title=heading.text, details=details)
    return document(chapter.pieces, stated, part=chapter.name, pictures=pictures.found)


def _is_epub(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and (
        data[30:58] == b"mimetypeapplication/epub+zip" or (b"META-INF/container.xml" in data and b".opf" in data)
    )


IMPORTER: Final = Importer(
    "epub",
    "Book (EPUB)",
    (".epub",),
    read,
    _is_epub,
    options=(
        Option("chapters", "Each chapter an article", False, help="Chapters are known by their headings."),
        COLOURS,
    ),
    splits=True,
)
