"""A plain text that is a table with an article in each row, as spreadsheets write their sheets with tabs."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from app.importers._base import File, Parts
from app.importers._columns import understood
from app.importers._delimiters import Dialect
from app.importers._rows import read_rows

_TABS: Final = Dialect("\t")
_LEAST: Final = 3  # columns
_SAMPLE: Final = 20  # rows
_LONGEST_CELL: Final = 128 * 1024 * 1024


def read_tabbed(text: str, file: File) -> Parts | None:
    """Return the article of each row of a table whose columns are known by their names; ``None`` of any other text."""
    names = text.lstrip().partition("\n")[0].strip().split("\t")
    if len(names) < _LEAST:
        return None
    columns = understood(names)
    if not columns.of("text") or not (columns.of("title") or columns.of("published")):
        return None
    csv.field_size_limit(_LONGEST_CELL)
    try:
        few = list(islice(_rows(text), _SAMPLE))
        alike = bool(few) and all(len(names) - 1 <= len(row) <= len(names) for row in few)
        return read_rows(columns, lambda: enumerate(_rows(text), 1), file) if alike else None
    except csv.Error:
        return None


def _rows(text: str) -> Iterator[Sequence[str]]:
    """Yield the rows below the names."""
    return islice((row for row in _TABS.rows(text.lstrip()) if any(cell.strip() for cell in row)), 1, None)
