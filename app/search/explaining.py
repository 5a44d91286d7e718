"""How a query was read, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

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
    Slot,
    Text,
    Themed,
    Without,
)
from app.search.reading import Reading
from app.wording import Message

_ALL_ARTICLES: Final = "All articles."
_ALL_PASSAGES: Final = "All passages."
_ARTICLES: Final = "Articles {query}."
_PASSAGES: Final = "Passages {query}."
_EMPTY: Final = "There is no word in it to look for."

_CONDITIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "annotated": "annotations",
        "undated": "no date",
        "orphaned": "passages that were lost from the text",
        "note": "a note",
        "highlight": "a highlight",
    }
)
_FIELDS: Final[Mapping[str, str]] = MappingProxyType({"by": "byline", "leftout": "text left out"})


def explain(reading: Reading, query: str, passages: bool) -> Message:
    """Return the sentence that says how ``query`` was read, then what could not be read as it was meant."""
    if isinstance(reading.plan, Everything):
        first = _ALL_PASSAGES if passages else _ALL_ARTICLES
        notes = [_EMPTY] if query.strip(" *") and not reading.notes else []
        return Message(" ".join([*notes, first, *reading.notes]), reading.values)
    first = _PASSAGES if passages else _ARTICLES
    said = describe(reading.plan)
    said = said if said.startswith("without ") else f"with {said}"
    return Message(" ".join([first, *reading.notes]), {**reading.values, "query": said})


def describe(plan: Plan, inside: bool = False) -> str:
    """Return what a plan asks for, in words; in brackets when it is one part of several and has several itself."""
    match plan:
        case Everything():
            return "anything"
        case Nothing():
            return plan.reason if plan.gone else f"{plan.reason} (there is no such one)"
        case Text():
            return _text(plan)
        case Themed():
            return f"the theme “{plan.label}”"
        case Member():
            return f"a place in the collection “{plan.label}”"
        case Days():
            name, _, value = plan.label.partition(":")
            return f"a date {name} {value}" if name != "published" else f"a date in {value}"
        case Being():
            return _being(plan)
        case Alike():
            return f"much in common with “{plan.label}”"
        case Without():
            return f"without {describe(plan.part, inside=True)}"
        case Either():
            said = " or ".join(describe(part, inside=True) for part in plan.parts)
            return f"({said})" if inside else said
        case Both():
            wanted = [describe(part, inside=True) for part in plan.parts if not isinstance(part, Without)]
            others = [describe(part, inside=True) for part in plan.parts if isinstance(part, Without)]
            said = ", ".join(([" and ".join(wanted)] if wanted else []) + others)
            return f"({said})" if inside else said


def _being(plan: Being) -> str:
    """Return a condition in words."""
    if plan.condition == "language":
        return f"the language {plan.value}"
    return _CONDITIONS.get(plan.condition, f"the state “{plan.condition}”")


def _text(plan: Text) -> str:
    """Return words in a field, in words."""
    place = f" in the {_FIELDS.get(plan.label, plan.label)}" if plan.label else ""
    if len(plan.slots) == 1:
        return _slot(plan.slots[0]) + place
    words = " ".join(slot.text + ("*" if slot.kind == "prefix" else "") for slot in plan.slots)
    near = f" (at most {plan.slop} words on from one to the next)" if plan.slop > 1 else ""
    return f"“{words}”{near}{place}"


def _slot(slot: Slot) -> str:
    """Return one word in words."""
    match slot.kind:
        case "word":
            return f"{slot.text} in any form"
        case "exact":
            return f"“{slot.text}”"
        case "prefix":
            return f"words that begin with “{slot.text}”" if slot.text else "anything"
        case "wildcard":
            return f"words like “{slot.text}”"
        case "fuzzy":
            return f"words close to “{slot.text}”"
