"""The numbers and days in the attributes of articles, kept from one query to the next."""

from __future__ import annotations

from math import nan

import numpy as np
from numpy.typing import NDArray

from app.model import Published
from app.search import schema
from app.search.numbers import number
from app.search.plan import Ranged
from app.search.shelf import Documents, Shelf

Measures = NDArray[np.float64]


class Measured:
    """The articles of a shelf by what can be compared in their attributes; nothing is reckoned before it is asked."""

    def __init__(self, articles: Shelf) -> None:
        """Look at the articles of a shelf."""
        self._articles = articles
        self._columns: dict[tuple[int, bool], tuple[Measures, Measures]] = {}

    def within(self, plan: Ranged) -> Documents:
        """Return the live articles, ascending, that a plan asks for."""
        column = (plan.attribute, plan.dated)
        if column not in self._columns:
            self._columns[column] = self._column(*column)
        lows, highs = self._columns[column]
        if plan.strict:
            found = (lows < plan.high) & (highs > plan.low)
        else:
            found = (lows <= plan.high) & (highs >= plan.low)
        alive = self._articles.alive
        return np.flatnonzero(found if alive is None else found & alive)

    def _column(self, attribute: int, dated: bool) -> tuple[Measures, Measures]:
        """Return the least and the greatest that the value of each article may mean; no number where it has none."""
        lows, highs = (np.full(self._articles.size, nan) for _ in range(2))
        for part in self._articles.values(schema.attribute_codes(attribute)[1]):
            ends = np.array([_days(name) if dated else _number(name) for name in part.names], np.float64)
            lows[part.documents] = ends[:, 0].take(part.owners)
            highs[part.documents] = ends[:, 1].take(part.owners)
        return lows, highs


def _number(value: str) -> tuple[float, float]:
    found = number(value)
    return (nan, nan) if found is None else (found, found)


def _days(value: str) -> tuple[float, float]:
    """Return the first and the last day that a value may mean."""
    try:
        found = Published.parse(value)
    except ValueError:
        return nan, nan
    return found.day.toordinal(), found.last_day().toordinal()
