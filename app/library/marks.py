"""Marks that other programs made, put on the articles of a library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.drafts import Mark
from app.library.bodies import Bodies
from app.library.highlights import Highlights
from app.library.library import clean_text
from app.library.notes import Notes
from app.library.rounds import Rounds
from app.library.themes import Themes
from app.model import Highlight, Status, Theme
from app.text.anchors import Anchor, describe, holds, resolve_all
from app.text.ranges import Span

_FARTHEST: Final = 1 << 40  # beyond any text: a lost passage never stood there
# What makes two marks without an id of their own one: the place, or for a lost passage its words, and the author.
_Place = tuple[Span | str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of marks: the ids of highlights that were made, of older ones that gained themes or a note, and of
    new ones whose passage is not in the text. ``ids`` are those of this library for marks that have other ones here.
    ``passed`` counts those that are not in since a round of their coder is, by coder.
    """

    made: tuple[str, ...] = ()
    enriched: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    passed: Mapping[str, int] = field(default_factory=dict)


class Marks:
    """Puts marks on articles."""

    def __init__(self, bodies: Bodies, highlights: Highlights, themes: Themes, notes: Notes, rounds: Rounds) -> None:
        """Work on an open library."""
        self._rounds = rounds
        self._bodies = bodies
        self._highlights = highlights
        self._themes = themes
        self._notes = notes

    def take_in(self, article: int, marks: Sequence[Mark], *, stub: bool = False) -> Taken:
        """Put marks on an article, inside a deed; a highlight that is there already gains what is new of them.

        A mark with an id is the highlight that has it, or a new one. One without is the highlight of its author at its
        place, if there is one. What is in the layer of another coder gains nothing, and where the coder's round covers
        the article, what is gone from the layer stays gone. A passage that cannot be found with certainty becomes an
        orphan, which the reader can place. In a ``stub`` the words round a passage are other passages: what the marks
        say of their surroundings is kept instead.
        """
        if not marks:
            return Taken()
        text = self._bodies.texts([article]).get(article, "")
        held = self._highlights.of_article(article)
        by_id = {one.id: one for one in held}
        by_place: dict[_Place, Highlight] = {}
        for one in held:
            place: Span | str = (one.start, one.end) if one.status is Status.ANCHORED else one.quote
            by_place.setdefault((place, one.author), one)
        fresh: dict[_Place, str] = {}
        made: list[str] = []
        enriched: list[str] = []
        orphaned: list[str] = []
        ids: dict[str, str] = {}
        passed: Counter[str] = Counter()
        layers, coders = self._rounds.layers(), self._rounds.covered([article]).get(article, ())
        for mark, span in zip(marks, found(text, marks), strict=True):
            anchor = anchor_of(mark)
            where = (span or anchor.quote, clean_text(mark.author))
            if not anchor.quote.strip() and (not mark.id or not anchor.quote or (span is None and not mark.orphan)):
                continue
            is_own = self._highlights.is_free(mark.id)
            known = by_id.get(mark.id) or (None if is_own else by_place.get(where))
            if known is None and mark.id and where[1] in coders:
                passed[where[1]] += 1
                continue
            if known is None and not is_own and where in fresh:
                known = self._highlights.find(fresh[where])
                self._enrich(known, mark)
                uid = known.id
            elif known is not None:
                if known.author not in layers and self._enrich(known, mark):
                    enriched.append(known.id)
                uid = known.id
            else:
                uid = self._made(article, mark, text, span, stub=stub)
                fresh.setdefault(where, uid)
                (made if span else orphaned).append(uid)
            if mark.id and mark.id != uid:
                ids[mark.id] = uid
        return Taken(tuple(made), tuple(enriched), tuple(orphaned), ids, passed)

    def _made(self, article: int, mark: Mark, text: str, span: Span | None, *, stub: bool) -> str:
        """Make the highlight of a mark; return its id."""
        anchor = anchor_of(mark)
        new = describe(text, *span) if span else anchor
        if not span and not (mark.orphan and 0 <= anchor.start <= anchor.end <= _FARTHEST):
            new = replace(anchor, start=0, end=len(anchor.quote))
        new = replace(new, prefix=anchor.prefix, suffix=anchor.suffix) if stub else new
        return self._highlights.insert(article, new, self._named(mark), mark.note, mark, orphan=span is None)

    def _named(self, mark: Mark) -> list[Theme]:
        return [self._themes.take_in(name) for name in mark.themes if clean_text(name).strip()]

    def _enrich(self, known: Highlight, mark: Mark) -> bool:
        """Put the themes of a mark and its note on a highlight; tell whether any of it was new."""
        fresh = [theme for theme in self._named(mark) if theme.id not in known.themes]
        self._highlights.put_themes(known.key, fresh)
        noted = self._notes.join(mark.note, "highlight", known.key, private=mark.private, noted=mark.noted)
        return bool(fresh) or noted


def anchor_of(mark: Mark) -> Anchor:
    """Return where a mark says that it stands."""
    return Anchor(mark.start, mark.end, clean_text(mark.quote), clean_text(mark.prefix), clean_text(mark.suffix))


def found(text: str, marks: Sequence[Mark]) -> list[Span | None]:
    """Return where each passage stands: where it says, otherwise where its words are found with certainty."""
    anchors = [anchor_of(mark) for mark in marks]
    spans: list[Span | None] = [None if mark.orphan else (mark.start, mark.end) for mark in marks]
    sought = [number for number, span in enumerate(spans) if span and not holds(text, anchors[number])]
    for number, span in zip(sought, resolve_all(text, [anchors[number] for number in sought]), strict=True):
        spans[number] = span
    return spans
