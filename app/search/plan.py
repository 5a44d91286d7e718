"""What a query asks, as a tree of values: made by ``reading``, told by ``explaining``, carried out by ``execute``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SlotKind = Literal["word", "exact", "prefix", "wildcard", "fuzzy"]
Condition = Literal[
    "unread", "reading", "read", "archived", "annotated", "undated", "orphaned", "note", "highlight", "language"
]


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a query, folded. A ``word`` stands for all its forms, the other kinds work on exact forms.

    ``distance`` is how many letters a ``fuzzy`` word may differ by.
    """

    kind: SlotKind
    text: str
    distance: int = 0


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document; ``reason`` is what was asked for and is not there, or (``gone``) is there no more."""

    reason: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a field, in this order, each at most ``slop`` words after the one before.

    ``field`` is a field's name in the schema, or ``""`` for the fields of plain words; ``label`` is what it is called
    in the query language. ``joined`` asks for outlets without their spaces too.
    """

    field: str
    slots: tuple[Slot, ...]
    slop: int = 1
    label: str = ""
    joined: str = ""


@dataclass(frozen=True, slots=True)
class Themed:
    """Documents that have one of these themes."""

    keys: frozenset[int]
    label: str


@dataclass(frozen=True, slots=True)
class Days:
    """Articles that may have come out within these days (ordinals, the last included)."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Being:
    """Documents in a state, or with something; ``value`` is the language's code where the condition is that."""

    condition: Condition
    value: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """What is in a collection."""

    articles: frozenset[int]
    passages: frozenset[int]
    label: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Documents with at least ``least`` of some words, but for what these words are from: *more like this*."""

    parts: tuple[Text, ...]
    least: int
    itself: Member
    label: str


@dataclass(frozen=True, slots=True)
class Both:
    """Documents that answer every part."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Documents that answer at least one part."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Documents that do not answer ``part``."""

    part: Plan


Plan = Everything | Nothing | Text | Themed | Days | Being | Member | Alike | Both | Either | Without


def both(parts: list[Plan]) -> Plan:
    """Return what answers every part, simply; everything when there is none."""
    kept: list[Plan] = []
    for part in parts:
        for one in part.parts if isinstance(part, Both) else (part,):
            if one not in kept and not isinstance(one, Everything):
                kept.append(one)
    if not kept:
        return Everything()
    return kept[0] if len(kept) == 1 else Both(tuple(kept))


def either(parts: list[Plan]) -> Plan:
    """Return what answers one part at least, simply; everything when there is none."""
    kept: list[Plan] = []
    for part in parts:
        for one in part.parts if isinstance(part, Either) else (part,):
            if one not in kept:
                kept.append(one)
    if not kept or Everything() in kept:
        return Everything()
    return kept[0] if len(kept) == 1 else Either(tuple(kept))
