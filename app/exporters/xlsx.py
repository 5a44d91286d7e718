"""XLSX: a workbook of highlights, articles, the codebook, and how often each article has each theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.exporters._base import TABLES, Export, Exporter, File
from app.exporters._codebook import Tally, counted_cells, tally
from app.exporters._table import (
    ROWS,
    Attributes,
    Column,
    Kind,
    Passages,
    columns,
    depth,
    level_cells,
    level_names,
    themes_text,
)
from app.exporters._values import (
    colour_of,
    counted,
    explained_fields,
    in_order,
    noted_collections,
    path_text,
    themes_by_id,
    timestamp,
    title_of,
    whole_note,
    words_between,
)
from app.exporters._workbook import MOST_COLUMNS, Sheet, Workbook, is_too_long, opened, tint
from app.model import Article, Bundle, BundledArticle, Theme
from app.options import OptionValue
from app.wording import Message

# What one reads, in this order, and what is for programs; all else stands between them.
_READ: Final = ("quote", "note", "theme", "themes", "title", "byline", "outlet", "published", "page", "paragraph")
_TECHNICAL: Final = (
    "language",
    "accessed",
    "modified",
    "start",
    "end",
    "prefix",
    "suffix",
    "highlight_id",
    "article_id",
)
_ARTICLE: Final = (
    "title", "byline", "outlet", "section", "published", "highlights", "themes", "note", "state", "words", "address",
)  # fmt: skip
_ARTICLE_TECHNICAL: Final = ("language", "accessed", "added", "source", "details", "article_id")
_WIDTHS: Final[Mapping[str, int]] = {
    "quote": 64, "note": 44, "article_note": 44, "definition": 54, "title": 40, "theme": 26, "themes": 28, "path": 34,
    "article_themes": 28, "address": 32, "details": 40, "prefix": 24, "suffix": 24, "highlight_id": 34, "id": 34,
    "article_id": 34, "byline": 20, "outlet": 20, "created": 16, "modified": 16, "added": 16, "source": 24, "page": 7,
    "digit": 7, "start": 8, "end": 8,
}  # fmt: skip
_WIDTH: Final = 14


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the workbook. What it cannot carry: full texts, ends of long ones, themes beyond the last column."""
    wide = options["rows"] == "highlight"
    files = (File("", data) for data in _parts(bundle, wide=wide))
    return Export(files, _left_behind(bundle, wide=wide), len(bundle.articles) + 2)


def _left_behind(bundle: Bundle, *, wide: bool) -> tuple[Message, ...]:
    texts = sum(bool(item.makeup.letters) for item in bundle.articles)
    cut = sum(is_too_long(text) for text in _texts(bundle))
    beyond = max(0, len(bundle.themes) - _most_themes(bundle, wide=wide))
    return (
        *counted(texts, "The full text of one article: a table holds its passages only.",
                 "The full texts of {count} articles: a table holds their passages only."),
        *counted(cut, "The end of one text: a cell holds 32,767 characters.",
                 "The ends of {count} texts: a cell holds 32,767 characters."),
        *counted(beyond, "The column of one theme: a sheet holds 16,384 columns.",
                 "The columns of {count} themes: a sheet holds 16,384 columns."),
        *explained_fields(bundle),
        *words_between(bundle),
        *noted_collections(bundle),
        *whole_note(bundle),
    )  # fmt: skip


def _texts(bundle: Bundle) -> Iterator[str]:
    """Yield every text that may be longer than a cell."""
    themes = themes_by_id(bundle)
    for item in bundle.articles:
        article, known = item.article, item.article.metadata
        yield from (article.note, _details(article), themes_text(article.themes, themes), *article.attributes.values())
        yield from (value for value in (known.title, known.byline, known.outlet, known.section, known.address) if value)
        for highlight in item.highlights:
            yield highlight.quote
            yield highlight.note
    for theme in bundle.themes:
        yield theme.definition
        yield theme.note


def _most_themes(bundle: Bundle, *, wide: bool) -> int:
    """Return for how many themes there is a column of their own, in the sheet that has least room for them."""
    matrix = MOST_COLUMNS - len(_matrix_columns(()))
    return min(matrix, MOST_COLUMNS - len(Passages(bundle, wide=True, most=0).columns)) if wide else matrix


def _parts(bundle: Bundle, *, wide: bool) -> Iterator[bytes]:
    """Yield nothing for each article, so that one can watch and stop, and then the workbook."""
    yield b""  # what goes wrong from here on is said of the file that is being written
    with opened(bundle.title, bundle.made) as book:
        most = _most_themes(bundle, wide=wide)
        passages = _Passages(book, Passages(bundle, wide=wide, most=most))
        articles = _Articles(book, bundle)
        counts = tally(bundle)
        _write_codebook(book, bundle, counts)
        matrix = _Matrix(book, bundle.themes[:most])
        for item in in_order(bundle):
            passages.write(item)
            articles.write(item)
            matrix.write(item)
            yield b""
        yield from book.finish()


class _Passages:
    """The sheet of highlights: what one reads first, what is for programs last."""

    def __init__(self, book: Workbook, table: Passages) -> None:
        self._table = table
        names = [column.name for column in table.columns]
        first = [names.index(name) for name in _READ if name in names]
        last = [names.index(name) for name in _TECHNICAL]
        self._order = [*first, *(place for place in range(len(names)) if place not in {*first, *last}), *last]
        shown = [table.columns[place] for place in self._order]
        self._theme = first.index(names.index("theme")) if "theme" in names else -1
        technical = len(shown) - len(last)
        self._rows = book.add(Sheet("Highlights", shown, _widths(shown), 0, len(first), technical))

    def write(self, item: BundledArticle) -> None:
        for row, theme in self._table.rows(item):
            fills = {self._theme: tint(colour_of(theme))} if theme is not None else None
            self._rows.write([row[place] for place in self._order], fills)


class _Articles:
    """The sheet of articles: all that is known of them but their texts."""

    def __init__(self, book: Workbook, bundle: Bundle) -> None:
        self._themes = themes_by_id(bundle)
        self._attributes = Attributes(bundle)
        known, technical = columns(*_ARTICLE), columns(*_ARTICLE_TECHNICAL)
        shown = (*known, *self._attributes.columns((*known, *technical)), *technical)
        self._rows = book.add(
            Sheet("Articles", shown, _widths(shown), 1, _ARTICLE.index("address"), len(shown) - len(technical))
        )

    def write(self, item: BundledArticle) -> None:
        article, known = item.article, item.article.metadata
        published = str(known.published) if known.published else ""
        cells = (
            title_of(known), known.byline, known.outlet, known.section, published, str(len(item.highlights)),
            themes_text(article.themes, self._themes), article.note, article.state.value, str(article.words),
            known.address, *self._attributes.cells(item), known.language, known.accessed, timestamp(article.added),
            article.source, _details(article), article.id,
        )  # fmt: skip
        self._rows.write([cell or "" for cell in cells])


class _Matrix:
    """The sheet of themes by articles: how many passages of each article have each theme."""

    def __init__(self, book: Workbook, themes: Sequence[Theme]) -> None:
        self._themes = themes
        shown = _matrix_columns(themes)
        self._first = len(shown) - len(themes) - 1
        self._rows = book.add(Sheet("Theme matrix", shown, _widths(shown), 1, len(shown) - 1))

    def write(self, item: BundledArticle) -> None:
        counts = Counter(uid for highlight in item.highlights for uid in set(highlight.themes))
        bare = sum(not highlight.themes for highlight in item.highlights)
        worn = [counts[theme.id] for theme in self._themes]
        fills = {
            self._first + place: tint(colour_of(theme))
            for place, (theme, count) in enumerate(zip(self._themes, worn, strict=True))
            if count
        }
        numbers = map(str, (len(item.highlights), bare, *worn))
        self._rows.write([title_of(item.article.metadata), *numbers, item.article.id], fills)


def _matrix_columns(themes: Sequence[Theme]) -> tuple[Column, ...]:
    marks = (Column(path_text(theme), path_text(theme), Kind.MARK, theme) for theme in themes)
    counts = (Column("highlights", "Highlights", Kind.MARK), Column("bare", "Without a theme", Kind.MARK))
    return (*columns("title"), *counts, *marks, *columns("article_id"))


def _write_codebook(book: Workbook, bundle: Bundle, counts: Tally) -> None:
    levels = depth(bundle)
    shown = columns(
        "path", *level_names(levels), "colour", "digit", "definition", "note", "highlights", "articles", "id"
    )
    rows = book.add(Sheet("Codebook", shown, _widths(shown), 1, len(shown) - 1, len(shown) - 1))
    for theme in bundle.themes:
        said = (colour_of(theme), str(theme.digit or ""), theme.definition, theme.note)
        cells = [path_text(theme), *level_cells(theme, levels), *said, *counted_cells(theme, counts), theme.id]
        rows.write(cells, {levels + 1: colour_of(theme)})


def _details(article: Article) -> str:
    """Return what the page said of itself, a line for each thing."""
    values = ((name, (value,) if isinstance(value, str) else value) for name, value in article.details.items())
    return "\n".join(f"{name}: {'; '.join(value)}" for name, value in values)


def _widths(shown: Sequence[Column]) -> list[int]:
    return [_WIDTHS.get(column.name, _WIDTH) for column in shown]


EXPORTER: Final = Exporter(
    key="xlsx",
    name="Excel workbook",
    suffix=".xlsx",
    group=TABLES,
    good_for="Sheets: passages, articles, themes, counts.",
    write=write,
    options=(ROWS,),
)
