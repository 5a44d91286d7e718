"""CSV: a row per highlight and theme, or per highlight with a column for each theme (RFC 4180)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.exporters._base import TABLES, Export, Exporter, File
from app.exporters._table import BOM, ROWS, Passages, byte_order_mark, csv_lines, guarded_row, number_columns
from app.exporters._values import (
    counted,
    encoded,
    explained_fields,
    in_order,
    noted_collections,
    themes_explained,
    whole_note,
    words_between,
)
from app.model import Bundle
from app.options import OptionValue
from app.wording import Message


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write the table. What a table cannot carry: full texts, articles without highlights, what themes mean."""
    table = Passages(bundle, wide=options["rows"] == "highlight")
    files = (File("", data) for data in _parts(bundle, table, byte_order_mark(options)))
    return Export(files, _left_behind(bundle), len(bundle.articles) + 1)


def _left_behind(bundle: Bundle) -> tuple[Message, ...]:
    texts = sum(bool(item.makeup.letters) for item in bundle.articles)
    bare = sum(not item.highlights for item in bundle.articles)
    return (
        *counted(texts, "The full text of one article: a table holds its passages only.",
                 "The full texts of {count} articles: a table holds their passages only."),
        *counted(bare, "One article without highlights.", "{count} articles without highlights."),
        *themes_explained(bundle),
        *explained_fields(bundle),
        *words_between(bundle),
        *noted_collections(bundle),
        *whole_note(bundle),
    )  # fmt: skip


def _parts(bundle: Bundle, table: Passages, mark: str) -> Iterator[bytes]:
    """Yield the header, then the rows of each article."""
    yield encoded(mark + csv_lines([[column.name for column in table.columns]]))
    numbers = number_columns(table.columns)
    for item in in_order(bundle):
        yield encoded(csv_lines((guarded_row(row, numbers) for row, _theme in table.rows(item)), str))


EXPORTER: Final = Exporter(
    key="csv",
    name="CSV table",
    suffix=".csv",
    group=TABLES,
    good_for="A row for each passage, for spreadsheets.",
    write=write,
    options=(ROWS, BOM),
)
