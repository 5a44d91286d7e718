"""Words in a field of a shelf: one word in all its forms, or several one after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from app.search import phrases
from app.search.distinct import once
from app.search.gathering import NONE, places, standing
from app.search.parts import added, intersected
from app.search.phrases import Places
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
    documents = _following(shelf, plan, code, parts) if plan.slop == 1 else _near(shelf, plan, code, parts)
    if not len(documents):
        return None
    kept = [part.taken(part.found.searchsorted(documents.astype(part.found.dtype)), documents) for part in parts]
    return Found(documents, added(kept))


def _near(shelf: Shelf, plan: Text, code: str, parts: Sequence[Part]) -> Documents:
    """Return the documents with the words one after another, some words apart."""
    documents, _ = intersected(parts, shelf.size)
    slots = [shelf.keyed(shelf.terms(slot, code), code, documents) for slot in plan.slots]
    found: Documents = once(phrases.ends(slots, plan.slop) >> 32)
    return found


def _following(shelf: Shelf, plan: Text, code: str, parts: Sequence[Part]) -> Documents:
    """Return the documents with the words one right after another."""
    patterns = [number for number, part in enumerate(parts) if isinstance(part, Found)]
    # the rarest first, and patterns last, of which only the places that matter are gathered
    order = sorted(range(len(parts)), key=lambda number: (number in patterns, len(parts[number].found)))
    within = intersected(parts, shelf.size)[0] if patterns else NONE
    found = []
    for side, (live, base) in enumerate(shelf.sides):
        starts = live.segment.starts(code)
        having = shelf.among(within, live, base)
        begins: Places | None = None
        for number in order:
            asked = having if begins is None or len(having) <= len(begins) else phrases.owners(begins, starts)
            own = _standing(shelf, side, plan.slots[number], code, parts[number], asked)
            if begins is None:
                begins = phrases.back(own, number)
            else:
                begins = phrases.led_to(begins, own, number, int(starts[-1]))
            if not len(begins):
                break
        else:
            assert begins is not None
            documents = phrases.holding(begins, len(parts), starts)
            found.append(documents + base if base else documents)
    documents = found[0] if len(found) == 1 else np.concatenate([NONE, *found])
    return documents if shelf.alive is None else documents.compress(shelf.alive.take(documents))


def _standing(shelf: Shelf, side: int, slot: Slot, code: str, part: Part, within: Documents) -> Places:
    """Return where in a segment a word stands; a pattern only in the documents ``within``."""
    live = shelf.sides[side][0]
    if isinstance(part, Leaf):
        number = part.numbers[side]
        return standing(live.segment, number) if number >= 0 else phrases.NOWHERE
    sets = [places(live, one, code, within) for one in shelf.terms(slot, code)[side]]
    return sets[0] if len(sets) == 1 else np.sort(np.concatenate([phrases.NOWHERE, *sets]))


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
