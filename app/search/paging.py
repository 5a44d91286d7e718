"""Paging: the columns of a segment as they are made, number by number, cut into pages that can be written meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.search.pages import Directory, Page, encode
from app.search.resident import PAGE
from app.search.segments import NARROWED, TYPES, narrowest

_APART: Final = 1 << 40
"""So many bytes of a segment are set apart for each column; pages that no column fills are never written."""

_HIGHEST: Final = 0xFFFFFFFF


class Sheets:
    """Columns that grow. Whole pages can be taken off them at any time, so that no more than these need be held.

    As long as nothing was taken off, the columns can still be laid out one after another, as those of small segments
    are; once something was, each column has pages of its own.
    """

    def __init__(self, highest: Mapping[str, int] = MappingProxyType({})) -> None:
        """Hold nothing yet. ``highest`` is what no number of a column exceeds, for those that are ``NARROWED``."""
        self.count = dict.fromkeys(TYPES, 0)
        limits = {**dict.fromkeys(NARROWED, _HIGHEST), **highest}
        self._kinds = {**TYPES, **{name: narrowest(limit) for name, limit in limits.items()}}
        self._data = {name: bytearray() for name in TYPES}
        self._taken = dict.fromkeys(TYPES, 0)

    def put(self, name: str, numbers: NDArray[Any]) -> None:
        """Append numbers to a column."""
        self._data[name] += np.ascontiguousarray(numbers, self._kinds[name]).view(np.uint8).data
        self.count[name] += len(numbers)

    @property
    def ready(self) -> int:
        """Return how many bytes the pages have that can be taken off."""
        return sum(len(data) // PAGE * PAGE for data in self._data.values())

    def taken(self) -> list[Page]:
        """Take off all pages that are full."""
        return [page for name, data in self._data.items() for page in self._cut(name, len(data) // PAGE)]

    def rest(self) -> tuple[bytes, Iterator[Page]]:
        """Return the directory of all columns, and the pages that were not taken off; nothing can be put after."""
        if not any(self._taken.values()):
            return encode({name: np.frombuffer(data, self._kinds[name]) for name, data in self._data.items()})
        directory: Directory = {
            name: (place * _APART, self.count[name], kind) for place, (name, kind) in enumerate(self._kinds.items())
        }
        pages = (page for name, data in self._data.items() for page in self._cut(name, -(-len(data) // PAGE)))
        return json.dumps(directory).encode(), pages

    def _cut(self, name: str, count: int) -> Iterator[Page]:
        """Take so many pages off a column."""
        data = self._data[name]
        first = list(TYPES).index(name) * _APART // PAGE
        for _ in range(count):
            yield first + self._taken[name], bytes(data[:PAGE])
            del data[:PAGE]
            self._taken[name] += 1
