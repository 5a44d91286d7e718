"""The door of search: change the index, ask it, check it, mend it. It lives behind the library's connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from types import MappingProxyType
from typing import Concatenate, Final, ParamSpec, TypeVar

import numpy as np

from app.progress import Progress
from app.search import choosing, execute, facets, liking, mending, suggest, tending, verifying
from app.search.choosing import LIMITS, Limits
from app.search.damage import damages
from app.search.entries import Answer, ArticleEntry, Entry, Facets, Hit, Names, Order, PassageEntry
from app.search.execute import Executor, Shelves
from app.search.explaining import explain
from app.search.fields import TEXT_LABELS
from app.search.mending import Failures, Mended, Source
from app.search.ordering import ordered
from app.search.pages import SegmentDamaged, SetAside
from app.search.plan import Plan, Text
from app.search.reading import Reading, read
from app.search.schema import KINDS, Kind
from app.search.shelf import Documents, Found, Shelf
from app.search.slots import slots_of
from app.search.store import MEMORY, TABLES, Store, Written
from app.search.tending import Transaction
from app.search.touching import touched
from app.search.valued import Valued
from app.search.verifying import is_sound
from app.search.written import Live
from app.wording import Message

__all__ = ["TABLES", "Answer", "ArticleEntry", "Hit", "Index", "Names", "PassageEntry"]

_CHUNK: Final = 50_000

SUSPICIOUS: Final = (SegmentDamaged, IndexError, ValueError, OverflowError, MemoryError)
"""What reading a segment may raise that is not as it was written, or was written by a foreign hand."""

Asked = ParamSpec("Asked")
Answered = TypeVar("Answered")


def undeterred(
    question: Callable[Concatenate[Index, Asked], Answered], /
) -> Callable[Concatenate[Index, Asked], Answered]:
    """Make a question that is asked again, without the segment that could not be read, until it is answered."""

    @wraps(question)
    def asked(index: Index, /, *arguments: Asked.args, **options: Asked.kwargs) -> Answered:
        while True:
            try:
                return question(index, *arguments, **options)
            except SetAside:
                continue

    return asked


class Index:
    """The search index of a library. It belongs to the thread of its connection."""

    def __init__(self, connection: sqlite3.Connection, memory: int = MEMORY, limits: Limits = LIMITS) -> None:
        """Work through ``connection``; keep up to ``memory`` bytes of the index, and merge within ``limits``."""
        self._store = Store(connection, memory, limits)
        self._executors: dict[Kind, Executor] = {}
        self._values: Valued | None = None
        self._failed: Failures = {kind: {} for kind in KINDS}

    def change(
        self,
        articles: Iterable[ArticleEntry] = (),
        passages: Iterable[PassageEntry] = (),
        gone_articles: Iterable[int] = (),
        gone_passages: Iterable[int] = (),
    ) -> None:
        """Index what is new or changed and let go of what is gone, inside the transaction that the caller holds open.

        Each kind that changed gets one new segment. An article's passages are not touched by its change or its going.
        Nothing that is wrong with the index or with one of the entries hinders the others: that waits to be mended.
        """
        kinds: tuple[tuple[Kind, Iterable[Entry], Iterable[int]], ...] = (
            ("article", articles, gone_articles),
            ("passage", passages, gone_passages),
        )
        for kind, fresh, gone in kinds:
            entries = list(fresh)
            keys = {*gone, *(entry.key for entry in entries)}
            self._store.bury(kind, keys)
            for key in keys:
                self._failed[kind].pop(key, None)
            for start in range(0, len(entries), _CHUNK):
                columns, failed = mending.build(kind, entries[start : start + _CHUNK])
                self._store.write(kind, columns)
                self._failed[kind] |= failed
            if keys:
                self.merge_if_many(kind)

    def merge_if_many(self, kind: Kind) -> None:
        """Merge some small segments of a kind when there are too many, inside the caller's transaction.

        It is a short step: what is large waits for :meth:`tend`.
        """
        lives, sizes = self._store.live(kind), self._store.sizes()
        parts = choosing.at_once(lives, [sizes[live.segment.number] for live in lives], self._store.limits)
        if parts and self._merge(parts):
            self._store.delete_pages([part.segment.number for part in parts])

    def compact(self) -> None:
        """Write again every segment with something dead in it, so that nothing of what is gone stays in the file.

        For *erase for good*: inside the caller's transaction, before its ``VACUUM``.
        """
        for kind in KINDS:
            for live in self._store.live(kind):
                if len(live.dead):
                    self._merge([live])
        self._store.retire_broken()
        self._store.sweep()

    def _merge(self, parts: Sequence[Live]) -> bool:
        """Merge ``parts`` into one, all steps at once, and tell whether that went well.

        Those that cannot be read are taken away.
        """
        try:
            return tending.merge_at_once(self._store, parts)
        except SUSPICIOUS as error:
            if not self._suspect(error):
                raise
            self._store.retire_broken()
            return False

    def tend(self, transaction: Transaction, *, busy: bool = False) -> Generator[None, None, None]:
        """Merge what is worth it and sweep, in steps of less than 50 ms, for when nobody waits, or is ``busy``."""
        try:
            yield from tending.tend(self._store, transaction, busy=busy)
        except SUSPICIOUS as error:
            if not self._suspect(error):
                raise

    def mend(self, transaction: Transaction, source: Source) -> Generator[Progress, None, Mended]:
        """Index what segments lack of the library, in steps of less than 50 ms, while all else is found."""
        while True:
            try:
                mended = yield from mending.mend(self._store, transaction, source)
            except SUSPICIOUS as error:
                if not self._suspect(error):
                    raise
            else:
                self._failed = {kind: dict(mended.failed[kind]) for kind in KINDS}
                return mended

    def is_untidy(self) -> bool:
        """Tell whether there is something to merge, to sweep or to take away."""
        with self._store.reading():
            store = self._store
            return any(one.broken for one in store.written()) or bool(tending.due(store)) or store.has_spare()

    def held(self) -> dict[Kind, int]:
        """Return how many documents of each kind can be found."""
        with self._store.reading():
            return {kind: sum(live.count for live in lives) for kind, lives in self._store.lives().items()}

    def written(self) -> tuple[Written, ...]:
        """Return what each segment is, those too that cannot be read."""
        with self._store.reading():
            return self._store.written()

    def failed(self) -> Mapping[Kind, Mapping[int, Message]]:
        """Return which documents could not be indexed when that was tried last, and why."""
        return self._failed

    def recall(self, failed: Mapping[Kind, Mapping[int, Message]]) -> None:
        """Take over which documents could not be indexed, from whoever remembers it longer."""
        self._failed = {kind: dict(failed[kind]) for kind in KINDS}

    def clear(self) -> None:
        """Take everything out of the index, inside the caller's transaction."""
        self._store.clear()

    @undeterred
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
        """Return what any ``query`` finds among articles, or among passages, in all that can be read.

        Without ``counted`` the answer has no facets: who only turns a page does not wait for them. While ``typing`` the
        last word may be the beginning of another.
        """
        reading = read(query, names, passages, typing)
        with self._asking(passages) as executor:
            found = executor.find(reading.plan)
            values = self._valued(executor)
            page = ordered(executor, found, order, offset + limit, reverse=reverse, values=values)
            page = Found(page.documents[offset:], page.scores[offset:])
            counts = facets.facets(executor, values, found.documents, names) if counted else {}
            total = found.frequency
            little = total <= (0 if typing else suggest.LITTLE)
            better = suggest.suggestion(executor, query, reading.plan) if little else None
            if better and executor.find(read(better, names, passages, typing).plan).frequency <= total:
                better = None
            return Answer(
                total=total,
                hits=_hits(executor, reading, page),
                facets=counts,
                explained=explain(reading, query, passages),
                suggestion=better,
                asked=tuple(execute.wanted_texts(reading.plan)),
                kinds=touched(reading.plan, executor.kind),
            )

    @undeterred
    def keys(
        self,
        query: str,
        names: Names,
        passages: bool = False,
        order: Order = "relevance",
        *,
        reverse: bool = False,
        typing: bool = False,
    ) -> list[int]:
        """Return the keys of all articles (or passages) that ``query`` finds, in order; ``typing`` as in ``search``."""
        reading = read(query, names, passages, typing)
        with self._asking(passages) as executor:
            found = executor.find(reading.plan)
            found = ordered(executor, found, order, reverse=reverse, values=self._valued(executor))
            keys: list[int] = executor.shelf.column("key")[found.documents].tolist()
            return keys

    @undeterred
    def count(self, query: str, names: Names, passages: bool = False, typing: bool = False) -> int:
        """Return how many articles (or passages) ``query`` finds."""
        reading = read(query, names, passages, typing)
        with self._asking(passages) as executor:
            return executor.find(reading.plan).frequency

    @undeterred
    def counts(self, plans: Iterable[Plan]) -> list[int]:
        """Return how many articles each of these plans finds."""
        with self._asking(False) as executor:
            return [executor.find(plan).frequency for plan in plans]

    def stands(self, field: str, words: str) -> bool:
        """Tell whether an article has some words side by side in a text field, as the query language calls it."""
        slots = slots_of(words, "exact")
        return bool(slots) and self.counts([Text(TEXT_LABELS[field], slots)]) != [0]

    @undeterred
    def answering(self, plan: Plan, most: int) -> list[int]:
        """Return the keys of the articles that answer a plan, at most so many, the best first."""
        with self._asking(False) as executor:
            found = ordered(executor, executor.find(plan), "relevance", most)
            keys: list[int] = executor.shelf.column("key")[found.documents].tolist()
            return keys

    @undeterred
    def rarest(self, words: Iterable[str], most: int) -> tuple[str, ...]:
        """Return those of some folded words that the fewest articles have in their texts, but one at least."""
        with self._asking(False) as executor:
            return liking.rarest(executor.shelf, words, most)

    @undeterred
    def facets(self, query: str, names: Names, passages: bool = False, typing: bool = False) -> Facets:
        """Return the counts of all that ``query`` finds, by facet."""
        reading = read(query, names, passages, typing)
        with self._asking(passages) as executor:
            return facets.facets(executor, self._valued(executor), executor.find(reading.plan).documents, names)

    def _valued(self, executor: Executor) -> Valued:
        """Return the values of articles, the same for both views as long as no article changes."""
        if self._values is None or self._values.shelf is not executor.shelves.articles:
            self._values = Valued(executor.shelves.articles)
        return self._values

    @undeterred
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

    @undeterred
    def telling(self, text: str, passages: bool = False, *, known: bool = True) -> tuple[str, ...]:
        """Return the words that tell ``text`` from other articles (or passages); ``known``: it is one of them."""
        with self._asking(passages) as executor:
            return liking.telling(executor.shelves, executor.kind, text, known=known)

    def check(
        self,
        articles: Iterable[ArticleEntry],
        passages: Iterable[PassageEntry],
        refused: Mapping[Kind, Container[int]] = MappingProxyType({}),
    ) -> Generator[None, None, list[Message]]:
        """Compare the index with what the library holds, posting by posting; return a sentence for each difference.

        That it lacks what is known as ``refused``, since it cannot be indexed, is none. Yields between steps. For a
        caller that holds a transaction throughout, so that both are as at one moment.
        """
        everything: tuple[tuple[Kind, Iterable[Entry]], ...] = (("article", articles), ("passage", passages))
        found: list[Message] = []
        for kind, entries in everything:
            for live in self._store.live(kind):
                live.segment.forget()  # what counts is what the file holds now, not what was read of it before
            found += yield from self._verified(kind, entries, refused.get(kind, ()))
        return [one.said() for one in damages(self._store.written())] or found

    def _verified(
        self, kind: Kind, entries: Iterable[Entry], refused: Container[int]
    ) -> Generator[None, None, list[Message]]:
        """Compare all segments of a kind that can be read; every other one is set aside."""
        while True:
            try:
                return (yield from verifying.verify(kind, self._store.live(kind), entries, refused))
            except SUSPICIOUS as error:
                if not self._suspect(error):
                    raise

    @contextmanager
    def _asking(self, passages: bool) -> Iterator[Executor]:
        """Give an executor on the state of the file as it is now, the same throughout.

        Raises ``SetAside`` when a segment could not be read and is read no more: the question can be asked again.
        """
        kind: Kind = "passage" if passages else "article"
        with self._store.reading():
            lives = self._store.lives()
            stamp = [tuple(live.version for live in lives[each]) for each in KINDS]
            known = self._executors.get(kind)
            if known is None or [known.shelves.of(each).stamp for each in KINDS] != stamp:
                known = self._executors[kind] = Executor(self._shelves(lives), kind)
            try:
                yield known
            except SUSPICIOUS as error:
                if not self._suspect(error):
                    raise
                raise SetAside("The search index of this library is damaged.") from error

    def _suspect(self, error: Exception) -> bool:
        """Set aside the segments that may be the cause of an error; tell whether there are any."""
        number = error.segment if isinstance(error, SegmentDamaged) else 0
        if number:
            return self._store.set_aside(number)
        # numbers that lead out of their arrays pass every checksum when a foreign hand wrote them
        lives = [live for own in self._store.lives().values() for live in own]
        unsound = [live.segment.number for live in lives if not is_sound(live.segment)]
        for each in unsound:
            self._store.set_aside(each)
        return bool(unsound)

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
    places = execute.positions(executor, reading.plan, page.documents, sparing=True)
    keys, articles = (_of(executor, name, page.documents) for name in ("key", "article"))
    rows = zip(keys, articles, page.scores.tolist(), places, strict=True)
    return tuple(Hit(key, article, score, place) for key, article, score, place in rows)


def _of(executor: Executor, name: str, documents: Documents) -> list[int]:
    found: list[int] = executor.shelf.column(name)[documents].astype(np.int64).tolist()
    return found
