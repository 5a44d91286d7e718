"""CSV: a row per highlight and theme, or per highlight with a column for each theme (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.exporters._base import TABLES, Export, Exporter, File
from app.exporters._values import (
    chosen,
    colour_of,
    counted,
    encoded,
    in_order,
    paragraph,
    path_text,
    themes_by_id,
    timestamp,
)
from app.model import Bundle, BundledArticle, Highlight, Theme
from app.options import Option, OptionValue
from app.wording import Message

_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")
_SOURCE: Final = (
    "highlight_id", "article_id", "title", "address", "byline", "outlet", "section", "published", "accessed",
    "language",
)  # fmt: skip
_PASSAGE: Final = (
    "quote", "note", "start", "end", "paragraph", "prefix", "suffix", "created", "modified", "status",
    "article_state", "article_themes", "article_note",
)  # fmt: skip


def guard(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: ``'`` goes before ``= + - @``, tab and return.

    A leading ``'`` is doubled, so that taking one away is always the way back (:func:`unguard`).
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def unguard(cell: str) -> str:
    """Return the cell as it was before :func:`guard`."""
    return cell.removeprefix("'")


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the table. What a table cannot carry: full texts, articles without highlights, what themes mean."""
    table = _Table(bundle, wide=options["rows"] == "highlight")
    files = (File("", data) for data in table.parts(_MARK if options["bom"] else ""))
    return Export(files, _left_behind(bundle), len(bundle.articles) + 1)


def _left_behind(bundle: Bundle) -> tuple[Message, ...]:
    texts = sum(bool(item.content.body.text) for item in bundle.articles)
    bare = sum(not item.highlights for item in bundle.articles)
    explained = sum(bool(theme.definition or theme.note) for theme in bundle.themes)
    return (
        *counted(texts, "The full text of one article: a table holds its passages only.",
                 "The full texts of {count} articles: a table holds their passages only."),
        *counted(bare, "One article without highlights.", "{count} articles without highlights."),
        *counted(explained, "The definition or note of one theme.", "The definitions and notes of {count} themes."),
    )  # fmt: skip


class _Table:
    """The columns that a bundle asks for, and its rows."""

    def __init__(self, bundle: Bundle, *, wide: bool) -> None:
        self._bundle = bundle
        self._wide = wide
        self._themes = themes_by_id(bundle)
        self._depth = max((len(theme.path) for theme in bundle.themes), default=1) or 1
        self._attributes = _attribute_names(bundle)

    def parts(self, mark: str) -> Iterator[bytes]:
        """Yield the header, then the rows of each article."""
        yield encoded(mark + _lines([self._header()]))
        for item in in_order(self._bundle):
            yield encoded(_lines(self._rows(item)))

    def _header(self) -> Sequence[str]:
        if self._wide:
            labels: Sequence[str] = ("themes",)
        else:
            labels = ("theme", *(f"theme_level_{level}" for level in range(1, self._depth + 1)), "colour")
        columns = [*_SOURCE, *labels, *_PASSAGE]
        taken = set(columns)
        columns.extend(f"attribute: {name}" if name in taken else name for name in self._attributes)
        if self._wide:
            columns.extend(f"theme: {path_text(theme)}" for theme in self._themes.values())
        return columns

    def _rows(self, item: BundledArticle) -> Iterator[Sequence[str]]:
        article = item.article
        source = _source_cells(item)
        attributes = [article.attributes.get(name, "") for name in self._attributes]
        whole = ["; ".join(map(path_text, chosen(article.themes, self._themes))), article.note]
        for highlight in item.highlights:
            begin = [highlight.id, *source]
            rest = [*_passage_cells(item, highlight), article.state.value, *whole, *attributes]
            themes = list(chosen(highlight.themes, self._themes))
            if self._wide:
                marks = ["1" if uid in highlight.themes else "0" for uid in self._themes]
                yield [*begin, "; ".join(map(path_text, themes)), *rest, *marks]
            else:
                for theme in themes or (None,):
                    yield [*begin, *self._theme_cells(theme), *rest]

    def _theme_cells(self, theme: Theme | None) -> Sequence[str]:
        if theme is None:
            return [""] * (self._depth + 2)
        levels = theme.path or (theme.name,)
        return [path_text(theme), *levels, *[""] * (self._depth - len(levels)), colour_of(theme)]


def _attribute_names(bundle: Bundle) -> Sequence[str]:
    """Return the reader's fields: the defined ones in their order, then any that articles have besides."""
    names = dict.fromkeys(attribute.name for attribute in bundle.attributes)
    for item in bundle.articles:
        names.update(dict.fromkeys(sorted(item.article.attributes)))
    return list(names)


def _source_cells(item: BundledArticle) -> Sequence[str]:
    known = item.article.metadata
    published = str(known.published) if known.published else ""
    texts = (known.title, known.address, known.byline, known.outlet, known.section, published, known.accessed)
    return [item.article.id, *(text or "" for text in (*texts, known.language))]


def _passage_cells(item: BundledArticle, highlight: Highlight) -> Sequence[str]:
    number = paragraph(item.content.body, highlight)
    where = (str(highlight.start), str(highlight.end), str(number)) if number else ("", "", "")
    times = (timestamp(highlight.created), timestamp(highlight.modified))
    return [highlight.quote, highlight.note, *where, highlight.prefix, highlight.suffix, *times, highlight.status.value]


def _lines(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([guard(cell) for cell in row] for row in rows)
    return text.getvalue()


EXPORTER: Final = Exporter(
    key="csv",
    name="CSV table",
    suffix=".csv",
    group=TABLES,
    good_for="A row for each passage, for spreadsheets.",
    write=write,
    options=(
        Option(
            "rows", "A row for each", "theme", ("theme", "highlight"),
            "Theme: a row per highlight and theme. Highlight: one row per highlight and a 0/1 column for every theme.",
        ),
        Option("bom", "Mark as UTF-8 for spreadsheets", True, help="A byte order mark at the start: Excel needs it."),
    ),
)  # fmt: skip
