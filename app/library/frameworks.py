"""What came with a file beside articles and themes, put into a library: its note, the reader's fields, collections."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from app.drafts import AttributeDraft, CollectionDraft, Framework
from app.errors import InvalidInput
from app.library.attributes import Attributes
from app.library.collections import Collections
from app.library.furniture import Furniture
from app.library.library import clean_name, clean_text
from app.library.notes import Notes
from app.model import Attribute, AttributeKind, Collection, Interlude
from app.wording import Message

_ID: Final = re.compile(r"[0-9a-f]{32}")
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Arranged:
    """What became of a framework: the names of the collections that are new, and what did not come along.

    ``rules`` counts the lines that are left out of the articles of an outlet from now on.
    """

    made: tuple[str, ...] = ()
    left: tuple[Message, ...] = ()
    rules: Mapping[str, int] = field(default_factory=dict)


class Frameworks:
    """Takes frameworks into one library."""

    def __init__(self, attributes: Attributes, collections: Collections, notes: Notes, furniture: Furniture) -> None:
        """Work on the nouns of an open library."""
        self._furniture = furniture
        self._attributes = attributes
        self._collections = collections
        self._notes = notes

    def define(self, framework: Framework) -> Mapping[str, str]:
        """Make the fields of a framework, inside a deed; return what those are called here that go by another name.

        A field is known by its id, otherwise by its name. One that is there keeps its kind; it gains a definition when
        it has none, and choices.
        """
        names: dict[str, str] = {}
        for draft in framework.attributes:
            if not clean_text(draft.name).strip():
                continue
            held = self._held(draft)
            if held is None:
                with contextlib.suppress(InvalidInput):  # a name that no field may have, which no library's had
                    held = self._made(draft)
            else:
                self._attributes.complete(held, _choices(draft), draft.definition)
            if held is not None and held.name != draft.name:
                names[draft.name] = held.name
        return names

    def _held(self, draft: AttributeDraft) -> Attribute | None:
        held = self._attributes.all()
        own = next((one for one in held if draft.id and one.id == draft.id), None)
        name = clean_name(draft.name).casefold()
        return own or next((one for one in held if one.name.casefold() == name), None)

    def _made(self, draft: AttributeDraft) -> Attribute:
        kind = draft.kind if draft.kind in set(AttributeKind) else AttributeKind.TEXT
        choices = _choices(draft) if kind == AttributeKind.CHOICE else ()
        return self._attributes.add(draft.name, kind, choices, draft.definition, _uid(draft.id))

    def arrange(self, framework: Framework, ids: Mapping[str, str]) -> Arranged:
        """Write the note of a framework where the library has none, and make its collections and rules, inside a deed.

        A collection is known by its id, otherwise by its name. One that is there keeps its order and what is in it;
        what is new in it comes after what it follows in the file. ``ids`` are those of this library for articles and
        highlights that have other ones here; what is not here is passed over.
        """
        rules = self._furniture.take_in(framework.rules)
        left: list[Message] = [*self._take_note(framework)]
        made: list[tuple[Collection, str]] = []
        for draft in framework.collections:
            if not clean_text(draft.name).strip():
                continue
            held = self._collection(draft)
            if held is None:
                held = self._collections.add(draft.name, draft.query, uid=_uid(draft.id))
                made.append((held, draft.query))
            self._notes.join(draft.note, "collection", held.key, private=draft.private, noted=draft.noted)
            left += self._fill(held, draft, ids)
        # A query may name a collection that came after it.
        for one, query in made:
            if one.query:
                self._collections.edit(one.id, query=query)
        return Arranged(tuple(one.name for one, _query in made), tuple(left), rules)

    def _collection(self, draft: CollectionDraft) -> Collection | None:
        own = self._collections.by_id(draft.id) if draft.id else None
        return own or self._collections.named(clean_name(draft.name))

    def _take_note(self, framework: Framework) -> list[Message]:
        note = clean_text(framework.note)
        held = self._notes.text()
        if note.strip() and not held.strip():
            self._notes.write(note, private=framework.private, noted=framework.noted)
        if not note.strip() or not held.strip() or held == note:
            return []
        said = "The library has a note of its own; that of the file is not in: {note}"
        return [Message(said, {"note": " ".join(note.split())[:_SHOWN]})]

    def _fill(self, collection: Collection, draft: CollectionDraft, ids: Mapping[str, str]) -> list[Message]:
        """Put what is new into a collection by hand, each thing after what it follows in the draft."""
        if collection.query and draft.sequence:
            said = "“{name}” is filled by its query here; what was put into it by hand did not come along."
            return [Message(said, {"name": collection.name})]
        if draft.query and not collection.query:
            said = "“{name}” is filled by hand here; its query did not come along: {query}"
            return [Message(said, {"name": collection.name, "query": draft.query})]
        own = {one.id: one for one in draft.interludes}
        held = {(one.level, one.text): one.id for one in collection.interludes}
        order, present = list(collection.sequence), set(collection.sequence)
        fresh: list[str] = []
        place = 0
        for uid in dict.fromkeys(draft.sequence):
            found = self._interlude(collection, own[uid], held) if uid in own else self._member(ids.get(uid, uid))
            if found in present:
                place = order.index(found) + 1
            elif found:
                order.insert(place, found)
                present.add(found)
                place += 1
                fresh += [] if uid in own else [found]
        if fresh:
            self._collections.put(collection.id, fresh)
        if tuple(order) != collection.sequence:
            self._collections.order(collection.id, order)
        return []

    def _interlude(self, collection: Collection, draft: Interlude, held: Mapping[tuple[int, str], str]) -> str:
        """Return the id of an interlude in a collection, written when it is new; ``""`` for one without text."""
        if draft.id in collection.sequence:
            return draft.id
        text = clean_text(draft.text).strip()
        text = " ".join(text.split()) if draft.level else text
        if (draft.level, text) in held:
            return held[draft.level, text]
        with contextlib.suppress(InvalidInput):
            return self._collections.write(collection.id, text, draft.level, uid=_uid(draft.id)).sequence[-1]
        return ""

    def _member(self, uid: str) -> str:
        return uid if self._collections.may_hold(uid) else ""


def _choices(draft: AttributeDraft) -> tuple[str, ...]:
    return tuple(one for one in draft.choices if clean_text(one).strip())


def _uid(given: str) -> str:
    return given if _ID.fullmatch(given) else ""
