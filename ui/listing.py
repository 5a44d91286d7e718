"""What the list on the left shows: a question to the library, and the order of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

RELEVANCE: Final = "relevance"
PUBLISHED: Final = "published"
OLDEST: Final = "oldest"
ADDED: Final = "added"
TITLE: Final = "title"
ORDERS: Final = (RELEVANCE, PUBLISHED, OLDEST, ADDED, TITLE)


Facets = Mapping[str, tuple[tuple[str, int], ...]]
"""How many articles have each value, the commonest first: by facet, or by ``attribute:`` and a name."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted beside a listing, so that it can be narrowed: the facets of what ``query`` finds.

    A facet in ``aside`` is counted in the answer to another query, that of the listing without this facet's own
    filters: who has chosen an outlet sees how many articles the others have. ``single`` are queries of which only the
    total is wanted. ``typing`` as in :class:`Listing`.
    """

    query: str
    passages: bool = False
    aside: Mapping[str, str] = field(default_factory=dict)
    single: Mapping[str, str] = field(default_factory=dict)
    typing: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """The answer to a :class:`Tally`: its facets, and the totals of its single queries."""

    facets: Facets = field(default_factory=dict)
    single: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """A query in the library's language (empty: everything), asked for articles or passages, in one of ``ORDERS``.

    While ``typing`` the last word of the query may be the beginning of another. ``typed`` is the part of the query that
    the reader typed; the rest are filters. It makes no other listing of it.
    """

    query: str = ""
    passages: bool = False
    order: str = PUBLISHED
    typing: bool = False
    typed: str = field(default="", compare=False)

    def without_filters(self, suggestion: str) -> str:
        """Return what is typed when a better spelling of the whole query is taken up."""
        before, found, after = self.query.rpartition(self.typed) if self.typed else ("", "", "")
        if found and suggestion.startswith(before) and suggestion.endswith(after):
            return suggestion[len(before) : len(suggestion) - len(after)]
        return suggestion
