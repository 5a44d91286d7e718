"""How a table in plain text is written: what stands between its cells, and round them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

_SAMPLE: Final = 256 * 1024
_MOST_ROWS: Final = 500
_UNSOUND: Final = 0.4
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$")
_SIGNS: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}

SIGNS: Final = ("automatic", *_SIGNS)
"""The names of what may stand between cells."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What stands between cells (``delimiter``), round them (``quote``), and before a quote in one (``escape``)."""

    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None

    def rows(self, text: str, *, strict: bool = False) -> Iterator[list[str]]:
        """Return the rows of a text; raises ``csv.Error``, if ``strict`` also where something follows a last quote."""
        return csv.reader(
            _lines(text),
            strict=strict,
            delimiter=self.delimiter,
            quotechar=self.quote,
            escapechar=self.escape,
            doublequote=self.escape is None,
        )


def tell(text: str, wanted: str = "automatic") -> Dialect:
    """Return the dialect of a table: the one by which its rows have the same number of cells, more than one."""
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    signs = [_SIGNS[wanted]] if wanted in _SIGNS else [sign for sign in _SIGNS.values() if sign in sample]
    dialects = [Dialect(sign) for sign in signs or [","]]
    if '\\"' in sample:
        dialects += [Dialect(sign, escape="\\") for sign in signs]
    if sample.lstrip()[:1] == "'":
        dialects += [Dialect(sign, "'") for sign in signs]
    return max(dialects, key=lambda dialect: _fit(sample, dialect))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends, without a copy of the whole."""
    return (match[0] for match in _LINE.finditer(text))


def _fit(sample: str, dialect: Dialect) -> tuple[float, int]:
    """Return how well a dialect fits: the share of rows that have as many cells as the first, and how many that is."""
    try:
        rows = [row for row in islice(dialect.rows(sample), _MOST_ROWS) if row]
    except csv.Error:
        return 0.0, 0
    if not rows or len(rows[0]) < 2:
        return 0.0, 0
    agreeing = Counter(map(len, rows))[len(rows[0])] / len(rows)
    return agreeing - (0 if _is_sound(sample, dialect) else _UNSOUND), len(rows[0])


def _is_sound(sample: str, dialect: Dialect) -> bool:
    """Tell whether each cell that begins with a quotation mark ends with one; the last may be cut off."""
    rows = dialect.rows(sample, strict=True)
    try:
        for _row in islice(rows, _MOST_ROWS):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return True
