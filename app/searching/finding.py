"""Finding: a query in the reader's words becomes articles or passages with excerpts, and counts to narrow it by."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from typing import Final

from app.errors import Conflict, InvalidInput
from app.library.holdings import Holdings
from app.library.naming import by_uid
from app.model import Collection
from app.progress import Progress
from app.search.completing import Vocabulary
from app.search.entries import ORDERS, Facets, Likeness, Names, Order
from app.search.execute import wanted_texts
from app.search.explaining import explain
from app.search.index import Index
from app.search.language import spans
from app.search.plan import Text
from app.search.reading import read
from app.search.schema import ATTRIBUTE
from app.searching.answers import Hits, Results
from app.searching.indexing import names, pending
from app.searching.memberships import Memberships
from app.searching.refusals import refused
from app.searching.respelling import LOOKED_AT, respelt
from app.searching.showing import Showing
from app.searching.vocabulary import vocabulary
from app.wording import Message

_NAMED: Final = 5_000  # ids looked up in one step


class Searching:
    """The searches of one library."""

    def __init__(self, holdings: Holdings, index: Index) -> None:
        """Search an open library."""
        self._holdings = holdings
        self._index = index

    def search(
        self,
        query: str,
        *,
        passages: bool = False,
        limit: int = 20,
        offset: int = 0,
        order: str = "relevance",
        reverse: bool = False,
        counted: bool = True,
        typing: bool = False,
    ) -> Results:
        """Answer a query with articles, or with passages, and their excerpts; ``counted``: with facets.

        ``reverse`` turns an order round, but not that by relevance. While ``typing`` the last word may be the beginning
        of another. Raises ``InvalidInput`` for an unknown order.
        """
        chosen = _order(order, reverse)
        started = time.perf_counter()
        with self._holdings.library.database.snapshot():
            known = self._names()
            answer = self._index.search(
                query,
                known,
                passages=passages,
                limit=limit,
                offset=offset,
                order=chosen,
                reverse=reverse,
                counted=counted,
                typing=typing,
            )
            showing = Showing(self._holdings, answer.asked)
            found = showing.passages(answer.hits) if passages else showing.articles(answer.hits)
            facets = _named_facets(answer.facets, known)
            better = self._respelt(query, answer.suggestion, known, passages=passages) if answer.suggestion else None
            waiting = sum(pending(self._holdings, self._index, kind) for kind in answer.kinds)
            lost = refused(self._holdings.library) if waiting else {}
        took = (time.perf_counter() - started) * 1000
        return Results(
            query,
            answer.explained,
            answer.total,
            tuple(found),
            facets,
            better,
            round(took, 3),
            waiting,
            sum(len(lost[kind]) for kind in answer.kinds if kind in lost),
        )

    def _respelt(self, query: str, better: str, known: Names, *, passages: bool) -> str:
        """Return a better spelling of a query with its words as the library writes them."""
        answer = self._index.search(better, known, passages=passages, limit=LOOKED_AT, counted=False)
        showing = Showing(self._holdings, answer.asked)
        return respelt(better, query, showing.passages(answer.hits) if passages else showing.articles(answer.hits))

    def facets(
        self, query: str, *, passages: bool = False, typing: bool = False
    ) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """Return how often each outlet, theme, month, state, language and attribute value stands in an answer.

        An attribute goes by ``attribute:`` and its name, a theme by its path ``A > B``.
        """
        with self._holdings.library.database.snapshot():
            known = self._names()
            return _named_facets(self._index.facets(query, known, passages=passages, typing=typing), known)

    def keys(self, query: str, *, passages: bool = False, order: str = "relevance", reverse: bool = False) -> list[int]:
        """Return the keys of all articles, or of all highlights, that a query finds, in order."""
        chosen = _order(order, reverse)
        with self._holdings.library.database.snapshot():
            return list(self._index.keys(query, self._names(), passages=passages, order=chosen, reverse=reverse))

    def ids(
        self,
        query: str,
        *,
        passages: bool = False,
        order: str = "relevance",
        reverse: bool = False,
        typing: bool = False,
    ) -> Generator[Progress, None, list[str]]:
        """Look up the ids of all articles, or of all highlights, that a query finds, in the order of ``search``.

        Yields progress between two of its short steps.
        """
        chosen, table = _order(order, reverse), "highlight" if passages else "article"
        database = self._holdings.library.database
        with database.snapshot():
            keys = self._index.keys(query, self._names(), passages, chosen, reverse=reverse, typing=typing)
        ids: dict[int, str] = {}
        for start in range(0, len(keys), _NAMED):
            part = keys[start : start + _NAMED]
            rows = database.rows(f"SELECT id, uid FROM {table} WHERE id IN ({','.join('?' * len(part))})", part)
            ids |= {row["id"]: str(row["uid"]) for row in rows}
            yield Progress(start + len(part), len(keys), "")
        return [ids[key] for key in keys if key in ids]

    def count(self, query: str, *, passages: bool = False, typing: bool = False) -> int:
        """Return how many articles, or highlights, a query finds."""
        with self._holdings.library.database.snapshot():
            return self._index.count(query, self._names(), passages=passages, typing=typing)

    def hits(self, query: str, article: int, *, typing: bool = False) -> Hits:
        """Return where the words of a query stand in one article, whether or not all of it answers."""
        with self._holdings.library.database.snapshot():
            positions = self._index.positions(query, self._names(), article, typing=typing)
            found = self._holdings.articles.by_keys([article]) if positions else []
            if not found:
                return Hits()
            text = self._holdings.bodies.texts([article]).get(article, "")
            title = found[0].metadata.title or ""
            return Hits(tuple(spans(text, positions.get("text", ()))), tuple(spans(title, positions.get("title", ()))))

    def words(self, query: str) -> tuple[tuple[Text, ...], Message]:
        """Return what a query looks for in the texts of articles, and the sentence that says how it was read."""
        with self._holdings.library.database.snapshot():
            reading = read(query, self._names())
        wanted = [text for text in wanted_texts(reading.plan) if text.field in {"", "text"}]
        asked = tuple(text for text in wanted if any(slot.text for slot in text.slots))
        return asked, explain(reading, query, passages=False)

    def vocabulary(self) -> Vocabulary:
        """Return what a query can name in this library, with counts, to complete what is typed."""
        with self._holdings.library.database.snapshot():
            return vocabulary(self._holdings, self._index, self._names())

    def members(self, collection: Collection) -> tuple[list[int], list[int]]:
        """Return the keys of the articles and highlights in a collection, by hand or by its query.

        A query finds articles; of passages only those that match it as passages.
        """
        if not collection.query:
            return self._holdings.collections.keys(collection)
        with self._holdings.library.database.snapshot():
            known = self._memberships().names(collection)
            articles = self._index.keys(collection.stored, known)
            return articles, self._index.keys(collection.stored, known, passages=True)

    def _memberships(self) -> Memberships:
        return Memberships(self._holdings, self._index, self._alike)

    def _names(self) -> Names:
        return names(self._holdings, self._index, self._memberships().of, self._alike)

    def _alike(self, given: str, passages: bool) -> Likeness | None:
        """Return what others may be like: the article or the highlight of an id, or of its beginning."""
        database = self._holdings.library.database
        try:
            row = by_uid(database, "article", given)
            marked = by_uid(database, "highlight", given) if row is None else None
        except Conflict:
            return None
        if marked is not None:
            quote, label = marked["quote"], " ".join(marked["quote"].split())
            words = self._index.telling(quote, passages, known=True)
            return Likeness(label, words, marked["article_id"], marked["id"])
        if row is None:
            return None
        text = "\n".join((row["title"] or "", self._holdings.bodies.texts([row["id"]]).get(row["id"], "")))
        return Likeness(row["title"] or "", self._index.telling(text, passages, known=not passages), row["id"])


def _named_facets(counted: Facets, known: Names) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return counts by the names of themes and attributes instead of their keys."""
    attributes = {f"{ATTRIBUTE}{key}": f"{ATTRIBUTE}{name}" for key, name in known.attributes.items()}
    facets: dict[str, tuple[tuple[str, int], ...]] = {}
    for name, counts in counted.items():
        if name == "theme":
            themes = ((known.themes.get(int(key)), n) for key, n in counts)
            facets[name] = tuple((" > ".join(path), n) for path, n in themes if path)
        else:
            facets[attributes.get(name, name)] = tuple((str(value), n) for value, n in counts)
    return facets


def _order(order: str, reverse: bool) -> Order:
    """Return a known order; raises ``InvalidInput``."""
    chosen = next((one for one in ORDERS if one == order), None)
    if chosen is None:
        raise InvalidInput("“{order}” is no order.", "Orders are: {orders}.", order=order, orders=", ".join(ORDERS))
    if reverse and chosen == "relevance":
        raise InvalidInput("What fits best comes first.", "Turn another order round: published, added or title.")
    return chosen
