"""Keeping the index in step with the library: what is searched of it, what names mean, what is still to be indexed."""

from __future__ import annotations

import time
from collections.abc import Container, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import repeat
from types import MappingProxyType
from typing import Final

from app.changes import Changes
from app.library.holdings import Holdings
from app.model import Article, Highlight, Published, Status
from app.progress import Progress
from app.search.damage import Damage, damages
from app.search.entries import Alikes, ArticleEntry, Entry, Members, Names, PassageEntry, no_likeness
from app.search.index import Index
from app.search.mending import Mended, Source
from app.search.schema import KINDS, Kind
from app.search.store import Written
from app.searching.detailing import sorted_out
from app.searching.refusals import Refusals, refused, remember
from app.wording import Message

PART = 200
PAUSE = 32  # moments in between that pass before it is looked again whether there is something to merge
MOMENT = 0.002  # seconds

TABLES: Final[Mapping[Kind, str]] = MappingProxyType({"article": "article", "passage": "highlight"})


def follow(holdings: Holdings, index: Index, changes: Changes) -> None:
    """Index what a deed touched, inside its transaction."""
    articles = list(article_entries(holdings, sorted(changes.articles)))
    passages = list(passage_entries(holdings, sorted(changes.highlights)))
    gone_articles = changes.articles - {entry.key for entry in articles}
    gone_passages = changes.highlights - {entry.key for entry in passages}
    if articles or passages or gone_articles or gone_passages:
        known = refused(holdings.library)
        index.recall(known)
        index.change(articles, passages, sorted(gone_articles), sorted(gone_passages))
        if index.failed() != known:
            remember(holdings.library, index.failed())


def article_entries(holdings: Holdings, keys: Iterable[int] | None = None) -> Iterator[ArticleEntry]:
    """Yield what is searched of articles, of all when no keys are given; keys that are gone are passed over."""
    wanted = sorted(holdings.articles.keys()) if keys is None else list(keys)
    if not wanted:
        return
    themes = holdings.themes.keys()
    attributes = {attribute.name: attribute.key for attribute in holdings.attributes.all()}
    for start in range(0, len(wanted), PART):
        for article in holdings.articles.by_keys(wanted[start : start + PART]):
            yield _article_entry(holdings, article, themes, attributes)


def _article_entry(
    holdings: Holdings, article: Article, themes: dict[str, int], attributes: dict[str, int]
) -> ArticleEntry:
    metadata = article.metadata
    lines = sorted_out(article.details)
    text, left_out = holdings.bodies.searched(article.key)
    return ArticleEntry(
        key=article.key,
        title=metadata.title or "",
        text=text,
        byline=metadata.byline or "",
        outlet=metadata.outlet or "",
        section=metadata.section or "",
        left_out="\n".join(left_out),
        note=article.note,
        details=lines.details.text,
        imprint=lines.imprint.text,
        address=metadata.address or "",
        language=metadata.language,
        state=article.state.value,
        published=_days(metadata.published),
        added=article.added,
        words=article.words,
        themes=tuple(themes[theme] for theme in article.themes if theme in themes),
        attributes={attributes[name]: value for name, value in article.attributes.items()},
    )


def passage_entries(holdings: Holdings, keys: Iterable[int] | None = None) -> Iterator[PassageEntry]:
    """Yield what is searched of highlights, of all when no keys are given; keys that are gone are passed over."""
    if keys is None:
        keys = [row["id"] for row in holdings.library.database.rows("SELECT id FROM highlight ORDER BY id")]
    wanted = list(keys)
    if not wanted:
        return
    themes = holdings.themes.keys()
    for start in range(0, len(wanted), PART):
        part = holdings.highlights.by_keys(wanted[start : start + PART])
        articles = _articles(holdings, part)
        for highlight in part:
            yield PassageEntry(
                key=highlight.key,
                article=articles[highlight.article][0],
                language=articles[highlight.article][1],
                quote=highlight.quote,
                note=highlight.note,
                themes=tuple(themes[theme] for theme in highlight.themes if theme in themes),
                orphan=highlight.status is Status.ORPHAN,
                created=highlight.created,
                start=highlight.start,
            )


def _articles(holdings: Holdings, highlights: list[Highlight]) -> dict[str, tuple[int, str | None]]:
    """Return key and language of the articles of highlights, by their ids."""
    ids = sorted({highlight.article for highlight in highlights})
    slots = ",".join("?" * len(ids))
    rows = holdings.library.database.rows(f"SELECT id, uid, language FROM article WHERE uid IN ({slots})", ids)
    return {row["uid"]: (row["id"], row["language"]) for row in rows}


def _days(published: Published | None) -> tuple[int, int] | None:
    if published is None:
        return None
    return published.day.toordinal(), published.last_day().toordinal()


def names(holdings: Holdings, index: Index, members: Members, alike: Alikes = no_likeness) -> Names:
    """Return what the names in a query mean now.

    ``members`` answers for a collection by its name or id, ``alike`` for an article or highlight by its id.
    """
    themes, attributes = holdings.themes.paths(), holdings.attributes.all()
    return Names(
        themes={key: path for key, _, path in themes},
        attributes={attribute.key: attribute.name for attribute in attributes},
        members=members,
        theme_ids={id_: key for key, id_, _ in themes},
        attribute_ids={attribute.id: attribute.key for attribute in attributes},
        collections=holdings.collections.names(),
        alike=alike,
        today=date.today(),
        attribute_kinds={attribute.key: attribute.kind for attribute in attributes},
        stands=index.stands,
    )


@dataclass(frozen=True, slots=True)
class Unindexed:
    """An article, or the article of a passage, that could not be indexed, and why. ``id`` is the article's."""

    id: str
    title: str
    reason: Message
    passage: bool = False


@dataclass(frozen=True, slots=True)
class IndexState:
    """What the index holds of the library. ``segments`` are the parts it is made of, those too that cannot be read."""

    articles: int
    indexed_articles: int
    passages: int
    indexed_passages: int
    failed: tuple[Unindexed, ...]
    segments: tuple[Written, ...]

    @property
    def pending(self) -> int:
        """Return how many articles and passages wait to be indexed; those that could not be are not among them."""
        missing = self.articles - self.indexed_articles + self.passages - self.indexed_passages
        return max(0, missing - len(self.failed))

    @property
    def damages(self) -> tuple[Damage, ...]:
        """Return what of the index cannot be read, by the reason."""
        return damages(self.segments)

    @property
    def size(self) -> int:
        """Return how many bytes the index takes."""
        return sum(one.size for one in self.segments)


def state(holdings: Holdings, index: Index) -> IndexState:
    """Return what the index holds of the library now."""
    with holdings.library.database.snapshot():
        counts, held = _counts(holdings), index.held()
        known = refused(holdings.library)
        failed = tuple(_unindexed(holdings, kind, key, why) for kind in KINDS for key, why in known[kind].items())
        return IndexState(
            counts["article"], held["article"], counts["passage"], held["passage"], failed, index.written()
        )


def _unindexed(holdings: Holdings, kind: Kind, key: int, why: Message) -> Unindexed:
    owner = "SELECT id, uid, title FROM article WHERE id="
    select = owner + ("?" if kind == "article" else "(SELECT article_id FROM highlight WHERE id=?)")
    row = holdings.library.database.row(select, (key,))
    return (
        Unindexed(str(row["uid"]), str(row["title"] or ""), why, kind == "passage") if row else Unindexed("", "", why)
    )


def _counts(holdings: Holdings) -> dict[Kind, int]:
    return {kind: _count(holdings, kind) for kind in KINDS}


def _count(holdings: Holdings, kind: Kind) -> int:
    return int(holdings.library.database.value(f'SELECT count(*) FROM "{TABLES[kind]}"'))


def pending(holdings: Holdings, index: Index, kind: Kind) -> int:
    """Return how many articles, or passages, of the library cannot be found, those too that cannot be indexed."""
    return max(0, _count(holdings, kind) - index.held()[kind])


def is_amiss(holdings: Holdings, index: Index) -> bool:
    """Tell whether the index holds more or fewer documents than the library, but for those that cannot be indexed."""
    counts, held, failed = _counts(holdings), index.held(), refused(holdings.library)
    return any(counts[kind] - len(failed[kind]) != held[kind] for kind in KINDS)


def mend(holdings: Holdings, index: Index, *, again: bool = False) -> Generator[Progress, None, Mended]:
    """Index what is missing, in short steps, each a transaction; what is broken off can be gone on with.

    ``again``: what could not be indexed is tried once more.
    """
    library = holdings.library
    known: Refusals = {kind: {} for kind in KINDS} if again else refused(library)
    source = Source(lambda kind: _keys(holdings, kind, known[kind]), partial(_entries, holdings))
    mended = yield from index.mend(library.database.transaction, source)
    with library.database.transaction():
        before = refused(library)
        now = mended.failed if again else {kind: {**before[kind], **mended.failed[kind]} for kind in KINDS}
        now = {kind: _still_there(holdings, kind, own) for kind, own in now.items()}
        if now != before:
            remember(library, now)
    return mended


def rebuild(holdings: Holdings, index: Index) -> Generator[Progress, None, Mended]:
    """Make the index anew, in short steps; meanwhile what is in it already is found."""
    with holdings.library.database.transaction():
        index.clear()
    mended = yield from mend(holdings, index, again=True)
    yield from tend(holdings, index)
    return mended


def tend(holdings: Holdings, index: Index) -> Generator[Progress, None, None]:
    """Merge what is worth it, in short steps, for when nobody waits."""
    for _ in index.tend(holdings.library.database.transaction):
        yield Progress(0, 0, "")


def tend_meanwhile(holdings: Holdings, index: Index) -> Generator[None, None, None]:
    """Merge, without end, what many deeds in a row leave behind: for a moment at a time, between two of them.

    So it is done before there is so much that a deed has to do it at once.
    """
    while True:
        began = time.monotonic()
        for _ in index.tend(holdings.library.database.transaction, busy=True):
            if time.monotonic() - began > MOMENT:
                yield
                began = time.monotonic()
        yield from repeat(None, PAUSE)


def _still_there(holdings: Holdings, kind: Kind, refusals: Mapping[int, Message]) -> dict[int, Message]:
    """Return the refusals of documents that the library has."""
    there = set(_keys(holdings, kind, ())) if refusals else set()
    return {key: why for key, why in refusals.items() if key in there}


def _keys(holdings: Holdings, kind: Kind, but: Container[int]) -> list[int]:
    rows = holdings.library.database.rows(f'SELECT id FROM "{TABLES[kind]}" ORDER BY id')
    return [row["id"] for row in rows if row["id"] not in but]


def _entries(holdings: Holdings, kind: Kind, keys: Sequence[int]) -> Iterable[Entry]:
    return article_entries(holdings, keys) if kind == "article" else passage_entries(holdings, keys)
