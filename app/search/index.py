"""The door of search: change the index, ask it, check it, build it again. It lives behind the library's connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Final

import numpy as np

from app.errors import LibraryError
from app.search import execute, facets, liking, merging, segments, suggest, verifying
from app.search.entries import Answer, ArticleEntry, Entry, Facets, Hit, Names, Order, PassageEntry
from app.search.execute import Executor, Shelves
from app.search.explaining import explain
from app.search.ordering import ordered
from app.search.pages import damaged
from app.search.plan import Plan
from app.search.reading import Reading, read
from app.search.schema import KINDS, Kind
from app.search.shelf import Documents, Found, Shelf
from app.search.store import MEMORY, TABLES, Live, Store
from app.wording import Message

__all__ = ["TABLES", "Answer", "ArticleEntry", "Hit", "Index", "Names", "PassageEntry"]

_CHUNK: Final = 10_000


class Index:
    """The search index of a library. It belongs to the thread of its connection."""

    def __init__(self, connection: sqlite3.Connection, memory: int = MEMORY) -> None:
        """Work through ``connection``, keeping up to ``memory`` bytes of the index at hand."""
        self._store = Store(connection, memory)
        self._executors: dict[Kind, Executor] = {}

    def change(
        self,
        articles: Iterable[ArticleEntry] = (),
        passages: Iterable[PassageEntry] = (),
        gone_articles: Iterable[int] = (),
        gone_passages: Iterable[int] = (),
    ) -> None:
        """Index what is new or changed and let go of what is gone, inside the transaction that the caller holds open.

        Each kind that changed gets one new segment. An article's passages are not touched by its change or its going.
        """
        kinds: tuple[tuple[Kind, Iterable[Entry], Iterable[int]], ...] = (
            ("article", articles, gone_articles),
            ("passage", passages, gone_passages),
        )
        for kind, fresh, gone in kinds:
            entries = list(fresh)
            self._store.bury(kind, {*gone, *(entry.key for entry in entries)})
            for start in range(0, len(entries), _CHUNK):
                self._store.write(kind, segments.build(kind, entries[start : start + _CHUNK]))
            self.merge_if_many(kind)

    def merge_if_many(self, kind: Kind, most: int = merging.MOST) -> None:
        """Merge some segments of a kind when there are more than ``most``, inside the caller's transaction."""
        lives = self._store.live(kind)
        if len(lives) > most:
            sizes = self._store.sizes()
            self._merge(kind, merging.choose(lives, [sizes[live.segment.number] for live in lives]))

    def compact(self) -> None:
        """Write again every segment with something dead in it, so that nothing of what is gone stays in the file.

        For *erase for good*: inside the caller's transaction, before its ``VACUUM``.
        """
        for kind in KINDS:
            for live in self._store.live(kind):
                if len(live.dead):
                    self._merge(kind, [live])

    def _merge(self, kind: Kind, parts: Sequence[Live]) -> None:
        """Merge ``parts`` into one, all steps at once."""
        if not parts:
            return
        steps = merging.merge(parts)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                merging.replace(self._store, kind, parts, done.value)
                return

    def search(
        self,
        query: str,
        names: Names,
        *,
        passages: bool = False,
        limit: int = 20,
        offset: int = 0,
        order: Order = "relevance",
        reverse: bool = False,
        counted: bool = True,
        typing: bool = False,
    ) -> Answer:
        """Return what any ``query`` finds among articles, or among passages; raises ``LibraryError`` when damaged.

        Without ``counted`` the answer has no facets: who only turns a page does not wait for them. While ``typing`` the
        last word may be the beginning of another.
        """
        reading = read(query, names, passages, typing)
        with self._asking(passages) as executor:
            found = executor.find(reading.plan)
            page = ordered(executor, found, order, offset + limit, reverse=reverse)
            page = Found(page.documents[offset:], page.scores[offset:])
            counts = facets.facets(executor, found.documents, names) if counted else {}
            total = len(found.documents)
            little = total <= (0 if typing else suggest.LITTLE)
            return Answer(
                total=total,
                hits=_hits(executor, reading, page),
                facets=counts,
                explained=explain(reading, query, passages),
                suggestion=suggest.suggestion(executor, query, reading.plan) if little else None,
                asked=tuple(execute.wanted_texts(reading.plan)),
            )

    def keys(
        self,
        query: str,
        names: Names,
        passages: bool = False,
        order: Order = "relevance",
        *,
        reverse: bool = False,
    ) -> list[int]:
        """Return the keys of all articles (or passages) that ``query`` finds, in order."""
        reading = read(query, names, passages)
        with self._asking(passages) as executor:
            found = ordered(executor, executor.find(reading.plan), order, reverse=reverse)
            keys: list[int] = executor.shelf.column("key")[found.documents].tolist()
            return keys

    def count(self, query: str, names: Names, passages: bool = False, typing: bool = False) -> int:
        """Return how many articles (or passages) ``query`` finds."""
        reading = read(query, names, passages, typing)
        with self._asking(passages) as executor:
            return len(executor.find(reading.plan).documents)

    def counts(self, plans: Iterable[Plan]) -> list[int]:
        """Return how many articles each of these plans finds."""
        with self._asking(False) as executor:
            return [len(executor.find(plan).documents) for plan in plans]

    def facets(self, query: str, names: Names, passages: bool = False, typing: bool = False) -> Facets:
        """Return the counts of all that ``query`` finds, by facet."""
        reading = read(query, names, passages, typing)
        with self._asking(passages) as executor:
            return facets.facets(executor, executor.find(reading.plan).documents, names)

    def positions(
        self, query: str, names: Names, key: int, passages: bool = False, typing: bool = False
    ) -> Mapping[str, tuple[int, ...]]:
        """Return the ordinals of the words that answer ``query`` in one article or passage, by field.

        This marks the hits in an open article, whether or not the article as a whole answers the query.
        """
        reading = read(query, names, passages, typing)
        with self._asking(passages) as executor:
            documents = executor.shelf.with_keys(frozenset((key,)))
            return execute.positions(executor, reading.plan, documents)[0] if len(documents) else {}

    def telling(self, text: str, passages: bool = False, *, known: bool = True) -> tuple[str, ...]:
        """Return the words that tell ``text`` from other articles (or passages); ``known``: it is one of them."""
        with self._asking(passages) as executor:
            return liking.telling(executor.shelves, executor.kind, text, known=known)

    def check(self, articles: Iterable[ArticleEntry], passages: Iterable[PassageEntry]) -> list[Message]:
        """Compare the index with what the library holds, posting by posting; return a sentence for each difference."""
        found: list[Message] = []
        try:
            with self._asking(False) as executor:
                shelves = executor.shelves
                found += verifying.verify(shelves.articles, articles)
                found += verifying.verify(shelves.passages, passages)
        except LibraryError as error:
            found.append(Message(f"{error.template} {error.hint}", error.values))
        return found

    def rebuild(self, articles: Iterable[ArticleEntry], passages: Iterable[PassageEntry]) -> None:
        """Build the index anew from the library, inside the caller's transaction; no damage of the old one hinders."""
        self._store.clear()
        everything: tuple[tuple[Kind, Iterable[Entry]], ...] = (("article", articles), ("passage", passages))
        for kind, entries in everything:
            remaining = iter(entries)
            while chunk := list(islice(remaining, _CHUNK)):
                self._store.write(kind, segments.build(kind, chunk))
                self.merge_if_many(kind)

    @contextmanager
    def _asking(self, passages: bool) -> Iterator[Executor]:
        """Give an executor on the state of the file as it is now, the same throughout."""
        kind: Kind = "passage" if passages else "article"
        with self._store.reading():
            lives = {each: self._store.live(each) for each in KINDS}
            stamp = [tuple(live.version for live in lives[each]) for each in KINDS]
            known = self._executors.get(kind)
            if known is None or [known.shelves.of(each).stamp for each in KINDS] != stamp:
                known = self._executors[kind] = Executor(self._shelves(lives), kind)
            try:
                yield known
            except (IndexError, UnicodeDecodeError) as error:
                # numbers that lead out of their arrays pass every checksum when a foreign hand wrote them
                raise damaged() from error

    def _shelves(self, lives: Mapping[Kind, tuple[Live, ...]]) -> Shelves:
        """Return the shelves of these segments, sharing those that another view has already."""
        made: dict[Kind, Shelf] = {}
        for kind, own in lives.items():
            stamp = tuple(live.version for live in own)
            known = (executor.shelves.of(kind) for executor in self._executors.values())
            made[kind] = next((shelf for shelf in known if shelf.stamp == stamp), None) or Shelf(kind, own)
        return Shelves(made["article"], made["passage"])


def _hits(executor: Executor, reading: Reading, page: Found) -> tuple[Hit, ...]:
    """Return one page of hits with the places of their words."""
    places = execute.positions(executor, reading.plan, page.documents, all_patterns=False)
    keys, articles = (_of(executor, name, page.documents) for name in ("key", "article"))
    rows = zip(keys, articles, page.scores.tolist(), places, strict=True)
    return tuple(Hit(key, article, score, place) for key, article, score, place in rows)


def _of(executor: Executor, name: str, documents: Documents) -> list[int]:
    found: list[int] = executor.shelf.column(name)[documents].astype(np.int64).tolist()
    return found
