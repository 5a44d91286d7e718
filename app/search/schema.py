"""The fields of the two kinds of documents, and the short codes under which segments keep them.

Text fields are kept word by word with positions, keyword fields as whole values. In a segment every term begins with
the code of its field: small letters for text, capitals for keywords.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal

Kind = Literal["article", "passage"]
KINDS: Final[tuple[Kind, ...]] = ("article", "passage")

TEXT_FIELDS: Final[Mapping[Kind, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        "article": (
            ("title", "t"),
            ("text", "x"),
            ("byline", "b"),
            ("outlet", "o"),
            ("section", "s"),
            ("left_out", "l"),
            ("note", "n"),
            ("details", "d"),
            ("imprint", "i"),
            ("address", "w"),
        ),
        "passage": (("quote", "q"), ("note", "n")),
    }
)
"""Names and codes of the text fields; lengths are kept in this order, so a change here is a new ``segments.FORM``."""

_WITHIN: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"details": ("details", "imprint")})
"""Fields that are looked for in others too."""

OUTLET, JOINED, THEME, STATE, LANGUAGE, MONTH = "O", "J", "H", "S", "L", "M"
"""Codes of the keyword fields. ``JOINED`` is the outlet with its spaces removed: *Al Bawaba* is *albawaba*."""

PLAIN_FIELDS: Final[Mapping[Kind, tuple[str, ...]]] = MappingProxyType(
    {
        "article": ("title", "text", "byline", "outlet", "details", "note"),
        "passage": ("quote", "note"),
    }
)
"""Where words without a field are looked for. A note of an article is one on a passage of it, too."""

BOOSTS: Final[Mapping[str, float]] = MappingProxyType({"title": 2.0, "details": 0.5, "imprint": 0.5, "note": 0.5})
"""How much more a word counts in a field; 1 elsewhere."""

ATTRIBUTE: Final = "attribute:"
"""The name of an attribute's field is this and the attribute's key."""


def code(kind: Kind, name: str) -> str | None:
    """Return the code of a text field, ``None`` when documents of this kind have no such field."""
    if name.startswith(ATTRIBUTE):
        return f"a{name.removeprefix(ATTRIBUTE)}:" if kind == "article" else None
    return dict(TEXT_FIELDS[kind]).get(name)


def within(name: str) -> tuple[str, ...]:
    """Return the text fields in which the words of a field are looked for."""
    return _WITHIN.get(name, (name,))


def places(view: Kind, field: str) -> Iterator[tuple[Kind, str, str]]:
    """Yield where words of a field (empty: of none) are looked for: the kind of document, the field's name and code."""
    for name in within(field) if field else PLAIN_FIELDS[view]:
        own = code(view, name)
        for kind in KINDS:
            found = code(kind, name)
            # a note of an article is not one of its passages; all else comes from wherever it is
            if found and (view in {kind, "article"} or own is None):
                yield kind, name, found


def attribute_codes(key: int) -> tuple[str, str]:
    """Return the codes under which an attribute's words and its whole value are kept."""
    return f"a{key}:", f"A{key}:"


def rows(kind: Kind) -> int:
    """Return how many lengths are kept of each document: those of its text fields, and of its longest attribute."""
    return len(TEXT_FIELDS[kind]) + 1


def row(kind: Kind, code: str) -> int | None:
    """Return which of these tells where the texts of a field begin; ``None`` for keywords, which have no text."""
    if not code[0].islower():
        return None
    return next((row for row, (_, own) in enumerate(TEXT_FIELDS[kind]) if own == code), rows(kind) - 1)
