"""Tables: the cells of a body in a table of Qt, as long as they come in its order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtGui import QTextCursor, QTextLength, QTextTableFormat

from app.text.body import Block
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


def padding(setting: Typography) -> int:
    """Return how many pixels there are round the text of a cell."""
    return round(setting.px * 0.32)


def _format(setting: Typography, columns: int) -> QTextTableFormat:
    made = QTextTableFormat()
    made.setBorder(0)
    made.setCellPadding(padding(setting))
    made.setCellSpacing(0)
    made.setTopMargin(setting.px * 0.5)
    made.setBottomMargin(setting.px * 1.2)
    if columns > 3:
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if columns > 6:
        made.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, 100 / columns)] * columns)
    return made
