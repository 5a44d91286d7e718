"""Finding: a query in the reader's words becomes articles or passages with excerpts, and counts to narrow it by."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from app.errors import InvalidInput
from app.indexing import names, pending
from app.library.holdings import Holdings
from app.model import Article, Collection, Found, Results
from app.search.entries import ORDERS, Facets, Hit, Names
from app.search.index import Index
from app.search.language import spans
from app.search.schema import ATTRIBUTE
from app.text.excerpts import Excerpt, excerpt, head
from app.text.ranges import Span

EXCERPT = 240
DEEPEST = 5


class Searching:
    """The searches of one library."""

    def __init__(self, holdings: Holdings, index: Index) -> None:
        """Search an open library."""
        self._holdings = holdings
        self._index = index
        self._depth = 0

    def search(
        self,
        query: str,
        *,
        passages: bool = False,
        limit: int = 20,
        offset: int = 0,
        order: str = "relevance",
        counted: bool = True,
    ) -> Results:
        """Answer a query with articles, or with passages, and their excerpts; ``counted``: with facets."""
        chosen = next((one for one in ORDERS if one == order), None)
        if chosen is None:
            raise InvalidInput("“{order}” is no order.", "Orders are: {orders}.", order=order, orders=", ".join(ORDERS))
        started = time.perf_counter()
        with self._holdings.library.database.snapshot():
            answer = self._index.search(
                query, self._names(), passages=passages, limit=limit, offset=offset, order=chosen, counted=counted
            )
            found = self._passages(answer.hits) if passages else self._articles(answer.hits)
            facets = self._facets(answer.facets)
            waiting = pending(self._holdings, self._index, "passage" if passages else "article")
        took = (time.perf_counter() - started) * 1000
        return Results(
            query, answer.explained, answer.total, tuple(found), facets, answer.suggestion, round(took, 3), waiting
        )

    def facets(self, query: str, *, passages: bool = False) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """Return how often each outlet, theme, month, state, language and attribute value stands in an answer."""
        with self._holdings.library.database.snapshot():
            return self._facets(self._index.facets(query, self._names(), passages=passages))

    def keys(self, query: str, *, passages: bool = False) -> list[int]:
        """Return the keys of all articles, or of all highlights, that a query finds, in order."""
        with self._holdings.library.database.snapshot():
            return list(self._index.keys(query, self._names(), passages=passages))

    def count(self, query: str, *, passages: bool = False) -> int:
        """Return how many articles, or highlights, a query finds."""
        with self._holdings.library.database.snapshot():
            return self._index.count(query, self._names(), passages=passages)

    def spans(self, query: str, article: int) -> tuple[Span, ...]:
        """Return where the words of a query stand in the text of one article, whether or not all of it answers."""
        with self._holdings.library.database.snapshot():
            positions = self._index.positions(query, self._names(), article).get("text")
            text = self._holdings.bodies.texts([article]).get(article, "")
            return tuple(spans(text, positions)) if positions else ()

    def members(self, collection: Collection) -> tuple[list[int], list[int]]:
        """Return the keys of the articles and highlights in a collection, by hand or by its query.

        A query finds articles; of passages only those that match it as passages.
        """
        if not collection.query:
            return self._holdings.collections.keys(collection)
        if self._depth >= DEEPEST:
            return [], []
        self._depth += 1
        try:
            return self.keys(collection.query), self.keys(collection.query, passages=True)
        finally:
            self._depth -= 1

    def _names(self) -> Names:
        return names(self._holdings, self._named)

    def _named(self, name: str) -> tuple[frozenset[int], frozenset[int]] | None:
        collection = self._holdings.collections.seek(name)
        if collection is None:
            return None
        articles, highlights = self.members(collection)
        return frozenset(articles), frozenset(highlights)

    def _articles(self, hits: Sequence[Hit]) -> list[Found]:
        articles = {article.key: article for article in self._holdings.articles.by_keys([hit.key for hit in hits])}
        texts = self._holdings.bodies.texts(list(articles))
        found = []
        for hit in hits:
            article = articles.get(hit.key)
            if article is None:
                continue
            shown = _shown(hit, self._fields(article, texts.get(hit.key, "")))
            found.append(Found(article, hit.score, shown.text, shown.spans))
        return found

    def _fields(self, article: Article, text: str) -> dict[str, str]:
        """Return the texts of an article in which a hit can stand, the most telling first."""
        metadata = article.metadata
        return {
            "text": text,
            "title": metadata.title or "",
            "byline": metadata.byline or "",
            "outlet": metadata.outlet or "",
            "section": metadata.section or "",
            "note": article.note,
        }

    def _passages(self, hits: Sequence[Hit]) -> list[Found]:
        highlights = {one.key: one for one in self._holdings.highlights.by_keys([hit.key for hit in hits])}
        articles = {one.key: one for one in self._holdings.articles.by_keys(sorted({hit.article for hit in hits}))}
        found = []
        for hit in hits:
            highlight, article = highlights.get(hit.key), articles.get(hit.article)
            if highlight is None or article is None:
                continue
            shown = _shown(hit, {"quote": highlight.quote, "note": highlight.note})
            found.append(Found(article, hit.score, shown.text, shown.spans, highlight))
        return found

    def _facets(self, counted: Facets) -> dict[str, tuple[tuple[str, int], ...]]:
        themes = {theme.key: " > ".join(theme.path) for theme in self._holdings.themes.tree()}
        attributes = {f"{ATTRIBUTE}{one.key}": one.name for one in self._holdings.attributes.all()}
        facets: dict[str, tuple[tuple[str, int], ...]] = {}
        for name, counts in counted.items():
            if name == "theme":
                facets[name] = tuple((themes[int(key)], n) for key, n in counts if int(key) in themes)
            else:
                facets[attributes.get(name, name)] = tuple((str(value), n) for value, n in counts)
        return facets


def _shown(hit: Hit, fields: Mapping[str, str]) -> Excerpt:
    """Return the excerpt of the first field in which words of the query stand; the beginning when none has any."""
    for name, text in fields.items():
        positions = hit.positions.get(name)
        if positions:
            return excerpt(text, spans(text, positions), EXCERPT)
    return head(next(iter(fields.values())), EXCERPT)
