"""The fields of the query language, and which of them, or which attribute, the name before a colon means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Generic, Literal, TypeVar

from app.search import language
from app.search.plan import Condition
from app.search.tree import DATE_FIELDS, plainly

TEXT_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "title",
        "by": "byline",
        "outlet": "outlet",
        "section": "section",
        "note": "note",
        "quote": "quote",
        "leftout": "left_out",
        "details": "details",
        "address": "address",
        "text": "text",
    }
)
"""What the text fields are called in the query language, and in the schema."""

CONDITIONS: Final[tuple[Condition, ...]] = (
    "unread", "reading", "read", "archived", "annotated", "undated", "orphaned",
)  # fmt: skip
POSSESSIONS: Final[Mapping[str, Condition]] = MappingProxyType(
    {"note": "note", "notes": "note", "highlight": "highlight", "highlights": "highlight"}
)

MEANT: Final[Mapping[str, Literal["highlight"]]] = MappingProxyType({"marked": "highlight", "highlighted": "highlight"})
"""What else people say after ``is:``."""

FIELDS: Final = (*TEXT_LABELS, "theme", "lang", "in", "like", "is", "has", *DATE_FIELDS)
"""The fields of the query language; the names of attributes come on top."""

OTHER_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "headline": "title",
        "intitle": "title",
        "author": "by",
        "byline": "by",
        "creator": "by",
        "source": "outlet",
        "publication": "outlet",
        "publisher": "outlet",
        "intext": "text",
        "summary": "details",
        "notes": "note",
        "url": "address",
        "inurl": "address",
        "site": "address",
        "language": "lang",
        "date": "published",
        "themes": "theme",
        "tag": "theme",
        "tags": "theme",
        "collection": "in",
    }
)
"""What else people call some fields; an attribute of that name comes first."""

Key = TypeVar("Key")


def bare(written: str) -> str:
    """Return the name of a field without its quotation marks."""
    return written.strip('"').strip()


def is_field(written: str) -> bool:
    """Return whether a name is that of a field of the query language."""
    return bare(written).casefold() in FIELDS


class Attributes(Generic[Key]):
    """The attributes of a library, by the names that a query may call them."""

    def __init__(self, names: Mapping[Key, str], ids: Mapping[str, Key]) -> None:
        """Know some names, of two that are alike the first, and ids; nothing is reckoned before it is asked for."""
        self._names = names
        self._ids = ids
        self._letters: dict[str, Key] = {}
        self._words: dict[str, Key] = {}

    def called(self, written: str) -> Key | None:
        """Return the attribute of a name or id: the one that is spelt so, else the one that has these words.

        A name that is a field's too means the field, unless it stands in quotation marks.
        """
        if is_field(written) and not written.startswith('"'):
            return None
        name = bare(written)
        if name.casefold() in self._ids:
            return self._ids[name.casefold()]
        if not self._letters:
            for key, own in self._names.items():
                self._letters.setdefault(plainly(own), key)
                self._words.setdefault(language.joined(own), key)
        wanted = language.joined(name)
        return self._letters.get(plainly(name), self._words.get(wanted) if wanted else None)
