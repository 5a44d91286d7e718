"""Parts of a query that were found, put together: what is in all of them, and the sums of their scores."""

from __future__ import annotations

from collections.abc import Sequence

from app.search.distinct import common
from app.search.shelf import Documents, Found, Part, Scores


def scored(part: Part) -> Found:
    """Return a part with its scores reckoned."""
    return part if isinstance(part, Found) else Found(part.documents, part.scores)


def added(parts: Sequence[Part]) -> Scores:
    """Return the sums of the scores of parts that have the same documents."""
    total = parts[0].scores
    for part in parts[1:]:
        total = total + part.scores
    return total


def intersected(parts: Sequence[Part], size: int) -> tuple[Documents, list[Part]]:
    """Return the documents that are in every part, and of each part no more than these."""
    if len(parts) == 1:
        return parts[0].documents, list(parts)
    if len(parts) == 2:
        one, other = parts
        if one.frequency > other.frequency:
            documents, swapped = intersected((other, one), size)
            return documents, swapped[::-1]
        documents, here, there = common(one.documents, other.documents, size)
        return documents, [one.taken(here, documents), other.taken(there, documents)]
    ascending = sorted(range(len(parts)), key=lambda number: parts[number].frequency)
    first = parts[ascending[0]]
    documents, kept = first.documents, {ascending[0]: first}
    for number in ascending[1:]:
        both, here, there = common(documents, parts[number].documents, size)
        if len(both) < len(documents):
            documents = both
            kept = {own: part.taken(here, documents) for own, part in kept.items()}
        kept[number] = parts[number].taken(there, documents)
    return documents, [kept[number] for number in range(len(parts))]
