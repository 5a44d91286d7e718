"""Counts of what was found, by outlet, theme, month, state, language and attribute."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from app.search import schema
from app.search.distinct import distinct
from app.search.entries import Facets
from app.search.execute import Executor
from app.search.shelf import Documents, Values

_DENSE: Final = 64
_KEYWORDS: Final = (
    ("outlet", schema.OUTLET),
    ("month", schema.MONTH),
    ("state", schema.STATE),
    ("language", schema.LANGUAGE),
)


def facets(executor: Executor, documents: Documents, attributes: Iterable[int]) -> Facets:
    """Return how many of ``documents`` have each value, the commonest value first.

    Passages are counted by the values of their articles, except for themes, which are their own; an article counts for
    a theme once, however many of its passages have it.
    """
    articles = executor.shelves.articles
    if executor.kind == "article":
        weights = np.zeros(articles.size, np.int64)
        weights[documents] = 1
    else:
        links = executor.links[documents]
        weights = np.bincount(links[links >= 0], minlength=articles.size)
    fields = [*_KEYWORDS, *((f"{schema.ATTRIBUTE}{key}", schema.attribute_codes(key)[1]) for key in attributes)]
    found = {name: _counted(executor, code, weights) for name, code in fields}
    return {**found, "theme": _themes(executor, documents)}


def _counted(executor: Executor, code: str, weights: Documents) -> tuple[tuple[str | int, int], ...]:
    """Return the values of a field of articles with the sums of the articles' weights."""
    counts: dict[str | int, int] = {}
    for names, sizes, documents in executor.shelves.articles.values(code):
        owners = np.repeat(np.arange(len(names)), sizes)
        sums = np.bincount(owners, weights[documents], minlength=len(names)).astype(np.int64)
        for name, count in zip(names, sums.tolist(), strict=True):
            if count:
                counts[name] = counts.get(name, 0) + count
    return _sorted(counts)


def _themes(executor: Executor, documents: Documents) -> tuple[tuple[str | int, int], ...]:
    """Return the themes, by key, with the number of found documents that have each."""
    wanted = np.zeros(executor.shelf.size, bool)
    wanted[documents] = True
    rows: dict[str, int] = {}
    having = [_paired(own, rows) for own in executor.shelf.values(schema.THEME)]
    if executor.kind == "article":
        passages = executor.shelves.passages
        for themes, marked in (_paired(own, rows) for own in passages.values(schema.THEME)):
            links = executor.links[marked]
            kept = links >= 0 if passages.alive is None else (links >= 0) & passages.alive[marked]
            having.append((themes[kept], links[kept]))
    size = executor.shelf.size
    pairs = [themes[kept] * size + own[kept] for themes, own in having for kept in (wanted[own],)]
    if not pairs:
        return ()
    counts = np.bincount(_once(np.concatenate(pairs), len(rows) * size) // size, minlength=len(rows)).tolist()
    return _sorted({int(key): counts[row] for key, row in rows.items() if counts[row]})


def _paired(values: Values, rows: dict[str, int]) -> tuple[Documents, Documents]:
    """Return a theme's row (a new one for a new theme) and a document for every document of every theme."""
    own = np.array([rows.setdefault(name, len(rows)) for name in values.names], np.int64)
    return np.repeat(own, values.counts), values.documents


def _once(pairs: Documents, size: int) -> Documents:
    """Return each number below ``size`` once: from a table when that is no longer than the sorting would take."""
    if size > _DENSE * len(pairs):
        return distinct(pairs)
    seen = np.zeros(size, bool)
    seen[pairs] = True
    return np.flatnonzero(seen)


def _sorted(counts: dict[str | int, int]) -> tuple[tuple[str | int, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
