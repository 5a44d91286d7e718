"""Words in a field of a shelf: one word in all its forms, or several one after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.search import phrases
from app.search.distinct import once
from app.search.parts import added, intersected
from app.search.plan import Slot, Text
from app.search.shelf import Documents, Found, Leaf, Part, Shelf

_TELLING_HEAD: Final = 2
_TELLING_PREFIX: Final = 3
"""With fewer letters before its star a pattern fits too many words for their number to tell anything."""


def is_wide(slot: Slot) -> bool:
    """Return whether a pattern fits so many words that how often they stand in a document tells nothing."""
    if slot.kind == "prefix":
        return len(slot.text) < _TELLING_PREFIX
    if slot.kind != "wildcard":
        return False
    head, star, _ = slot.text.partition("*")
    return begins_openly(slot) or (bool(star) and len(head.partition("?")[0]) < _TELLING_HEAD)


def begins_openly(slot: Slot) -> bool:
    """Return whether a pattern begins with a star or question mark: its words stand all over the vocabulary."""
    return slot.kind == "wildcard" and slot.text[:1] in {"*", "?"}


def words(shelf: Shelf, plan: Text, code: str, boost: float) -> Part | None:
    """Return the documents of a shelf with the words in a field; each adds its score."""
    if len(plan.slots) == 1:
        return word(shelf, plan.slots[0], code, boost)
    parts = []
    for slot in plan.slots:
        part = word(shelf, slot, code, boost)
        if part is None:
            return None
        parts.append(part)
    documents, kept = intersected(parts, shelf.size)
    if not len(documents):
        return None
    rarest = sorted(range(len(parts)), key=lambda number: len(parts[number].found))
    reached = documents.searchsorted(_following(shelf, plan, code, kept, rarest))
    documents = documents.take(reached)
    return Found(documents, added([part.taken(reached, documents) for part in kept]))


def _following(shelf: Shelf, plan: Text, code: str, parts: Sequence[Part], rarest: Sequence[int]) -> Documents:
    """Return which documents of ``parts``, which are those of all, have the words one after another.

    With no gap allowed the rarest word is looked at first, and each other only where it can still make a phrase.
    """
    documents = every = parts[0].documents
    starts = shelf.starts(code) if plan.slop == 1 else None
    if starts is None:
        slots = [shelf.keyed(shelf.terms(slot, code), documents) for slot in plan.slots]
        found: Documents = once(phrases.ends(slots, plan.slop) >> 32)
        return found
    ends = None
    for number in rarest:
        places = _places(shelf, plan.slots[number], code, parts[number], every, documents, starts)
        ahead = len(rarest) - 1 - number
        ends = places + ahead if ends is None else phrases.led_to(ends, places, ahead, int(starts[-1]))
        documents = once(starts.searchsorted(ends, side="right") - 1)
    return documents


def _places(
    shelf: Shelf, slot: Slot, code: str, part: Part, every: Documents, documents: Documents, starts: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return where a word stands in ``documents``; ``part`` is the word in all documents that are left of the query."""
    if isinstance(part, Leaf):
        own = part if len(documents) == len(every) else part.taken(every.searchsorted(documents), documents)
        places = own.places(starts)
        if places is not None:
            return places
    return shelf.keyed(shelf.terms(slot, code), documents, starts)


def word(shelf: Shelf, slot: Slot, code: str, boost: float) -> Part | None:
    """Return the documents with one word, ``None`` when none has it; its exact form counts once more."""
    if slot.kind == "exact":
        return shelf.exact(slot.text, code, boost)
    if is_wide(slot):
        documents = shelf.covered(shelf.terms(slot, code), code)
        return Found(documents, np.full(len(documents), boost, np.float32)) if len(documents) else None
    found = shelf.all_of(shelf.terms(slot, code), code, boost)
    if slot.kind != "word" or found is None:
        return found
    same = shelf.exact(slot.text, code, boost)
    if same is None:
        return found
    scores = found.scores
    if len(same) == len(found.documents):
        scores += same.scores
    else:
        scores[found.documents.searchsorted(same.documents)] += same.scores
    return Found(found.documents, scores)
