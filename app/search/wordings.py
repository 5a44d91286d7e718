"""Words in a field of a shelf: one word in all its forms, or several one after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from app.search import phrases
from app.search.distinct import rows_of
from app.search.gathering import NONE, places, standing
from app.search.parts import added, intersected
from app.search.phrases import NOWHERE, Places
from app.search.plan import Slot, Text
from app.search.shelf import Documents, Found, Leaf, Part, Scores, Shelf

_TELLING_HEAD: Final = 2
_TELLING_PREFIX: Final = 3
"""With fewer letters before its star a pattern fits too many words for their number to tell anything."""


_SPARSE: Final = 8
"""Documents are few when a word has more than so many times as many."""


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
    if plan.slop > 1:
        return _near(shelf, plan, code, parts)
    return _following(shelf, plan, code, parts)


def _near(shelf: Shelf, plan: Text, code: str, parts: Sequence[Part]) -> Found | None:
    """Return the documents with the words one after another, some words apart."""
    documents, kept = intersected(parts, shelf.size)
    found = [
        _near_in(shelf, side, plan, code, parts, shelf.among(documents, *pair)) + pair[1]
        for side, pair in enumerate(shelf.sides)
    ]
    rows = rows_of(np.concatenate(found), documents, shelf.size)
    documents = documents.take(rows)
    return Found(documents, added([part.taken(rows, documents) for part in kept])) if len(rows) else None


def _near_in(shelf: Shelf, side: int, plan: Text, code: str, parts: Sequence[Part], within: Documents) -> Documents:
    """Return the live documents of a segment with the words some words apart, of those ``within`` that have all."""
    if not len(within):
        return NONE
    live = shelf.sides[side][0]
    starts = live.segment.starts(code)
    slots = [_standing(shelf, side, slot, code, part, within) for slot, part in zip(plan.slots, parts, strict=True)]
    documents = phrases.owners(phrases.ends(slots, plan.slop, starts), starts)
    return documents if live.alive is None else documents.compress(live.alive.take(documents))


class _Held(NamedTuple):
    """The live documents of a segment with a phrase, as it numbers them, and where each of the words stands in it."""

    documents: Documents
    places: Sequence[Places]


def _following(shelf: Shelf, plan: Text, code: str, parts: Sequence[Part]) -> Found | None:
    """Return the documents with the words one right after another."""
    patterns = {number for number, part in enumerate(parts) if isinstance(part, Found)}
    # the rarest first, and patterns last, of which only the places that matter are gathered
    order = sorted(range(len(parts)), key=lambda number: (number in patterns, parts[number].frequency))
    within = intersected(parts, shelf.size)[0] if patterns else NONE
    held = [_held(shelf, side, plan, code, parts, order, within) for side in range(len(shelf.sides))]
    documents = held[0].documents
    if len(held) > 1:
        documents = np.concatenate([own.documents + base for own, (_, base) in zip(held, shelf.sides, strict=True)])
    if not len(documents):
        return None
    scores = [_scores(shelf, code, part, documents, held, number) for number, part in enumerate(parts)]
    return Found(documents, sum(scores[1:], start=scores[0]))


def _held(
    shelf: Shelf, side: int, plan: Text, code: str, parts: Sequence[Part], order: Sequence[int], within: Documents
) -> _Held:
    """Return what of a segment has the words; patterns are looked for only ``within`` some documents of the shelf."""
    live, base = shelf.sides[side]
    starts = live.segment.starts(code)
    having = shelf.among(within, live, base)
    places = [NOWHERE] * len(parts)
    begins: Places | None = None
    for number in order:
        asked = having if begins is None or len(having) <= len(begins) else phrases.owners(begins, starts)
        places[number] = _standing(shelf, side, plan.slots[number], code, parts[number], asked)
        if begins is None:
            begins = phrases.back(places[number], number)
        else:
            begins = phrases.led_to(begins, places[number], number, int(starts[-1]))
        if not len(begins):
            return _Held(NONE, places)
    documents = NONE if begins is None else phrases.holding(begins, len(parts), starts)
    return _Held(documents if live.alive is None else documents.compress(live.alive.take(documents)), places)


def _scores(shelf: Shelf, code: str, part: Part, documents: Documents, held: Sequence[_Held], number: int) -> Scores:
    """Return what a word adds to the scores of documents with a phrase; of few, its places tell how often it stands."""
    if isinstance(part, Found) or len(documents) * _SPARSE > part.frequency:
        return part.taken(part.documents.searchsorted(documents), documents).scores
    times = [
        phrases.times(own.places[number], own.documents, live.segment.starts(code))
        for own, (live, _) in zip(held, shelf.sides, strict=True)
    ]
    return part.scored(documents, times[0] if len(times) == 1 else np.concatenate(times))


def _standing(shelf: Shelf, side: int, slot: Slot, code: str, part: Part, within: Documents) -> Places:
    """Return where in a segment a word stands; a pattern only in the documents ``within``."""
    live = shelf.sides[side][0]
    if isinstance(part, Leaf):
        number = part.numbers[side]
        return standing(live.segment, number) if number >= 0 else NOWHERE
    sets = [places(live, one, within) for one in shelf.terms(slot, code)[side]]
    return sets[0] if len(sets) == 1 else np.sort(np.concatenate([NOWHERE, *sets]))


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
    if same.frequency == found.frequency:
        scores += same.scores
    else:
        scores[rows_of(same.documents, found.documents, shelf.size)] += same.scores
    return Found(found.documents, scores)
