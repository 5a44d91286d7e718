"""A better spelling for words that are in no document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

import numpy as np

from app.search import language, matching
from app.search.execute import Executor, wanted_texts
from app.search.plan import Plan, Slot, Text
from app.search.shelf import Shelf
from app.search.tree import FIELD

LITTLE: Final = 2
"""A suggestion is made when no more than this was found."""

_MOST: Final = 4
_MOST_WORDS: Final = 12
"""Of so many words at most are some mended; what is longer was pasted, and finds nothing for another reason."""

_MOST_LETTERS: Final = 200
_SHORTEST: Final = 3
_SHORTEST_FOR_TWO: Final = 5


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
    """Return ``query`` with other words in the place of some; names of fields stay."""
    fields = [match.span("text") for match in re.finditer(FIELD, query)]
    parts, last = [], 0
    for match in language.pattern_for(query).finditer(query):
        word = better.get(language.fold(match[0]))
        if word and not any(start <= match.start() < end for start, end in fields):
            parts += [query[last : match.start()], word]
            last = match.end()
    return "".join((*parts, query[last:]))


def _nearest(executor: Executor, slot: Slot, field: str) -> str | None:
    """Return the word nearest to one that nothing has: one letter before two letters away, then the commonest."""
    word = slot.text
    shelves = [(executor.shelves.of(kind), code) for kind, _, code in executor.places(Text(field, ()))]
    if len(word) < _SHORTEST or any(_has(shelf, code, slot) for shelf, code in _alive(shelves)):
        return None
    for distance in (1, 2):
        if distance == 2 and len(word) < _SHORTEST_FOR_TWO:
            break
        counts: dict[str, int] = {}
        for shelf, code in _alive(shelves):
            for found, count in _near(shelf, code, Slot("fuzzy", word, distance)):
                counts[found] = counts.get(found, 0) + count
        if counts:
            return min(counts, key=lambda found: (found[0] != word[0], -counts[found], found))
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
