"""Gathering passages from many articles: those of a theme, or the things in a collection, each with its context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.library.holdings import Holdings
from app.model import Article, Collection, Highlight, Interlude, Status
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


def gather(holdings: Holdings, keys: Sequence[int]) -> list[Passage]:
    """Return the passages with these keys, in that order."""
    return _passages(holdings, holdings.highlights.by_keys(keys))


def gather_items(holdings: Holdings, items: Sequence[str]) -> list[Passage]:
    """Return articles and passages by their ids, in that order; what is gone is passed over."""
    database = holdings.library.database
    highlights: dict[str, Highlight] = {}
    articles: dict[str, Article] = {}
    for start in range(0, len(items), 500):
        part = list(items[start : start + 500])
        slots = ",".join("?" * len(part))
        marks = database.rows(f"SELECT id FROM highlight WHERE uid IN ({slots})", part)
        whole = database.rows(f"SELECT id FROM article WHERE uid IN ({slots})", part)
        highlights |= {one.id: one for one in holdings.highlights.by_keys([row["id"] for row in marks])}
        articles |= {one.id: one for one in holdings.articles.by_keys([row["id"] for row in whole])}
    found = {one.highlight.id: one for one in _passages(holdings, list(highlights.values())) if one.highlight}
    found |= {uid: Passage(one, None, one.excerpt, (0, 0), 0) for uid, one in articles.items()}
    return [found[uid] for uid in items if uid in found]


def gather_sequence(holdings: Holdings, collection: Collection) -> list[Passage | Interlude]:
    """Return what a collection by hand holds as it is read, its headings and connecting texts too."""
    found: dict[str, Passage | Interlude] = {one.id: one for one in collection.interludes}
    for one in gather_items(holdings, collection.items):
        found[one.highlight.id if one.highlight else one.article.id] = one
    return [found[uid] for uid in collection.sequence if uid in found]


def _passages(holdings: Holdings, highlights: Sequence[Highlight]) -> list[Passage]:
    database = holdings.library.database
    ids = list(dict.fromkeys(highlight.article for highlight in highlights))
    articles: dict[str, Article] = {}
    texts: dict[str, str] = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        slots = ",".join("?" * len(part))
        keys = [row["id"] for row in database.rows(f"SELECT id FROM article WHERE uid IN ({slots})", part)]
        here = {article.key: article for article in holdings.articles.by_keys(keys)}
        articles |= {article.id: article for article in here.values()}
        texts |= {here[key].id: text for key, text in holdings.bodies.texts(keys).items()}
    return [
        _in_context(articles[one.article], one, texts.get(one.article, ""))
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
