"""What a REFI-QDA project tells this program alone: what the standard has no place for, and is short.

It is a processing instruction behind the last element, which the schema says nothing of and other programs pass over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from app.model import AttributeKind, Bundle, Collection
from app.wording import Message

TARGET: Final = "commonplace"


def aside(bundle: Bundle, kinds: Mapping[str, str]) -> bytes:
    """Return the instruction, nothing where there is nothing to tell.

    ``kinds`` are the types of the variables that fields are, by the ids of these; ``""`` is text.
    """
    fields = {
        one.id: {"kind": one.kind.value, "choices": list(one.choices)}
        for one in bundle.attributes
        if one.choices or one.kind is AttributeKind.CHOICE or (one.kind is not AttributeKind.TEXT and not kinds[one.id])
    }
    articles = frozenset(item.article.id for item in bundle.articles)
    held = {one.id: _collection(one) for one in bundle.collections if one.query or _has_more(one, articles)}
    told: dict[str, Any] = {
        "digits": {theme.id: theme.digit for theme in bundle.themes if theme.digit is not None},
        "fields": fields,
        "collections": held,
        "private": sorted(bundle.private),
    }
    told = {name: value for name, value in told.items() if value}
    # What ends an instruction stands in no JSON that is written so.
    written = json.dumps(told, sort_keys=True).replace(">", "\\u003e")
    return f"<?{TARGET} {written}?>\n".encode("ascii") if told else b""


def for_this_program(bundle: Bundle, kinds: Mapping[str, str]) -> tuple[Message, ...]:
    """Return the sentence about what only this program reads back; other programs do not see it."""
    choices = sum(bool(one.choices) for one in bundle.attributes)
    other = sum(one.kind not in (AttributeKind.TEXT, AttributeKind.CHOICE) and not kinds[one.id]
                for one in bundle.attributes)  # fmt: skip
    passages = {one.id for item in bundle.articles for one in item.highlights}
    counts = {
        "digits of themes": sum(theme.digit is not None for theme in bundle.themes),
        "choices of fields": choices,
        "kinds of fields with other values": other,
        "passages in collections": sum(uid in passages for one in bundle.collections for uid in one.items),
        "headings and texts in collections": sum(len(one.interludes) for one in bundle.collections),
        "queries of collections": sum(bool(one.query) for one in bundle.collections),
        "that notes are private": len(bundle.private),
    }
    what = ", ".join(f"{name} ({count})" for name, count in counts.items() if count)
    said = "Other programs do not see this, only Commonplace reads it back: {what}."
    return (Message(said, {"what": what}),) if what else ()


def _has_more(collection: Collection, articles: frozenset[str]) -> bool:
    """Tell whether a collection holds anything but articles of the bundle, which are what a set can hold."""
    return any(uid not in articles for uid in collection.sequence)


def _collection(collection: Collection) -> dict[str, Any]:
    return {
        "query": collection.query,
        "sequence": list(collection.sequence),
        "interludes": [{"id": one.id, "text": one.text, "level": one.level} for one in collection.interludes],
    }
