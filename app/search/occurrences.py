"""Where the words of a query stand in a text at hand, by the plain definitions: no index is asked.

For texts that are not documents of the asked kind (a name of a theme, the passages of an article), and where it matters
which words were found together: a phrase is one occurrence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from app.search import language
from app.search.matching import matching
from app.search.plan import Slot, Text

_PAIR: Final = 2

Run = tuple[int, int]
"""The ordinals of the first and the last word that were found together."""


def occurrences(texts: Iterable[Text], text: str, spoken: str | None = None) -> list[tuple[int, int]]:
    """Return the spans of ``text`` at which one of ``texts`` is said, in order; of a phrase it is one span.

    ``spoken`` is the language (BCP 47) that ``text`` is in. Spans may overlap when phrases do.
    """
    said = language.tokens(text)
    forms = {token: language.fold(token) for token in set(said)}
    tongue = language.tongue(spoken)
    found = {run for one in texts for run in _runs(one, said, forms, tongue)}
    if not found:
        return []
    places = language.spans(text, range(len(said)))
    return sorted({(places[first][0], places[last][1]) for first, last in found})


def _runs(asked: Text, said: Sequence[str], forms: Mapping[str, str], tongue: str) -> set[Run]:
    """Return where the words of ``asked`` follow one another among the tokens ``said``; ``forms`` has these folded."""
    standing = []
    for slot in asked.slots:
        if slot.text:
            kept = _tokens(slot, forms, tongue)
            if not kept:
                return set()
            standing.append([place for place, token in enumerate(said) if token in kept])
    if len(standing) < _PAIR:
        return {(place, place) for places in standing for place in places}
    return _joined(standing, asked.slop)


def _tokens(slot: Slot, forms: Mapping[str, str], tongue: str) -> set[str]:
    """Return the tokens that ``slot`` stands for."""
    kept = matching(slot, set(forms.values()), tongue)
    return {token for token, word in forms.items() if word in kept} if kept else kept


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
