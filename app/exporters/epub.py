"""A book for reading programs (EPUB 3.3): a chapter for each article or group, passages in colour, notes as footnotes.

Written here as text into a ZIP: nothing runs, nothing is fetched, and equal bundles make equal bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.colours import rgb
from app.exporters._base import TO_READ, Export, Exporter, File
from app.exporters._book_chapters import Chapter, chapters
from app.exporters._book_package import (
    CONTAINER,
    FOLDER,
    PACKAGE,
    Book,
    Entry,
    navigation,
    old_navigation,
    package,
    page,
)
from app.exporters._book_text import boxed, note_xhtml, said, side
from app.exporters._box import Box
from app.exporters._leaving import illustrated
from app.exporters._opening import Meaning, facts, legend, title_line, uses
from app.exporters._outline import OUTLINED, Heading, Part, Words, outline
from app.exporters._picture_size import size_of
from app.exporters._values import encoded, themes_by_id, timestamp, urn
from app.exporters._washes import Palette, Wash
from app.model import Bundle, Metadata, Precision
from app.options import OptionValue
from app.pictures import kind_of
from app.places import resources
from app.text.directions import is_rightward

_TYPE: Final = b"application/epub+zip"
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TITLE: Final = "title.xhtml"
_TINT: Final = 0.2


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the book. What it cannot carry: images that were not kept, and what was cut from the articles."""
    units = list(chapters(outline(bundle, options)))
    files = _files(bundle, units, legend(bundle, options))
    return illustrated(bundle, options, files, sum(map(len, units)) + len(units) + 1, size_of)


def _files(bundle: Bundle, units: Sequence[Sequence[Part]], themes: Sequence[Meaning]) -> Iterator[File]:
    writer = _Writer(bundle)
    writer.begin(themes)
    for number, members in enumerate(units, 1):
        chapter = Chapter(writer.palette, writer.picture)
        for part in members:
            chapter.add(part)
            yield File("", writer.taken())
        writer.chapter(f"text-{number:04}.xhtml", _language(_metadata(members)), chapter)
        yield File("", writer.taken())
    writer.end()
    yield File("", writer.taken())


class _Writer:
    """A book on its way into its archive."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._box = Box()
        self._ready = bytearray()
        self._pictures: dict[str, str] = {}
        self.palette = Palette(themes_by_id(bundle))
        self._book = Book(_identifier(bundle), title_line(bundle), _main_language(bundle), _modified(bundle.made),
                          _stated(bundle))  # fmt: skip

    def _opening(self, entries: Sequence[Meaning]) -> str:
        """Return the title page: title, facts, note and themes."""
        title = title_line(self._bundle)
        themes = "\n".join(map(self._legend, entries))
        note = note_xhtml(self._bundle.note)
        listed = f"<h2>Themes</h2>\n{themes}" if themes else ""
        heading = f'<h1 id="s0"{side(is_rightward(title))}>{said(title)}</h1>'
        head = f'{heading}\n<p class="facts">{said(facts(self._bundle))}</p>'
        return f'<section epub:type="titlepage">\n{head}\n{note}\n{listed}\n</section>'

    def _legend(self, entry: Meaning) -> str:
        theme = entry.theme
        number, depth = self.palette.numbers((theme.id,))[0], min(5, len(theme.path) - 1)
        name = f'<span class="dot t{number}">●</span><strong>{said(theme.name)}</strong> {entry.times or ""}'
        about = boxed("quiet", entry.definition) + boxed("note", entry.note)
        return f'<div class="theme d{depth}"><p>{name}</p>{about}</div>'

    def taken(self) -> bytes:
        """Return the bytes that have become ready, and forget them."""
        data = bytes(self._ready)
        self._ready.clear()
        return data

    def begin(self, themes: Sequence[Meaning]) -> None:
        """Write what every book begins with, and the title page."""
        self._ready += self._box.put("mimetype", _TYPE, stored=True)
        self._ready += self._box.put("META-INF/container.xml", encoded(CONTAINER))
        self._book.files.append(_TITLE)
        self._book.entries.append(Entry(title_line(self._bundle), 1, f"{_TITLE}#s0"))
        self._add(_TITLE, page(title_line(self._bundle), "en", self._opening(themes)))

    def chapter(self, name: str, language: str, chapter: Chapter) -> None:
        """Write a chapter."""
        self._book.files.append(name)
        self._book.entries.extend(Entry(words, level, f"{name}#{uid}") for words, level, uid in chapter.headings)
        title = chapter.headings[0][0] if chapter.headings else title_line(self._bundle)
        self._add(name, page(title, language, chapter.body()))

    def picture(self, digest: str) -> str:
        """Return where a picture lies in the book, after writing it there; ``""`` for one that is not kept."""
        if digest not in self._pictures:
            data = self._bundle.pictures.get(digest, b"")
            kind = kind_of(data) if size_of(data) else None
            name = f"images/{len(self._book.pictures) + 1:04}.{kind}" if kind else ""
            if kind:
                self._ready += self._box.put(f"{FOLDER}/{name}", data, stored=True)
                self._book.pictures.append(name)
            self._pictures[digest] = name
        return self._pictures[digest]

    def end(self) -> None:
        """Write what is known only when all chapters are there."""
        sheet = (resources() / "export" / "book.css").read_text(encoding="utf-8")
        self._add("style.css", sheet + _colours(self.palette))
        self._add("nav.xhtml", navigation(self._book))
        self._add("toc.ncx", old_navigation(self._book))
        self._ready += self._box.put(PACKAGE, encoded(package(self._book)))
        self._ready += self._box.end()

    def _add(self, name: str, text: str) -> None:
        self._ready += self._box.put(f"{FOLDER}/{name}", encoded(text))


def _colours(palette: Palette) -> str:
    """Return the rules for themes by number and for the sets of them. Washes let any ground shine through."""
    rules = [
        f".dot.t{number} {{ color: {line}; }} blockquote.t{number} {{ border-color: {line}; }}"
        for number, line in enumerate(palette.lines)
    ]
    rules.extend(_wash(place, wash) for place, wash in enumerate(palette.washes))
    return "\n".join(rules) + "\n"


def _wash(place: int, wash: Wash) -> str:
    """Return the rule for a set: one translucent colour, the first line as a border, further ones as shadows below."""
    channels = [rgb(line) for line in wash.lines]
    share = 1 - (1 - _TINT) ** len(channels)
    red, green, blue = (round(sum(one[part] for one in channels) / len(channels)) for part in range(3))
    shadows = ", ".join(f"0 {2 * row}px 0 {line}" for row, line in enumerate(wash.lines[1:], 1))
    lines = f"border-bottom: 2px solid {wash.lines[0]};" + (f" box-shadow: {shadows};" if shadows else "")
    return f"mark.k{place} {{ background-color: rgba({red}, {green}, {blue}, {share:.2f}); {lines} }}"


def _identifier(bundle: Bundle) -> str:
    """Return the book's own name: the same for the same articles under the same title, whatever is changed in them."""
    return urn("\n".join((bundle.title, *sorted(item.article.id for item in bundle.articles))), "book")


def _modified(made: int) -> str:
    return f"{timestamp(made)[:19]}Z" if made else "1970-01-01T00:00:00Z"


def _metadata(members: Iterable[Part]) -> Metadata | None:
    """Return what is known of the first article of a chapter."""
    items = (part.item for part in members if not isinstance(part, Heading | Words))
    return next((item.article.metadata for item in items), None)


def _language(known: Metadata | None) -> str:
    language = (known.language or "").strip() if known else ""
    return language if _LANGUAGE.fullmatch(language) else "en"


def _main_language(bundle: Bundle) -> str:
    counts = Counter(_language(item.article.metadata) for item in bundle.articles)
    return counts.most_common(1)[0][0] if counts else "en"


def _stated(bundle: Bundle) -> list[tuple[str, str]]:
    """Return what the package says: of a single article where it comes from, and the themes."""
    stated = []
    if len(bundle.articles) == 1:
        known = bundle.articles[0].article.metadata
        day = known.published
        date = "" if day is None else day.day.isoformat() if day.precision is Precision.ABOUT else str(day)
        values = (known.byline, known.outlet, known.address, date)
        stated = list(zip(("creator", "publisher", "source", "date"), values, strict=True))
    stated += [("subject", theme.name) for theme, count in uses(bundle) if count]
    return [(name, " ".join(value.split())) for name, value in stated if value and value.strip()]


EXPORTER: Final = Exporter(
    key="epub",
    name="Book (EPUB)",
    suffix=".epub",
    group=TO_READ,
    good_for="A book for reading programs, with footnotes.",
    write=write,
    options=OUTLINED,
)
