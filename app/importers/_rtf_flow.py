"""A run of paragraphs in an RTF file, the whole text or a note in it, as they come to be."""

from __future__ import annotations

import re
from typing import Final

from app.importers._rtf_state import Grid, Paragraph, State, Stretch, Tables

_BULLET: Final = re.compile(r"\s*(?:[•◦▪●○■·–-]|(?P<count>\d{1,3}[.)]|[a-zA-Z]{1,4}[.)]))\s*\t\s*")
_INDENT: Final = 360
_DEEPEST: Final = 9


class Flow:
    """Gathers stretches to paragraphs, paragraphs to cells, cells to tables. ``blocks`` is what came of it."""

    def __init__(self, tables: Tables) -> None:
        """Begin with nothing; ``tables`` say what styles mean."""
        self.blocks: list[Paragraph | Grid] = []
        self.bullet = ""
        self.is_header = False
        self._tables = tables
        self._stretches: list[Stretch] = []
        self._size = 24
        self._cell: list[Paragraph] = []
        self._row: list[list[Paragraph]] = []
        self._grid: Grid | None = None

    def say(self, stretch: Stretch, size: int) -> None:
        """Add text, or a picture, to the present paragraph."""
        last = self._stretches[-1] if self._stretches else None
        alike = last is not None and not last.image and not stretch.image
        if last and alike and (last.tags, last.colour, last.link) == (stretch.tags, stretch.colour, stretch.link):
            last.text += stretch.text
        else:
            self._stretches.append(stretch)
        self._size = size

    def end_paragraph(self, state: State) -> None:
        """End the present paragraph."""
        stretches, self._stretches = self._stretches, []
        bullet, self.bullet = self.bullet, ""
        if not any(stretch.image or stretch.text.strip() for stretch in stretches):
            return
        paragraph = Paragraph([_whole(stretch) for stretch in stretches], size=self._size)
        paragraph.kind = f"heading {state.outline + 1}" if 0 <= state.outline < 9 else self._tables.meaning(state.style)
        if not paragraph.kind or paragraph.kind == "footnote text":
            _set_item(paragraph, state, bullet)
        if state.in_table:
            self._cell.append(paragraph)
        else:
            self._end_grid()
            self.blocks.append(paragraph)

    def end_cell(self, state: State) -> None:
        """End a cell, and the paragraph in it."""
        state.in_table = True
        self.end_paragraph(state)
        self._row.append(self._cell)
        self._cell = []

    def end_row(self) -> None:
        """End a row of cells."""
        if self._row:
            self._grid = self._grid or Grid()
            if self.is_header:
                self._grid.heads.add(len(self._grid.rows))
            self._grid.rows.append(self._row)
            self._row = []

    def finish(self, state: State) -> list[Paragraph | Grid]:
        """End what is open, and return everything."""
        self.end_paragraph(state)
        if self._cell:
            self._row.append(self._cell)
            self._cell = []
        self.end_row()
        self._end_grid()
        return self.blocks

    def _end_grid(self) -> None:
        if self._grid is not None:
            self.blocks.append(self._grid)
            self._grid = None


def _set_item(paragraph: Paragraph, state: State, bullet: str) -> None:
    """Make an item of a paragraph that stands in a list, or begins with a bullet and hangs."""
    if state.listed or bullet.strip():
        paragraph.depth = min(state.level, _DEEPEST - 1) + 1
        paragraph.ordered = any(letter.isalnum() for letter in bullet) and bullet.strip() != "o"
        return
    match = _BULLET.match(paragraph.text()) if state.first < 0 else None
    if match:
        paragraph.depth = min(max(1, round(state.indent / _INDENT)), _DEEPEST)
        paragraph.ordered = match["count"] is not None
        gone = match.end()
        for stretch in paragraph.stretches:
            cut = min(gone, len(stretch.text))
            stretch.text, gone = stretch.text[cut:], gone - cut


def _whole(stretch: Stretch) -> Stretch:
    """Return a stretch whose letters beyond the first plane, written in two halves, are whole."""
    if any("\ud800" <= letter <= "\udfff" for letter in stretch.text):
        stretch.text = stretch.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return stretch
