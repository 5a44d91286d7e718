"""Whether a text says what a quotation has it say: to the letter, or nearly, and then what differs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice
from typing import Final

from app.text import fuzzy
from app.text.alignment import common
from app.text.quotes import Folded, fold
from app.text.ranges import Span
from app.text.sentences import inside_word, tokens, words

ALIKE: Final = 0.6
"""So much of a quotation must stay, letter by letter and word by word, for a passage to be its altered source."""

_SHORT: Final = 32
_ALIKE_SHORT: Final = 0.65
_FEWEST_WORDS: Final = 4
_FEWEST_LETTERS: Final = 12
_LONGEST: Final = 2_000  # of a longer piece its beginning and its end show where it stands
_LARGEST: Final = 1_000_000  # of pairs of words that are compared one by one
_APART: Final = 6_000  # so much may have been left out between two pieces
_STARTS: Final = 50
_COMMON: Final = 40  # a word that stands so often in a text shows no place in it
_WINDOWS: Final = 3
_LONGEST_WORD: Final = 40
_EDGES: Final = " ,.;:–—-…"
_JOINT: Final = re.compile(r"(?<=.)(?: ?[.,;:!?…-]+ )+(?=.)")  # where the words of a speaker are broken off to name him
_INTERRUPTION: Final = re.compile(r"[.,;:!?… -]*'[^'\w]*\w[^']*(?:\w'\w[^']*)*'\s*")
_OPENED_AGAIN: Final = re.compile(r"[.,;:!?… -]+'")
_LONGEST_INTERRUPTION: Final = 260
_NUMBER: Final = re.compile(r"\d[.,]\d")


@dataclass(frozen=True, slots=True)
class Trace:
    """Where the pieces of a quotation stand in a text, in the quotation's order; ``None``: nowhere.

    ``score`` says how much of the quotation is there, and ``exact`` that it is all of it, to the letter and in order.
    """

    spans: tuple[Span | None, ...]
    score: float
    exact: bool = False

    @property
    def span(self) -> Span:
        """Return the passage: from the first piece to the last when they follow one another, else the longest one."""
        found = [span for span in self.spans if span is not None]
        if found == sorted(found) and found[-1][1] - found[0][0] <= _APART:
            return found[0][0], found[-1][1]
        return max(found, key=lambda span: span[1] - span[0])


@dataclass(frozen=True)
class Source:
    """A text in which quotations are looked up; what is costly about it is done once."""

    text: str

    @cached_property
    def folded(self) -> Folded:
        """Return the text with plain typography."""
        return fold(self.text)

    @cached_property
    def plain(self) -> str:
        """Return the folded text with every quotation mark a single one: inside others they are exchanged."""
        return self.folded.text.replace('"', "'")

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Return where each word begins in the plain text."""
        places: dict[str, list[int]] = {}
        for start, end in words(self.plain):
            places.setdefault(self.plain[start:end].lower(), []).append(start)
        return places

    def verbatim(self, pieces: Sequence[str]) -> Trace | None:
        """Return where all pieces stand to the letter and in order, ``None`` when they do not.

        Typography makes no difference, nor does the case of the first letter of each, nor that the text breaks off a
        speaker’s words to name him (``“We stay,” said Ada. “Come what may.”``), or opens them again in a new paragraph.
        """
        wanted = [plain(piece) for piece in pieces]
        best = self._shortest(wanted, islice(self._standing(wanted[0], 0), _STARTS))
        if not best:
            begun = islice(self._standing(_clauses(wanted[0])[0], 0), _STARTS)
            best = self._shortest(wanted, filter(None, (self._spoken(wanted[0], start) for start in begun)))
        return Trace(tuple(self.folded.span(*span) for span in best), 1.0, exact=True) if best else None

    def _shortest(self, wanted: Sequence[str], firsts: Iterable[Span]) -> list[Span]:
        """Return the shortest of the stretches in which all pieces follow the first one, which may stand in places."""
        best: list[Span] = []
        for first in firsts:
            chain = self._chained(wanted, first)
            if chain and (not best or chain[-1][1] - chain[0][0] < best[-1][1] - best[0][0]):
                best = chain
            if len(wanted) == 1 and best:
                break
        return best

    def nearly(self, pieces: Sequence[str]) -> Trace | None:
        """Return where the text says most of some pieces, be it in other words or in another order."""
        wanted = [plain(piece) for piece in pieces]
        found: list[Span | None] = []
        kept = 0.0
        for piece in wanted:
            near = next((span[1] for span in reversed(found) if span), 0)
            exact = next(self._standing(piece, near), None) or next(self._standing(piece, 0), None)
            span, score = (exact, 1.0) if exact else self._alike(piece)
            found.append(span)
            kept += score * len(piece)
        score = kept / sum(map(len, wanted))
        if score < ALIKE or not any(found):
            return None
        return Trace(tuple(self.folded.span(*span) if span else None for span in found), score)

    def _chained(self, wanted: Sequence[str], first: Span) -> list[Span]:
        """Return where the pieces follow one another from the first on; nothing when they do not."""
        chain = [first]
        for piece in wanted[1:]:
            end = chain[-1][1]
            following = next(self._standing(piece, end), None)
            if following is None:
                begun = islice(self._standing(_clauses(piece)[0], end), _STARTS)
                following = next(filter(None, (self._spoken(piece, start) for start in begun)), None)
            if following is None or following[0] - chain[-1][1] > _APART:
                return []
            chain.append(following)
        return chain

    def _spoken(self, piece: str, first: Span) -> Span | None:
        """Return where a piece stands whose first clause is at ``first``: with interruptions, or ``None``."""
        end = first[1]
        for gap, clause in _clauses(piece)[1]:
            if self.plain.startswith(gap + clause, end):
                end += len(gap + clause)
                continue
            following = next(self._standing(clause, end), None)
            if following is None or following[0] - end > _LONGEST_INTERRUPTION:
                return None
            if not self._goes_on(end, following[0]):
                return None
            end = following[1]
        return None if _is_cut(self.plain, end) else (first[0], end)

    def _goes_on(self, start: int, end: int) -> bool:
        """Tell whether between two places a speaker is named, or a paragraph ends and the next opens his words again.

        Words that were closed before are another's.
        """
        if _OPENED_AGAIN.fullmatch(self.plain, start, end):
            return "\n" in self.text[slice(*self.folded.span(start, end))]
        return _INTERRUPTION.fullmatch(self.plain, start, end) is not None

    def _standing(self, piece: str, start: int) -> Iterator[Span]:
        """Yield where a plain piece stands from ``start`` on, as whole words, with a first letter of either case."""
        other = piece[0].swapcase() + piece[1:]
        forms = (piece, other) if other != piece and len(other) == len(piece) else (piece,)
        ahead = [self.plain.find(form, start) for form in forms]
        while (at := min((place for place in ahead if place >= 0), default=-1)) >= 0:
            end = at + len(piece)
            if not _is_cut(self.plain, at) and not _is_cut(self.plain, end):
                yield at, end
            ahead = [
                self.plain.find(form, at + 1) if place == at else place
                for form, place in zip(forms, ahead, strict=True)
            ]

    def _alike(self, piece: str) -> tuple[Span | None, float]:
        """Return the stretch of the plain text that is most like a piece, and how alike it is."""
        counted = Counter(piece[start:end].lower() for start, end in words(piece))
        if counted.total() < _FEWEST_WORDS or len(piece) < _FEWEST_LETTERS:
            return None, 0.0
        least = _ALIKE_SHORT if len(piece) < _SHORT else ALIKE
        head, errors = self._nearest(piece[:_LONGEST], least)
        if head is not None and len(piece) > _LONGEST:
            tail, more = self._nearest(piece[-_LONGEST:], least)
            errors = max(errors, more)
            head = (head[0], tail[1]) if tail is not None and head[0] < tail[1] else None
        if head is None or head[1] - head[0] > len(piece) / least:
            return None, 0.0
        span = _whole_words(self.plain, head)
        score = min(1 - errors, _shared(counted, self.plain[slice(*span)]))
        return (span, score) if score >= least else (None, 0.0)

    def _nearest(self, pattern: str, least: float) -> tuple[Span | None, float]:
        """Return the stretch that is most like a pattern, if it is alike enough, and the share of errors in it."""
        limit = int(len(pattern) * (1 - least))
        best: tuple[Span | None, float] = (None, 1.0)
        for window in self._windows(pattern, limit):
            for match in fuzzy.search(self.plain, pattern, limit, window)[:1]:
                if match.errors / len(pattern) < best[1]:
                    best = (match.start, match.end), match.errors / len(pattern)
        return best

    def _windows(self, piece: str, limit: int) -> list[Span]:
        """Return the few stretches that have most of the words of a piece where they would stand."""
        size = len(piece)
        bucket = max(64, size // 2)
        votes: Counter[int] = Counter()
        for start, end in words(piece):
            places = self.places.get(piece[start:end].lower(), ())
            if len(places) <= _COMMON:
                for place in places:
                    votes[(place - start) // bucket] += end - start
        chosen = sorted(votes, key=lambda number: (-votes[number], number))[:_WINDOWS]
        return [
            (max(0, number * bucket - limit), min(len(self.plain), (number + 1) * bucket + size + limit))
            for number in sorted(chosen)
        ]


def _clauses(piece: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the first clause of a plain piece, and the others each with what parts it from the one before."""
    joints = [joint.span() for joint in _JOINT.finditer(piece)]
    starts, ends = [0, *(end for _, end in joints)], [*(start for start, _ in joints), len(piece)]
    clauses = [piece[start:end] for start, end in zip(starts, ends, strict=True)]
    gaps = [piece[start:end] for start, end in joints]
    return clauses[0], list(zip(gaps, clauses[1:], strict=True))


def plain(words: str) -> str:
    """Return some words as :attr:`Source.plain` has them."""
    return fold(words).text.replace('"', "'").strip()


def _is_cut(text: str, at: int) -> bool:
    """Return whether a word or a number goes on across a place: ``12|,500``."""
    return inside_word(text, at) or bool(_NUMBER.match(text, max(0, at - 2)) or _NUMBER.match(text, max(0, at - 1)))


def _whole_words(text: str, span: Span) -> Span:
    """Return a span out to the ends of the words that it cuts, without the punctuation behind them."""
    start, end = _at_words(text, span)
    passage = text[start:end]
    return end - len(passage.lstrip()), start + len(passage.rstrip(_EDGES + "'"))


def _at_words(text: str, span: Span) -> Span:
    """Return a span out to the ends of the words that it cuts."""
    start, end = span
    while inside_word(text, start) and span[0] - start < _LONGEST_WORD:
        start -= 1
    while inside_word(text, end) and end - span[1] < _LONGEST_WORD:
        end += 1
    return start, end


def _shared(counted: Counter[str], passage: str) -> float:
    """Return which share of the words of a quotation stand in a passage."""
    there = Counter(passage[start:end].lower() for start, end in words(passage))
    return (counted & there).total() / counted.total()


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of the quotation, and what the source says in its place; either may be empty."""

    quoted: Span
    said: Span


def differences(quoted: str, said: str) -> tuple[Difference, ...]:
    """Return word by word where a quotation differs from what the source says, in order.

    Typography, the case of the first letter, and the punctuation at both ends make no difference.
    """
    mine, yours = tokens(quoted, *_inner(quoted)), tokens(said, *_inner(said))
    keys, others = _keys(quoted, mine), _keys(said, yours)
    if keys and others and keys[0] != others[0] and keys[0].swapcase()[:1] + keys[0][1:] == others[0]:
        others[0] = keys[0]
    if len(keys) * len(others) > _LARGEST:
        return tuple(_apart(quoted, said))
    matcher = SequenceMatcher(None, keys, others, autojunk=False)
    return tuple(
        Difference(_stretch(mine, first, last, len(quoted)), _stretch(yours, start, end, len(said)))
        for kind, first, last, start, end in matcher.get_opcodes()
        if kind != "equal"
    )


def _apart(quoted: str, said: str) -> Iterator[Difference]:
    """Yield what lies between the stretches that two long texts have in common, out to whole words."""
    place = other = 0
    held: Difference | None = None
    for start, begin, size in (*common(quoted, said), (len(quoted.rstrip(_EDGES)), len(said.rstrip(_EDGES)), 0)):
        if place < start or other < begin:
            mine = _at_words(quoted, (place, max(place, start)))
            yours = _at_words(said, (other, max(other, begin)))
            if held is not None and (mine[0] < held.quoted[1] or yours[0] < held.said[1]):
                mine, yours = (held.quoted[0], mine[1]), (held.said[0], yours[1])
            elif held is not None:
                yield held
            held = Difference(mine, yours)
        place, other = start + size, begin + size
    if held is not None:
        yield held


def _inner(words: str) -> Span:
    return len(words) - len(words.lstrip(_EDGES)), len(words.rstrip(_EDGES))


def _keys(text: str, spans: Sequence[Span]) -> list[str]:
    return [plain(text[start:end]) for start, end in spans]


def _stretch(spans: Sequence[Span], first: int, last: int, size: int) -> Span:
    """Return from where to where some tokens reach; where there is none, the empty span before the next."""
    if first < last:
        return spans[first][0], spans[last - 1][1]
    place = spans[first][0] if first < len(spans) else (spans[-1][1] if spans else size)
    return place, place
