"""PDF: the text of its pages in the order of reading, with the page that each paragraph is on.

Footnotes become paragraphs behind the text (attribute ``footnote``); running heads, feet and page numbers are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.drafts import Draft, Mark
from app.errors import ImportFailed
from app.importers._base import File, Parts
from app.importers._databases import read_database
from app.importers._page_furniture import page_furniture
from app.importers._pdf_annotations import Annotation, put_links, put_marks, read_highlights, read_links
from app.importers._pdf_blocks import Composer, Layout, Place
from app.importers._pdf_columns import ordered
from app.importers._pdf_document import Document
from app.importers._pdf_furniture import Furniture, take_out
from app.importers._pdf_joining import vocabulary
from app.importers._pdf_lines import Line, lines_of
from app.importers._pdf_lists import settled
from app.importers._pdf_metadata import read_head
from app.importers._pdf_objects import Drawn, Objects
from app.importers._pdf_words import Page
from app.importers._pictures import Pictures
from app.model import LeftOut
from app.text.body import Body, Piece

_IN_VAIN: Final = 50  # pages in a row that cannot be opened: the rest is not there either
_UNREADABLE: Final = 0.3
_UNKNOWN: Final = re.compile("[\ufffd\ue000-\uf8ff]")


@dataclass
class _Reading:
    """What is read of the pages, before it is put together. ``bare`` are the numbers of pages without text."""

    pages: list[list[Line]] = field(default_factory=list)
    highlights: list[Annotation] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    sideways: dict[int, str] = field(default_factory=dict)
    bare: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    pictured: int = 0
    pictures: Pictures = field(default_factory=Pictures)


@dataclass(frozen=True, slots=True)
class _Whole:
    """The blocks of all pages. ``longer`` says by how much some grew, ``labels`` are those of the pages."""

    pieces: Sequence[Piece]
    longer: Mapping[int, int]
    composer: Composer
    labels: Sequence[str]
    address: str


def read(file: File) -> Parts:
    """Read a file of one article, or a download of a news database in which nothing is highlighted."""
    document = Document(file.data, file.name)
    try:
        reading = _read_pages(document)
        _check(reading, file.name)
        whole = _put_together(reading, document)
        if not reading.highlights and (articles := read_database(whole.pieces, file)):
            return articles
        return (_draft(reading, whole, document, themed=file.options.get("colours") is True),)
    finally:
        document.close()


def _read_pages(document: Document) -> _Reading:
    reading = _Reading()
    objects = Objects(document.raw, reading.pictures)
    for number in range(document.pages):
        with document.page(number) as opened:
            lines: list[Line] = []
            if opened is None:
                reading.unread.append(number)
                if reading.unread[-_IN_VAIN:] == list(range(number - _IN_VAIN + 1, number + 1)):
                    break
            else:
                lines = _read_page(document, opened, number, reading, objects)
            reading.pages.append(lines)
    return reading


def _read_page(
    document: Document, opened: tuple[object, object], number: int, reading: _Reading, objects: Objects
) -> list[Line]:
    raw, (handle, text) = document.raw, opened
    page = Page(raw, text)
    put_links(page.words, list(read_links(raw, document.handle, handle, page.frame)))
    highlights = list(read_highlights(raw, handle, page.frame))
    put_marks(page, highlights, len(reading.highlights))
    reading.highlights += highlights
    reading.at += [number] * len(highlights)
    lines = lines_of(page, number)
    drawn = objects.read(handle, page.frame, document.area(handle))
    _put_dots(lines, drawn)
    if not any(line.text.strip() for line in lines):
        reading.bare.append(number)
        reading.pictured += drawn.filled or bool(drawn.pictures)
    if page.sideways:
        reading.sideways[number] = page.sideways
    return lines + [_picture(box, digest, number) for (box, digest) in _clear(drawn, lines)]


def _put_dots(lines: Sequence[Line], drawn: Drawn) -> None:
    """Tell each line that begins behind a drawn dot."""
    for left, top, right, bottom in drawn.dots[:500]:
        for line in lines:
            if line.top <= (top + bottom) / 2 <= line.base and 0 < line.x0 - right < 2 * line.size and left < line.x0:
                line.dotted = True


def _clear(drawn: Drawn, lines: Sequence[Line]) -> list[tuple[tuple[float, float, float, float], str]]:
    """Return the pictures that no text stands on: the others are backgrounds."""
    found = []
    for box, digest in drawn.pictures:
        left, top, right, bottom = box
        upon = [line for line in lines if left < line.x0 and line.x1 < right and top < line.base < bottom]
        if len(upon) < 3:
            found.append((box, digest))
    return found


def _picture(box: tuple[float, float, float, float], digest: str, page: int) -> Line:
    left, top, right, bottom = box
    return Line("", left, right, top, bottom, bottom - top, page, picture=digest)


def _check(reading: _Reading, name: str) -> None:
    """Raise ``ImportFailed`` when there is no text to be read."""
    if not any(line.text.strip() for page in reading.pages for line in page):
        if reading.pictured:
            hint = "Run text recognition (OCR) over it, and import what that makes."
            raise ImportFailed("{name} is a scan: it holds pictures of pages, no text.", hint, name=name)
        if reading.bare:
            raise ImportFailed("{name} holds no text.", "Open it and look at its pages.", name=name)
        hint = "Open it elsewhere and save it again, or take another copy."
        raise ImportFailed("{name} is damaged: none of its pages can be read.", hint, name=name)
    text = "".join(line.text for page in reading.pages[:20] for line in page)
    if len(_UNKNOWN.findall(text)) > _UNREADABLE * len(text):
        hint = "Run text recognition (OCR) over it, and import what that makes."
        raise ImportFailed("{name} does not say which letters its text is made of.", hint, name=name)


def _put_together(reading: _Reading, document: Document) -> _Whole:
    rough = Layout.of([line for page in reading.pages for line in page if line.text])
    given = document.labels()
    furniture = take_out(reading.pages, rough.is_note, given)
    labels = given or furniture.numbers or tuple(str(number + 1) for number in range(document.pages))
    composer = _composed(reading, furniture, labels, rough)
    pieces, longer = settled(composer.pieces)
    return _Whole(pieces, longer, composer, labels, furniture.address)


def _draft(reading: _Reading, whole: _Whole, document: Document, *, themed: bool) -> Draft:
    pieces, composer, labels = whole.pieces, whole.composer, whole.labels
    furniture = {} if reading.highlights else page_furniture(pieces)
    shown_at = [number for number in range(len(pieces)) if number not in furniture]
    marked = frozenset(shown_at.index(place.block) for place in composer.places)
    title, author = document.said("Title"), document.said("Author")
    head = read_head([pieces[number] for number in shown_at], title, author, whole.address, marked)
    kept = [number for place, number in enumerate(shown_at) if place not in head.taken]
    moved = {number: place for place, number in enumerate(kept)}
    body = Body.of(pieces[number] for number in kept)
    shown = {piece.attributes.get("picture") for piece in pieces}
    places = [_shifted(place, moved, whole.longer) for place in composer.places]
    cut = [LeftOut(kind, pieces[at].text, at, pieces[at].kind, pieces[at].attributes) for at, kind in furniture.items()]
    found = sorted((*composer.left_out, *cut), key=lambda piece: piece.before)
    left_out = tuple(replace(piece, before=bisect_left(kept, piece.before)) for piece in found)
    return Draft(
        body,
        head.metadata,
        left_out,
        {**_details(document, reading, labels), **head.details},
        note=_notes(reading, labels, frozenset(place.mark for place in places)),
        marks=tuple(_marks(reading.highlights, places, body, themed=themed)),
        pictures={digest: data for digest, data in reading.pictures.found.items() if digest in shown},
    )


def _shifted(place: Place, moved: Mapping[int, int], longer: Mapping[int, int]) -> Place:
    more = longer.get(place.block, 0)
    return replace(place, block=moved[place.block], start=place.start + more, end=place.end + more)


def _composed(reading: _Reading, furniture: Furniture, labels: Sequence[str], rough: Layout) -> Composer:
    """Put the lines of all pages in order and into blocks. ``rough`` is what was measured before."""
    pages = [ordered(page, rough.size) for page in reading.pages]
    lines = [line for page in pages for line in page if line.text]
    composer = Composer(Layout.of(lines), vocabulary(lines), labels)
    for number, page in enumerate(pages):
        composer.furniture(furniture.above[number])
        composer.page(page)
        if number in reading.sideways:
            composer.furniture((("sideways", reading.sideways[number]),))
        composer.furniture(furniture.below[number])
    composer.end()
    return composer


def _details(document: Document, reading: _Reading, labels: Sequence[str]) -> dict[str, str | tuple[str, ...]]:
    found: dict[str, str | tuple[str, ...]] = {"pages": str(document.pages)}
    values = {"created": document.created(), "subject": document.said("Subject"), "keywords": document.said("Keywords")}
    found.update((key, value) for key, value in values.items() if value)
    missing = [*reading.bare, *reading.unread] if reading.pictured or reading.unread else []
    if missing:
        found["pages_without_text"] = ", ".join(labels[number] for number in sorted(missing))
    return found


def _notes(reading: _Reading, labels: Sequence[str], placed: frozenset[int]) -> str:
    """Return what was noted on pages, not on a passage of the text, as Markdown."""
    return "\n\n".join(
        f"p. {labels[page]}: {one.note}"
        for number, (one, page) in enumerate(zip(reading.highlights, reading.at, strict=True))
        if one.note and number not in placed
    )


def _marks(highlights: Sequence[Annotation], places: Sequence[Place], body: Body, *, themed: bool) -> list[Mark]:
    """Return the highlights as marks; one that covers blocks far apart becomes several."""
    by_mark: dict[int, dict[int, tuple[int, int]]] = {}
    for place in places:
        spans = by_mark.setdefault(place.mark, {})
        start, end = spans.get(place.block, (place.start, place.end))
        spans[place.block] = (min(start, place.start), max(end, place.end))
    found = []
    for number, spans in sorted(by_mark.items()):
        one = highlights[number]
        themes = (one.colour,) if themed and one.colour else ()
        for first, last in _stretches(sorted(spans)):
            start, end = body.blocks[first].start + spans[first][0], body.blocks[last].start + spans[last][1]
            quote = body.text[start:end]
            found.append(Mark(quote, start, end, themes=themes, note=one.note, created=one.created, author=one.author))
    return found


def _stretches(blocks: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for block in blocks:
        if found and block == found[-1][1] + 1:
            found[-1] = (found[-1][0], block)
        else:
            found.append((block, block))
    return found
