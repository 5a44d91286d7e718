"""The codebook as CSV: a theme a row, parents before children, with its id, so that it comes back as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.exporters._base import TABLES, Export, Exporter, File
from app.exporters._codebook import COLUMNS, codebook_row, tally
from app.exporters._table import BOM, byte_order_mark, csv_lines
from app.exporters._values import counted, encoded, noted_collections, whole_note
from app.model import Bundle
from app.options import OptionValue
from app.wording import Message


def write(bundle: Bundle, options: Mapping[str, OptionValue]) -> Export:
    """Write all themes, those that nothing has too. All else stays behind."""
    return Export((File("", data) for data in _parts(bundle, byte_order_mark(options))), _left_behind(bundle), 1)


def _parts(bundle: Bundle, mark: str) -> Iterator[bytes]:
    counts = tally(bundle)
    # Private notes stay home unless they are asked for: then a column more says which they are.
    private = bundle.private.intersection(theme.id for theme in bundle.themes)
    columns = (*COLUMNS, "private") if private else COLUMNS
    rows = ([*codebook_row(theme, counts), "yes" if theme.id in private else ""] for theme in bundle.themes)
    yield encoded(mark + csv_lines([columns, *(row[: len(columns)] for row in rows)]))


def _left_behind(bundle: Bundle) -> tuple[Message, ...]:
    marks = sum(len(item.highlights) for item in bundle.articles)
    return (
        *counted(len(bundle.articles), "One article: a codebook holds themes only.",
                 "{count} articles: a codebook holds themes only."),
        *counted(marks, "One highlight: it is counted.", "{count} highlights: they are counted."),
        *noted_collections(bundle),
        *whole_note(bundle),
    )  # fmt: skip


EXPORTER: Final = Exporter(
    key="codebook_csv",
    name="Codebook (CSV)",
    suffix=".csv",
    group=TABLES,
    good_for="A row for each theme, with what it means.",
    write=write,
    options=(BOM,),
    comes_back=True,
)
