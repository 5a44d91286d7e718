"""Tables in plain text, with an article in each row: CSV and TSV with any delimiter."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts
from app.importers._columns import DELIMITED, OPTION, Columns, of_file
from app.importers._delimiters import SIGNS, Dialect, tell
from app.importers._encodings import decode_text
from app.importers._rows import read_rows
from app.options import Option

_LONGEST_CELL: Final = 128 * 1024 * 1024
_LONGEST_NAME: Final = 200
_SENTENCE: Final = 80
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?")


def read(file: File) -> Parts:
    """Read a table; raises ``ImportFailed``, naming the columns, when none of them is known to hold the text."""
    table = _Table(file)
    return read_rows(table.columns, table.rows, file)


def columns(file: File) -> Mapping[str, str]:
    """Return what each column holds, by its name; raises ``ImportFailed``."""
    found = _Table(file).columns
    return dict(zip(found.names, found.fields, strict=True))


class _Table:
    """A table whose text, dialect and columns are known; its rows are read one by one, as often as is wished."""

    def __init__(self, file: File) -> None:
        csv.field_size_limit(_LONGEST_CELL)
        text = decode_text(file.data, file.name)
        if not text.strip():
            raise ImportFailed("{name} is empty.", "Check the file, or leave it out.", name=file.name)
        wanted = str(file.options.get("delimiter", SIGNS[0]))
        first, _sign, rest = text.partition("\n")
        if first.strip().casefold().startswith("sep=") and len(first.strip()) <= len("sep=;"):
            self._dialect, text = Dialect(first.strip()[len("sep=") :] or "\t"), rest
        else:
            self._dialect = tell(text, wanted)
        self._text = text
        self._name = file.name
        head = next((row for row in self._read() if any(cell.strip() for cell in row)), [])
        self._has_head = not any(map(_is_value, head))
        names = head if self._has_head else ["" for _cell in head]
        self.columns: Columns = of_file(file, names, lambda: (row for _number, row in self.rows()))

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Yield the rows below the names, with their numbers."""
        number = 0 if self._has_head else 1
        for row in self._read():
            if any(cell.strip() for cell in row):
                if number:
                    yield number, row
                number += 1

    def _read(self) -> Iterator[list[str]]:
        try:
            yield from self._dialect.rows(self._text)
        except csv.Error as error:
            raise ImportFailed(
                "{name} is no table that can be read ({problem}).",
                "Open it in a spreadsheet, and save it as CSV (UTF-8).",
                name=self._name,
                problem=str(error),
            ) from error


def _is_value(cell: str) -> bool:
    """Tell whether a cell is surely no name of a column: a long text, a sentence, or a day."""
    words = cell.strip()
    sentence = len(words) > _SENTENCE and words[-1:] in (*".!?…", "。")
    return len(cell) >= _LONGEST_NAME or sentence or _DAY.fullmatch(words) is not None


IMPORTER: Final = Importer(
    "csv",
    "Table (CSV, TSV)",
    DELIMITED,
    read,
    general=True,
    options=(OPTION, Option("delimiter", "Between cells", SIGNS[0], SIGNS)),
    columns=columns,
)
