"""A better spelling for words that are in no document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

import numpy as np

from app.search import choices, language, matching
from app.search.execute import Executor, wanted_texts
from app.search.fields import OTHER_NAMES
from app.search.misspelling import FARTHEST_FROM, SHORTEST, is_likely
from app.search.plan import Plan, Slot, Text
from app.search.shelf import Shelf
from app.search.spellings import page
from app.search.tree import DATE_FIELDS, FIELD

LITTLE: Final = 2
"""A suggestion is made when no more than this was found."""

_MOST: Final = 4
_MOST_WORDS: Final = 12
"""Of so many words at most are some mended; what is longer was pasted, and finds nothing for another reason."""

_MOST_LETTERS: Final = 200
_CLOSED: Final = frozenset(("is", "has", "lang", "like", *DATE_FIELDS))
"""The fields whose values are no words of documents."""

_VALUE: Final = re.compile(r'"[^"]*"?|[^\s()"]*')


def suggestion(executor: Executor, query: str, plan: Plan) -> str | None:
    """Return ``query`` with each word that no document has replaced by the nearest one; ``None`` when none is.

    Words of a field are looked for in that field. What has signs for other letters stays as it is.
    """
    texts = list(wanted_texts(plan))
    slots = [
        (slot, text.field)
        for text in texts
        if not _is_found_otherwise(executor, text, texts)
        for slot in text.slots
        if slot.kind in {"word", "exact"}
    ]
    words = {slot.text: (slot, field) for slot, field in slots}
    if len(words) > _MOST_WORDS or len(query) > _MOST_LETTERS:
        return None
    better = {word: found for word, sought in islice(words.items(), _MOST) if (found := _nearest(executor, *sought))}
    mended = _replaced(query, better)
    return mended if mended != query else None


def _is_found_otherwise(executor: Executor, text: Text, texts: Sequence[Text]) -> bool:
    """Tell whether a document has a text in another spelling that was looked for too."""
    letters = "".join(slot.text for slot in text.slots)
    return any(
        len(one.slots) != len(text.slots)
        and "".join(slot.text for slot in one.slots) == letters
        and len(executor.documents(one)) > 0
        for one in texts
    )


def _replaced(query: str, better: Mapping[str, str]) -> str:
    """Return ``query`` with other words in the place of some; names of fields stay, and so do addresses."""
    closed: dict[int, str] = {}
    kept = [match.span() for match in re.finditer(r"\S+", query) if page(match[0].strip('()"'))]
    for match in re.finditer(FIELD, query):
        kept.append(match.span("text"))
        name = OTHER_NAMES.get(match["name"].lower(), match["name"].lower())
        if name in _CLOSED and (value := _VALUE.match(query, match.end())):
            closed |= dict.fromkeys(range(*value.span()), name)
    parts, last = [], 0
    for match in language.pattern_for(query).finditer(query):
        folded, field = language.fold(match[0]), closed.get(match.start(), "")
        word = _choice(field, folded) if field else better.get(folded)
        if word and not any(start <= match.start() < end for start, end in kept):
            parts += [query[last : match.start()], _like(match[0], word)]
            last = match.end()
    return "".join((*parts, query[last:]))


def _choice(field: str, word: str) -> str | None:
    """Return the value of a field that has but few which a word may be meant for."""
    values = choices.of(field)
    return None if word in values else next((value for value in values if is_likely(word, value)), None)


def _like(written: str, word: str) -> str:
    """Return a word with the capitals of the one in whose place it stands."""
    if written.isupper():
        return word.upper()
    return word.capitalize() if written[:1].isupper() else word


def _nearest(executor: Executor, slot: Slot, field: str) -> str | None:
    """Return the likeliest word in the place of one that nothing has: a letter away before two, then the commonest."""
    word = slot.text
    shelves = [(executor.shelves.of(kind), code) for kind, _, code in executor.places(Text(field, ()))]
    if len(word) < SHORTEST or any(_has(shelf, code, slot) for shelf, code in _alive(shelves)):
        return None
    for distance in (1, 2):
        if distance == 2 and len(word) < FARTHEST_FROM:
            break
        counts: dict[str, int] = {}
        for shelf, code in _alive(shelves):
            for found, count in _near(shelf, code, Slot("fuzzy", word, distance)):
                counts[found] = counts.get(found, 0) + count
        likely = [found for found in counts if is_likely(word, found)]
        if likely:
            return min(likely, key=lambda found: (found[0] != word[0], -counts[found], found))
    return None


def _has(shelf: Shelf, code: str, slot: Slot) -> bool:
    """Return whether a live document has in a field what ``slot`` stands for."""
    return len(shelf.having(shelf.terms(slot, code))) > 0


def _alive(shelves: list[tuple[Shelf, str]]) -> Iterator[tuple[Shelf, str]]:
    return ((shelf, code) for shelf, code in shelves if shelf.count)


def _near(shelf: Shelf, code: str, slot: Slot) -> Iterator[tuple[str, int]]:
    """Yield the words of a field near ``slot`` with the number of documents that have each."""
    for live in shelf.lives:
        lines = live.segment.lines("terms")
        for number in matching.numbers(slot, code, lines):
            documents = live.segment.slice("doc", *live.segment.slice("off", number, number + 2).tolist())
            count = len(documents) if live.alive is None else int(np.count_nonzero(live.alive[documents]))
            if count:
                yield lines[number].decode()[len(code) :], count
