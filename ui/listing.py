"""What the list on the left shows: a question to the library, and the order of its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

RELEVANCE: Final = "relevance"
PUBLISHED: Final = "published"
ADDED: Final = "added"
TITLE: Final = "title"
ORDERS: Final = (RELEVANCE, PUBLISHED, ADDED, TITLE)


@dataclass(frozen=True, slots=True)
class Listing:
    """A query in the library's language (empty: everything), asked for articles or passages, in one of ``ORDERS``."""

    query: str = ""
    passages: bool = False
    order: str = PUBLISHED
