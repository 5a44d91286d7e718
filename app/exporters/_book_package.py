"""What holds a book together: the container, the package document, and its contents twice (EPUB 3.3; NCX of 2.0.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.exporters._book_text import said

FOLDER: Final = "EPUB"
PACKAGE: Final = f"{FOLDER}/package.opf"
TYPES: Final = {"xhtml": "application/xhtml+xml", "css": "text/css", "ncx": "application/x-dtbncx+xml"}
_DEEPEST: Final = 6

CONTAINER: Final = f"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{PACKAGE}" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: its words, its level from 1, and what it leads to."""

    words: str
    level: int
    place: str


@dataclass(slots=True)
class Book:
    """What is known of a book by the time its package is written. ``files`` are names of pages, in reading order.

    ``stated`` are further elements of Dublin Core, as name and value.
    """

    identifier: str
    title: str
    language: str
    modified: str
    stated: Sequence[tuple[str, str]] = ()
    files: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def package(book: Book) -> str:
    """Return the package document."""
    stated = "".join(f"<dc:{name}>{said(value)}</dc:{name}>\n" for name, value in book.stated)
    pages = "".join(_item(f"p{number}", name) for number, name in enumerate(book.files))
    pictures = "".join(_item(f"i{number}", name) for number, name in enumerate(book.pictures))
    spine = "".join(f'<itemref idref="p{number}"/>\n' for number in range(len(book.files)))
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{said(book.identifier)}</dc:identifier>
<dc:title>{said(book.title)}</dc:title>
<dc:language>{said(book.language)}</dc:language>
{stated}<meta property="dcterms:modified">{book.modified}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="{TYPES["xhtml"]}" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="{TYPES["ncx"]}"/>
<item id="css" href="style.css" media-type="{TYPES["css"]}"/>
{pages}{pictures}</manifest>
<spine toc="ncx">
{spine}</spine>
</package>
"""


def navigation(book: Book) -> str:
    """Return the contents as a page."""
    listed = "".join(_nested(book.entries, "<ol>", "</ol>\n", '<li><a href="{place}">{words}</a>', "</li>"))
    return page("Contents", "en", f'<nav epub:type="toc" id="toc" role="doc-toc"><h1>Contents</h1>\n{listed}</nav>')


def old_navigation(book: Book) -> str:
    """Return the contents as readers of EPUB 2 want them."""
    opening = '<navPoint id="n{number}" playOrder="{number}"><navLabel><text>{words}</text></navLabel>'
    points = "".join(_nested(book.entries, "", "", opening + '<content src="{place}"/>', "</navPoint>\n"))
    depth = max((level for level, _ in _levelled(book.entries)), default=1)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<head><meta name="dtb:uid" content="{said(book.identifier)}"/><meta name="dtb:depth" content="{depth}"/>
<meta name="dtb:totalPageCount" content="0"/><meta name="dtb:maxPageNumber" content="0"/></head>
<docTitle><text>{said(book.title)}</text></docTitle>
<navMap>
{points}</navMap>
</ncx>
"""


def page(title: str, language: str, body: str) -> str:
    """Return a page of the book."""
    spoken = f'lang="{language}" xml:lang="{language}"'
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" {spoken}>
<head><title>{said(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>
{body}
</body>
</html>
"""


def _item(key: str, name: str) -> str:
    suffix = name.rsplit(".", 1)[-1]
    return f'<item id="{key}" href="{name}" media-type="{TYPES.get(suffix) or f"image/{suffix}"}"/>\n'


def _levelled(entries: Iterable[Entry]) -> Iterator[tuple[int, Entry]]:
    """Yield entries with levels that never skip one."""
    path: list[int] = []
    for entry in entries:
        while path and path[-1] >= entry.level:
            path.pop()
        path.append(entry.level)
        yield len(path), entry


def _nested(entries: Sequence[Entry], begin: str, end: str, opening: str, closing: str) -> Iterator[str]:
    """Yield the tree of entries: each level in ``begin`` and ``end``, each entry in ``opening`` and ``closing``."""
    depth = 0
    for number, (level, entry) in enumerate(_levelled(entries), 1):
        if level > depth:
            yield begin
        else:
            yield closing + (end + closing) * (depth - level)
        yield opening.format(number=number, place=said(entry.place), words=said(entry.words) or "…")
        depth = level
    if depth:
        yield closing + (end + closing) * (depth - 1) + end
