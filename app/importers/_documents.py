"""Documents of word processors and books: from blocks, and what the file states, to a draft with its marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from app.cleaning.dates import find_date
from app.cleaning.language import guess
from app.cleaning.metadata import derived_title, normal
from app.cleaning.phrases import lexicon
from app.importers._points import Place, lifted
from app.model import Details, Draft, Mark, Metadata, Origin, Published
from app.text.body import Body, Piece, Run, clean_line

_HEAD: Final = 6
_LONGEST_HEADING: Final = 18
_LAST: Final = '?؟？)”"’»）》'


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document says of itself.

    ``title`` is what its properties call it; ``shown`` holds the lines at its beginning that are styled as ``title``,
    ``author`` or ``date``. What has no field of its own goes to ``details``.
    """

    title: str = ""
    byline: str = ""
    outlet: str = ""
    address: str = ""
    published: Published | None = None
    language: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    details: Details = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Noted:
    """A stretch of a document that somebody marked or commented on; where it lies is told by points in the text."""

    themes: tuple[str, ...] = ()
    note: str = ""
    author: str = ""
    created: int = 0


def document(pieces: Sequence[Piece], stated: Stated, noted: Sequence[Noted] = (), part: str = "",
             pictures: Mapping[str, bytes] | None = None) -> Draft:  # fmt: skip
    """Put an article together; pieces may hold points, where ``noted`` stretches begin and end.

    The line styled as a title is the title; else it is the one the properties state, else a first heading of the
    first level. The line that shows it is not in the body again.
    """
    kept, begins, ends = lifted(pieces)
    kept = _headed([_tidy(piece) for piece in kept])
    shown = _lines(kept, stated)
    title = stated.shown.get("title", "") or stated.title
    first = next((number for number, piece in enumerate(kept) if piece.kind != "image"), None)
    if not title and first is not None and _is_title(kept[first]):
        title = kept[first].text
        shown[first] = "title"
    details: dict[str, str | tuple[str, ...]] = dict(stated.details)
    if stated.title and normal(stated.title) != normal(title):
        details["document_title"] = stated.title
    for number, name in shown.items():
        if name != "title" and (line := _LINES[name]):
            details[line] = kept[number].text
    left = [piece for number, piece in enumerate(kept) if number not in shown]
    body = Body.of(left)
    marks = _Marks(kept, shown, body).read(noted, begins, ends)
    used = {str(piece.attributes["picture"]) for piece in left if piece.attributes.get("picture")}
    found = {digest: data for digest, data in (pictures or {}).items() if digest in used}
    metadata = _metadata(title, stated, left, guess(body.text))
    return Draft(body, metadata, (), details, marks=marks, pictures=found, part=part)


_LINES: Final[Mapping[str, str]] = {"title": "", "author": "byline_line", "date": "date_line"}


def _headed(pieces: list[Piece]) -> list[Piece]:
    """Return pieces with headings where a document has none: short lines, all bold, over text that is not."""
    if any(piece.kind == "heading" for piece in pieces):
        return pieces
    bold = [_is_bold(piece) for piece in pieces]
    return [
        replace(piece, kind="heading", attributes={"level": 2}, runs=_runs_inside(piece))
        if bold[number] and number + 1 < len(pieces) and not bold[number + 1] and _may_head(piece)
        else piece
        for number, piece in enumerate(pieces)
    ]


def _is_bold(piece: Piece) -> bool:
    runs = [run for run in piece.runs if run.kind == "strong"]
    return bool(piece.text.strip()) and sum(run.end - run.start for run in runs) >= len(piece.text) - 1


def _may_head(piece: Piece) -> bool:
    words = piece.text.split()
    if piece.kind != "paragraph" or not piece.text.strip():
        return False
    short = len(words) <= _LONGEST_HEADING and len(piece.text) <= _LONGEST_HEADING * 8
    last = piece.text.rstrip()[-1]
    return short and (last.isalnum() or last in _LAST)


def _runs_inside(piece: Piece) -> tuple[Run, ...]:
    return tuple(run for run in piece.runs if run.kind != "strong")


def _tidy(piece: Piece) -> Piece:
    """Return a piece without links to other places of the file, and with runs that touch as one."""
    kept: list[Run] = []
    for run in piece.runs:
        if str(run.attributes.get("address", "")).startswith("#"):
            continue
        last = next((k for k in range(len(kept) - 1, -1, -1) if _is_same(kept[k], run)), None)
        if last is not None and not piece.text[kept[last].end : run.start].strip(" "):
            kept[last] = replace(kept[last], end=max(run.end, kept[last].end))
        else:
            kept.append(run)
    return piece if len(kept) == len(piece.runs) else replace(piece, runs=tuple(kept))


def _is_same(one: Run, other: Run) -> bool:
    return one.kind == other.kind and one.attributes == other.attributes


def _is_title(piece: Piece) -> bool:
    return piece.kind == "heading" and piece.attributes.get("level") == 1


def _lines(pieces: Sequence[Piece], stated: Stated) -> dict[int, str]:
    """Return which of the first pieces show the title, the author or the date."""
    wanted = {normal(text): name for name, text in stated.shown.items() if name in _LINES}
    if stated.title and "title" not in stated.shown:
        wanted.setdefault(normal(stated.title), "title")
    found: dict[int, str] = {}
    for number, piece in enumerate(pieces[:_HEAD]):
        name = wanted.get(normal(piece.text)) if piece.text else None
        if name and (name == "title" or name not in found.values()) and piece.kind in ("heading", "paragraph"):
            found[number] = name
    return found


def _metadata(title: str, stated: Stated, pieces: Sequence[Piece], spoken: str | None) -> Metadata:
    known = lexicon(stated.language or spoken)
    derived = ""
    if not title:
        heading = next((piece.text for piece in pieces[:3] if piece.kind == "heading"), "")
        first = next((piece.text for piece in pieces if piece.text and piece.kind not in ("code", "image")), "")
        derived = heading or (derived_title(first, known) if first else "")
    dated = find_date(stated.shown["date"], known.months) if stated.shown.get("date") else None
    values = {
        "title": title or derived or None,
        "byline": stated.byline or stated.shown.get("author") or None,
        "outlet": stated.outlet or None,
        "address": stated.address or None,
        "language": stated.language or spoken,
    }
    published = stated.published or dated
    origins = {name: Origin.STATED for name, value in values.items() if value}
    if derived:
        origins["title"] = Origin.DERIVED
    if values["language"] and not stated.language:
        origins["language"] = Origin.DERIVED
    if published:
        origins["published"] = Origin.STATED
    return Metadata(**values, published=published, origins=origins)


class _Marks:
    """Makes marks of noted stretches, where their points have come to stand."""

    def __init__(self, kept: Sequence[Piece], shown: Mapping[int, str], body: Body) -> None:
        self._kept = kept
        self._body = body
        self._blocks: dict[int, int] = {}
        for number in range(len(kept)):
            if number not in shown:
                self._blocks[number] = len(self._blocks)

    def read(self, noted: Sequence[Noted], begins: Mapping[int, Place], ends: Mapping[int, Place]) -> tuple[Mark, ...]:
        """Return a mark for each stretch; what was noted of one and the same stretch becomes one mark."""
        marks: dict[tuple[int, int, str], list[Noted]] = {}
        for number, one in enumerate(noted):
            place = begins.get(number) or ends.get(number)
            if place is not None and self._kept:
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
