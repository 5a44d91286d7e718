"""Carries out a plan: sets of documents with scores, one operation for a whole set at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.search import phrases, schema
from app.search.distinct import distinct, summed
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
    Slot,
    Text,
    Themed,
    Weighed,
    Without,
)
from app.search.schema import Kind
from app.search.segments import NOTED, ORPHAN
from app.search.shelf import NONE, Documents, Found, Scores, Shelf, Terms

_NO_SCORES: Final = np.zeros(0, np.float64)
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

    @cached_property
    def links(self) -> Documents:
        """Return, for each passage, the document of its article (-1 when that is not there)."""
        return self.shelves.articles.at_keys(self.shelves.passages.column("article").astype(np.int64))

    def find(self, plan: Plan) -> Found:
        """Return the documents that answer ``plan``."""
        match plan:
            case Everything():
                return Found(self.shelf.all, np.zeros(len(self.shelf.all)))
            case Nothing():
                return nothing()
            case Both():
                return self._both(plan.parts)
            case Either():
                return self._united([self.find(part) for part in plan.parts])
            case Without():
                others = self._others(self.find(plan.part).documents)
                return Found(others, np.zeros(len(others)))
            case Text():
                return self._growing(plan) if plan.growing else self._text(plan)
            case Weighed():
                found = self.find(plan.part)
                return Found(found.documents, found.scores * plan.boost)
            case Themed():
                return self._everywhere(lambda shelf: self._themed(shelf, plan.keys))
            case Days():
                return self._brought("article", self._days(plan))
            case Member():
                return self._member(plan)
            case Being():
                return self._being(plan)
            case Alike():
                return self._alike(plan)

    def _both(self, parts: Sequence[Plan]) -> Found:
        """Return what answers every part. What is excluded comes last, and nothing more once nothing is left."""
        wanted = [part for part in parts if not isinstance(part, Without)]
        found = self.find(wanted[0]) if wanted else self.find(Everything())
        for part in wanted[1:]:
            if not len(found.documents):
                return found
            found = self._common(found, self.find(part))
        for excluded in parts:
            if isinstance(excluded, Without) and len(found.documents):
                kept = ~self._flags(self.find(excluded.part).documents)[found.documents]
                found = Found(found.documents[kept], found.scores[kept])
        return found

    def _flags(self, documents: Documents) -> NDArray[np.bool_]:
        flags = np.zeros(self.shelf.size, bool)
        flags[documents] = True
        return flags

    def _others(self, documents: Documents) -> Documents:
        every = self.shelf.all
        return every[~self._flags(documents)[every]]

    def _common(self, first: Found, second: Found) -> Found:
        """Return the documents in both, with the sum of their scores."""
        few, many = (first, second) if len(first.documents) <= len(second.documents) else (second, first)
        if not len(few.documents):
            return few
        place = np.minimum(np.searchsorted(many.documents, few.documents), len(many.documents) - 1)
        kept = many.documents[place] == few.documents
        return Found(few.documents[kept], few.scores[kept] + many.scores[place[kept]])

    def _united(self, found: Sequence[Found]) -> Found:
        """Return the documents in any, with the sum of their scores."""
        found = [one for one in found if len(one.documents)]
        if len(found) < 2:
            return found[0] if found else nothing()
        documents = np.concatenate([one.documents for one in found])
        return _added(documents, np.concatenate([one.scores for one in found]), self.shelf.size)

    def _brought(self, kind: Kind, found: Found) -> Found:
        """Bring documents of another kind to this view: passages to their articles, articles to their passages."""
        if kind == self.kind or not len(found.documents):
            return found
        if kind == "passage":
            articles = self.links[found.documents]
            known = articles >= 0
            return _added(articles[known], found.scores[known], self.shelf.size)
        scores = np.full(self.shelves.articles.size + 1, -1.0)
        scores[found.documents] = found.scores
        every = self.shelf.all
        own = scores[self.links[every]]
        return Found(every[own >= 0], own[own >= 0])

    def _everywhere(self, look: Callable[[Shelf], Found]) -> Found:
        """Look among passages, and in the view of articles among these too: an article has what its passages have."""
        passages = self._brought("passage", look(self.shelves.passages)) if self.kind == "article" else None
        return self._united([look(self.shelf), passages]) if passages else look(self.shelf)

    def _filtered(self, documents: Documents) -> Found:
        return Found(documents, np.full(len(documents), _FILTER))

    def _themed(self, shelf: Shelf, keys: frozenset[int]) -> Found:
        slots = [Slot("exact", str(key)) for key in sorted(keys)]
        return self._filtered(self._having(shelf, slots, schema.THEME))

    def _having(self, shelf: Shelf, slots: Sequence[Slot], code: str) -> Documents:
        """Return the documents with one of some keywords."""
        sets = [shelf.postings(shelf.terms(slot, code))[0] for slot in slots]
        return distinct(np.concatenate(sets)) if sets else NONE

    def _days(self, plan: Days) -> Found:
        shelf = self.shelves.articles
        first, last = shelf.column("first"), shelf.column("last")
        within = (first > 0) & (first <= plan.last) & (last >= plan.first)
        return self._filtered(shelf.all[within[shelf.all]])

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
        united = self._united(found)
        times = np.zeros(self.shelf.size, np.int64)
        for one in found:
            times[one.documents] += 1
        kept = (times >= plan.least) & ~self._flags(self._member(plan.itself).documents)
        within = kept[united.documents]
        return Found(united.documents[within], united.scores[within])

    def places(self, plan: Text) -> Iterator[tuple[Kind, str, str]]:
        """Yield where words are looked for: the kind of document, the field's name and its code."""
        kinds: tuple[Kind, ...] = ("article", "passage")
        for name in (plan.field,) if plan.field else schema.PLAIN_FIELDS[self.kind]:
            own = schema.code(self.kind, name)
            for kind in kinds:
                code = schema.code(kind, name)
                # a note of an article is not one of its passages; all else comes from wherever it is
                if code and (self.kind in {kind, "article"} or own is None):
                    yield kind, name, code

    def _text(self, plan: Text) -> Found:
        found = []
        for kind, name, code in self.places(plan):
            here = self._words(self.shelves.of(kind), plan, code)
            boost = schema.BOOSTS.get(name, 1.0)
            found.append(self._brought(kind, here if boost == 1.0 else Found(here.documents, here.scores * boost)))
        if plan.joined:
            articles = self.shelves.articles
            slot = Slot("prefix" if plan.slots[-1].kind == "prefix" else "exact", plan.joined)
            found.append(self._brought("article", self._filtered(self._having(articles, [slot], schema.JOINED))))
        return self._united(found)

    def _growing(self, plan: Text) -> Found:
        """Return the documents of words of which the last may only be begun.

        A document that only has a word beginning so gets from it what every other gets: while letters are typed, the
        order of such documents does not change.
        """
        begun = self._filtered(self._text(plan.begun()).documents)
        if len(plan.slots) > 1:
            begun = self._common(begun, self._text(replace(plan, slots=plan.slots[:-1], joined="")))
        return self._united([self._text(plan.finished()), begun])

    def _words(self, shelf: Shelf, plan: Text, code: str) -> Found:
        """Return the documents of a shelf with the words in a field; each adds its score."""
        terms = [shelf.terms(slot, code) for slot in plan.slots]
        if not all(any(sets) for sets in terms):
            return nothing()
        scored = [self._scored(shelf, slot, sets, code) for slot, sets in zip(plan.slots, terms, strict=True)]
        if len(scored) == 1:
            return scored[0]
        found = scored[0]
        for other in scored[1:]:
            found = self._common(found, other)
        reached = phrases.ends([shelf.keyed(sets, found.documents) for sets in terms], plan.slop)
        documents = distinct(reached >> 32)
        return Found(documents, found.scores[np.searchsorted(found.documents, documents)])

    def _scored(self, shelf: Shelf, slot: Slot, terms: Sequence[Sequence[Terms]], code: str) -> Found:
        """Return the documents with one word; its exact form counts once more."""
        documents, frequencies = shelf.postings(terms)
        scores = shelf.weighed(documents, frequencies, code)
        if slot.kind == "word":
            same = shelf.terms(Slot("exact", slot.text), code)
            # a word without other forms is its own exact form
            exact, times = (documents, frequencies) if same == terms else shelf.postings(same)
            scores[np.searchsorted(documents, exact)] += shelf.weighed(exact, times, code)
        return Found(documents, scores)


def _added(documents: Documents, scores: Scores, size: int) -> Found:
    """Return each document once, ascending, with the sum of its scores."""
    return Found(*summed(documents, scores, size))


def positions(executor: Executor, plan: Plan, documents: Documents) -> list[Mapping[str, tuple[int, ...]]]:
    """Return, for each of ``documents``, the ordinals of the words that answer ``plan``, by field."""
    order = np.argsort(documents, kind="stable")
    within = documents[order]
    found: list[dict[str, set[int]]] = [{} for _ in documents]
    for text in wanted_texts(plan):
        for kind, name, code in executor.places(text):
            if kind != executor.kind:
                continue
            shelf = executor.shelf
            slots = [shelf.keyed(shelf.terms(slot, code), within) for slot in text.slots if slot.text]
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
