"""Tables: the cells of a body in a table of Qt, as long as they come in its order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtGui import (
    QBrush,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from app.text.body import Block
from ui.looks import Look
from ui.reader.typography import Typography

_MOST_COLUMNS: Final = 40
_MOST_CELLS: Final = 6000


def place(block: Block) -> tuple[int, int]:
    """Return row and column of a cell; what is no number counts as 0."""
    row, column = block.attributes.get("row", 0), block.attributes.get("column", 0)
    return (row if isinstance(row, int) else 0), (column if isinstance(column, int) else 0)


def fits_table(blocks: Sequence[Block]) -> bool:
    """Return whether cells can stand in one table in the order of the text, without far more empty ones than full."""
    places = [place(block) for block in blocks]
    if any(row < 0 or not 0 <= column < _MOST_COLUMNS for row, column in places) or places != sorted(places):
        return False
    size = (places[-1][0] + 1) * (max(column for _, column in places) + 1)
    return size <= min(_MOST_CELLS, 20 * len(blocks) + 40)


def fill_table(
    cursor: QTextCursor,
    blocks: Sequence[Block],
    look: Look,
    setting: Typography,
    fill: Callable[[QTextCursor, Block], None],
) -> None:
    """Insert a table at the cursor and call ``fill`` with a cursor in the cell of each block."""
    places = [place(block) for block in blocks]
    rows, columns = places[-1][0] + 1, max(column for _, column in places) + 1
    table = cursor.insertTable(rows, columns, _format(setting, columns))
    before: tuple[int, int] | None = None
    for block, (row, column) in zip(blocks, places, strict=True):
        inner = table.cellAt(row, column).lastCursorPosition()
        if (row, column) == before:
            inner.insertBlock()
        before = row, column
        fill(inner, block)
    _draw_lines(table, {place(block) for block in blocks if block.attributes.get("header")}, look)


def _format(setting: Typography, columns: int) -> QTextTableFormat:
    made = QTextTableFormat()
    made.setBorder(0)
    made.setBorderCollapse(True)
    made.setCellPadding(round(setting.px * 0.32))
    made.setCellSpacing(0)
    made.setTopMargin(setting.px * 0.5)
    made.setBottomMargin(setting.px * 1.2)
    if columns > 3:
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if columns > 6:
        made.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, 100 / columns)] * columns)
    return made


def _draw_lines(table: QTextTable, headers: set[tuple[int, int]], look: Look) -> None:
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            lined = QTextTableCellFormat(cell.format().toTableCellFormat())
            lined.setBottomBorder(1)
            lined.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            lined.setBottomBorderBrush(QBrush(look.colour("faint" if (row, column) in headers else "rule")))
            cell.setFormat(lined)
