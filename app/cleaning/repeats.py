"""Lines that stand in article after article of one outlet: furniture that no list of phrases knows."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.cleaning.furniture import signs_of_words
from app.cleaning.lines import FULL_STOP
from app.cleaning.phrases import tokens
from app.drafts import Draft
from app.model import LeftOut
from app.text.body import Body, Piece

REPEATED: Final = "repeated"
"""The kind of what is left out because it stands in other articles of the outlet too."""

LOOKED_BACK: Final = 12
"""So many articles of an outlet, the latest, show what repeats."""

UNRULED: Final = frozenset(("image", "rule", "cell", "code"))
"""Kinds of blocks that no rule cuts: one line less, and a table or a program says something else."""

_LEAST: Final = 3
_SHARE: Final = 0.5
_EDGE: Final = 6
_PARAGRAPH: Final = 12  # words
_DIGITS: Final = re.compile(r"\d+")
_LONGEST: Final = 400


def normal(line: str) -> str:
    """Return a line as it is compared: without case, doubled spaces, and whatever numbers stand in it."""
    return _DIGITS.sub("#", " ".join(line.casefold().split()))[:_LONGEST]


class Repeats:
    """The lines of the latest articles of one outlet, and how many of these articles have each."""

    def __init__(self, texts: Iterable[tuple[int, str]] = ()) -> None:
        """Begin with articles and their texts, what was left out of them included, the earliest first."""
        self._held: deque[tuple[int, frozenset[str]]] = deque()
        self._counts: Counter[str] = Counter()
        for article, text in texts:
            self.learn(article, text.split("\n"))

    @property
    def articles(self) -> tuple[int, ...]:
        """Return the articles that are looked at, the earliest first."""
        return tuple(article for article, _lines in self._held)

    def learn(self, article: int, lines: Iterable[str]) -> frozenset[str]:
        """Take in the lines of one more article; the earliest of too many is forgotten.

        Returns those of them, in normal form, that repeat from now on and did not before.
        """
        own = frozenset(filter(None, map(normal, lines)))
        known = frozenset(filter(self._is_repeated, own))
        self._held.append((article, own))
        self._counts.update(own)
        if len(self._held) > LOOKED_BACK:
            self._counts.subtract(self._held.popleft()[1])
        return frozenset(filter(self._is_repeated, own)) - known

    def has(self, line: str) -> bool:
        """Tell whether a line stands in three of the latest articles at least, and in every second of them."""
        return self._is_repeated(normal(line))

    def _is_repeated(self, line: str) -> bool:
        return self._counts[line] >= max(_LEAST, _SHARE * len(self._held))


def standing_round(pieces: Sequence[Piece], repeats: Callable[[str], bool]) -> list[int]:
    """Return which blocks of an article, by number, are furniture since a line like them ``repeats``.

    They stand near its ends. What an article says in its midst, or in a long sentence, is its own, even if others say
    it too: those that follow one story share their background.
    """
    return [
        number
        for number, piece in enumerate(pieces)
        if min(number, len(pieces) - 1 - number) < _EDGE
        and piece.kind not in UNRULED
        and piece.text.strip()
        and repeats(piece.text)
        and not _is_told(piece)
    ]


def without_furniture(draft: Draft, rules: Mapping[str, str], repeats: Repeats) -> Draft:
    """Return a draft without the lines that ``rules`` name (normal form to kind) and, near its ends, what repeats.

    Nothing is cut from a draft with marks.
    """
    if draft.marks or not draft.body.blocks:
        return draft
    pieces = draft.body.pieces()
    kinds = dict.fromkeys(standing_round(pieces, repeats.has), REPEATED)
    for number, piece in enumerate(pieces):
        kind = rules.get(normal(piece.text)) if piece.kind not in UNRULED and piece.text.strip() else None
        if kind is not None:
            kinds[number] = kind
    if not kinds or len(kinds) == sum(1 for piece in pieces if piece.text.strip()):
        return draft
    return _cut(draft, list(pieces), kinds)


def _is_told(piece: Piece) -> bool:
    """Tell whether a block is by its looks what an article says, not what stands round it."""
    words = signs_of_words(piece.text) // 2 or len(tokens(piece.text))
    return piece.kind == "caption" or (words >= _PARAGRAPH and FULL_STOP.search(piece.text) is not None)


def _cut(draft: Draft, pieces: list[Piece], kinds: Mapping[int, str]) -> Draft:
    """Move blocks, by number, from the body to what was left out, each to its place."""
    before = [sum(1 for number in kinds if number < place) for place in range(len(pieces) + 1)]
    moved = [
        (number, LeftOut(kind, pieces[number].text, number - before[number], pieces[number].kind,
                         pieces[number].attributes, pieces[number].runs))
        for number, kind in kinds.items()
    ]  # fmt: skip
    held = [
        (one.before, replace(one, before=one.before - before[min(one.before, len(pieces))])) for one in draft.left_out
    ]
    # of pieces at one place those that stood there before the block come first
    ordered = sorted([*((place - 0.5, one) for place, one in held), *moved], key=lambda row: row[0])
    body = Body.of(piece for number, piece in enumerate(pieces) if number not in kinds)
    return replace(draft, body=body, left_out=tuple(one for _, one in ordered))
