"""A body with marks as what typeset pages are made of: sections, lines, and stretches of text under the same runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from app.exporters._blocks import families, marks_by_block, runs_by_block
from app.exporters._markdown_body import is_link
from app.text.body import Attributes, Block, Body, Run
from app.text.directions import begins_at_right, is_rightward
from app.text.ranges import Segment, Span

STYLES: Final = ("strong", "emphasis", "struck", "superscript", "promotion", "code")


class Stretch(NamedTuple):
    """A part of a line under the same runs and marks.

    ``styles`` are kinds of runs as in :data:`STYLES`, ``address`` is that of a link that may be followed. ``marks``
    are the places of the marks that cover it, ``begins`` and ``ends`` those that begin or end with it.
    """

    text: str
    styles: tuple[str, ...] = ()
    address: str = ""
    marks: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


class Line(NamedTuple):
    """A block of the body with its stretches; ``rtl`` when it is read from right to left."""

    kind: str
    attributes: Attributes
    stretches: tuple[Stretch, ...]
    rtl: bool = False

    @property
    def text(self) -> str:
        """Return its words."""
        return "".join(stretch.text for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together: a list, a table, code, a quotation, a call-out; most lines stand alone.

    ``rtl`` when it begins at the right: there is the first column of a table, and the line beside a quotation.
    """

    kind: str
    lines: tuple[Line, ...]
    rtl: bool = False

    @property
    def begins(self) -> tuple[int, ...]:
        """Return the marks that begin in it, in their order."""
        return tuple(mark for line in self.lines for stretch in line.stretches for mark in stretch.begins)


class Items(NamedTuple):
    """A list of items of one kind, each with the lists below it."""

    ordered: bool
    items: list[tuple[Line, list[Items]]]


def flow(body: Body, spans: Sequence[Span] = ()) -> Iterator[Section]:
    """Yield a body in sections; ``spans`` are those of the marks, whose places in it name them.

    A mark that covers nothing but the space between lines, and empty lines, begins nowhere.
    """
    reader = _Reader(body, spans)
    for members in families(body.blocks):
        lines = tuple(map(reader.line, members))
        start, end = body.blocks[members[0]].start, body.blocks[members[-1]].end
        rtl = begins_at_right(body.text, start, end) if lines[0].kind == "cell" else lines[0].rtl
        yield Section(lines[0].kind, lines, rtl)


def items(lines: Iterable[Line]) -> list[Items]:
    """Return the lists that items of one section make: a level is opened below the item before, and never skipped."""
    roots: list[Items] = []
    path: list[Items] = []
    for line in lines:
        depth = min(max(1, int(line.attributes.get("depth", 1))), len(path) + 1)
        ordered = bool(line.attributes.get("ordered"))
        path = path[:depth]
        if len(path) < depth or path[-1].ordered != ordered:
            path = path[: depth - 1]
            opened = Items(ordered, [])
            (path[-1].items[-1][1] if path else roots).append(opened)
            path.append(opened)
        path[-1].items.append((line, []))
    return roots


def rows(lines: Iterable[Line]) -> list[list[list[Line]]]:
    """Return the rows of a table, each with its cells from the first column on; a cell holds its lines."""
    found: dict[int, dict[int, list[Line]]] = {}
    for line in lines:
        row, column = int(line.attributes.get("row", 0)), int(line.attributes.get("column", 0))
        found.setdefault(row, {}).setdefault(column, []).append(line)
    width = 1 + max(max(cells) for cells in found.values())
    return [[found[row].get(column, []) for column in range(width)] for row in sorted(found)]


def titled(section: Section) -> tuple[Line | None, tuple[Line, ...]]:
    """Return the title of a call-out, which the reader of HTML keeps as its first line, and its other lines."""
    first = section.lines[0]
    label = first.attributes.get("label")
    return (first, section.lines[1:]) if label and first.text == label else (None, section.lines)


class _Reader:
    """The lines of a body, asked for in order."""

    def __init__(self, body: Body, spans: Sequence[Span]) -> None:
        self._body = body
        self._runs = runs_by_block(body)
        self._flat = marks_by_block(body, spans)
        self._begun: set[int] = set()
        self._last: dict[int, int] = {}
        for parts in self._flat.values():
            for _, end, covering in parts:
                self._last.update(dict.fromkeys(covering, end))

    def line(self, number: int) -> Line:
        """Return a block as a line."""
        block = self._body.blocks[number]
        words = self._body.text[block.start : block.end]
        runs, flat = self._runs.get(number, ()), self._flat.get(number, ())
        stretches = tuple(self._stretches(block, runs, flat)) if runs or flat else (Stretch(words),)
        return Line(block.kind, block.attributes, stretches, is_rightward(words))

    def _stretches(self, block: Block, runs: Sequence[Run], flat: Sequence[Segment]) -> Iterator[Stretch]:
        edges = {block.start, block.end, *(run.start for run in runs), *(run.end for run in runs)}
        for start, end, _ in flat:
            edges.update((start, end))
        for start, end in pairwise(sorted(edges)):
            over = [run for run in runs if run.start <= start and end <= run.end]
            marks = next((covering for first, last, covering in flat if first <= start and end <= last), ())
            begins = tuple(mark for mark in marks if mark not in self._begun)
            self._begun.update(begins)
            ends = tuple(mark for mark in marks if self._last[mark] == end)
            kinds = {run.kind for run in over}
            styles = tuple(kind for kind in STYLES if kind in kinds)
            yield Stretch(self._body.text[start:end], styles, _address(over), marks, begins, ends)


def _address(runs: Iterable[Run]) -> str:
    links = (str(run.attributes.get("address", "")).strip() for run in runs if run.kind == "link")
    return next(filter(is_link, links), "")
