"""Marks that other programs made, put on the articles of a library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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

_Place = tuple[Span | str, str]
"""Where a mark stands, or its words where that is not known, and whose it is."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of marks: the ids of highlights that were made, of older ones that gained themes or a note, and of
    new ones whose passage is not in the text.
    """

    made: tuple[str, ...] = ()
    enriched: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()


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

        Layers of other coders are left alone. A passage that cannot be found with certainty becomes an orphan, which
        the reader can place. In a ``stub`` the words round a passage are other passages: what the marks say of their
        surroundings is kept instead.
        """
        if not marks:
            return Taken()
        text = self._bodies.texts([article]).get(article, "")
        spans = found(text, [anchor_of(mark) for mark in marks])
        held = self._highlights.of_article(article)
        by_id = {one.id: one for one in held}
        layers = self._rounds.layers()
        by_place: dict[_Place, Highlight] = {}
        for one in held:
            if one.author not in layers:
                at = (one.start, one.end) if one.status is Status.ANCHORED else one.quote
                by_place.setdefault((at, one.author), one)
        made: dict[_Place, str] = {}
        enriched: list[str] = []
        orphaned: list[str] = []
        for mark, span in zip(marks, spans, strict=True):
            anchor = anchor_of(mark)
            place = (span or anchor.quote, clean_text(mark.author))
            # what left a library of this program is whose it says; of other programs' marks nobody knows for certain
            known = by_id.get(mark.id) or by_place.get(place) or (None if mark.id else by_place.get((place[0], "")))
            if not anchor.quote.strip() or (known is not None and known.author in layers):
                continue
            if known is not None:
                if self._enrich(known, mark):
                    enriched.append(known.id)
            elif place in made:
                self._enrich(self._highlights.find(made[place]), mark)
            else:
                new = describe(text, *span) if span else replace(anchor, start=0, end=len(anchor.quote))
                new = replace(new, prefix=anchor.prefix, suffix=anchor.suffix) if stub else new
                made[place] = self._highlights.insert(
                    article, new, self._named(mark), mark.note, mark, orphan=span is None
                )
                orphaned += [] if span else [made[place]]
        anchored = (one for (place, _), one in made.items() if not isinstance(place, str))
        return Taken(tuple(anchored), tuple(enriched), tuple(orphaned))

    def _named(self, mark: Mark) -> list[Theme]:
        return [self._themes.take_in(name) for name in mark.themes if clean_text(name).strip()]

    def _enrich(self, known: Highlight, mark: Mark) -> bool:
        """Put the themes of a mark on a highlight, and its note where there is none; tell whether any of it was new."""
        fresh = [theme for theme in self._named(mark) if theme.id not in known.themes]
        self._highlights.put_themes(known.key, fresh)
        noted = bool(mark.note.strip()) and not known.note
        if noted:
            self._notes.write(mark.note, "highlight", known.key)
        return bool(fresh) or noted


def anchor_of(mark: Mark) -> Anchor:
    """Return where a mark says that it stands."""
    return Anchor(mark.start, mark.end, clean_text(mark.quote), clean_text(mark.prefix), clean_text(mark.suffix))


def found(text: str, anchors: Sequence[Anchor]) -> list[Span | None]:
    """Return where each passage stands: where it says, otherwise where its words are found with certainty."""
    places = [number for number, anchor in enumerate(anchors) if not holds(text, anchor)]
    spans: list[Span | None] = [(anchor.start, anchor.end) for anchor in anchors]
    for number, span in zip(places, resolve_all(text, [anchors[number] for number in places]), strict=True):
        spans[number] = span
    return spans
