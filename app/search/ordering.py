"""Found documents in order. Ties always go by key, so the order never jumps."""

from __future__ import annotations

from typing import Final

import numpy as np

from app.search.entries import Order
from app.search.execute import Executor
from app.search.parts import scored
from app.search.shelf import Documents, Found, Leaf, Part, Scores
from app.search.valued import Valued

_GROUP: Final = 64
_MANY: Final = 64
"""Of so many times as many as are wanted most are left out before they are sorted."""

_CHAMPIONS: Final = 64
"""So many of the best documents of a word are remembered."""

_ABOVE: Final = np.array(-1 << 32, np.int64)
_BELOW: Final = np.array(0xFFFFFFFF, np.int64)
_HALF: Final = np.array(32, np.int64)
"""For the top and the bottom half of a number. As arrays they are reckoned with at half the cost of numbers."""


def ordered(
    executor: Executor,
    found: Part,
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
    if order == "relevance":
        return _champions(executor, found, most) if isinstance(found, Leaf) else _best(executor, found, most)
    if not len(found.documents):
        return scored(found)
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


def _champions(executor: Executor, found: Leaf, most: int | None) -> Found:
    """Return the best of a lone word, which are remembered with it (champion lists, Manning et al. 2008, 7.1.3)."""
    if most is None or most > _CHAMPIONS:
        return _best(executor, scored(found), most)
    if found.champions is None:
        found.champions = _best(executor, scored(found), _CHAMPIONS)
    documents, scores = found.champions
    return Found(documents[:most], scores[:most])


def _best(executor: Executor, found: Found, most: int | None) -> Found:
    """Order by score; when only some are wanted, sort only those that may be among them."""
    documents, scores = found
    if len(documents) < 2:
        return Found(documents[:most], scores[:most])
    if most is not None and len(documents) >= _MANY * most > 0:
        rows = (scores >= _border(scores, most)).nonzero()[0]
        documents, scores = documents.take(rows), scores.take(rows)
    if not executor.shelf.is_sorted:
        chosen = np.lexsort((executor.shelf.column("key").take(documents), -scores))[:most]
    elif most is not None and 0 < most < len(documents):
        return _first(documents, scores, most)
    else:
        chosen = (-scores).argsort(kind="stable")[:most]
    return Found(documents.take(chosen), scores.take(chosen))


def _first(documents: Documents, scores: Scores, most: int) -> Found:
    """Return the ``most`` best, those of one score by their documents.

    The bits of scores ascend as these do, since none is negative. So one number holds all that the order goes by: the
    score above, the document below.
    """
    both = scores.view(np.int32).astype(np.int64)
    both *= _ABOVE
    both += documents
    both.partition(most - 1)
    both = both[:most]
    both.sort()
    documents = both & _BELOW
    return Found(documents, ((documents - both) >> _HALF).astype(np.int32).view(np.float32))


def _border(scores: Scores, most: int) -> float:
    """Return a score that at least ``most`` of very many reach, and of a usual spread not many more."""
    groups = len(scores) // _GROUP
    # so many groups have a score that is no less than the border: their best
    best = np.maximum.reduce(scores[: groups * _GROUP].reshape(_GROUP, groups), axis=0)
    best.partition(groups - most)
    return float(best[groups - most])


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
