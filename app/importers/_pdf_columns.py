"""Lines of a page in the order of reading: columns one after the other, what runs across them before or behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from app.importers._pdf_fields import are_labels, cells, fields
from app.importers._pdf_lines import Line, joined

_GUTTER: Final = 0.6  # the narrowest space between columns, in sizes of the text
_ALIGNED: Final = 0.3
_FEWEST: Final = 3  # lines of a column begin at one place
_SHORT: Final = 12  # characters of a cell on average, at most
_NARROW: Final = 0.75  # a box is so much narrower than the text beside it
_DEEPEST: Final = 12
_MOST_EDGES: Final = 12
_MOST_LINES: Final = 1500
_TITLE: Final = 1.25
_INITIAL: Final = 1.8


@dataclass(frozen=True, slots=True)
class _Cut:
    above: list[Line]
    left: list[Line]
    right: list[Line]
    below: list[Line]


def ordered(lines: Sequence[Line], size: float) -> list[Line]:
    """Return the lines of a page as they are read, those of one row joined. ``size`` is the size of the text."""
    found: list[Line] = []
    for number, region in enumerate(_regions(_with_initials(lines, size), size, _DEEPEST)):
        rows = list(_rows(region, size))
        left, right = _left(rows, size), _right(rows, size)
        for line in rows:
            line.left, line.right, line.region = left, right, number
        for _place, group in groupby(rows, key=lambda row: round(row.x0 / (_ALIGNED * size))):
            block = list(group)
            inner = max(line.x1 for line in block)
            for line in block:
                line.inner = inner
        found += rows
    return found


def _with_initials(lines: Sequence[Line], size: float) -> list[Line]:
    """Return lines with each large initial before the word that it begins; the lines beside it begin where it does."""
    found = list(lines)
    for initial in [line for line in lines if line.size >= _INITIAL * size and len(line.text) == 1]:
        beside = [
            line
            for line in found
            if line.size < initial.size / 1.5 and initial.top < line.base <= initial.base + 0.3 * size
            and -0.2 * size < line.x0 - initial.x1 < size and line.text
        ]  # fmt: skip
        first = min(beside, key=lambda line: line.base, default=None)
        if first is None or not initial.text.isupper():
            continue
        for line in beside:
            line.x0 = initial.x0
        first.text, first.runs = (
            initial.text + first.text,
            tuple(replace(run, start=run.start + 1, end=run.end + 1) for run in first.runs),
        )
        first.marks = (
            *((mark, 0, 1) for mark, _start, _end in initial.marks),
            *((mark, start + 1, end + 1) for mark, start, end in first.marks),
        )
        found = [line for line in found if line is not initial]
    return found


def _right(rows: Sequence[Line], size: float) -> float:
    """Return the right edge of a column: that of its text, without a single line that stands out."""
    prose = [line.x1 for line in rows if not line.mono and abs(line.size - size) < 0.05 * size]
    ends = sorted(prose or [line.x1 for line in rows])
    return ends[-2] if len(ends) > 4 and ends[-1] - ends[-2] > size else ends[-1]


def _left(rows: Sequence[Line], size: float) -> float:
    """Return the edge at which most lines of a column begin; the leftmost one when there is none."""
    places = Counter(round(row.x0 / (_ALIGNED * size)) for row in rows if not row.picture)
    place, count = places.most_common(1)[0] if places else (0, 0)
    least = min(row.x0 for row in rows)
    if count * 5 < 2 * len(rows):
        return least
    return min(row.x0 for row in rows if round(row.x0 / (_ALIGNED * size)) == place)


def _regions(lines: list[Line], size: float, depth: int) -> Iterator[list[Line]]:
    """Yield the parts of a page in which lines stand one below the other."""
    cut = _cut(lines, size) if depth and len(lines) <= _MOST_LINES else None
    if cut is None:
        if lines:
            yield lines
        return
    yield from _regions(cut.above, size, depth - 1)
    columns = _box_last(cut, size)
    for column in columns:
        yield from _regions(column, size, depth - 1)
    yield from _regions(cut.below, size, depth - 1)


def _box_last(cut: _Cut, size: float) -> tuple[list[Line], list[Line]]:
    """Return the two columns; of a box and the text beside it the text comes first, and the box is marked as one."""
    widths = [max(line.x1 for line in side) - min(line.x0 for line in side) for side in (cut.left, cut.right)]
    if not (cut.below or cut.above) or min(widths) > _NARROW * max(widths):
        return cut.left, cut.right
    text, box = (cut.left, cut.right) if widths[1] < widths[0] else (cut.right, cut.left)
    if _cut(text, size):  # two columns beside a third one
        return cut.left, cut.right
    for line in box:
        line.aside = True
    return text, box


def _cut(lines: list[Line], size: float) -> _Cut | None:
    """Return the best cut of a part of a page into two columns, with what is above and below them; ``None``: none."""
    best: _Cut | None = None
    most = 0
    for edge in _edges(lines, size):
        gutter = edge - _GUTTER * size
        for cut in _cuts(lines, gutter, edge - 0.1 * size):
            count = len(cut.left) + len(cut.right)
            if count > most and _is_columns(cut, edge, size):
                best, most = cut, count
    return _without_title(best, size) if best else None


def _edges(lines: Sequence[Line], size: float) -> list[float]:
    """Return where several lines begin, but for the left edge of all."""
    starts = sorted(line.x0 for line in lines if not line.picture and not line.mono)
    if not starts:
        return []
    groups: list[list[float]] = [[starts[0]]]
    for start in starts[1:]:
        if start - groups[-1][0] <= _ALIGNED * size:
            groups[-1].append(start)
        else:
            groups.append([start])
    found = [group for group in groups[1:] if len(group) >= _FEWEST]
    found.sort(key=len, reverse=True)
    return [group[0] for group in found[:_MOST_EDGES]]


def _cuts(lines: Sequence[Line], gutter: float, edge: float) -> Iterator[_Cut]:
    """Yield the ways to cut at a gutter: between two neighbours among the lines that lie across it."""
    left = [line for line in lines if line.x1 <= edge and line.x0 < gutter]
    right = [line for line in lines if line.x0 >= edge]
    across = sorted((line for line in lines if line.x1 > edge and line.x0 < edge), key=lambda line: line.base)
    if any(line.x1 > gutter for line in left):  # it must be as wide as that beside most lines
        tight = sum(line.x1 > gutter for line in left)
        if tight * 5 > len(left):
            return
    bounds = [float("-inf"), *(line.base for line in across), float("inf")]
    for upper, lower in pairwise(bounds):
        ours, theirs = ([line for line in side if upper < line.base < lower] for side in (left, right))
        if len(ours) > 1 and len(theirs) > 1:
            above = [line for line in lines if line.base <= upper]
            yield _Cut(above, ours, theirs, [line for line in lines if line.base >= lower])


def _is_columns(cut: _Cut, edge: float, size: float) -> bool:
    """Tell columns of text from the columns of a table, from bullets and numbers before a text, and from chance."""
    if are_labels(cut.left, cut.right, size):
        return False
    starting = sum(abs(line.x0 - edge) <= 1.5 * size for line in cut.right)
    if starting < 2:
        return False
    top = max(min(line.top for line in side) for side in (cut.left, cut.right))
    if min(max(line.base for line in side) for side in (cut.left, cut.right)) - top < size:
        return False
    bases = sorted(line.base for line in cut.left)
    level = sum(_near(line.base, bases, _ALIGNED * size) for line in cut.right)
    shortest = min(sum(len(line.text) for line in side) / len(side) for side in (cut.left, cut.right))
    return shortest >= _SHORT and not (shortest < 2 * _SHORT and level == len(cut.right) == len(cut.left))


def _near(value: float, values: Sequence[float], tolerance: float) -> bool:
    return any(abs(value - other) <= tolerance for other in values)


def _without_title(cut: _Cut, size: float) -> _Cut:
    """Take a title out of a column that begins above the other: it heads both."""
    above = list(cut.above)
    sides = [sorted(cut.left, key=lambda line: line.base), sorted(cut.right, key=lambda line: line.base)]
    for side, other in (sides, sides[::-1]):
        top = other[0].top
        while len(side) > 1 and side[0].base < top and side[0].size >= _TITLE * size:
            above.append(side.pop(0))
    return _Cut(above, sides[0], sides[1], cut.below)


def _rows(region: Sequence[Line], size: float) -> Iterator[Line]:
    """Yield the lines of a part from above: parts of one row joined, rows of a table as such."""
    rows: list[list[Line]] = []
    for line in sorted(region, key=lambda line: (line.base, line.x0)):
        row = rows[-1] if rows else []
        plain = bool(row) and not line.picture and not row[0].picture
        if plain and line.base - row[0].base <= _ALIGNED * min(row[0].size, line.size):
            row.append(line)
        else:
            rows.append([line])
    at = 0
    while at < len(rows):
        found, end = fields(rows, at, size)
        yield from found
        edges = [] if found else _table(rows, at, size)
        while edges and end < len(rows) and _is_row(rows[end], edges, size):
            yield _table_row(rows[end], edges)
            end += 1
        if end == at:
            yield joined(rows[at])
            end += 1
        at = end


def _table(rows: Sequence[Sequence[Line]], at: int, size: float) -> list[tuple[float, float]]:
    """Return the columns (left, right) of a table that begins with a row; nothing when there is none."""
    columns = cells(rows[at], size)
    if len(columns) < 2 or at + 1 >= len(rows):
        return []
    edges = [(cell.x0, cell.x1) for cell in columns]
    count = 0
    for row in rows[at:]:
        parts = cells(row, size)
        if len(parts) != len(edges) or not all(_overlap(edge, cell) for edge, cell in zip(edges, parts, strict=True)):
            break
        edges = [(min(a, cell.x0), max(b, cell.x1)) for (a, b), cell in zip(edges, parts, strict=True)]
        if any(b >= c for (_, b), (c, _) in pairwise(edges)):
            break
        count += 1
    is_list = all(len(row[0].text) <= 3 and not row[0].text.isdigit() for row in rows[at : at + count])
    return edges if count > 1 + (len(edges) == 2) and not is_list else []


def _overlap(edge: tuple[float, float], cell: Line) -> bool:
    return cell.x0 <= edge[1] and cell.x1 >= edge[0]


def _is_row(row: Sequence[Line], edges: Sequence[tuple[float, float]], size: float) -> bool:
    parts = cells(row, size)
    places = [next((n for n, edge in enumerate(edges) if _overlap(edge, cell)), -1) for cell in parts]
    return len(parts) > 1 and -1 not in places and len(set(places)) == len(places)


def _table_row(row: Sequence[Line], edges: Sequence[tuple[float, float]]) -> Line:
    found: list[Line | None] = [None] * len(edges)
    for number, edge in enumerate(edges):
        own = [line for line in row if _overlap(edge, line)]
        found[number] = joined(own) if own else None
    whole = joined(row)
    return replace(whole, cells=tuple(found))
