"""Counts of what was found, by outlet, theme, month, state, language and attribute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from app.search import schema
from app.search.distinct import distinct
from app.search.entries import Facets
from app.search.execute import Executor
from app.search.merging import ranges
from app.search.shelf import NONE, Documents, Values

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


def with_those_above(executor: Executor, above: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return how many articles (or passages) have each theme or one below it.

    ``above`` holds, for the key of each theme, its own key and those of all themes above it.
    """
    documents = executor.shelf.all
    rows: dict[str, int] = {}
    themes, having = _having(executor, documents, rows)
    tops = [above.get(int(key), ()) for key in rows]
    sizes = np.array([len(own) for own in tops], np.int64)
    flat = np.array([key for own in tops for key in own], np.int64)
    keys, owners = np.unique(flat, return_inverse=True)
    first = np.cumsum(sizes) - sizes
    each = owners[ranges(first[themes], sizes[themes])]
    pairs = each * executor.shelf.size + np.repeat(having, sizes[themes])
    return dict(zip(keys.tolist(), _per_row(executor, pairs, len(keys)), strict=True))


def _themes(executor: Executor, documents: Documents) -> tuple[tuple[str | int, int], ...]:
    """Return the themes, by key, with the number of found documents that have each."""
    rows: dict[str, int] = {}
    themes, having = _having(executor, documents, rows)
    counts = _per_row(executor, themes * executor.shelf.size + having, len(rows))
    return _sorted({int(key): counts[row] for key, row in rows.items() if counts[row]})


def _per_row(executor: Executor, pairs: Documents, rows: int) -> list[int]:
    """Return how many documents each row has; a pair is the row times the number of all documents, and a document."""
    size = executor.shelf.size
    counts: list[int] = np.bincount(_once(pairs, rows * size) // max(1, size), minlength=rows).tolist()
    return counts


def _having(executor: Executor, documents: Documents, rows: dict[str, int]) -> tuple[Documents, Documents]:
    """Return a theme's row (a new one in ``rows`` for a new theme) and a document of ``documents`` that has it.

    A pair may come several times: an article has what its passages have.
    """
    wanted = np.zeros(executor.shelf.size, bool)
    wanted[documents] = True
    having = [_paired(own, rows) for own in executor.shelf.values(schema.THEME)]
    if executor.kind == "article":
        passages = executor.shelves.passages
        for themes, marked in (_paired(own, rows) for own in passages.values(schema.THEME)):
            links = executor.links[marked]
            kept = links >= 0 if passages.alive is None else (links >= 0) & passages.alive[marked]
            having.append((themes[kept], links[kept]))
    kept_of = [(themes[kept], own[kept]) for themes, own in having for kept in (wanted[own],)]
    if not kept_of:
        return NONE, NONE
    return np.concatenate([themes for themes, _ in kept_of]), np.concatenate([own for _, own in kept_of])


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
