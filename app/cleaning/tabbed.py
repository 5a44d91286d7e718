"""Tables in plain text, their cells parted by tabs, as they come when they are copied out of a page or a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from app.text.body import Piece

_SMALLEST: Final = 4  # rows and tabs of a table together are so many at least


def rows_among(lines: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Return which lines are rows of tables, with the table and the row that each is.

    Those are lines below one another with as many tabs each: two lines of three cells or more, or three of two.
    """
    found: dict[int, tuple[int, int]] = {}
    tables = 0
    tabs = [line.count("\t") for line in lines]
    for count, numbers in groupby(range(len(tabs)), tabs.__getitem__):
        rows = list(numbers)
        if count and len(rows) > 1 and len(rows) + count >= _SMALLEST:
            found |= {number: (tables, row) for row, number in enumerate(rows)}
            tables += 1
    return found


def cells_of(line: str, table: int, row: int) -> Iterator[Piece]:
    """Yield the cells of a row that hold something."""
    for column, cell in enumerate(line.split("\t")):
        if cell.strip():
            yield Piece(cell.strip(), "cell", {"table": table, "row": row, "column": column, "header": False})
