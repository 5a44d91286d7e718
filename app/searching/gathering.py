"""Gathering passages from many articles, each with its context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.library.holdings import Holdings
from app.library.naming import Ref, keys_by_uid
from app.model import Article, Highlight, Status
from app.text.ranges import Span
from app.text.sentences import sentences

CONTEXT = 400


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage on a board, or (without ``highlight``) a whole article in a collection.

    ``context`` is the block it stands in, cut to whole sentences when it is long, and ``span`` the passage in it.
    ``paragraph`` is the number (from 1) of its block, 0 when that is not known.
    """

    article: Article
    highlight: Highlight | None
    context: str
    span: Span
    paragraph: int


def gather(holdings: Holdings, wanted: Sequence[Ref]) -> dict[Ref, Passage]:
    """Return articles and highlights, the latter each with its context; what is gone is left out."""
    highlights = holdings.highlights.by_keys([key for table, key in wanted if table == "highlight"])
    articles = holdings.articles.by_keys([key for table, key in wanted if table == "article"])
    found: dict[Ref, Passage] = {("article", one.key): Passage(one, None, one.excerpt, (0, 0), 0) for one in articles}
    for one in _passages(holdings, highlights):
        if one.highlight is not None:
            found["highlight", one.highlight.key] = one
    return found


def _passages(holdings: Holdings, highlights: Sequence[Highlight]) -> list[Passage]:
    ids = list(dict.fromkeys(highlight.article for highlight in highlights))
    keys = keys_by_uid(holdings.library.database, "article", ids)
    articles = {article.id: article for article in holdings.articles.by_keys(list(keys.values()))}
    texts = holdings.bodies.texts(list(keys.values()))
    return [
        _in_context(articles[one.article], one, texts.get(keys[one.article], ""))
        for one in highlights
        if one.article in articles
    ]


def _in_context(article: Article, highlight: Highlight, text: str) -> Passage:
    start, end = highlight.start, highlight.end
    if highlight.status is Status.ORPHAN or text[start:end] != highlight.quote:
        return Passage(article, highlight, highlight.quote, (0, len(highlight.quote)), 0)
    first, last = surroundings(text, (start, end))
    return Passage(article, highlight, text[first:last], (start - first, end - first), text.count("\n", 0, start) + 1)


def surroundings(text: str, span: Span) -> Span:
    """Return where the context of a passage begins and ends: its block, cut to whole sentences when it is long."""
    start, end = span
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if start - first > CONTEXT:
        first = _sentence_start(text, first, start)
    if last - end > CONTEXT:
        last = _sentence_end(text, end, last)
    return first, last


def _sentence_start(text: str, first: int, start: int) -> int:
    starts = [first + span[0] for span in sentences(text[first:start]) if first + span[0] >= start - CONTEXT]
    return starts[0] if starts else max(first, start - CONTEXT)


def _sentence_end(text: str, end: int, last: int) -> int:
    ends = [end + span[1] for span in sentences(text[end:last]) if span[1] <= CONTEXT]
    return ends[-1] if ends else min(last, end + CONTEXT)
