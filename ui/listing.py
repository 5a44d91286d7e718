"""What the list on the left shows: a question to the library, and the order of its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

RELEVANCE: Final = "relevance"
PUBLISHED: Final = "published"
ADDED: Final = "added"
TITLE: Final = "title"
ORDERS: Final = (RELEVANCE, PUBLISHED, ADDED, TITLE)


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
