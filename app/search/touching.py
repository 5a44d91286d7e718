"""Which kinds of documents a plan reads: a query for articles may be answered by their passages, and the other way."""

from __future__ import annotations

from typing import Final

from app.search import schema
from app.search.plan import (
    Alike,
    Being,
    Both,
    Days,
    Either,
    Everything,
    Member,
    Nothing,
    Plan,
    Ranged,
    Text,
    Themed,
    Weighed,
    Whole,
    Without,
)
from app.search.schema import KINDS, Kind

_NONE: Final[frozenset[Kind]] = frozenset()
_ARTICLES: Final[frozenset[Kind]] = frozenset(("article",))
_BOTH: Final = frozenset(KINDS)


def touched(plan: Plan, kind: Kind) -> frozenset[Kind]:
    """Return the kinds of documents that are read to answer a plan with documents of ``kind``, that one among them."""
    return _read(plan, kind) | {kind}


def _read(plan: Plan, kind: Kind) -> frozenset[Kind]:
    match plan:
        case Text():
            places = {place for place, _, _ in schema.places(kind, plan.field)}
            return frozenset(places) | (_ARTICLES if plan.joined else _NONE)
        case Both() | Either():
            return _NONE.union(*(_read(part, kind) for part in plan.parts))
        case Without() | Weighed():
            return _read(plan.part, kind)
        case Themed():
            return _below(kind)
        case Days() | Whole() | Ranged():
            return _ARTICLES
        case Member() | Alike():
            return _BOTH
        case Being():
            return _being(plan, kind)
        case Everything() | Nothing():
            return _NONE


def _below(kind: Kind) -> frozenset[Kind]:
    """Return what is read of what an article has and its passages have too."""
    return _BOTH if kind == "article" else _NONE


def _being(plan: Being, kind: Kind) -> frozenset[Kind]:
    match plan.condition:
        case "note" | "orphaned":
            return _below(kind)
        case "annotated" | "highlight":
            return _BOTH
        case _:
            return _ARTICLES
