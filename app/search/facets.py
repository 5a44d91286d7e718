"""Counts of what was found, by outlet, theme, month, state, language and attribute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from app.search import schema
from app.search.distinct import distinct
from app.search.entries import Facets, Names
from app.search.execute import Executor
from app.search.shelf import Documents, Values
from app.search.valued import Counted, Valued, commonest_first

_DENSE: Final = 64
_KEYWORDS: Final = (
    ("outlet", schema.OUTLET),
    ("month", schema.MONTH),
    ("state", schema.STATE),
    ("language", schema.LANGUAGE),
)


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
    return commonest_first({int(key): counts[row] for key, row in rows.items() if counts[row]})


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
