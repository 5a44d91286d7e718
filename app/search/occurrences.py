"""Where the words of a query stand in a text at hand, by the plain definitions: no index is asked.

For texts that are not documents of the asked kind (a name of a theme, the passages of an article), and where it matters
which words were found together: a phrase is one occurrence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from itertools import pairwise
from typing import Final

from app.search import language
from app.search.matching import matching
from app.search.plan import Slot, Text

_PAIR: Final = 2
_REMEMBERED: Final = 1 << 16

Run = tuple[int, int]
"""The ordinals of the first and the last word that were found together."""


class Known:
    """Which tokens the words of a query stand for, remembered from one text to the next."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._forms: dict[str, str] = {}
        self._met: dict[tuple[Slot, str], set[str]] = {}
        self._fitting: dict[tuple[Slot, str], set[str]] = {}

    def fitting(self, slot: Slot, tokens: Set[str], tongue: str) -> Set[str]:
        """Return tokens that ``slot`` stands for in a language, among them all such of ``tokens``."""
        met = self._met.setdefault((slot, tongue), set())
        fitting = self._fitting.setdefault((slot, tongue), set())
        if len(met) > _REMEMBERED:
            for remembered in (met, fitting, self._forms):
                remembered.clear()
        fresh = tokens - met
        forms = self._forms
        forms |= {token: language.fold(token) for token in fresh if token not in forms}
        kept = matching(slot, {forms[token] for token in fresh}, tongue)
        if kept:
            fitting |= {token for token in fresh if forms[token] in kept}
        met |= fresh
        return fitting


def occurrences(
    texts: Iterable[Text], text: str, spoken: str | None = None, known: Known | None = None
) -> list[tuple[int, int]]:
    """Return the spans of ``text`` at which one of ``texts`` is said, in order; of a phrase it is one span.

    ``spoken`` is the language (BCP 47) that ``text`` is in. Spans may overlap when phrases do. Who looks through
    several texts hands over what is ``known`` from the others.
    """
    said = language.tokens(text)
    tongue, known = language.tongue(spoken), known or Known()
    found = {run for one in texts for run in _runs(one, said, tongue, known)}
    ends = sorted({place for run in found for place in run})
    spans = dict(zip(ends, language.spans(text, ends), strict=True))
    return sorted({(spans[first][0], spans[last][1]) for first, last in found})


def _runs(asked: Text, said: Sequence[str], tongue: str, known: Known) -> set[Run]:
    """Return where the words of ``asked`` follow one another among the tokens ``said``."""
    tokens = set(said)
    standing = []
    for slot in asked.slots:
        if slot.text:
            kept = known.fitting(slot, tokens, tongue)
            if kept.isdisjoint(tokens):
                return set()
            standing.append([place for place, token in enumerate(said) if token in kept])
    if len(standing) < _PAIR:
        return {(place, place) for places in standing for place in places}
    return _joined(standing, asked.slop)


def _joined(standing: Sequence[Sequence[int]], slop: int) -> set[Run]:
    """Return the shortest run from each last word back to the nearest first word that leads to it."""
    starts = {place: place for place in standing[0]}
    for before, places in pairwise(standing):
        reached: dict[int, int] = {}
        for place in places:
            near = before[bisect_left(before, place - slop) : bisect_left(before, place)]
            leading = [starts[one] for one in near if one in starts]
            if leading:
                reached[place] = max(leading)
        starts = reached
    return {(first, last) for last, first in starts.items()}
