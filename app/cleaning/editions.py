"""Whether a text is a new version of an article, or another article from the same place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.cleaning.phrases import tokens
from app.cleaning.publications import are_of_one_day, days_differ, outlets_differ
from app.cleaning.similar import FEWEST, runs
from app.model import Metadata

_SHARED: Final = 0.3
"""This share of the runs of words of the shorter text is in both versions of an article."""

_MOST: Final = 0.6
"""So large is it where each is known to be of another day: what appears daily under one title repeats itself."""

_SOME: Final = 0.1
"""So large is it where the texts are long, and their title and address, or their day, are the same."""

_LONG: Final = 100  # runs
_HALF: Final = 0.5


def is_version(
    known: Sequence[Metadata], text: str, new: Metadata, new_text: str, *, at_address: bool, part: bool = False
) -> bool:
    """Tell whether a text is a new version of an article, of which this is ``known`` now, and was before.

    It is from the same place: the same address of its own, or (not ``at_address``) the same file. The pages of one
    article have its address, its title and its day, and say different things. Title and day of a ``part`` of a file
    tell little: several may have both.
    """
    if not at_address and outlets_differ(known, (new,)):
        return False
    share, shorter = _in_common(text, new_text)
    if days_differ(known, (new,)):
        return share >= (_SHARED if at_address else _MOST)
    if known[0].title != new.title:
        return share >= _SHARED
    same_day = are_of_one_day(known, (new,)) and (at_address or not part)
    if shorter >= _LONG:
        return share >= (_SOME if at_address or same_day else _SHARED)
    return same_day or share >= _SHARED or (shorter < FEWEST and _are_alike(text, new_text))


def holds_some(passages: str, text: str) -> bool:
    """Tell whether a text says some of what stands in the passages of an article."""
    return _in_common(passages, text)[0] >= _SOME


def _in_common(one: str, other: str) -> tuple[float, int]:
    """Return which share of the runs of words of the shorter of two texts is in both, and how many it has.

    Of a text that is too short for a run it is the share of its words; nothing is in everything.
    """
    ours, theirs = set(runs(one).tolist()), set(runs(other).tolist())
    shorter = min(len(ours), len(theirs))
    mine, yours = (ours, theirs) if shorter else (set(tokens(one)), set(tokens(other)))
    fewer = min(len(mine), len(yours))
    return len(mine & yours) / fewer if fewer else 1.0, shorter


def _are_alike(one: str, other: str) -> bool:
    """Tell whether two short texts have most of their words in common."""
    ours, theirs = set(tokens(one)), set(tokens(other))
    return len(ours & theirs) >= _HALF * len(ours | theirs)
