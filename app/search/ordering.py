"""Found documents in order. Ties always go by key, so the order never jumps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.search.entries import Order
from app.search.execute import Executor
from app.search.shelf import Documents, Found


def ordered(executor: Executor, found: Found, order: Order, most: int | None = None, *, reverse: bool = False) -> Found:
    """Return ``found`` in order, or only its ``most`` first.

    By relevance the best first; by ``published`` and ``added`` the newest first and what is undated last; by title in
    the order of the alphabet with the untitled last. Passages go by their articles, and by when they were made.
    ``reverse`` turns these three round; what is undated or untitled stays last.
    """
    if not len(found.documents):
        return found
    if order == "relevance":
        return _best(executor, found, most)
    if order == "title":
        rank, known = _title_rank(executor, found.documents)
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
        border = np.partition(scores, len(scores) - most)[len(scores) - most]
        above = np.flatnonzero(scores > border)
        level = np.flatnonzero(scores == border)
        missing = most - len(above)
        keys = executor.shelf.column("key")[documents[level]]
        if missing < len(level):
            level = level[np.argpartition(keys, missing - 1)[:missing]]
        chosen = np.concatenate((above, level))
        documents, scores = documents[chosen], scores[chosen]
    chosen = np.lexsort((executor.shelf.column("key")[documents], -scores))[:most]
    return Found(documents[chosen], scores[chosen])


def _of_article(executor: Executor, name: str, documents: Documents) -> Documents:
    """Return a column of the articles of ``documents``, 0 where there is no article."""
    column = executor.shelves.articles.column(name).astype(np.int64)
    if executor.kind == "article":
        return column[documents]
    links = executor.links[documents]
    return np.where(links >= 0, np.append(column, 0)[links], 0)


def _title_rank(executor: Executor, documents: Documents) -> tuple[Documents, NDArray[np.bool_]]:
    """Return a number for each document that orders it by the title of its article, and whether that has one."""
    titles: list[bytes] = []
    for live in executor.shelves.articles.lives:
        titles += live.segment.column("titles").tobytes().split(b"\n")[:-1]
    titles.append(b"")
    places = documents if executor.kind == "article" else executor.links[documents]
    own = [titles[place] for place in places.tolist()]
    rank = {title: number for number, title in enumerate(sorted(set(own)))}
    return np.array([rank[title] for title in own], np.int64), np.array([bool(title) for title in own])
