"""What stands on a board: passages and articles, the orders they can be shown in, and the groups they fall into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.model import Article, Highlight, Interlude, Theme
from app.text.ranges import Span

DATE: Final = "date"
OUTLET: Final = "outlet"
READING: Final = "reading"
OWN: Final = "own"
_SEPARATORS: Final = (" > ", " › ", " / ")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with the sentences round it, or a whole article (then ``highlight`` is ``None``).

    ``span_in_context`` is where the passage stands in ``context``, in code points; ``paragraph`` counts from 1, 0 is
    "not known".
    """

    highlight: Highlight | None
    article: Article
    context: str
    span_in_context: Span
    paragraph: int

    @property
    def id(self) -> str:
        """Return the id of the highlight, or of the article where there is none."""
        return self.highlight.id if self.highlight else self.article.id

    @property
    def themes(self) -> tuple[str, ...]:
        """Return the ids of the themes on the passage, or on the whole article."""
        return self.highlight.themes if self.highlight else self.article.themes

    @property
    def note(self) -> str:
        """Return the reader's note, in Markdown."""
        return self.highlight.note if self.highlight else self.article.note

    @property
    def private(self) -> bool:
        """Return whether the note stays out of exports."""
        return self.highlight.private if self.highlight else self.article.private

    @property
    def outlet(self) -> str:
        """Return the outlet on one line; empty when it is not known."""
        return " ".join((self.article.metadata.outlet or "").split())


@dataclass(frozen=True, slots=True)
class Group:
    """A heading between the rows: ``name`` (empty: outlet not known) and how many rows stand under it."""

    name: str
    count: int


Item = Passage | Interlude
"""What a collection by hand holds."""


def ordered(passages: Iterable[Passage], order: str) -> list[Passage]:
    """Return passages in an order: by day (undated last), by outlet and day, as they were read, or as they came."""
    if order == DATE:
        return sorted(passages, key=_by_date)
    if order == OUTLET:
        return sorted(passages, key=lambda passage: (not passage.outlet, passage.outlet.casefold(), _by_date(passage)))
    if order == READING:
        return sorted(passages, key=_by_reading)
    return list(passages)


def grouped(passages: Sequence[Passage]) -> list[Item | Group]:
    """Return passages that are ordered by outlet with a heading before each outlet."""
    rows: list[Item | Group] = []
    counts: dict[str, int] = {}
    for passage in passages:
        key = passage.outlet.casefold()
        counts[key] = counts.get(key, 0) + 1
    before: str | None = None
    for passage in passages:
        key = passage.outlet.casefold()
        if key != before:
            rows.append(Group(passage.outlet, counts[key]))
            before = key
        rows.append(passage)
    return rows


def subtree(theme: str, themes: Iterable[Theme]) -> frozenset[str]:
    """Return the ids of a theme and of all below it."""
    children: dict[str, list[str]] = {}
    for one in themes:
        if one.parent is not None:
            children.setdefault(one.parent, []).append(one.id)
    found: set[str] = set()
    waiting = [theme]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += children.get(here, [])
    return frozenset(found)


def theme_of(title: str, theme: str, themes: Sequence[Theme]) -> Theme | None:
    """Return the theme of a board by its id, or by its path or name."""
    for one in themes:
        if theme and one.id == theme:
            return one
    named = [one for one in themes if one.name == title or title in {mark.join(one.path) for mark in _SEPARATORS}]
    return named[0] if len(named) == 1 and not theme else None


def marked_with(passages: Iterable[Passage], themes: frozenset[str]) -> list[Passage]:
    """Return the passages that carry at least one of the themes."""
    return [passage for passage in passages if not themes.isdisjoint(passage.themes)]


def toggled(passages: Sequence[Passage], theme: str) -> Mapping[str, bool]:
    """Return which highlights a theme is to be put on (true) or taken off: off only where all of them have it."""
    marks = [passage.highlight for passage in passages if passage.highlight]
    off = all(theme in mark.themes for mark in marks)
    return {mark.id: not off for mark in marks if off or theme not in mark.themes}


def _by_date(passage: Passage) -> tuple[bool, date, str, tuple[int, int, int, int]]:
    published = passage.article.metadata.published
    day = published.day if published else date.max
    return published is None, day, passage.outlet.casefold(), _by_reading(passage)


def _by_reading(passage: Passage) -> tuple[int, int, int, int]:
    mark = passage.highlight
    return passage.article.added, passage.article.key, mark.start if mark else -1, mark.end if mark else -1
