"""Finding an entry by a few of its letters, in order: which entries match, which match best, and at which letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LONGEST_QUERY: Final = 100
_WORD: Final = re.compile(r"\w+")
_PREFIX, _WORD_START, _WORD_STARTS, _WITHIN, _SCATTERED = range(5)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made ready to be searched: without case and accents, as long as the text, and its words' initials."""

    text: str
    initials: str


Rank = tuple[int, int, int]


def folded(text: str) -> Folded:
    """Return a text ready to be searched."""
    plain = _fold(text)
    return Folded(plain, "".join([word[0] for word in _WORD.findall(plain)]))


class Matcher:
    """What a reader typed, ready to be held against many texts."""

    def __init__(self, query: str) -> None:
        """Take the query; case, accents and surplus spaces say nothing."""
        self._words = _fold(query[:LONGEST_QUERY]).split()
        self.phrase = " ".join(self._words)
        self.letters = "".join(self._words)
        starts = [rf"(?<!\w){re.escape(word)}" for word in self._words]
        # Possessive and atomic: the first place is as good as any later one, so that there is nothing to go back for.
        self._in_order = re.compile("".join(f"[^{re.escape(c)}]*+{re.escape(c)}" for c in self.letters))
        self._at_start = re.compile(rf"(?<!\w){re.escape(self.phrase)}")
        self._at_starts = re.compile("".join(f"(?>.*?{start})" for start in starts), re.DOTALL)

    def rank(self, text: Folded) -> Rank | None:
        """Return how well a text matches (less is better), or ``None`` when it does not."""
        plain = text.text
        if not self.letters:
            return (_PREFIX, 0, 0)
        place = plain.find(self.phrase)
        if place == 0:
            return (_PREFIX, 0, len(plain))
        if place > 0:
            if not _in_word(plain[place - 1]) or self._at_start.search(plain, place) is not None:
                return (_WORD_START, 0, len(plain))
            return (_WORD_STARTS if self.letters in text.initials else _WITHIN, 0, len(plain))
        if len(self.letters) == 1 or self._in_order.match(plain) is None:
            return None
        if self.letters in text.initials or self._at_starts.match(plain):
            return (_WORD_STARTS, 0, len(plain))
        places = self._scattered(plain)
        return (_SCATTERED, places[-1] - places[0], len(plain))

    def places(self, text: Folded) -> tuple[int, ...]:
        """Return the places (code points) of the letters that match, rising; empty when nothing matches."""
        rank = self.rank(text)
        if rank is None or not self.letters:
            return ()
        plain = text.text
        if rank[0] == _PREFIX:
            return self._contiguous(0)
        if rank[0] == _WORD_START:
            found = self._at_start.search(plain)
            assert found is not None
            return self._contiguous(found.start())
        if rank[0] == _WITHIN:
            return self._contiguous(plain.index(self.phrase))
        if rank[0] == _WORD_STARTS:
            return self._starts(text)
        return self._scattered(plain)

    def _contiguous(self, start: int) -> tuple[int, ...]:
        return tuple(start + place for place, letter in enumerate(self.phrase) if letter != " ")

    def _starts(self, text: Folded) -> tuple[int, ...]:
        first = text.initials.find(self.letters)
        if first >= 0:
            begins = [found.start() for found in _WORD.finditer(text.text)]
            return tuple(begins[first : first + len(self.letters)])
        places: list[int] = []
        place = 0
        for word in self._words:
            found = re.compile(rf"(?<!\w){re.escape(word)}").search(text.text, place)
            assert found is not None
            places += range(*found.span())
            place = found.end()
        return tuple(places)

    def _scattered(self, plain: str) -> tuple[int, ...]:
        """Return a short stretch that holds the letters: the first one that ends, walked back from its end."""
        found = self._in_order.match(plain)
        assert found is not None
        places: list[int] = []
        place = found.end()
        for letter in reversed(self.letters):
            place = plain.rindex(letter, 0, place)
            places.append(place)
        return tuple(reversed(places))


def best(matcher: Matcher, texts: Sequence[Folded], among: Iterable[int] | None = None) -> list[int]:
    """Return the numbers of the texts that match, the best first; equals stay in their order."""
    found = []
    for number in range(len(texts)) if among is None else among:
        rank = matcher.rank(texts[number])
        if rank is not None:
            found.append((rank, number))
    if matcher.letters:
        found.sort()
    return [number for _rank, number in found]


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _fold(text: str) -> str:
    return text.lower() if text.isascii() else "".join([_fold_letter(letter) for letter in text])


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    """Return one letter for one letter: a decomposition or a case that takes several keeps its first."""
    base = unicodedata.normalize("NFKD", letter)[0].casefold()
    return base[0] if base else letter
