"""More like this: the words that tell a text from the others, and what has many of them too."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import Final

import numpy as np

from app.search import language, schema
from app.search.entries import Likeness
from app.search.plan import Alike, Member, Slot, Text
from app.search.shelf import Shelf

MOST: Final = 24
"""How many words tell what a text is about."""

READ: Final = 30_000
"""How many characters of a text are looked at: what a long one is about is said by then."""

_SHARE: Final = 0.3
_PAIR: Final = 2
_COMMON: Final = 0.2
_FEW: Final = 4
_SHORTEST: Final = 3


def telling(shelf: Shelf, text: str, *, known: bool) -> tuple[str, ...]:
    """Return the words of ``text`` that are frequent in it and rare on the shelf, the most telling first.

    ``known``: the text is on the shelf itself, so that a word must be in another document too.
    """
    code = schema.code(shelf.kind, _field(shelf.kind == "passage")) or ""
    border = max(shelf.count * _COMMON, _FEW)
    weights: dict[str, float] = {}
    for word, times in Counter(language.words(text[:READ])).items():
        if len(word) < _SHORTEST and word.isascii():
            continue
        having = _frequency(shelf, code + word)
        if known < having <= border:
            weights[word] = log(1 + times) * (log(shelf.count / (having + 1)) + 1)
    return tuple(sorted(weights, key=lambda word: (-weights[word], word))[:MOST])


def _frequency(shelf: Shelf, term: str) -> int:
    """Return how many live documents have a term."""
    line = term.encode()
    count = 0
    for live in shelf.lives:
        place = live.segment.lines("terms").find(line)
        if place >= 0:
            first, last = live.segment.slice("off", place, place + 2).tolist()
            alive = live.alive
            count += (
                last - first if alive is None else int(np.count_nonzero(alive[live.segment.slice("doc", first, last)]))
            )
    return count


def plan(likeness: Likeness, passages: bool) -> Alike:
    """Return what finds articles, or passages, with much in common; never itself."""
    field = _field(passages)
    parts = tuple(Text(field, (Slot("word", word),)) for word in likeness.words)
    # a quotation is short: two telling words in common are much
    least = min(len(parts), _PAIR if passages else max(_PAIR, round(len(parts) * _SHARE)))
    if passages and likeness.passage is not None:
        itself = Member(frozenset(), frozenset((likeness.passage,)), "")
    else:
        itself = Member(frozenset((likeness.article,)), frozenset(), "")
    return Alike(parts, least, itself, likeness.label)


def _field(passages: bool) -> str:
    return "quote" if passages else "text"
