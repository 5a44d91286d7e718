"""More like this: the words that tell a text from the others, and what has many of them too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log
from types import MappingProxyType
from typing import Final

import numpy as np

from app.search import language, schema
from app.search.entries import Likeness
from app.search.execute import Shelves
from app.search.plan import Alike, Member, Slot, Text
from app.search.schema import Kind
from app.search.shelf import Shelf

MOST: Final = 24
"""How many words tell what a text is about."""

READ: Final = 30_000
"""How many characters of a text are looked at: what a long one is about is said by then."""

_FIELDS: Final[Mapping[Kind, str]] = MappingProxyType({"article": "text", "passage": "quote"})
_SHARE: Final = 0.3
_PAIR: Final = 2
_COMMON: Final = 0.2
_FEW: Final = 4
_SHORTEST: Final = 3


def telling(shelves: Shelves, kind: Kind, text: str, *, known: bool) -> tuple[str, ...]:
    """Return the words that are frequent in ``text`` and rare in articles, the most telling first.

    Only words that documents of ``kind`` have count; ``known``: the text is one of these, so another must have it too.
    """
    articles, shelf = shelves.articles, shelves.of(kind)
    border = max(articles.count * _COMMON, _FEW)
    weights: dict[str, float] = {}
    for word, times in Counter(language.words(text[:READ])).items():
        if len(word) < _SHORTEST and word.isascii():
            continue
        having = _frequency(articles, word)
        if having <= border and known < (having if shelf is articles else _frequency(shelf, word)):
            weights[word] = log(1 + times) * (log(articles.count / (having + 1)) + 1) if articles.count else 0.0
    return tuple(sorted(weights, key=lambda word: (-weights[word], word))[:MOST])


def rarest(articles: Shelf, words: Iterable[str], most: int) -> tuple[str, ...]:
    """Return those of some folded words that the fewest articles have in their texts, but one at least."""
    counts = {word: _frequency(articles, word) for word in words}
    having = sorted((count, word) for word, count in counts.items() if count)
    return tuple(word for _, word in having[:most])


def _frequency(shelf: Shelf, word: str) -> int:
    """Return how many live documents have a word, in just this form."""
    line = f"{schema.code(shelf.kind, _FIELDS[shelf.kind])}{word}".encode()
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
    field = _FIELDS["passage" if passages else "article"]
    parts = tuple(Text(field, (Slot("word", word),)) for word in likeness.words)
    # a quotation is short: two telling words in common are much
    least = min(len(parts), _PAIR if passages else max(_PAIR, round(len(parts) * _SHARE)))
    if passages and likeness.passage is not None:
        itself = Member(frozenset(), frozenset((likeness.passage,)), "")
    else:
        itself = Member(frozenset((likeness.article,)), frozenset(), "")
    return Alike(parts, least, itself, likeness.label)
