"""Counts of what was found, by outlet, theme, month, state, language and attribute."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from app.search import schema
from app.search.entries import Facets
from app.search.execute import Executor
from app.search.shelf import Documents

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
    for value, documents in executor.shelves.articles.values(code):
        count = int(weights[documents].sum())
        if count:
            counts[value] = counts.get(value, 0) + count
    return _sorted(counts)


def _themes(executor: Executor, documents: Documents) -> tuple[tuple[str | int, int], ...]:
    """Return the themes, by key, with the number of found documents that have each."""
    wanted = np.zeros(executor.shelf.size, bool)
    wanted[documents] = True
    having: dict[str | int, list[Documents]] = {}
    for value, own in executor.shelf.values(schema.THEME):
        having.setdefault(int(value), []).append(own[wanted[own]])
    if executor.kind == "article":
        passages = executor.shelves.passages
        for value, own in passages.values(schema.THEME):
            live = own if passages.alive is None else own[passages.alive[own]]
            links = executor.links[live]
            links = links[links >= 0]
            having.setdefault(int(value), []).append(links[wanted[links]])
    counts = {key: len(np.unique(np.concatenate(parts))) for key, parts in having.items()}
    return _sorted({key: count for key, count in counts.items() if count})


def _sorted(counts: dict[str | int, int]) -> tuple[tuple[str | int, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
