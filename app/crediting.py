"""Whose words a quotation is said to be, in a draft and in its source; and whether the two contradict each other."""

from __future__ import annotations

from collections.abc import Sequence

from app.sourcing import Reading
from app.text.body import Body
from app.text.quotations import Quotation
from app.text.ranges import Span
from app.text.speakers import Credit, credit, is_same, name_words

_NEIGHBOURS = 8


def credited(body: Body, found: Sequence[Quotation], number: int) -> Credit:
    """Return whose words one of the quotations of a body is said to be."""
    one = found[number]
    block = body.block_at(one.start)
    before = [each.end for each in found[max(0, number - _NEIGHBOURS) : number] if each.end < one.start]
    after = [each.start for each in found[number + 1 : number + 1 + _NEIGHBOURS] if each.start > one.end]
    first = max(before, default=-1) + 1
    last = min(after, default=len(body.text) + 1) - 1
    if one.block:
        return credit(body.text, (block.start, block.end), (first, len(body.text)), block=True)
    return credit(body.text, (max(first, one.start - 1), min(last, one.end + 1)), (first, last))


def source_credit(reading: Reading, span: Span) -> Credit | None:
    """Return whose words a passage of an article is said to be there, ``None`` when it stands in no quotation.

    Where the quotation itself has no name beside it, another in the same paragraph may have, if only one is named.
    """
    found = reading.quotations
    number = next((place for place, one in enumerate(found) if one.start <= span[0] < one.end), None)
    if number is None:
        return None
    own = credited(reading.body, found, number)
    if own.name or found[number].block:
        return own
    block = reading.body.block_at(span[0])
    near = [place for place, one in enumerate(found) if block.start <= one.start < block.end and place != number]
    named = [one for one in (credited(reading.body, found, place) for place in near[:_NEIGHBOURS]) if one.name]
    if named and all(is_same(one.name, named[0].name) for one in named):
        return Credit(named[0].name, " ".join([own.words, *(one.words for one in named)]))
    return own


def another(reading: Reading, said: Credit | None, name: str) -> str | None:
    """Return who plainly says a passage of an article instead of ``name``, ``None`` when that may be right.

    It may be right as long as the name, or a telling word of it, is that of the outlet or of the byline, stands beside
    the quotation, or, where nobody is named there, anywhere in the article. ``said`` is the passage's
    :func:`source_credit`. Words that nobody says are the outlet's.
    """
    wanted = name_words(name)
    known = reading.article.metadata
    if not wanted or is_same(name, known.outlet or "") or is_same(name, known.byline or ""):
        return None
    if said is not None and said.name:
        beside = said.words.casefold()
        return None if is_same(name, said.name) or any(word in beside for word in wanted) else said.name
    everywhere = reading.text.casefold()
    if any(word in everywhere for word in wanted):
        return None
    return known.outlet or known.byline or known.title or ""
