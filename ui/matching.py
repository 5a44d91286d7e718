"""Finding an entry by a few of its letters, in order: which entries match, which match best, and at which letters."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

LONGEST_QUERY: Final = 100
_WORD: Final = re.compile(r"\w+")
_MARK: Final = re.compile("[\u0300-\u036f]")
_PREFIX, _WORD_START, _WORD_STARTS, _WITHIN, _SCATTERED, UNMATCHED = range(6)


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
        letters = [re.escape(letter) for letter in self.letters]
        self.in_order = re.compile("^" + "".join(f"[^{letter}\n]*+{letter}" for letter in letters), re.MULTILINE)
        self._at_start = re.compile(rf"(?<!\w){re.escape(self.phrase)}")
        self.at_starts = re.compile("^" + "".join(f"(?>.*?{start})" for start in starts), re.MULTILINE)

    def rank(self, text: Folded) -> Rank | None:
        """Return how well a text matches (less is better), or ``None`` when it does not."""
        plain = text.text
        if not self.letters:
            return (_PREFIX, 0, 0)
        place = plain.find(self.phrase)
        if place == 0:
            return (_PREFIX, 0, len(plain))
        if place > 0 and self._at_start.search(plain, place) is not None:
            return (_WORD_START, 0, len(plain))
        if self.letters in text.initials or self.at_starts.match(plain):
            return (_WORD_STARTS, 0, len(plain))
        if place > 0:
            return (_WITHIN, 0, len(plain))
        if self.in_order.match(plain) is None:
            return None
        return (_SCATTERED, self.spread(plain), len(plain))

    def spread(self, plain: str) -> int:
        """Return how far apart the letters stand in a text that holds them."""
        places = self._scattered(plain)
        return places[-1] - places[0]

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
        found = self.in_order.match(plain)
        assert found is not None
        places: list[int] = []
        place = found.end()
        for letter in reversed(self.letters):
            place = plain.rindex(letter, 0, place)
            places.append(place)
        return tuple(reversed(places))


class Catalogue:
    """Many texts, searched as one long line-by-line text: that is quick enough to do at each key."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Make the texts ready."""
        self._texts = [folded(text) for text in texts]
        self._lines = "\n" + "\n".join([text.text for text in self._texts]) + "\n"
        self._initials = "\n" + "\n".join([text.initials for text in self._texts]) + "\n"
        self._starts = _line_starts(text.text for text in self._texts)
        self._initial_starts = _line_starts(text.initials for text in self._texts)

    def best(self, matcher: Matcher, limit: int) -> list[int]:
        """Return the numbers of the texts that match, the best first, at most ``limit``; equals stay in order."""
        if not matcher.letters:
            return list(range(min(limit, len(self._texts))))
        found: dict[int, None] = {}
        for tier in self._tiers(matcher):
            new = [line for line in tier if line not in found]
            found.update(dict.fromkeys(sorted(new, key=self._length)))
            if len(found) >= limit:
                return list(found)[:limit]
        scattered = [line for line in _hits(matcher.in_order, self._lines, self._starts) if line not in found]
        found.update(dict.fromkeys(sorted(scattered, key=lambda line: self._spread(matcher, line))))
        return list(found)[:limit]

    def _tiers(self, matcher: Matcher) -> Iterator[Iterable[int]]:
        """Yield the numbers of the texts of each rank, the best first; those of a better one may come again."""
        yield _numbers(self._lines, self._starts, "\n" + matcher.phrase, ahead=1)
        at_start, within = self._holding(matcher.phrase)
        yield at_start
        initials = _numbers(self._initials, self._initial_starts, matcher.letters)
        # A single word at the start of a word has been found above.
        several = " " in matcher.phrase
        yield [*initials, *(_hits(matcher.at_starts, self._lines, self._starts) if several else ())]
        yield within

    def _holding(self, phrase: str) -> tuple[list[int], list[int]]:
        """Return the texts that hold a phrase at the start of a word, and those that hold it elsewhere."""
        lines, starts = self._lines, self._starts
        at_start, within = [], {}
        place = lines.find(phrase)
        while place >= 0:
            line = bisect_right(starts, place) - 1
            if _in_word(lines[place - 1]):
                within[line] = None
                place = lines.find(phrase, place + 1)
            else:
                at_start.append(line)
                place = lines.find(phrase, starts[line + 1])
        return at_start, list(within)

    def _length(self, line: int) -> tuple[int, int]:
        return len(self._texts[line].text), line

    def _spread(self, matcher: Matcher, line: int) -> tuple[int, int, int]:
        return matcher.spread(self._texts[line].text), *self._length(line)


def _line_starts(lines: Iterable[str]) -> list[int]:
    """Return where each line begins when they are joined behind a line break, and where the next one would."""
    return list(accumulate((len(line) + 1 for line in lines), initial=1))


def _numbers(lines: str, starts: Sequence[int], wanted: str, ahead: int = 0) -> list[int]:
    """Return the numbers of the lines that hold ``wanted``, which begins ``ahead`` letters before its line."""
    found = []
    place = lines.find(wanted)
    while place >= 0:
        line = bisect_right(starts, place + ahead) - 1
        found.append(line)
        place = lines.find(wanted, starts[line + 1] - ahead)
    return found


def _hits(pattern: re.Pattern[str], lines: str, starts: Sequence[int]) -> list[int]:
    """Return the numbers of the lines that a pattern for whole lines matches."""
    return [bisect_right(starts, found.start()) - 1 for found in pattern.finditer(lines, 1, len(lines) - 1)]


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _fold(text: str) -> str:
    text = text.replace("\n", " ")
    if text.isascii():
        return text.lower()
    bare = _MARK.sub("", unicodedata.normalize("NFKD", text)).casefold()
    if len(bare) == len(text) and _MARK.search(text) is None:  # nothing but accents was taken away: letter for letter
        return bare
    return "".join([_fold_letter(letter) for letter in text])


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    """Return one letter for one letter: a decomposition or a case that takes several keeps its first."""
    base = unicodedata.normalize("NFKD", letter)[0].casefold()
    return base[0] if base else letter
