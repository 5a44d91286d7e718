"""What a query asks, as a tree of values: made by ``reading``, told by ``explaining``, carried out by ``execute``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

SlotKind = Literal["word", "exact", "prefix", "wildcard", "fuzzy"]
Condition = Literal[
    "unread", "reading", "read", "archived", "annotated", "undated", "orphaned", "note", "highlight", "language"
]


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a query, folded. A ``word`` stands for all its forms, the other kinds work on exact forms.

    ``distance`` is how many letters a ``fuzzy`` word may differ by. ``typed`` is how it was written, which changes
    nothing in what is looked for.
    """

    kind: SlotKind
    text: str
    distance: int = 0
    typed: str = field(default="", compare=False)

    @property
    def said(self) -> str:
        """Return the word as it was typed, where that is known."""
        return self.typed or self.text


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
    in the query language. ``joined`` asks for outlets without their spaces too. The last word of a ``growing`` text is
    still being typed: it may stand for itself or be the beginning of another.
    """

    field: str
    slots: tuple[Slot, ...]
    slop: int = 1
    label: str = ""
    joined: str = ""
    growing: bool = False

    def finished(self) -> Text:
        """Return the text as if it were typed to the end."""
        return replace(self, growing=False)

    def begun(self) -> Text:
        """Return the text with every word that begins like its last one in the place of that.

        A first letter after other words narrows nothing yet: a good part of all words begins with it.
        """
        *whole, last = self.slots
        if whole and len(last.text) == 1 and last.text.isascii():
            return replace(self, slots=tuple(whole), growing=False)
        return replace(self, slots=(*whole, Slot("prefix", last.text, typed=last.typed)), growing=False)


@dataclass(frozen=True, slots=True)
class Themed:
    """Documents that have one of these themes."""

    keys: frozenset[int]
    label: str


@dataclass(frozen=True, slots=True)
class Days:
    """Articles that may have come out within these days (ordinals, the last included), or ``surely`` have."""

    first: int
    last: int
    label: str
    surely: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """Articles with one whole value, letter by letter, in the keyword field of this code."""

    code: str
    value: Slot
    label: str


@dataclass(frozen=True, slots=True)
class Ranged:
    """Articles with a number from ``low`` to ``high`` in an attribute, or (``dated``) a day that may be within these.

    ``strict`` leaves out the bounds themselves. Days are ordinals; a bound that is infinite is open.
    """

    attribute: int
    low: float
    high: float
    label: str
    strict: bool = False
    dated: bool = False


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


@dataclass(frozen=True, slots=True)
class Weighed:
    """The documents of ``part``, which count ``boost`` times as much as others."""

    part: Plan
    boost: float


Plan = (
    Everything | Nothing | Text | Themed | Days | Whole | Ranged | Being | Member | Alike | Both | Either | Without
    | Weighed
)  # fmt: skip


def weighed(plan: Plan, boost: float) -> Plan:
    """Return a plan that counts ``boost`` times as much as it does."""
    if isinstance(plan, Weighed):
        return weighed(plan.part, plan.boost * boost)
    return plan if boost == 1.0 else Weighed(plan, boost)


def without(plan: Plan) -> Plan:
    """Return what does not answer a plan."""
    return plan.part if isinstance(plan, Without) else Without(plan)


def both(parts: list[Plan]) -> Plan:
    """Return what answers every part, simply; everything when there is none."""
    flat = [one for part in parts for one in (part.parts if isinstance(part, Both) else (part,))]
    kept = [one for one in _once(flat) if not isinstance(one, Everything)]
    if not kept:
        return Everything()
    return kept[0] if len(kept) == 1 else Both(tuple(kept))


def either(parts: list[Plan]) -> Plan:
    """Return what answers one part at least, simply; everything when there is none."""
    kept = _once([one for part in parts for one in (part.parts if isinstance(part, Either) else (part,))])
    if not kept or Everything() in kept:
        return Everything()
    return kept[0] if len(kept) == 1 else Either(tuple(kept))


def _once(parts: list[Plan]) -> list[Plan]:
    """Return each part once, in order; one that was weighed as well counts as it was weighed most."""
    if len(parts) < 2:
        return parts
    boosts: dict[Plan, float] = {}
    for one in parts:
        bare, boost = (one.part, one.boost) if isinstance(one, Weighed) else (one, 1.0)
        boosts[bare] = max(boost, boosts.get(bare, 0.0))
    return [weighed(bare, boost) for bare, boost in boosts.items()]
