"""Marking all hits of a query: first a proposal for each, of which any can be refused, then one step for the rest."""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from app.errors import InvalidInput
from app.library.highlights import Marked
from app.library.holdings import Holdings
from app.model import Article, Highlight, Status, Theme
from app.progress import Progress
from app.search.occurrences import Known, occurrences
from app.search.plan import Text
from app.searching.answers import Proposal, Proposals, Unit
from app.searching.finding import Searching
from app.searching.gathering import surroundings
from app.text.ranges import Span
from app.text.sentences import sentences

MOST: Final = 10_000
"""How many passages are proposed at most: more than anybody looks through."""

_FEW: Final = 4
_PART: Final = 16
_SECONDS: Final = 0.008
"""How long one transaction may mark: writing the history and the index down takes four times as long again."""


@dataclass(frozen=True, slots=True)
class MarkReport:
    """What was marked. ``step`` is its number in the history, ``None`` when nothing was changed."""

    marked: Marked = field(default_factory=Marked)
    step: int | None = None


def propose(
    holdings: Holdings,
    searching: Searching,
    query: str,
    unit: Unit,
    article: int | None = None,
    most: int = MOST,
) -> Generator[Progress, None, Proposals]:
    """Look up every passage that holds hits of ``query``; yields the articles done, returns the proposals.

    With an ``article`` only that one is looked through, whether or not the query finds it.
    Raises ``InvalidInput`` when the query asks for no words of a text.
    """
    asked, explained = searching.words(query)
    if not asked:
        raise InvalidInput(
            "The query names no words that could be marked in a text.", "Give the words to mark, e.g. drone."
        )
    keys = searching.keys(query) if article is None else [article]
    known = Known()
    found: list[Proposal] = []
    yield Progress(0, len(keys), "")
    for start in range(0, len(keys), _FEW):
        part = keys[start : start + _FEW]
        found += _proposed(holdings, part, asked, known, unit)
        name = found[-1].article.metadata.title if found else None
        yield Progress(start + len(part), len(keys), name or "")
        if len(found) > most:
            break
    return Proposals(query, unit, explained, tuple(found[:most]), len(found) <= most)


def _proposed(
    holdings: Holdings, keys: Sequence[int], asked: Sequence[Text], known: Known, unit: Unit
) -> Iterator[Proposal]:
    """Yield the proposals of some articles, as they are at this moment."""
    with holdings.library.database.snapshot():
        texts = holdings.bodies.texts(keys)
        marks = holdings.layers.outside(keys)
        for article in holdings.articles.by_keys(keys):
            text = texts.get(article.key, "")
            hits = occurrences(asked, text, article.metadata.language, known)
            yield from _in_article(article, text, hits, marks.get(article.key, ()), unit)


def _in_article(
    article: Article, text: str, hits: Sequence[Span], marks: Sequence[Highlight], unit: Unit
) -> Iterator[Proposal]:
    """Yield a proposal for each passage that holds hits, in the order of the text."""
    older: dict[Span, Highlight] = {}
    for mark in marks:
        if mark.status is Status.ANCHORED:
            older.setdefault((mark.start, mark.end), mark)
    starts = [start for start, _ in hits]
    for span in _passages(text, hits, unit):
        first, last = surroundings(text, span)
        near = hits[bisect_left(starts, first) : bisect_left(starts, last)]
        held = older.get(span)
        yield Proposal(
            article,
            span,
            text[span[0] : span[1]],
            text[first:last],
            (span[0] - first, span[1] - first),
            tuple((start - first, end - first) for start, end in near if end <= last),
            held.id if held else "",
            held.themes if held else (),
        )


def _passages(text: str, hits: Sequence[Span], unit: Unit) -> list[Span]:
    """Return what is marked for hits (ascending), each passage once; a hit across two parts takes both."""
    if unit is Unit.WORD:
        return sorted(set(hits))
    parts = list(_parts(text, hits, unit))
    starts = [start for start, _ in parts]

    def part(position: int) -> Span:
        return parts[bisect_right(starts, position) - 1]

    return sorted({(part(start)[0], part(end - 1)[1]) for start, end in hits})


def _parts(text: str, hits: Sequence[Span], unit: Unit) -> Iterator[Span]:
    """Yield the sentences or paragraphs of every line with a hit, in order."""
    ends = sorted({place for start, end in hits for place in (start, end - 1)})
    first = 0
    for line in text.split("\n"):
        last = first + len(line)
        if bisect_left(ends, first) < bisect_left(ends, last):
            indent = len(line) - len(line.lstrip())
            spans = sentences(line) if unit is Unit.SENTENCE else [(indent, len(line.rstrip()))]
            yield from ((first + start, first + end) for start, end in spans)
        first = last + 1


def mark(
    holdings: Holdings, chosen: Sequence[Proposal], themes: Sequence[str], note: str = ""
) -> Generator[Progress, None, MarkReport]:
    """Mark the chosen passages as one step; yields those done, returns the report.

    Themes that do not exist are made. A passage that is marked already gets the themes; what the text does not say any
    more is left. Stopping the iteration leaves marked what is marked.
    """
    report = MarkReport()
    done = 0
    groups = [(key, list(own)) for key, own in groupby(chosen, key=lambda one: one.article.key)]
    while groups:
        with holdings.library.deed("Hits marked: {count}", report.step, count=0) as deed:
            put = [holdings.themes.ensure(name) for name in themes]
            marked, counted = _part(holdings, groups, put, note)
            total = _added(report.marked, marked)
            deed.label = replace(deed.label, values={"count": len(total.made) + len(total.themed)})
        done += counted
        report = MarkReport(total, deed.changes.step or report.step)
        yield Progress(done, len(chosen), "")
    return report


def _part(
    holdings: Holdings, groups: list[tuple[int, list[Proposal]]], themes: Sequence[Theme], note: str
) -> tuple[Marked, int]:
    """Mark as much from the front of ``groups`` as one transaction has time for; return what and how many."""
    started = time.monotonic()
    marked, counted = Marked(), 0
    while groups and (not counted or time.monotonic() - started < _SECONDS):
        key, own = groups[0]
        part, rest = own[:_PART], own[_PART:]
        passages = [(one.span, one.quote) for one in part]
        marked = _added(marked, holdings.highlights.mark(key, passages, themes, note))
        counted += len(part)
        groups[:1] = [(key, rest)] if rest else []
    return marked, counted


def _added(one: Marked, other: Marked) -> Marked:
    """Return what two parts did together."""
    return Marked(
        one.made + other.made, one.themed + other.themed, one.unchanged + other.unchanged, one.gone + other.gone
    )
