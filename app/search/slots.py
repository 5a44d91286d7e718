"""From the words of a query to what is looked for in their place: words, prefixes, wildcards, fuzzy words."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Final

from app.search import language
from app.search.plan import Slot, SlotKind

FARTHEST: Final = 2
"""By how many letters a fuzzy word may differ."""

_FUZZY: Final = re.compile(r"(.*[^\s~])~(?:[01]?\.\d+|([0-9]))?", re.DOTALL)
_GROUPED: Final = r"(?<![^\W_])\d{1,3}(?:,\d{3})+(?=[*?])(?:[^\W_]|[*?])+"


@cache
def _pieces(plain: bool) -> re.Pattern[str]:
    """Return the pattern of a stretch of letters, stars and question marks; ``plain`` ASCII needs no table of marks.

    A number whose digits are grouped is one stretch, as it is one word.
    """
    if plain:
        return re.compile(rf"{_GROUPED}|[A-Za-z0-9*?]+")
    return re.compile(rf"{_GROUPED}|(?:[^\W_]|[{language.marks()}*?])+")


def slots_of(text: str, plain: SlotKind = "word") -> tuple[Slot, ...]:
    """Return what is looked for where ``text`` was typed: words (as ``plain``), prefixes, wildcards, fuzzy words.

    A question mark that ends a word is punctuation; ``word~`` and ``word~2`` are fuzzy, and so is
    ``word~0.8``, as other programs have it.
    """
    found: list[Slot] = []
    for chunk in text.split() if set(text) & {"*", "?", "~"} else [text]:
        fuzzy = _FUZZY.fullmatch(chunk)
        if fuzzy and len(words := _words(fuzzy[1], plain)) == 1:
            found.append(replace(words[0], kind="fuzzy", distance=min(FARTHEST, int(fuzzy[2] or 1))))
            continue
        pieces = _pieces(chunk.isascii()).findall(chunk) if _is_pattern(chunk) else [chunk]
        for piece in pieces:
            if _is_pattern(piece):
                found += _pattern(piece, plain)
            else:
                found += _words(piece, plain)
    return tuple(found)


def _is_pattern(piece: str) -> bool:
    """Return whether stars or question marks in a stretch of letters stand for letters."""
    return "*" in piece or "?" in piece.rstrip("?")


def _pattern(piece: str, plain: SlotKind) -> list[Slot]:
    """Return the slots of one word with stars or question marks in it."""
    piece = piece.replace(",", "")
    literal = language.words(re.sub("[*?]", "", piece))
    if len(literal) != 1:
        # nothing but stars; or a script that gives a word a character, which leaves nothing for a star to stand for
        return _words(re.sub("[*?]", "", piece), plain)
    parts = re.split("([*?])", re.sub(r"\*+", "*", piece))
    folded = "".join(part if part in {"", "*", "?"} else language.fold(part) for part in parts)[: language.LONGEST]
    if folded.endswith("*") and not set(folded[:-1]) & {"*", "?"}:
        return [Slot("prefix", folded[:-1], typed=_kept(piece.rstrip("*")))]
    return [Slot("wildcard", folded, typed=_kept(piece))]


def _words(text: str, plain: SlotKind) -> list[Slot]:
    """Return a slot for each word of a text."""
    return [Slot(plain, language.fold(token), typed=_kept(token)) for token in language.tokens(text)]


def _kept(typed: str) -> str:
    """Return as much of what was typed as can be looked for."""
    return typed[: language.LONGEST]
