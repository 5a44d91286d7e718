"""What people noted in a document: stretches they highlighted or commented on, as marks on the text that came of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from app.drafts import Mark
from app.importers._points import Place
from app.text.body import Body, Piece, clean_line

# LibreOffice keeps what it does not know of a web page as comments by nobody.
_BY_NOBODY: Final = re.compile(r"HTML: <[^\n]*>")


@dataclass(frozen=True, slots=True)
class Noted:
    """A stretch of a document that somebody marked or commented on; where it lies is told by points in the text."""

    themes: tuple[str, ...] = ()
    note: str = ""
    author: str = ""
    created: int = 0

    @property
    def is_somebodys(self) -> bool:
        """Tell whether a person noted this, and no program."""
        return bool(self.themes or self.author) or _BY_NOBODY.fullmatch(self.note.strip()) is None


class Marks:
    """Makes marks of noted stretches, where their points have come to stand."""

    def __init__(self, kept: Sequence[Piece], aside: Collection[int], body: Body) -> None:
        """Take the pieces, the numbers of those that are not in the body, and the body."""
        self._kept = kept
        self._body = body
        self._blocks: dict[int, int] = {}
        for number in range(len(kept)):
            if number not in aside:
                self._blocks[number] = len(self._blocks)

    def read(self, noted: Sequence[Noted], begins: Mapping[int, Place], ends: Mapping[int, Place]) -> tuple[Mark, ...]:
        """Return a mark for each stretch; what was noted of one and the same stretch becomes one mark."""
        marks: dict[tuple[int, int, str], list[Noted]] = {}
        for number, one in enumerate(noted):
            place = begins.get(number) or ends.get(number)
            if place is not None and self._kept and one.is_somebodys:
                key = self._stretch(place, ends.get(number, place))
                marks.setdefault(key, []).append(one)
        made = (_joined(key, several) for key, several in sorted(marks.items()) if key[2].strip())
        return tuple(self._merged(made))

    def _merged(self, marks: Iterable[Mark]) -> Iterator[Mark]:
        """Join stretches of one colour that touch: programs cut them wherever the letters change."""
        last: Mark | None = None
        for mark in marks:
            if last is not None and self._goes_on(last, mark):
                last = replace(last, end=mark.end, quote=self._body.text[last.start : mark.end])
                continue
            if last is not None:
                yield last
            last = mark
        if last is not None:
            yield last

    def _goes_on(self, last: Mark, mark: Mark) -> bool:
        between = self._body.text[last.end : mark.start]
        bare = not (last.note or mark.note) and bool(mark.themes)
        return bare and last.themes == mark.themes and 0 <= last.end <= mark.start and between.strip(" ") == ""

    def _stretch(self, first: Place, last: Place) -> tuple[int, int, str]:
        """Return start, end and quote of a stretch; of a single point, its block; -1 for what is not in the body."""
        start, end = self._position(first), self._position(last)
        if start is None or end is None:
            number = min(first.piece, len(self._kept) - 1)
            return -1, -1, clean_line(self._kept[number].text)
        text = self._body.text
        if not text[start:end].strip():
            block = self._body.block_at(start)
            start, end = block.start, block.end
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        return start, end, text[start:end]

    def _position(self, place: Place) -> int | None:
        if place.piece >= len(self._kept):
            return len(self._body.text) if self._blocks else None
        block = self._blocks.get(place.piece)
        if block is None:
            return None
        return self._body.blocks[block].start + len(clean_line(self._kept[place.piece].text[: place.offset]))


def _joined(key: tuple[int, int, str], noted: Sequence[Noted]) -> Mark:
    start, end, quote = key
    themes = tuple(dict.fromkeys(theme for one in noted for theme in one.themes))
    authors = list(dict.fromkeys(one.author for one in noted if one.author))
    notes = [(one.author, one.note.strip()) for one in noted if one.note.strip()]
    several = len({author for author, _note in notes}) > 1
    note = "\n\n".join(f"{author}: {text}" if several and author else text for author, text in notes)
    created = min((one.created for one in noted if one.created), default=0)
    author = authors[0] if authors else ""
    return Mark(quote, start, end, themes=themes, note=note, created=created, author=author)


def milliseconds(stamp: str) -> int:
    """Return a time stamp (ISO 8601) in UTC milliseconds, 0 for what is none; without a zone it is taken as UTC."""
    try:
        when = datetime.fromisoformat(stamp.strip())
    except ValueError:
        return 0
    return max(0, int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() * 1000))
