"""Looking for a passage by its words and what stood round it: to the letter, then alike, then approximately."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from app.text import fuzzy, quotes
from app.text.ranges import Span, overlap
from app.text.sentences import inside_word, tokens

CERTAIN: Final = 0.75  # what an approximate quote must score, by itself and with its surroundings
SHORT: Final = 12  # a shorter quote proves nothing without its context

_SURROUNDED: Final = 0.5  # what the context of a short or repeated quote must score
_UNMISTAKABLE: Final = (32, 0.85)  # a quote of this length and score needs no context
_APART: Final = 0.05  # by so much the best of several approximate passages must lead
_LOOKED_AT: Final = 250  # of more passages with the right words only the nearest on either side count
_NEAREST: Final = 24  # of so many the surroundings are compared in any case
_LONGEST: Final = 4000  # longer quotes are not searched for approximately
_SCANNED: Final = 8000  # so much text is searched from end to end; in more, rare words show where to look
_RARE: Final = 32
_WINDOWS: Final = 4
_LONGEST_WORD: Final = 40
_WEIGHTS: Final = (50, 20, 20, 2)  # quote, prefix, suffix, nearness


@dataclass(frozen=True, slots=True)
class Wanted:
    """A passage that is looked for. ``start`` is where it stood, or is thought to; ``prefix`` and ``suffix`` may be
    empty when they are not known.
    """

    quote: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0


@dataclass(frozen=True)
class Haystack:
    """A text, and the stretches of it (in order) where something may be found: at least half inside them."""

    text: str
    stretches: Sequence[Span]

    @cached_property
    def folded(self) -> quotes.Folded:
        """Return the folded text."""
        return quotes.fold(self.text)

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """Return where each word of the stretches begins."""
        places: dict[str, list[int]] = {}
        for stretch in self.stretches:
            for start, end in tokens(self.text, *stretch):
                places.setdefault(self.text[start:end], []).append(start)
        return places

    @cached_property
    def size(self) -> int:
        """Return how much of the text may be searched."""
        return sum(end - start for start, end in self.stretches)

    def allows(self, span: Span) -> bool:
        """Return whether at least half of ``span`` lies inside the stretches."""
        number = max(0, bisect_right(self.stretches, span[0], key=lambda stretch: stretch[1]))
        inside = 0
        while number < len(self.stretches) and self.stretches[number][0] < span[1]:
            inside += overlap(span, self.stretches[number])
            number += 1
        return 2 * inside >= span[1] - span[0]

    def find(self, wanted: Wanted) -> Span | None:
        """Return the span of the passage, or ``None`` when it is not there or not certain."""
        if not wanted.quote.strip() or not self.stretches:
            return None
        size = len(wanted.quote)
        for before, after in ((wanted.prefix, wanted.suffix), ("", "")):
            around = before + wanted.quote + after
            places = quotes.nearest(self.text, around, wanted.start - len(before), _LOOKED_AT)
            exact = [(at + len(before), at + len(before) + size) for at in places]
            if len(exact) >= _LOOKED_AT or any(map(self.allows, exact)):
                return self._judged(wanted, exact)
        alike = quotes.occurrences_like(self.folded, self.text, wanted.quote, _LOOKED_AT)
        if any(map(self.allows, alike)):
            return self._judged(wanted, alike)
        return self._approximate(wanted)

    def _judged(self, wanted: Wanted, spans: list[Span]) -> Span | None:
        """Return the one passage, of several with the right words, that lies in the stretches and in the right context.

        Of very many only the nearest are looked at.
        """
        nearest = sorted(spans, key=lambda span: abs(span[0] - wanted.start))
        chosen = [span for span in nearest if self.allows(span)]
        if not chosen or not (wanted.prefix or wanted.suffix):
            return chosen[0] if chosen else None
        if len(chosen) > _NEAREST:
            chosen = [*chosen[:_NEAREST], *self._surrounded(wanted, chosen)]
        scores = [self._context(wanted, span) for span in chosen]
        if max(scores) >= _SURROUNDED:
            return chosen[scores.index(max(scores))]
        certain = len(wanted.quote) >= SHORT and (len(spans) == 1 or chosen[0][0] == wanted.start)
        return chosen[0] if certain else None

    def _surrounded(self, wanted: Wanted, spans: list[Span]) -> list[Span]:
        """Return the nearest spans that have half of the context to the letter on one side."""
        before, after = wanted.prefix[-(len(wanted.prefix) // 2) :], wanted.suffix[: len(wanted.suffix) // 2]
        chosen = [
            (start, end)
            for start, end in spans
            if (before and self.text.endswith(before, 0, start)) or (after and self.text.startswith(after, end))
        ]
        return chosen[:_NEAREST]

    def _context(self, wanted: Wanted, span: Span) -> float:
        """Return how alike the surroundings are, from 0 to 1; one side at least must be known."""
        prefix, suffix = self._sides(wanted, span)
        known = [side for side in (prefix, suffix) if side is not None]
        return sum(known) / len(known)

    def _sides(self, wanted: Wanted, span: Span) -> tuple[float | None, float | None]:
        """Return how alike what stands before and after ``span`` is; ``None`` where nothing is known."""
        start, end = span
        before = self.text[max(0, start - len(wanted.prefix)) : start]
        after = self.text[end : end + len(wanted.suffix)]
        return (
            fuzzy.similarity(wanted.prefix, before) if wanted.prefix else None,
            fuzzy.similarity(wanted.suffix, after) if wanted.suffix else None,
        )

    def _approximate(self, wanted: Wanted) -> Span | None:
        """Return the one passage that is like the quote, if there is one."""
        quote = wanted.quote
        limit = int(len(quote) * (1 - CERTAIN))
        if not limit or len(quote) > _LONGEST:
            return None
        scored: dict[Span, float] = {}
        for window in self._windows(wanted, limit):
            for match in fuzzy.search(self.text, quote, limit, window):
                span = (match.start, match.end)
                if self.allows(span):
                    scored[span] = self._score(wanted, span, 1 - match.errors / len(quote))
        ranked = sorted(scored, key=lambda span: -scored[span])
        if not ranked or scored[ranked[0]] < CERTAIN:
            return None
        rivals = [span for span in ranked[1:] if not overlap(span, ranked[0])]
        if rivals and scored[ranked[0]] - scored[rivals[0]] < _APART:
            return None
        return _at_words(self.text, ranked[0], wanted)

    def _score(self, wanted: Wanted, span: Span, quote: float) -> float:
        """Return the weighted score of an approximate passage; 0 for a short one whose context is wrong."""
        if len(wanted.quote) >= _UNMISTAKABLE[0] and quote >= _UNMISTAKABLE[1]:
            return quote
        prefix, suffix = self._sides(wanted, span)
        known = [side for side in (prefix, suffix) if side is not None]
        if len(wanted.quote) < SHORT and min(known, default=0.0) < _SURROUNDED:
            return 0.0
        nearness = 1 - min(1.0, abs(span[0] - wanted.start) / max(1, len(self.text)))
        parts = [
            (weight, part)
            for weight, part in zip(_WEIGHTS, (quote, prefix, suffix, nearness), strict=True)
            if part is not None
        ]
        return sum(weight * part for weight, part in parts) / sum(weight for weight, _ in parts)

    def _windows(self, wanted: Wanted, limit: int) -> list[Span]:
        """Return where an approximate search may find something."""
        size = len(wanted.quote)
        if self.size <= _SCANNED:
            return _grown(
                (stretch for stretch in self.stretches if stretch[1] - stretch[0] > size // 4), limit, len(self.text)
            )
        bucket = max(64, size // 2)
        votes: dict[int, int] = {}
        for start, end in tokens(wanted.quote):
            places = self.words.get(wanted.quote[start:end], ())
            if len(places) <= _RARE:
                for place in places:
                    number = (place - start) // bucket
                    votes[number] = votes.get(number, 0) + end - start
        chosen = sorted(votes, key=lambda number: -votes[number])[:_WINDOWS]
        spans = ((number * bucket, (number + 1) * bucket + size) for number in sorted(chosen))
        near = (wanted.start - bucket, wanted.start + size + bucket)
        return _grown((*spans, near), limit, len(self.text))


def _at_words(text: str, span: Span, wanted: Wanted) -> Span:
    """Return the span out to the bounds of the words that it cuts, where the quote cuts none."""
    start, end = span
    whole = wanted.prefix + wanted.quote + wanted.suffix
    if not inside_word(whole, len(wanted.prefix)):
        while inside_word(text, start) and span[0] - start < _LONGEST_WORD:
            start -= 1
    if not inside_word(whole, len(wanted.prefix) + len(wanted.quote)):
        while inside_word(text, end) and end - span[1] < _LONGEST_WORD:
            end += 1
    passage = text[start:end]
    if wanted.quote.strip() == wanted.quote:
        start, end = end - len(passage.lstrip()), start + len(passage.rstrip())
    return start, end


def _grown(spans: Iterable[Span], by: int, size: int) -> list[Span]:
    """Return the spans made longer at both ends within the text, joined where they meet."""
    grown: list[Span] = []
    for start, end in sorted((max(0, start - by), min(size, end + by)) for start, end in spans):
        if grown and start <= grown[-1][1]:
            grown[-1] = (grown[-1][0], max(grown[-1][1], end))
        elif start < end:
            grown.append((start, end))
    return grown
