"""Whose words a quotation is said to be, in a draft and in its source; and whether the two contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.proofing.sourcing import Reading
from app.text.body import Body
from app.text.quotations import BETWEEN, Quotation, signature, signed_behind
from app.text.ranges import Span
from app.text.speakers import Credit, credit, is_same, name_words

_NEIGHBOURS = 8


def credited(body: Body, found: Sequence[Quotation], number: int) -> Credit:
    """Return whose words one of the quotations of a body is said to be."""
    one = found[number]
    at = body.block_number(one.start)
    block = body.blocks[at]
    before = [each.end for each in found[max(0, number - _NEIGHBOURS) : number] if each.end < one.start]
    after = [each.start for each in found[number + 1 : number + 1 + _NEIGHBOURS] if each.start > one.end]
    first = max(before, default=-1) + 1
    last = min(after, default=len(body.text) + 1) - 1
    if one.block:
        return credit(body.text, (block.start, block.end), (first, len(body.text)), signature(body, at))
    marked = max(first, one.start - 1), min(last, one.end + 1)
    return credit(body.text, marked, (first, last), _signed(body, marked, last))


def _signed(body: Body, marked: Span, last: int) -> str | None:
    """Return the name behind a dash right behind a quotation, or in the block below it: up to ``last``."""
    at = body.block_number(marked[1] - 1)
    for block in body.blocks[at : at + 2]:
        found = signed_behind(body.text, (marked[0], block.end)) if block.end <= last else None
        if found and not body.text[marked[1] : found[0]].strip(f"{BETWEEN}\n"):
            return body.text[slice(*found)]
    return None


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


@dataclass(frozen=True, slots=True)
class Standing:
    """What an article says to a name under its words: that they are these, or another's, or nothing."""

    agrees: bool
    another: str | None = None


def standing(reading: Reading, span: Span, said: Credit | None, name: str) -> Standing:
    """Return whether ``name`` may say a passage of an article; ``said`` is the passage's :func:`source_credit`.

    It may if the name, or a telling word of it, is that of the outlet or of the byline or stands beside the quotation;
    where nobody is named there, in the paragraph or beside that. Otherwise the words are those of who is named, and
    where nobody is, of the outlet, unless the name stands anywhere in the article: then it says nothing to that.
    """
    wanted = name_words(name)
    known = reading.article.metadata
    if not wanted or is_same(name, known.outlet or "") or is_same(name, known.byline or ""):
        return Standing(agrees=True)
    if said is not None and said.name:
        agrees = is_same(name, said.name) or _names(said.words, wanted)
        return Standing(agrees, None if agrees else said.name)
    number = reading.body.block_number(span[0])
    blocks = reading.body.blocks[max(0, number - 1) : number + 2]
    if blocks and _names(reading.text[blocks[0].start : blocks[-1].end], wanted):
        return Standing(agrees=True)
    if _names(reading.text, wanted):
        return Standing(agrees=False)
    return Standing(agrees=False, another=known.outlet or known.byline or known.title or "")


def _names(text: str, wanted: frozenset[str]) -> bool:
    folded = text.casefold()
    return any(word in folded for word in wanted)
