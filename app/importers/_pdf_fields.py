"""Fields on a page: a label that ends in a colon and, beside it, its value, which may go on below."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.importers._pdf_lines import Line, joined

_APART: Final = 1.2  # so many times its size stands a cell from the next
_ALIGNED: Final = 0.3
_BELOW: Final = 1.8
_FEWEST: Final = 3
_MOST: Final = 0.8  # so many of the lines beside others are labels, where columns are no columns


def cells(row: Sequence[Line], size: float) -> list[Line]:
    """Return the parts of a row that stand well apart."""
    found: list[list[Line]] = []
    for line in sorted(row, key=lambda line: line.x0):
        if line.picture or line.mono:
            return []
        if found and line.x0 - found[-1][-1].x1 < _APART * size:
            found[-1].append(line)
        else:
            found.append([line])
    return [joined(cell) for cell in found]


def are_labels(left: Sequence[Line], right: Sequence[Line], size: float) -> bool:
    """Tell whether what stands on the left are the labels of what stands level with them on the right."""
    if sum(map(_is_label, left)) < _FEWEST:
        return False
    bases = sorted(line.base for line in right)
    level = [line for line in left if _has_near(bases, line.base, _ALIGNED * size)]
    return sum(map(_is_label, level)) >= max(_FEWEST, _MOST * len(level))


def _has_near(values: Sequence[float], value: float, tolerance: float) -> bool:
    at = bisect_left(values, value - tolerance)
    return at < len(values) and values[at] <= value + tolerance


def fields(rows: Sequence[Sequence[Line]], at: int, size: float) -> tuple[list[Line], int]:
    """Return the fields that begin with a row, each as a row of a table, and where they end; none are no fields."""
    found: list[_Field] = []
    end = at
    for row in rows[at:]:
        parts = cells(row, size)
        if not found and len(parts) == 2:
            found.append(_Field([parts[0]], [parts[1]]))
        elif not found or not all(found[0].holds(part, size) for part in parts):
            break
        elif len(parts) == 2 and _is_label(found[-1].label[-1]):
            found.append(_Field([parts[0]], [parts[1]]))
        elif not found[-1].goes_on(parts, size):
            break
        end += 1
    if len(found) < _FEWEST or not all(_is_label(field.label[-1]) for field in found):
        return [], at
    return [field.row() for field in found], end


@dataclass(slots=True)
class _Field:
    """A field that is being put together: the lines of its label, and those of its value."""

    label: list[Line]
    value: list[Line]

    def holds(self, part: Line, size: float) -> bool:
        """Tell whether a part of a row stands in one of the two columns of this field."""
        return any(abs(part.x0 - lines[0].x0) <= _ALIGNED * size for lines in (self.label, self.value))

    def goes_on(self, parts: Sequence[Line], size: float) -> bool:
        """Take in the parts of a row that go on below, each with the label or the value; false: they do not."""
        for part in parts:
            lines = self.value if abs(part.x0 - self.value[0].x0) <= _ALIGNED * size else self.label
            if not 0 < part.base - lines[-1].base <= _BELOW * size or (lines is self.label and _is_label(lines[-1])):
                return False
            lines.append(replace(part, x0=lines[0].x0))
        return bool(parts)

    def row(self) -> Line:
        """Return the field as a row of a table."""
        label, value = joined(self.label), joined(self.value)
        return replace(joined([label, value]), cells=(label, value))


def _is_label(line: Line) -> bool:
    return line.text.rstrip()[-1:] in (":", "：") and not line.picture
