"""Drafts into the library: each is a new article, a new version of one, one that is there, or marks for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from app.cleaning.repeats import Repeats, without_furniture
from app.library.articles import Source
from app.library.bodies import Reanchored
from app.library.holdings import Holdings
from app.library.likenesses import Likeness, Likenesses
from app.model import Draft, Origin

Group = Literal["added", "updated", "duplicate"]

_SHARED_WORDS: Final = 0.3


class Taking:
    """Takes drafts into one library. What one import added is no older version of what it adds later."""

    def __init__(self, holdings: Holdings) -> None:
        """Work on an open library."""
        self._holdings = holdings
        self._fresh: set[int] = set()
        self._outlets: dict[str, tuple[Mapping[str, str], Repeats]] = {}
        self._likenesses = Likenesses(holdings.library.database, holdings.bodies)

    def take(self, draft: Draft, source: Source) -> tuple[Group, int, Reanchored]:
        """Store a draft, inside a deed; return what became of it, its article, and what became of highlights."""
        draft = self._cleaned(_titled(draft, source))
        articles = self._holdings.articles
        same, older = articles.like(draft, source)
        if same is None and draft.stub:
            same = articles.of_stub(draft)
        if same is not None:
            return self._enriched(same, draft)
        if older is not None and older not in self._fresh and self._is_version(older, draft):
            followed = articles.update(older, draft, source)
            return "updated", older, self._marked(older, draft, followed)
        key = articles.add(draft, source)
        self._fresh.add(key)
        self._learn(draft)
        return "added", key, self._marked(key, draft, Reanchored())

    def _cleaned(self, draft: Draft) -> Draft:
        """Leave out what the reader wants left out of this outlet, and what repeats in its articles."""
        outlet = draft.metadata.outlet
        if not outlet or draft.stub:
            return draft
        furniture = self._holdings.furniture
        if outlet not in self._outlets:
            rules = {rule.line: rule.kind for rule in furniture.rules(outlet)}
            self._outlets[outlet] = rules, furniture.repeats(outlet)
        return without_furniture(draft, *self._outlets[outlet])

    def _learn(self, draft: Draft) -> None:
        if draft.metadata.outlet in self._outlets:
            left_out = (line for piece in draft.left_out for line in piece.text.split("\n"))
            self._outlets[draft.metadata.outlet][1].learn((*draft.body.text.split("\n"), *left_out))

    def like(self, draft: Draft) -> tuple[Likeness, ...]:
        """Return the articles, those of this import too, that say mostly what a draft says."""
        return self._likenesses.like(draft.body.text)

    def _enriched(self, key: int, draft: Draft) -> tuple[Group, int, Reanchored]:
        """Put what a draft brings on the article that is there."""
        taken = self._holdings.marks.take_in(key, draft.marks)
        if draft.stub or draft.marks:
            self._holdings.articles.enrich(key, draft)
        gained = self._holdings.articles.gain_pictures(key, draft)
        highlights = Reanchored((*taken.made, *taken.enriched), (), taken.orphaned)
        return ("updated" if gained or highlights != Reanchored() else "duplicate"), key, highlights

    def _marked(self, key: int, draft: Draft, followed: Reanchored) -> Reanchored:
        taken = self._holdings.marks.take_in(key, draft.marks)
        kept, orphaned = (*followed.kept, *taken.made), (*followed.orphaned, *taken.orphaned)
        return Reanchored(kept, followed.moved, orphaned)

    def _is_version(self, key: int, draft: Draft) -> bool:
        """Tell whether a draft from the same address or path is a new version of an article, not another article."""
        article = self._holdings.articles.by_keys([key])[0]
        if draft.metadata.address or article.metadata.title == draft.metadata.title:
            return True
        ours = _shingles(self._holdings.bodies.texts([key]).get(key, ""))
        theirs = _shingles(draft.body.text)
        return len(ours & theirs) >= _SHARED_WORDS * min(len(ours), len(theirs))


def _titled(draft: Draft, source: Source) -> Draft:
    """Return the draft with a title, from the name of its file when its importer found none."""
    if draft.metadata.title:
        return draft
    title = Path(source.name).stem or source.name
    origins = {**draft.metadata.origins, "title": Origin.DERIVED}
    return replace(draft, metadata=replace(draft.metadata, title=title, origins=origins))


def _shingles(text: str) -> set[tuple[str, ...]]:
    """Return the runs of five words in a text."""
    words = text.casefold().split()
    return set(zip(*(words[start:] for start in range(5)), strict=False))
