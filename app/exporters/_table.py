"""The tables of a bundle, whatever file they end in: their columns, their rows, and cells that nothing runs.

Every cell is text. A column says what its cells are where they can be read as that, so that a spreadsheet can have
numbers and days; a cell that cannot ("about 2025-03-04") stays text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.exporters._values import (
    chosen,
    colour_of,
    paragraph,
    path_text,
    printed_page,
    themes_by_id,
    timestamp,
)
from app.model import AttributeKind, Bundle, BundledArticle, Highlight, Theme
from app.options import Option, OptionValue
from app.text.cells import guard

Row = Sequence[str]

ROWS: Final = Option(
    "rows", "A row for each", "theme", ("theme", "highlight"),
    "Theme: a row per highlight and theme. Highlight: one row per highlight and a 0/1 column for every theme.",
)  # fmt: skip
BOM: Final = Option(
    "bom", "Mark as UTF-8 for spreadsheets", True, help="A byte order mark at the start: Excel needs it."
)


class Kind(StrEnum):
    """What the cells of a column are: ``moment`` is a time in UTC, ``mark`` 0 or 1, or a number of marks."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its heading for people, what is in it, and the theme that it counts."""

    name: str
    heading: str
    kind: Kind = Kind.TEXT
    theme: Theme | None = None


_KINDS: Final[Mapping[str, Kind]] = {
    "published": Kind.DAY, "accessed": Kind.DAY, "created": Kind.MOMENT, "modified": Kind.MOMENT, "start": Kind.NUMBER,
    "end": Kind.NUMBER, "paragraph": Kind.NUMBER, "page": Kind.NUMBER, "digit": Kind.NUMBER, "words": Kind.NUMBER,
    "highlights": Kind.NUMBER, "articles": Kind.NUMBER, "added": Kind.MOMENT,
}  # fmt: skip
_HEADINGS: Final[Mapping[str, str]] = {
    "author": "Marked by", "prefix": "Words before", "suffix": "Words after", "status": "In the text",
    "article_state": "Reading", "state": "Reading", "source": "File",
}  # fmt: skip
_SOURCE: Final = (
    "highlight_id", "article_id", "title", "address", "byline", "outlet", "section", "published", "accessed",
    "language",
)  # fmt: skip
_PASSAGE: Final = (
    "quote", "note", "start", "end", "paragraph", "page", "prefix", "suffix", "created", "modified", "author", "status",
    "article_state", "article_themes", "article_note",
)  # fmt: skip
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_ATTRIBUTES: Final[Mapping[AttributeKind, Kind]] = {AttributeKind.NUMBER: Kind.NUMBER, AttributeKind.DATE: Kind.DAY}


def csv_lines(rows: Iterable[Row], guarded: Callable[[str], str] = guard) -> str:
    """Return rows as lines of CSV (RFC 4180), each cell guarded."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()


def guarded_row(row: Row, numbers: Sequence[int]) -> Row:
    """Return a row with its cells guarded, but for a number in one of the columns ``numbers``: it runs nothing."""
    cells = [guard(cell) for cell in row]
    for place in numbers:
        if cells[place] != row[place] and _NUMBER.fullmatch(row[place]):
            cells[place] = row[place]
    return cells


def number_columns(shown: Sequence[Column]) -> tuple[int, ...]:
    """Return the places of the columns that hold numbers."""
    return tuple(place for place, column in enumerate(shown) if column.kind is Kind.NUMBER)


def byte_order_mark(options: Mapping[str, OptionValue]) -> str:
    """Return what stands before the first row, as :data:`BOM` was chosen."""
    return "\ufeff" if options[BOM.key] else ""


def columns(*names: str) -> tuple[Column, ...]:
    """Return columns by their names, each of the kind and with the heading that go with it."""
    return tuple(_column(name) for name in names)


def _column(name: str) -> Column:
    kind = _KINDS.get(name, Kind.TEXT)
    heading = _HEADINGS.get(name, name.replace("_", " ").capitalize())
    return Column(name, f"{heading} (UTC)" if kind is Kind.MOMENT else heading, kind)


class Attributes:
    """The reader's fields as columns: the defined ones in their order, then any that articles have besides."""

    def __init__(self, bundle: Bundle) -> None:
        """Look through the articles of a bundle."""
        kinds = {one.name: _ATTRIBUTES.get(one.kind, Kind.TEXT) for one in bundle.attributes}
        for item in bundle.articles:
            for name in sorted(item.article.attributes):
                kinds.setdefault(name, Kind.TEXT)
        self._kinds = kinds

    def columns(self, beside: Sequence[Column]) -> tuple[Column, ...]:
        """Return their columns; one that is called like a column ``beside`` it says that it is an attribute."""
        taken = {name.casefold() for column in beside for name in (column.name, column.heading)}
        named = (
            (f"attribute: {name}" if name.casefold() in taken else name, kind) for name, kind in self._kinds.items()
        )
        return tuple(Column(name, name, kind) for name, kind in named)

    def cells(self, item: BundledArticle) -> Row:
        """Return what an article has in them."""
        return [item.article.attributes.get(name, "") for name in self._kinds]


class Passages:
    """The table of highlights: a row per highlight and theme, or ``wide``, per highlight with 0/1 for each theme.

    A highlight without a theme has a row too. ``most`` is how many themes have a column of their own at most.
    """

    def __init__(self, bundle: Bundle, *, wide: bool, most: int | None = None) -> None:
        """Find out which columns a bundle asks for."""
        self._wide = wide
        self._themes = themes_by_id(bundle)
        self._depth = depth(bundle)
        self._attributes = Attributes(bundle)
        self._marked = list(self._themes.values())[:most] if wide else []
        self.columns = self._columns()

    def rows(self, item: BundledArticle) -> Iterator[tuple[Row, Theme | None]]:
        """Yield the rows of an article, and the theme that each is about."""
        article = item.article
        source = _source_cells(item)
        whole = [article.state.value, themes_text(article.themes, self._themes), article.note]
        attributes = self._attributes.cells(item)
        for highlight in item.highlights:
            begin = [highlight.id, *source]
            rest = [*_passage_cells(item, highlight), *whole, *attributes]
            themes = list(chosen(highlight.themes, self._themes))
            if self._wide:
                marks = ["1" if theme.id in highlight.themes else "0" for theme in self._marked]
                yield [*begin, themes_text(highlight.themes, self._themes), *rest, *marks], None
            else:
                for theme in themes or (None,):
                    yield [*begin, *self._theme_cells(theme), *rest], theme

    def _columns(self) -> tuple[Column, ...]:
        labels = ("themes",) if self._wide else ("theme", *level_names(self._depth), "colour")
        known = columns(*_SOURCE, *labels, *_PASSAGE)
        marks = tuple(
            Column(f"theme: {path_text(theme)}", path_text(theme), Kind.MARK, theme) for theme in self._marked
        )
        return (*known, *self._attributes.columns(known), *marks)

    def _theme_cells(self, theme: Theme | None) -> Row:
        if theme is None:
            return [""] * (self._depth + 2)
        return [path_text(theme), *level_cells(theme, self._depth), colour_of(theme)]


def depth(bundle: Bundle) -> int:
    """Return how many levels the tree of themes has, at least one."""
    return max((len(theme.path) for theme in bundle.themes), default=1) or 1


def level_names(levels: int) -> tuple[str, ...]:
    """Return the names of the columns that hold the levels of a theme's path."""
    return tuple(f"theme_level_{level}" for level in range(1, levels + 1))


def level_cells(theme: Theme, levels: int) -> Row:
    """Return the names on a theme's path, each in a cell of its own."""
    names = theme.path or (theme.name,)
    return [*names, *[""] * (levels - len(names))]


def themes_text(ids: Sequence[str], themes: Mapping[str, Theme]) -> str:
    """Return the paths of themes in one cell."""
    return "; ".join(map(path_text, chosen(ids, themes)))


def _source_cells(item: BundledArticle) -> Row:
    known = item.article.metadata
    published = str(known.published) if known.published else ""
    texts = (known.title, known.address, known.byline, known.outlet, known.section, published, known.accessed)
    return [item.article.id, *(text or "" for text in (*texts, known.language))]


def _passage_cells(item: BundledArticle, highlight: Highlight) -> Row:
    number = paragraph(item.content.body, highlight)
    where = (str(highlight.start), str(highlight.end), str(number)) if number else ("", "", "")
    page = printed_page(item.content.body, highlight)
    times = (timestamp(highlight.created), timestamp(highlight.modified))
    around = (highlight.prefix, highlight.suffix)
    return [highlight.quote, highlight.note, *where, page, *around, *times, highlight.author, highlight.status.value]
