"""Found documents in order. Ties always go by key, so the order never jumps."""

from __future__ import annotations

from typing import Final

import numpy as np

from app.search.entries import Order
from app.search.execute import Executor
from app.search.shelf import Documents, Found, Scores
from app.search.valued import Valued

_GROUP: Final = 64
_TIED: Final = 8


def ordered(
    executor: Executor,
    found: Found,
    order: Order,
    most: int | None = None,
    *,
    reverse: bool = False,
    values: Valued | None = None,
) -> Found:
    """Return ``found`` in order, or only its ``most`` first; ``values`` are those of the executor's articles, if known.

    By relevance the best first; by ``published`` and ``added`` the newest first and what is undated last; by title in
    the order of the alphabet with the untitled last. Passages go by their articles, and by when they were made.
    ``reverse`` turns these three round; what is undated or untitled stays last.
    """
    if not len(found.documents):
        return found
    if order == "relevance":
        return _best(executor, found, most)
    if order == "title":
        rank = _title_rank(executor, found.documents, values or Valued(executor.shelves.articles))
        known = rank > 0
    elif order == "added":
        rank = -executor.shelf.column("when")[found.documents]
        known = np.ones(len(rank), bool)
    else:
        rank = -_of_article(executor, "first", found.documents)
        known = rank < 0
    rank = np.where(known, -rank if reverse else rank, np.iinfo(np.int64).max)
    keys = executor.shelf.column("key")[found.documents]
    chosen = np.lexsort((keys, rank))[:most]
    return Found(found.documents[chosen], found.scores[chosen])


def _best(executor: Executor, found: Found, most: int | None) -> Found:
    """Order by score; when only some are wanted, sort only those that may be among them."""
    documents, scores = found
    if most is not None and 0 < most < len(documents):
        border = _border(scores, most)
        rows = (scores >= border).nonzero()[0]
        if len(rows) > _TIED * most:
            rows = _without_ties(scores, rows, executor.shelf.column("key").take(documents.take(rows)), most)
        documents, scores = documents.take(rows), scores.take(rows)
    if executor.shelf.is_sorted:
        chosen = (-scores).argsort(kind="stable")[:most]
    else:
        chosen = np.lexsort((executor.shelf.column("key").take(documents), -scores))[:most]
    return Found(documents.take(chosen), scores.take(chosen))


def _border(scores: Scores, most: int) -> float:
    """Return a score that at least ``most`` of ``scores`` reach, and of a usual spread not many more."""
    groups = len(scores) // _GROUP
    if groups < max(_GROUP, most):
        place = len(scores) - most
        own = scores.copy()
        own.partition(place)
        return float(own[place])
    # so many groups have a score that is no less than the border: their best
    best = np.maximum.reduce(scores[: groups * _GROUP].reshape(_GROUP, groups), axis=0)
    return float(np.partition(best, groups - most)[groups - most])


def _without_ties(scores: Scores, rows: Documents, keys: Documents, most: int) -> Documents:
    """Return which of ``rows`` can be among the first: of those with the border's score only the lowest keys."""
    own = scores.take(rows)
    place = len(own) - most
    border = np.partition(own, place)[place]
    above, level = (own > border).nonzero()[0], (own == border).nonzero()[0]
    missing = most - len(above)
    if missing < len(level):
        level = level[np.argpartition(keys.take(level), missing - 1)[:missing]]
    return rows.take(np.sort(np.concatenate((above, level))))


def _of_article(executor: Executor, name: str, documents: Documents) -> Documents:
    """Return a column of the articles of ``documents``, 0 where there is no article."""
    column = executor.shelves.articles.column(name).astype(np.int64)
    if executor.kind == "article":
        return column[documents]
    links = executor.links[documents]
    return np.where(links >= 0, np.append(column, 0)[links], 0)


def _title_rank(executor: Executor, documents: Documents, values: Valued) -> Documents:
    """Return a number for each document that orders it by the title of its article, 0 when that has none."""
    if executor.kind == "article":
        return values.titles.take(documents)
    # the last one is for passages whose article is not there
    return np.append(values.titles, 0).take(executor.links.take(documents))
