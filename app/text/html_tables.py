"""Tables in HTML: which of them hold data, and where each cell lies."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from app.text.body import Attributes


@dataclass(slots=True)
class Table:
    """A data table being read: counters, and up to which row each column is taken by a cell that began above."""

    element: etree._Element
    number: int
    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)

    def next_row(self) -> None:
        """Begin a row."""
        self.row += 1
        self.column = 0

    def place(self, cell: etree._Element) -> Attributes:
        """Return the attributes of the next cell of the row."""
        row = max(0, self.row)
        while self.taken.get(self.column, 0) > row:
            self.column += 1
        column, self.column = self.column, self.column + _span(cell, "colspan")
        for covered in range(column, self.column):
            self.taken[covered] = row + _span(cell, "rowspan")
        return {"table": self.number, "row": row, "column": column, "header": cell.tag == "th"}


def holds_data(table: etree._Element) -> bool:
    """Tell a table of data from one that only lays out a page: no headings inside, at least two rows and columns."""
    if table.get("role") in ("presentation", "none"):
        return False
    if next(table.iterdescendants("table", "h1", "h2", "h3", "h4", "h5", "h6", "article"), None) is not None:
        return False
    widths = [sum(1 for _ in row.iterchildren("td", "th")) for row in table.iterdescendants("tr")]
    return len(widths) >= 2 and max(widths) >= 2


def _span(cell: etree._Element, name: str) -> int:
    """Return a cell's ``colspan`` or ``rowspan``, within reason."""
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), 100) if value.isascii() and value.isdigit() and len(value) < 5 else 1
