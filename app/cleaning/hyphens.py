"""Hyphens at the ends of lines: those that only divide a word, and those of compounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

BROKEN: Final = re.compile(r"(?P<part>[^\W\d_]+)(?P<hyphen>[-‐\u00ad])$")
"""What a line ends in that ends within a word or a compound."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_SHORT: Final = 3
# What goes before a hyphen that is meant, where the text itself does not tell.
_COMPOUNDING: Final = frozenset((
    "all", "anti", "cross", "ex", "far", "half", "high", "ill", "left", "long", "low", "non", "off", "one",
    "open", "part", "post", "pre", "pro", "quasi", "right", "self", "semi", "short", "so", "then", "three", "two",
    "vice", "well",
))  # fmt: skip


class Vocabulary:
    """The words of a document, to tell the hyphens of compounds from those of line ends."""

    def __init__(self, lines: Iterable[tuple[str, bool]]) -> None:
        """Take the words of all lines, but for what is broken at the ends of those of which that is said."""
        self._whole: set[str] = set()
        self._compounds: set[str] = set()
        broken = False
        for text, ends_broken in lines:
            words = [word.replace("‐", "-") for word in _WORD.findall(text.casefold())]
            first = 1 if broken else 0
            broken = ends_broken
            for word in words[first : len(words) - broken]:
                (self._compounds if "-" in word else self._whole).add(word)

    def joins(self, part: str, rest: str) -> bool:
        """Tell whether a hyphen between the end of a line and the beginning of the next one only breaks a word."""
        if not rest or not rest[0].islower() or (part.isupper() and len(part) > 1):
            return False
        before, behind = part.casefold(), rest.casefold()
        if f"{before}-{behind}" in self._compounds:
            return False
        if before + behind in self._whole:
            return True
        both = min(len(before), len(behind)) >= _SHORT and before in self._whole and behind in self._whole
        # "ex-minister", but "ex-penses": a word goes before the hyphen, and what is behind it is none by itself.
        meant = before in _COMPOUNDING and (before != "ex" or behind in self._whole)
        return not both and not meant
