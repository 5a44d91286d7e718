"""What a query can name in a library: the vocabulary from which the search box completes what is typed."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.library.holdings import Holdings
from app.model import Theme
from app.search.completing import Value, Vocabulary
from app.search.entries import Facets, Names
from app.search.fields import CONDITIONS, POSSESSIONS
from app.search.index import Index
from app.search.plan import Being, Member, Plan
from app.search.schema import ATTRIBUTE

MOST: Final = 5000
"""How many values of a field are known: the commonest, or the first. Who has more knows how they are written."""

_MONTHS: Final = 120


def vocabulary(holdings: Holdings, index: Index, names: Names) -> Vocabulary:
    """Return what a query can name, each value with the number of articles that it finds alone.

    Outlets, months and values of attributes carry the number of articles that have the very value. Saved searches are
    not counted: that would carry them out.
    """
    facets = index.facets("", names)
    return Vocabulary(
        {
            "theme": _themes(holdings.themes.tree(), facets),
            "outlet": _facet(facets, "outlet"),
            "lang": _counted(index, {str(code): Being("language", str(code)) for code, _ in facets["language"][:MOST]}),
            "is": _counted(index, {condition: Being(condition) for condition in CONDITIONS}),
            "has": _counted(index, {condition: Being(condition) for condition in dict.fromkeys(POSSESSIONS.values())}),
            "in": _collections(holdings, index),
            "published": tuple(sorted(_facet(facets, "month"), key=lambda month: month.path, reverse=True)[:_MONTHS]),
        },
        {name: _facet(facets, f"{ATTRIBUTE}{key}") for key, name in names.attributes.items()},
        date.today(),
    )


def _facet(facets: Facets, name: str) -> tuple[Value, ...]:
    return tuple(Value((str(value),), count) for value, count in facets.get(name, ())[:MOST])


def _counted(index: Index, plans: dict[str, Being]) -> tuple[Value, ...]:
    counts = index.counts(plans.values())
    return tuple(Value((word,), count) for word, count in zip(plans, counts, strict=True))


def _themes(themes: tuple[Theme, ...], facets: Facets) -> tuple[Value, ...]:
    """Return themes in the order of the tree; each is counted with those below it."""
    counts = {int(key): count for key, count in facets["theme"]}
    return tuple(Value(theme.path, counts.get(theme.key, 0), theme.id, theme.colour) for theme in themes[:MOST])


def _collections(holdings: Holdings, index: Index) -> tuple[Value, ...]:
    collections = holdings.collections.all()[:MOST]
    plans: list[Plan] = []
    for one in collections:
        articles, highlights = ([], []) if one.query else holdings.collections.keys(one)
        plans.append(Member(frozenset(articles), frozenset(highlights), one.name))
    counts = zip(collections, index.counts(plans), strict=True)
    return tuple(Value((one.name,), None if one.query else count, one.id) for one, count in counts)
