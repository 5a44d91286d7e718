"""Marks that other programs made, put on the articles of a library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

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

_At = Span | str
"""Where a mark stands, or its words where that is not known."""

_Held = TypeVar("_Held")


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
        older: _Places[Highlight] = _Places()
        for one in held:
            if one.author not in layers:
                older.put((one.start, one.end) if one.status is Status.ANCHORED else one.quote, one.author, one)
        fresh: _Places[str] = _Places()
        made: list[str] = []
        enriched: list[str] = []
        orphaned: list[str] = []
        for mark, span in zip(marks, spans, strict=True):
            anchor = anchor_of(mark)
            at = span or anchor.quote
            known = by_id.get(mark.id) or older.like(at, mark)
            twin = None if mark.id else fresh.like(at, mark)
            if not anchor.quote.strip() or (known is not None and known.author in layers):
                continue
            if known is not None:
                if self._enrich(known, mark):
                    enriched.append(known.id)
            elif twin is not None:
                self._enrich(self._highlights.find(twin), mark)
            else:
                new = describe(text, *span) if span else replace(anchor, start=0, end=len(anchor.quote))
                new = replace(new, prefix=anchor.prefix, suffix=anchor.suffix) if stub else new
                uid = self._highlights.insert(article, new, self._named(mark), mark.note, mark, orphan=span is None)
                fresh.put(at, mark.author, uid)
                (made if span else orphaned).append(uid)
        return Taken(tuple(made), tuple(enriched), tuple(orphaned))

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


class _Places(Generic[_Held]):
    """What stands where, by whom: to find what a mark is the same as."""

    def __init__(self) -> None:
        self._held: dict[tuple[_At, str | None], _Held] = {}

    def put(self, at: _At, author: str, one: _Held) -> None:
        """Keep what stands somewhere; the first stays."""
        for whose in (clean_text(author), None):
            self._held.setdefault((at, whose), one)

    def like(self, at: _At, mark: Mark) -> _Held | None:
        """Return what a mark is the same as: what its author has there, or the reader.

        What left a library of this program is whose it says; of a mark without an author nobody knows whose it is.
        """
        author = clean_text(mark.author)
        found = self._held.get((at, author))
        if found is not None or mark.id:
            return found
        return self._held.get((at, "" if author else None))


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
