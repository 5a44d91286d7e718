"""Carries out a plan: sets of documents with scores, one operation for a whole set at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.search import phrases, schema
from app.search.distinct import distinct, summed, united
from app.search.gathering import NONE, Documents
from app.search.measured import Measured
from app.search.parts import added, intersected, scored
from app.search.plan import (
    Alike,
    Being,
    Both,
    Condition,
    Days,
    Either,
    Everything,
    Member,
    Nothing,
    Plan,
    Ranged,
    Slot,
    Text,
    Themed,
    Weighed,
    Whole,
    Without,
)
from app.search.schema import Kind
from app.search.segments import NOTED, ORPHAN
from app.search.shelf import Found, Part, Shelf
from app.search.wordings import begins_openly, words

_NO_SCORES: Final = np.zeros(0, np.float32)
_CONDITIONS: Final = (Days, Whole, Ranged, Being, Member, Themed)
_NARROWING: Final = (*_CONDITIONS, Without)
_MANY: Final = 8
_FILTER: Final = 1.0
"""What a condition adds to the score of a document; the same for each, so it orders nothing but in an OR."""


def nothing() -> Found:
    """Return no document."""
    return Found(NONE, _NO_SCORES)


@dataclass(frozen=True, slots=True)
class Shelves:
    """Articles and passages as they are at one moment."""

    articles: Shelf
    passages: Shelf

    def of(self, kind: Kind) -> Shelf:
        """Return the shelf of a kind."""
        return self.articles if kind == "article" else self.passages


class Executor:
    """Carries out plans for one view: the documents it finds are those of ``kind``."""

    def __init__(self, shelves: Shelves, kind: Kind) -> None:
        """Look among ``shelves`` for articles or for passages."""
        self.shelves = shelves
        self.kind = kind
        self.shelf = shelves.of(kind)
        self._places: dict[str, tuple[tuple[Kind, str, str], ...]] = {}
        self._measured = Measured(shelves.articles)

    @cached_property
    def links(self) -> Documents:
        """Return, for each passage, the document of its article (-1 when that is not there)."""
        return self.shelves.articles.at_keys(self.shelves.passages.column("article").astype(np.int64))

    def find(self, plan: Plan) -> Part:
        """Return the documents that answer ``plan``, each with its score; of a lone word these wait to be asked for."""
        match plan:
            case Text():
                return self._growing(plan) if plan.growing else self._text(plan)
            case Both():
                return self._both(plan.parts)
            case Either():
                return scored(self._united([self.find(part) for part in plan.parts], positive=_is_scored(plan)))
            case Everything():
                return Found(self.shelf.all, np.zeros(len(self.shelf.all), np.float32))
            case Nothing():
                return nothing()
            case Without():
                others = self._others(self.documents(plan.part))
                return Found(others, np.zeros(len(others), np.float32))
            case Weighed():
                found = self.find(plan.part)
                return Found(found.documents, found.scores * np.float32(plan.boost))
            case Themed():
                return self._everywhere(lambda shelf: self._themed(shelf, plan.keys))
            case Days():
                return self._brought("article", self._days(plan))
            case Whole():
                return self._brought(
                    "article", self._filtered(self._having(self.shelves.articles, [plan.value], plan.code))
                )
            case Ranged():
                return self._brought("article", self._filtered(self._measured.within(plan)))
            case Member():
                return self._member(plan)
            case Being():
                return self._being(plan)
            case Alike():
                return self._alike(plan)

    def documents(self, plan: Plan) -> Documents:
        """Return the documents that answer ``plan``, for those whom their scores do not concern."""
        if not isinstance(plan, Text):
            return self.find(plan).documents
        parts = [*self._texts(plan.finished()), *self._texts(plan.begun())] if plan.growing else self._texts(plan)
        return united([part.documents for part in parts], self.shelf.size)

    def _both(self, parts: Sequence[Plan]) -> Found:
        """Return what answers every part: words first, since these find least, then conditions, then what is excluded.

        The conditions are looked up for the documents that are left, and nothing more once none is.
        """
        sought = [part for part in parts if not isinstance(part, _NARROWING)]
        documents, kept = intersected([self.find(part) for part in sought], self.shelf.size) if sought else (NONE, [])
        if kept and len(kept) == len(parts):
            return Found(documents, added(kept))
        limits = [part for part in parts if isinstance(part, _CONDITIONS)]
        if not sought:
            documents = self.documents(limits[0]) if limits else self.shelf.all
        for plan in (*limits[not sought :], *(part for part in parts if isinstance(part, Without))):
            if not len(documents):
                break
            rows = self._answering(plan, documents).nonzero()[0]
            documents = documents.take(rows)
            kept = [part.taken(rows, documents) for part in kept]
        scores = added(kept) if kept else np.zeros(len(documents), np.float32)
        if limits:
            scores = scores + np.float32(_FILTER * len(limits))
        return Found(documents, scores)

    def _answering(self, plan: Plan, documents: Documents) -> NDArray[np.bool_]:
        """Return which of some documents answer ``plan``."""
        match plan:
            case Days() if self.kind == "article":
                first, last = (self.shelf.column(name).take(documents) for name in ("first", "last"))
                return _overlap(plan, first, last)
            case Without():
                excluded: NDArray[np.bool_] = ~self._flags(self.documents(plan.part)).take(documents)
                return excluded
            case _:
                return self._flags(self.documents(plan)).take(documents)

    def _flags(self, documents: Documents) -> NDArray[np.bool_]:
        flags = np.zeros(self.shelf.size, bool)
        flags[documents] = True
        return flags

    def _others(self, documents: Documents) -> Documents:
        every = self.shelf.all
        return every[~self._flags(documents)[every]]

    def _united(self, found: Sequence[Part], *, positive: bool = False) -> Part:
        """Return the documents in any, with the sum of their scores (``positive``: none of these is zero)."""
        found = [one for one in found if one.frequency]
        if len(found) < 2:
            return found[0] if found else nothing()
        return Found(*summed([scored(one) for one in found], self.shelf.size, positive=positive))

    def _brought(self, kind: Kind, found: Found) -> Found:
        """Bring documents of another kind to this view: passages to their articles, articles to their passages."""
        if kind == self.kind or not len(found.documents):
            return found
        if kind == "passage":
            articles = self.links[found.documents]
            known = articles >= 0
            return Found(*summed([(articles[known], found.scores[known])], self.shelf.size))
        scores = np.full(self.shelves.articles.size + 1, -1.0, np.float32)
        scores[found.documents] = found.scores
        every = self.shelf.all
        own = scores[self.links[every]]
        return Found(every[own >= 0], own[own >= 0])

    def _everywhere(self, look: Callable[[Shelf], Found]) -> Found:
        """Look among passages, and in the view of articles among these too: an article has what its passages have."""
        passages = self._brought("passage", look(self.shelves.passages)) if self.kind == "article" else None
        return scored(self._united([look(self.shelf), passages])) if passages else look(self.shelf)

    def _filtered(self, documents: Documents) -> Found:
        return Found(documents, np.full(len(documents), _FILTER, np.float32))

    def _themed(self, shelf: Shelf, keys: frozenset[int]) -> Found:
        slots = [Slot("exact", str(key)) for key in sorted(keys)]
        return self._filtered(self._having(shelf, slots, schema.THEME))

    def _having(self, shelf: Shelf, slots: Sequence[Slot], code: str) -> Documents:
        """Return the documents with one of some keywords."""
        return united([shelf.having(shelf.terms(slot, code)) for slot in slots], shelf.size)

    def _days(self, plan: Days) -> Found:
        shelf = self.shelves.articles
        within = _overlap(plan, shelf.column("first"), shelf.column("last"))
        return self._filtered(np.flatnonzero(within if shelf.alive is None else within & shelf.alive))

    def _member(self, plan: Member) -> Found:
        articles = self._filtered(self.shelves.articles.with_keys(plan.articles))
        passages = self._filtered(self.shelves.passages.with_keys(plan.passages))
        found = self._united([self._brought("article", articles), self._brought("passage", passages)])
        return self._filtered(found.documents)

    def _being(self, plan: Being) -> Found:
        articles = self.shelves.articles
        match plan.condition:
            case "unread" | "reading" | "read" | "archived":
                found = self._having(articles, [Slot("exact", plan.condition)], schema.STATE)
                return self._brought("article", self._filtered(found))
            case "language":
                slots = [Slot("exact", plan.value), Slot("prefix", f"{plan.value}-")]
                return self._brought("article", self._filtered(self._having(articles, slots, schema.LANGUAGE)))
            case "undated":
                undated = articles.all[articles.column("first")[articles.all] == 0]
                return self._brought("article", self._filtered(undated))
            case "annotated":
                return self._annotated()
            case "highlight":
                return self._brought("passage", self._filtered(self.shelves.passages.all))
            case "note" | "orphaned":
                return self._marked(plan.condition)

    def _marked(self, condition: Condition) -> Found:
        """Return the documents with a flag, in the view of articles those of their passages too."""
        bit = NOTED if condition == "note" else ORPHAN
        found = self._everywhere(lambda shelf: self._filtered(shelf.all[(shelf.column("flags")[shelf.all] & bit) > 0]))
        return self._filtered(found.documents)

    def _annotated(self) -> Found:
        """Return what the reader has left a mark on: a highlight, a note, or a theme on the whole article."""
        articles = self.shelves.articles
        noted = articles.all[(articles.column("flags")[articles.all] & NOTED) > 0]
        themed = self._having(articles, [Slot("prefix", "")], schema.THEME)
        own = self._brought("article", self._filtered(distinct(np.concatenate((noted, themed)))))
        marked = self._brought("passage", self._filtered(self.shelves.passages.all))
        return self._filtered(self._united([own, marked]).documents)

    def _alike(self, plan: Alike) -> Found:
        """Return the documents with enough of the words, but for those that the words are from."""
        found = [self.find(part) for part in plan.parts]
        both = self._united(found, positive=True)
        times = np.zeros(self.shelf.size, np.int64)
        for one in found:
            times[one.documents] += 1
        kept = (times >= plan.least) & ~self._flags(self._member(plan.itself).documents)
        within = kept[both.documents]
        return Found(both.documents[within], both.scores[within])

    def places(self, plan: Text) -> Sequence[tuple[Kind, str, str]]:
        """Return where words are looked for: the kind of document, the field's name and its code."""
        if plan.field not in self._places:
            places = schema.places(self.kind, plan.field)
            self._places[plan.field] = tuple(place for place in places if self.shelves.of(place[0]).count)
        return self._places[plan.field]

    def _text(self, plan: Text) -> Part:
        """Return what has the words, each document once; of a word in one field the scores are not reckoned yet."""
        parts = self._texts(plan)
        return parts[0] if len(parts) == 1 else self._united(parts, positive=True)

    def _texts(self, plan: Text) -> list[Part]:
        """Return what has the words, field by field."""
        found: list[Part] = []
        for kind, name, code in self.places(plan):
            part = words(self.shelves.of(kind), plan, code, schema.BOOSTS.get(name, 1.0))
            if part is not None:
                found.append(part if kind == self.kind else self._brought(kind, scored(part)))
        if plan.joined:
            articles = self.shelves.articles
            slot = Slot("prefix" if plan.slots[-1].kind == "prefix" else "exact", plan.joined)
            found.append(self._brought("article", self._filtered(self._having(articles, [slot], schema.JOINED))))
        return found

    def _growing(self, plan: Text) -> Found:
        """Return the documents of words of which the last may only be begun.

        A document that only has a word beginning so gets from it what every other gets: while letters are typed, the
        order of such documents does not change.
        """
        begun = self._filtered(self.documents(plan.begun()))
        if len(plan.slots) > 1:
            others = self._text(replace(plan, slots=plan.slots[:-1], joined="", growing=False))
            documents, kept = intersected([begun, others], self.shelf.size)
            begun = Found(documents, added(kept))
        return scored(self._united([self._text(plan.finished()), begun], positive=True))


def _is_scored(plan: Plan) -> bool:
    """Return whether every document that answers ``plan`` has a score above zero."""
    match plan:
        case Everything() | Without():
            return False
        case Either():
            return all(map(_is_scored, plan.parts))
        case Both():
            return any(map(_is_scored, plan.parts))
        case Weighed():
            return _is_scored(plan.part)
        case _:
            return True


def _overlap(plan: Days, first: NDArray[Any], last: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which stretches of days (0: not known) have one in common with those of ``plan``, or lie within them."""
    one, other = (last, first) if plan.surely else (first, last)
    within: NDArray[np.bool_] = (one <= plan.last) & (other >= plan.first)
    if plan.first <= 0:
        within &= first > 0
    return within


def positions(
    executor: Executor, plan: Plan, documents: Documents, *, sparing: bool = False
) -> list[Mapping[str, tuple[int, ...]]]:
    """Return, for each of ``documents``, the ordinals of the words that answer ``plan``, by field.

    ``sparing`` leaves out what a text at hand shows sooner (see :mod:`app.search.occurrences`): patterns that begin
    with a star or question mark, since their words stand all over the index, and all words when there are many of
    them, since each has a page of its own to be read for every document.
    """
    texts = list(wanted_texts(plan))
    if sparing and sum(len(text.slots) for text in texts) > _MANY:
        return [{} for _ in documents]
    order = np.argsort(documents, kind="stable")
    within = documents[order]
    found: list[dict[str, set[int]]] = [{} for _ in documents]
    for text in texts:
        if sparing and any(map(begins_openly, text.slots)):
            continue
        for kind, name, code in executor.places(text):
            if kind != executor.kind:
                continue
            shelf = executor.shelf
            slots = [shelf.keyed(shelf.terms(slot, code), code, within) for slot in text.slots if slot.text]
            if not slots:
                continue
            keys = slots[0] if len(slots) == 1 else phrases.runs(slots, text.slop)
            rows = order[np.searchsorted(within, keys >> 32)].tolist()
            for row, position in zip(rows, (keys & 0xFFFFFFFF).tolist(), strict=True):
                found[row].setdefault(name, set()).add(position)
    return [{name: tuple(sorted(own)) for name, own in fields.items()} for fields in found]


def wanted_texts(plan: Plan) -> Iterator[Text]:
    """Yield the words of a plan that a document is to have, not those it must not have."""
    match plan:
        case Text() if plan.growing:
            yield from (plan.finished(), plan.begun())
        case Text():
            yield plan
        case Weighed():
            yield from wanted_texts(plan.part)
        case Both() | Either() | Alike():
            for part in plan.parts:
                yield from wanted_texts(part)
        case _:
            return
