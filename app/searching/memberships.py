"""What is in the collections that a query names. One that is filled by a query is searched for once, whoever names it.

A collection may name others, and these others. Where one leads back to itself there is nothing to be found by way of
it: what it has in common with the others of its circle is left out, whichever of them is asked for first.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from app.errors import Conflict
from app.library.holdings import Holdings
from app.model import Collection
from app.search.entries import Alikes, Membership, Names
from app.search.index import Index
from app.search.reading import read
from app.searching.indexing import names

_NOTHING: Final = Membership(frozenset(), frozenset())


class Memberships:
    """The collections of a library for one query, inside one snapshot of it."""

    def __init__(self, holdings: Holdings, index: Index, alike: Alikes) -> None:
        """Know nothing yet; ``alike`` answers for what a query of a collection says others are like."""
        self._holdings = holdings
        self._index = index
        self._alike = alike
        self._sought: dict[str, Collection | None] = {}
        self._named: dict[str, tuple[Collection, ...]] = {}
        self._reached: dict[str, frozenset[str]] = {}
        self._found: dict[str, Membership] = {}

    def of(self, name: str) -> Membership | None:
        """Return what is in the collection of a name or id, ``None`` when there is no such one."""
        collection = self._seek(name)
        return None if collection is None else self._members(collection)

    def names(self, collection: Collection) -> Names:
        """Return what the names in a collection's query mean."""
        return names(self._holdings, self._index, partial(self._within, collection), self._alike)

    def _seek(self, name: str) -> Collection | None:
        if name not in self._sought:
            try:
                self._sought[name] = self._holdings.collections.seek(name)
            except Conflict:
                self._sought[name] = None
        return self._sought[name]

    def _within(self, collection: Collection, name: str) -> Membership | None:
        """Return what is in a collection that another one names."""
        other = self._seek(name)
        if other is None:
            return None
        return _NOTHING if self._leads_back(collection, other) else self._members(other)

    def _members(self, collection: Collection) -> Membership:
        """Return what is in a collection; those that it names are looked up first, however deep that goes."""
        waiting = [(collection, False)]
        while waiting:
            one, is_ready = waiting.pop()
            if one.id in self._found:
                continue
            if is_ready:
                self._found[one.id] = self._searched(one)
                continue
            others = [other for other in self._names_of(one) if not self._leads_back(one, other)]
            waiting += [(one, True), *((other, False) for other in others)]
        return self._found[collection.id]

    def _searched(self, collection: Collection) -> Membership:
        if not collection.query:
            articles, passages = self._holdings.collections.keys(collection)
            return Membership(frozenset(articles), frozenset(passages))
        known, query = self.names(collection), collection.stored
        return Membership(
            frozenset(self._index.keys(query, known)),
            frozenset(self._index.keys(query, known, passages=True)),
            self._circular(collection),
            filled=True,
        )

    def _circular(self, collection: Collection) -> str:
        """Return the name of a collection that leads back to itself: this one, or one that it names."""
        others = self._names_of(collection)
        if any(self._leads_back(collection, other) for other in others):
            return collection.name
        return next((found for other in others if (found := self._found[other.id].circular)), "")

    def _names_of(self, collection: Collection) -> tuple[Collection, ...]:
        """Return the collections that the query of one names."""
        if collection.id not in self._named:
            met: dict[str, Collection] = {}

            def meet(name: str) -> Membership | None:
                other = self._seek(name)
                if other is None:
                    return None
                met[other.id] = other
                return _NOTHING

            if collection.query:
                read(collection.stored, names(self._holdings, self._index, meet))
            self._named[collection.id] = tuple(met.values())
        return self._named[collection.id]

    def _leads_back(self, collection: Collection, other: Collection) -> bool:
        """Return whether a collection is named by way of another one that it names."""
        if other.id not in self._reached:
            reached = {other.id}
            waiting = [other]
            while waiting:
                fresh = [one for one in self._names_of(waiting.pop()) if one.id not in reached]
                reached |= {one.id for one in fresh}
                waiting += fresh
            self._reached[other.id] = frozenset(reached)
        return collection.id in self._reached[other.id]
