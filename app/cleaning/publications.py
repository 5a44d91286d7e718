"""Whether articles of the same words are one publication, or one text in several places: told by where they stand.

What is known of an article is handed over as several values where it was once known otherwise: before its reader, or a
later import, said what it is. One of them is enough to know it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from app.model import Metadata, Precision, Published
from app.text.addresses import page_of
from app.text.folding import folded
from app.text.names import are_others

_ASIDE: Final = re.compile(r"\([^()]*\)")
_SITE: Final = re.compile(r"(?:www\.)?([\w-]+(?:\.[\w-]+)*?)(?:\.(?:co|com|org|net|ac|gov))?\.[a-z]{2,}")
_T = TypeVar("_T")


def are_two(one: Sequence[Metadata], other: Sequence[Metadata]) -> bool:
    """Tell whether articles of the same words are two publications: at two addresses, in two outlets, of two days.

    One address is one publication. What is not known of either tells nothing.
    """
    pages = [{page for known in side if (page := page_of(known.address or ""))} for side in (one, other)]
    if all(pages):
        return pages[0].isdisjoint(pages[1])
    return outlets_differ(one, other) or days_differ(one, other)


def outlets_differ(one: Sequence[Metadata], other: Sequence[Metadata]) -> bool:
    """Tell whether the outlets of two articles are known, and others."""
    return _differ(one, other, lambda known: _plain(known.outlet or "") or None, lambda mine, theirs: mine == theirs)


def days_differ(one: Sequence[Metadata], other: Sequence[Metadata]) -> bool:
    """Tell whether two articles are of other days, as far as these are known."""
    return _differ(one, other, lambda known: known.published, _may_be_one_day)


def are_of_one_day(one: Sequence[Metadata], other: Sequence[Metadata]) -> bool:
    """Tell whether two articles are known to be of the same day."""
    days = [
        {known.published for known in side if known.published and known.published.precision is Precision.DAY}
        for side in (one, other)
    ]
    return not days[0].isdisjoint(days[1])


def bylines_differ(one: Sequence[Metadata], other: Sequence[Metadata]) -> bool:
    """Tell whether two articles are by other people."""
    return _differ(one, other, lambda known: known.byline, lambda mine, theirs: not are_others(mine, theirs))


def _differ(
    one: Sequence[Metadata],
    other: Sequence[Metadata],
    value: Callable[[Metadata], _T | None],
    may_be_one: Callable[[_T, _T], bool],
) -> bool:
    """Tell whether a value is known of both, and cannot be the same."""
    ours, theirs = ([found for known in side if (found := value(known))] for side in (one, other))
    return bool(ours and theirs) and not any(may_be_one(mine, yours) for mine in ours for yours in theirs)


def _may_be_one_day(one: Published, other: Published) -> bool:
    if Precision.ABOUT in (one.precision, other.precision):
        return True
    return one.day <= other.last_day() and other.day <= one.last_day()


def _plain(outlet: str) -> str:
    """Return the name of an outlet without what only some write of it: ``The``, the place, the ``.com``."""
    name = _ASIDE.sub(" ", outlet.casefold()).strip().removesuffix(".")
    site = _SITE.fullmatch(name)
    letters = "".join(filter(str.isalnum, folded(site[1] if site else name)))
    return letters.removeprefix("the") or letters or outlet.casefold()
