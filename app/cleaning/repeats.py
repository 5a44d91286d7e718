"""Lines that stand in article after article of one outlet: furniture that no list of phrases knows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from app.cleaning.features import signs_of_words
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
_SURELY: Final = 4
_SHARE: Final = 0.5
_EDGE: Final = 6
_END: Final = 3
_PARAGRAPH: Final = 12  # words
_DIGITS: Final = re.compile(r"\d+")
_LONGEST: Final = 400


def normal(line: str) -> str:
    """Return a line as it is compared: without case, doubled spaces, and whatever numbers stand in it."""
    return _DIGITS.sub("#", " ".join(line.casefold().split()))[:_LONGEST]


@dataclass(frozen=True, slots=True)
class _Witness:
    """An article: all its lines in normal form, those of its text, and which articles before it it is much like."""

    article: int
    lines: frozenset[str]
    told: frozenset[str]
    kin: frozenset[int]


class Repeats:
    """The lines of the latest articles of one outlet, and how many of these articles have each."""

    def __init__(self) -> None:
        """Begin with no article."""
        self._held: deque[_Witness] = deque()
        self._counts: Counter[str] = Counter()

    @property
    def articles(self) -> tuple[int, ...]:
        """Return the articles that are looked at, the earliest first."""
        return tuple(one.article for one in self._held)

    def learn(self, article: int, text: Iterable[str], left_out: Iterable[str] = ()) -> frozenset[str]:
        """Take in the lines of one more article, and what was left out of it; the earliest of too many is forgotten.

        Returns those of them, in normal form, that surely repeat from now on and did not before: in more than three of
        the latest articles, and in every second of them. Articles whose texts share more than half of the lines of the
        shorter one (versions of a story, a live blog day by day) are as one here.
        """
        told = _normal(text)
        own = told | _normal(left_out)
        known = frozenset(filter(self._surely_repeats, own))
        kin = (one.article for one in self._held if len(told & one.told) * 2 > min(len(told), len(one.told)))
        self._held.append(_Witness(article, own, told, frozenset(kin)))
        self._counts.update(own)
        if len(self._held) > LOOKED_BACK:
            self._counts.subtract(self._held.popleft().lines)
        return frozenset(filter(self._surely_repeats, own)) - known

    def has(self, line: str) -> bool:
        """Tell whether a line stands in three of the latest articles at least, and in every second of them."""
        return self._counts[normal(line)] >= max(_LEAST, _SHARE * len(self._held))

    def _surely_repeats(self, line: str) -> bool:
        needed = max(_SURELY, _SHARE * len(self._held))
        if self._counts[line] < needed:
            return False
        stories, seen = 0, set[int]()
        for one in self._held:
            if line in one.lines:
                stories += seen.isdisjoint(one.kin)
                seen.add(one.article)
        return stories >= needed


def _normal(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(normal, lines)))


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


def surely_round(pieces: Sequence[Piece], lines: Set[str]) -> list[int]:
    """Return which blocks of an article that may have been read are furniture since they are among ``lines``.

    That is to be surer than :func:`standing_round`: a block is an ordinary paragraph and among the last three, it is
    short, there is no number in it, which articles differ in, and it ends in a letter, as no sentence does.
    """
    ending = [number for number, piece in enumerate(pieces) if piece.text.strip()][-_END:]
    return [number for number in ending if normal(pieces[number].text) in lines and _is_bare(pieces[number])]


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
    return piece.kind == "caption" or (_is_long(piece.text) and FULL_STOP.search(piece.text) is not None)


def _is_bare(piece: Piece) -> bool:
    """Tell whether a block is by its looks surely no sentence, figure, heading, quotation or item of a list."""
    text = piece.text.strip()
    is_word = unicodedata.category(text[-1]).startswith(("L", "M"))
    return piece.kind == "paragraph" and is_word and not _DIGITS.search(text) and not _is_long(text)


def _is_long(text: str) -> bool:
    return (signs_of_words(text) // 2 or len(tokens(text))) >= _PARAGRAPH


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
