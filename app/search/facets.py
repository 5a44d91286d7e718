"""Counts of what was found, by outlet, theme, month, state, language and attribute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.search import schema
from app.search.distinct import distinct
from app.search.entries import Facets, Names
from app.search.execute import Executor
from app.search.shelf import Documents, Shelf, Values

Counted = tuple[tuple[str | int, int], ...]

_DENSE: Final = 64
_KEYWORDS: Final = (
    ("outlet", schema.OUTLET),
    ("month", schema.MONTH),
    ("state", schema.STATE),
    ("language", schema.LANGUAGE),
)


class Valued:
    """The values that articles have in keyword fields, one number an article, kept from one answer to the next."""

    def __init__(self, shelf: Shelf) -> None:
        """Count the articles of a shelf."""
        self.shelf = shelf
        self._columns: dict[str, tuple[list[str], NDArray[Any]]] = {}

    def counted(self, code: str, articles: Documents) -> Counted:
        """Return the values of a field that ``articles`` have and how many of these have each."""
        if code not in self._columns:
            self._columns[code] = self._column(code)
        names, column = self._columns[code]
        counts = np.bincount(column.take(articles), minlength=len(names)).tolist()
        return _sorted({name: count for name, count in zip(names, counts, strict=True) if name and count})

    def _column(self, code: str) -> tuple[list[str], NDArray[Any]]:
        """Return the values of a field, and for each article which of them it has: the first, empty one is none."""
        rows = {"": 0}
        parts = self.shelf.values(code)
        own = [np.array([rows.setdefault(name, len(rows)) for name in part.names]) for part in parts]
        column = np.zeros(self.shelf.size, np.min_scalar_type(len(rows)))
        for numbers, part in zip(own, parts, strict=True):
            column[part.documents] = numbers.take(part.owners)
        return list(rows), column


def facets(executor: Executor, values: Valued, documents: Documents, names: Names) -> Facets:
    """Return how many of ``documents`` have each value, the commonest value first.

    Passages are counted by the values of their articles, except for themes, which are their own. An article counts for
    a theme once, however many of its passages have it or a theme below it: as many as ``theme:`` would find. ``values``
    are those of the executor's articles.
    """
    articles = documents
    if executor.kind == "passage":
        links = executor.links.take(documents)
        articles = links.compress(links >= 0)
    fields = [*_KEYWORDS, *((f"{schema.ATTRIBUTE}{key}", schema.attribute_codes(key)[1]) for key in names.attributes)]
    found = {name: values.counted(code, articles) for name, code in fields}
    return {**found, "theme": _themes(executor, documents, _families(names.themes))}


def _families(themes: Mapping[int, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return each theme, by its key as the index has it, with all that stand above it."""
    keys = {path: str(key) for key, path in themes.items()}
    above = {path: [path[:depth] for depth in range(len(path), 0, -1)] for path in keys}
    return {key: tuple(keys[one] for one in above[path] if one in keys) for path, key in keys.items()}


def _themes(executor: Executor, documents: Documents, families: Mapping[str, tuple[str, ...]]) -> Counted:
    """Return the themes, by key, with the number of found documents that have each."""
    wanted = np.zeros(executor.shelf.size, bool)
    wanted[documents] = True
    rows: dict[str, int] = {}
    having = [_paired(own, rows, families) for own in executor.shelf.values(schema.THEME)]
    if executor.kind == "article":
        passages = executor.shelves.passages
        for themes, marked in (_paired(own, rows, families) for own in passages.values(schema.THEME)):
            links = executor.links[marked]
            kept = links >= 0 if passages.alive is None else (links >= 0) & passages.alive[marked]
            having.append((themes[kept], links[kept]))
    size = executor.shelf.size
    pairs = [themes[kept] * size + own[kept] for themes, own in having for kept in (wanted[own],)]
    if not pairs:
        return ()
    counts = np.bincount(_once(np.concatenate(pairs), len(rows) * size) // size, minlength=len(rows)).tolist()
    return _sorted({int(key): counts[row] for key, row in rows.items() if counts[row]})


def _paired(
    values: Values, rows: dict[str, int], families: Mapping[str, tuple[str, ...]]
) -> tuple[Documents, Documents]:
    """Return a theme's row (a new one for a new theme) and a document, for every document of every theme.

    A document stands there once more for each theme above its own.
    """
    own = [families.get(name, (name,)) for name in values.names]
    levels = range(max(map(len, own), default=0))
    lines = [[rows.setdefault(f[level], len(rows)) if level < len(f) else -1 for f in own] for level in levels]
    themes = np.repeat(np.array(lines, np.int64).reshape(-1, len(own)), values.counts, axis=1).ravel()
    documents = np.tile(values.documents, len(levels))
    return themes[themes >= 0], documents[themes >= 0]


def _once(pairs: Documents, size: int) -> Documents:
    """Return each number below ``size`` once: from a table when that is no longer than the sorting would take."""
    if size > _DENSE * len(pairs):
        return distinct(pairs)
    seen = np.zeros(size, bool)
    seen[pairs] = True
    return np.flatnonzero(seen)


def _sorted(counts: dict[str | int, int]) -> Counted:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
