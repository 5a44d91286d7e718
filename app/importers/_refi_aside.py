"""What a REFI-QDA project of this program's own tells it alone, in an instruction behind the last element."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from app.drafts import AttributeDraft, CollectionDraft, ThemeDraft
from app.importers._json_file import objects, text
from app.importers._own_values import whole
from app.model import Interlude

_BEGINS: Final = b"<?commonplace "
_ENDS: Final = b"?>"


class Aside:
    """What is told aside, each thing by its id; what makes no sense is passed over."""

    def __init__(self, document: bytes) -> None:
        """Read it from the bytes of a project; one of another program holds none."""
        told = _told(document)
        self._digits = _object(told, "digits")
        self._fields = _object(told, "fields")
        self._collections = _object(told, "collections")
        self._private = {text(one) for one in _list(told, "private")}

    def is_private(self, uid: str) -> bool:
        """Tell whether the note on a thing is private; ``""`` is the library."""
        return uid in self._private

    def theme(self, theme: ThemeDraft) -> ThemeDraft:
        """Return a theme with its digit."""
        return replace(theme, digit=whole(self._digits.get(theme.id)), private=self.is_private(theme.id))

    def field(self, field: AttributeDraft) -> AttributeDraft:
        """Return a field with its kind, where its variable had another one, and its choices."""
        told = _object(self._fields, field.id)
        choices = tuple(map(text, _list(told, "choices")))
        return replace(field, kind=text(told.get("kind")) or field.kind, choices=choices)

    def collection(self, collection: CollectionDraft) -> CollectionDraft:
        """Return a collection with its query, or with all that it holds."""
        told = _object(self._collections, collection.id)
        interludes = tuple(
            Interlude(text(one.get("id")), text(one.get("text")), whole(one.get("level")))
            for one in objects(told, "interludes")
        )
        return replace(
            collection,
            query=text(told.get("query")),
            interludes=interludes,
            sequence=tuple(map(text, _list(told, "sequence"))) or collection.sequence,
            private=self.is_private(collection.id),
        )


def _told(document: bytes) -> dict[str, Any]:
    start = document.rfind(_BEGINS)
    end = document.find(_ENDS, start)
    try:
        found = json.loads(document[start + len(_BEGINS) : end]) if 0 <= start < end else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _object(value: dict[str, Any], name: str) -> dict[str, Any]:
    found = value.get(name)
    return found if name and isinstance(found, dict) else {}


def _list(value: dict[str, Any], name: str) -> list[Any]:
    found = value.get(name)
    return found if isinstance(found, list) else []
