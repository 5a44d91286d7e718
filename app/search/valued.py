"""What the articles of a shelf have for values, one number an article: kept from one answer to the next."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.search.shelf import Documents, Shelf

Counted = tuple[tuple[str | int, int], ...]
"""Values with how many have each, the commonest first."""


class Valued:
    """The articles of a shelf by their values in keyword fields, and by the order of their titles."""

    def __init__(self, shelf: Shelf) -> None:
        """Look at the articles of a shelf; nothing is reckoned before it is asked for."""
        self.shelf = shelf
        self._columns: dict[str, tuple[list[str], NDArray[Any]]] = {}

    @cached_property
    def titles(self) -> Documents:
        """Return for each article where its title stands in the order of all titles, 0 when it has none."""
        every: list[bytes] = []
        for live in self.shelf.lives:
            every += live.segment.column("titles").tobytes().split(b"\n")[:-1]
        rank = {title: number for number, title in enumerate(sorted({b"", *every}))}
        return np.fromiter(map(rank.__getitem__, every), np.int64, len(every))

    def counted(self, code: str, articles: Documents) -> Counted:
        """Return the values of a field that ``articles`` have and how many of these have each."""
        if code not in self._columns:
            self._columns[code] = self._column(code)
        names, column = self._columns[code]
        counts = np.bincount(column.take(articles), minlength=len(names)).tolist()
        return commonest_first({name: count for name, count in zip(names, counts, strict=True) if name and count})

    def _column(self, code: str) -> tuple[list[str], NDArray[Any]]:
        """Return the values of a field, and for each article which of them it has: the first, empty one is none."""
        rows = {"": 0}
        parts = self.shelf.values(code)
        own = [np.array([rows.setdefault(name, len(rows)) for name in part.names]) for part in parts]
        column = np.zeros(self.shelf.size, np.min_scalar_type(len(rows)))
        for numbers, part in zip(own, parts, strict=True):
            column[part.documents] = numbers.take(part.owners)
        return list(rows), column


def commonest_first(counts: Mapping[str, int] | Mapping[int, int]) -> Counted:
    """Return counts in order, those of the same number by their values."""
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
