"""Articles of which a file holds passages only: each becomes a stub, with its passages as text and marks on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.drafts import Draft, Mark
from app.importers._metadata import line
from app.model import Details, Metadata, Origin, State
from app.options import Option
from app.text.body import IMAGE, Body, Piece, clean_line
from app.text.ranges import Span

COLOURS: Final = Option("colours", "Colours as themes", False, help="Each colour of a passage becomes a theme.")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as a file tells of it. ``colour`` and ``place`` (page, location, chapter) are the file's own words.

    One with an ``id`` left a library of this program: it is taken to the letter. ``known_as`` is what another program
    knows it by. The others are as in :class:`Mark`.
    """

    quote: str
    note: str = ""
    themes: tuple[str, ...] = ()
    created: int = 0
    author: str = ""
    colour: str = ""
    place: str = ""
    prefix: str = ""
    suffix: str = ""
    id: str = ""
    at: int = -1
    modified: int = 0
    private: bool = False
    orphan: bool = False
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of an article besides its metadata and passages."""

    themes: tuple[str, ...] = ()
    note: str = ""
    details: Details = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    state: State | None = None
    id: str = ""


def stub(known: Metadata, passages: Iterable[Passage] = (), about: About | None = None, *, colours: bool) -> Draft:
    """Return the stub of an article. A passage that comes twice is one, with the themes and the notes of both: it has
    the same words, author and place, or where that is not told is known as the same. A lost passage of this program's
    own is no part of the text.

    What has a note and no words is a note on the article. With ``colours`` the colours of passages become themes;
    they and the places of passages are details otherwise.
    """
    about = about or About()
    merged = _merged(passages)
    lost = [passage for passage in merged if passage.orphan and passage.quote]
    quoted = [passage for passage in merged if _lines(passage) and not passage.orphan]
    notes = [about.note, *(passage.note for passage in merged if not _lines(passage))]
    pieces: list[Piece] = []
    places: list[tuple[int, int]] = []
    for passage in quoted:
        lines = _lines(passage)
        places.append((len(pieces), len(pieces) + len(lines)))
        pieces += [Piece("", "image", {"alt": "", "source": ""}) if one == IMAGE else Piece(one) for one in lines]
    body = Body.of(pieces)
    marks = (
        *(
            _mark(passage, _span(body, first, last), body, colours=colours)
            for passage, (first, last) in zip(quoted, places, strict=True)
        ),
        *(_mark(passage, _former(passage), body, colours=colours) for passage in lost),
    )
    title = known.title or known.address or ""
    return Draft(
        body,
        _titled(known),
        details={**about.details, **details_of(quoted, colours=colours)},
        attributes=about.attributes,
        themes=about.themes,
        note=joined(notes),
        marks=marks,
        part=title,
        stub=True,
        state=about.state,
        id=about.id,
    )


def joined(notes: Iterable[str]) -> str:
    """Return notes as one, a paragraph apart, each said once."""
    return "\n\n".join(dict.fromkeys(note.strip() for note in notes if note.strip()))


def named(words: Iterable[object]) -> tuple[str, ...]:
    """Return the names of themes among some words: on one line, none empty, none twice."""
    return tuple(dict.fromkeys(name for word in words if (name := (line(word) or "").removeprefix("#").strip())))


def _merged(passages: Iterable[Passage]) -> list[Passage]:
    found: dict[object, Passage] = {}
    for number, passage in enumerate(passages):
        words, place = "\n".join(_lines(passage)), passage.known_as if passage.at < 0 else passage.at
        key = passage.id or ((words, passage.author, place) if words else number)
        before = found.get(key)
        found[key] = passage if before is None else _both(before, passage)
    return list(found.values())


def _both(one: Passage, other: Passage) -> Passage:
    return replace(
        one,
        note=joined((one.note, other.note)),
        themes=tuple(dict.fromkeys((*one.themes, *other.themes))),
        created=min(filter(None, (one.created, other.created)), default=0),
        colour=one.colour or other.colour,
        place=one.place or other.place,
    )


def _lines(passage: Passage) -> list[str]:
    """Return the lines of a quote as blocks can hold them, those without words only where every letter counts."""
    if not passage.quote:
        return []
    quote = passage.quote.replace("\r\n", "\n").replace("\r", "\n")
    if passage.id:
        # An image is a line of its own.
        return [part if part == IMAGE else clean_line(part) for part in quote.split("\n")]
    return [part for part in map(clean_line, quote.split("\n")) if part.strip()]


def _span(body: Body, first: int, last: int) -> Span:
    return body.blocks[first].start, body.blocks[last - 1].end


def _former(passage: Passage) -> Span:
    """Return where a lost passage stood, -1 when that is not known."""
    return (passage.at, passage.at + len(passage.quote)) if passage.at >= 0 else (-1, -1)


def _mark(passage: Passage, span: Span, body: Body, *, colours: bool) -> Mark:
    start, end = span
    themes = passage.themes
    if colours and passage.colour:
        themes = tuple(dict.fromkeys((*themes, passage.colour)))
    return Mark(
        passage.quote if passage.orphan else body.text[start:end],
        start,
        end,
        passage.prefix,
        passage.suffix,
        themes,
        passage.note if passage.id else passage.note.strip(),
        passage.created,
        passage.modified,
        passage.author,
        passage.id,
        passage.private,
        passage.orphan,
        passage.at,
    )


def details_of(passages: Sequence[Passage], *, colours: bool) -> dict[str, str | tuple[str, ...]]:
    """Return where passages stand and, unless the colours are themes, how many have which: what no mark can say."""
    found: dict[str, str | tuple[str, ...]] = {}
    worn = Counter(passage.colour for passage in passages if passage.colour)
    if worn and not colours:
        found["colours"] = tuple(f"{colour}: {count}" for colour, count in worn.most_common())
    places = tuple(f"{passage.place}: {_beginning(passage.quote)}" for passage in passages if passage.place)
    if places:
        found["places"] = places
    return found


def _beginning(quote: str) -> str:
    text = " ".join(quote.split())
    return text if len(text) <= 60 else f"{text[:60].rstrip()}…"


def _titled(known: Metadata) -> Metadata:
    """Return the metadata with a title made of the address where none is stated."""
    if known.title or not known.address:
        return known
    title = known.address.partition("://")[2].removeprefix("www.").rstrip("/")
    return replace(known, title=title, origins={**known.origins, "title": Origin.DERIVED})
