"""What importers read: articles, marks, themes and collections before they are in a library, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.model import Details, EarlierText, Interlude, LeftOut, Metadata, Noted, Rule, State
from app.rounds import Round
from app.text.body import Body


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight as an importer read it: what it says, and what is known of where it stands in the draft's text.

    ``start`` and ``end`` are code points, -1 when they are not known; the passage is then looked for by its ``quote``
    between ``prefix`` and ``suffix``. ``themes`` are names, paths ``A > B``, or ids of themes that a ``Codebook`` of
    the same file describes. ``created`` and ``modified`` are in UTC milliseconds since 1970, 0 when they are not known.
    ``id`` is the highlight's own where it once left a library of this program; ``private`` says that its note stays
    home, ``orphan`` that its passage was lost already when it left: it is kept as it is and not looked for. ``at`` is
    where it begins in the article's own text, where the draft is a stub that holds another one; -1: not known.
    ``noted`` tells of the note, here and in every draft below, where it once left a library of this program.
    """

    quote: str
    start: int = -1
    end: int = -1
    prefix: str = ""
    suffix: str = ""
    themes: tuple[str, ...] = ()
    note: str = ""
    created: int = 0
    modified: int = 0
    author: str = ""
    id: str = ""
    private: bool = False
    orphan: bool = False
    at: int = -1
    noted: Noted | None = None


@dataclass(frozen=True, slots=True)
class ThemeDraft:
    """A theme as an importer read it: its names from the root, and what the file says of it (``""``, 0: nothing).

    ``colour`` is ``#rrggbb``; ``id`` is the theme's own where it once left a library of this program; ``private`` says
    that its note stays home.
    """

    path: tuple[str, ...]
    colour: str = ""
    definition: str = ""
    note: str = ""
    digit: int = 0
    id: str = ""
    private: bool = False
    noted: Noted | None = None


@dataclass(frozen=True, slots=True)
class Codebook:
    """The themes that a file describes, parents before children, whether an article of it has them or not."""

    themes: tuple[ThemeDraft, ...]
    part: str = ""


@dataclass(frozen=True, slots=True)
class CollectionDraft:
    """A collection as an importer read it. ``sequence`` holds the ids of articles, highlights and interludes.

    ``query`` is written with names; ``private`` says that its note stays home.
    """

    name: str
    query: str = ""
    note: str = ""
    interludes: tuple[Interlude, ...] = ()
    sequence: tuple[str, ...] = ()
    id: str = ""
    private: bool = False
    noted: Noted | None = None


@dataclass(frozen=True, slots=True)
class AttributeDraft:
    """A field of a reader's own on articles as an importer read it; ``kind`` is a value of ``AttributeKind``."""

    name: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    definition: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """What a file says of a library beside its articles and themes: its note, the reader's fields, the collections.

    Fields are made before articles are stored, collections when all of them are. ``private`` is said of the note.
    ``rules`` are about what is left out of articles to come. ``rounds`` are those that the library asked other coders
    for, ``answers`` is the one that it was made for itself.
    """

    note: str = ""
    attributes: tuple[AttributeDraft, ...] = ()
    collections: tuple[CollectionDraft, ...] = ()
    part: str = ""
    private: bool = False
    rules: tuple[Rule, ...] = ()
    rounds: tuple[Round, ...] = ()
    answers: Round | None = None
    noted: Noted | None = None


@dataclass(frozen=True, slots=True)
class Gauge:
    """What is reckoned of a text: the SHA-256 of its bare words, how many it has, its beginning, its signature."""

    text: str
    fingerprint: str
    words: int
    excerpt: str
    bands: bytes


@dataclass(frozen=True, slots=True)
class Provenance:
    """From which file a library read an article that left it: its name, its importer's key, the SHA-256 of its bytes.

    The file itself did not come along.
    """

    name: str = ""
    format: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as an importer read it, before it is in a library. ``themes`` are as in :class:`Mark`.

    ``pictures`` are those that lie inside the file, by the SHA-256 that ``picture`` of an image block names. ``part``
    says which part of the file it is, where a file holds several. A ``stub`` is all that is known of an article whose
    text lies elsewhere: its body is made of its passages, or empty; its marks go to the article itself when the
    library has that. ``state`` is how far its reader was with it, where the source says so. ``id`` is the article's own
    where it once left a library of this program: where that article still is, it keeps its text. ``added`` and
    ``modified`` are UTC milliseconds, 0 when they are not known; ``private`` says that its note stays home.
    ``layers`` holds the themes that other coders have on the whole article, by coder; ``coders`` are those whose rounds
    cover it. ``gauge`` is that of the text with which it was read, where the reading process was asked for it.
    ``provenance`` says what it was read from when it first came into a library, where that is not the file at hand;
    ``earlier`` are the texts that it had, the first one first.
    """

    body: Body
    metadata: Metadata = field(default_factory=Metadata)
    left_out: tuple[LeftOut, ...] = ()
    details: Details = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    note: str = ""
    marks: tuple[Mark, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    part: str = ""
    stub: bool = False
    state: State | None = None
    id: str = ""
    added: int = 0
    modified: int = 0
    private: bool = False
    layers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gauge: Gauge | None = field(default=None, compare=False, repr=False)
    coders: tuple[str, ...] = ()
    noted: Noted | None = None
    provenance: Provenance | None = None
    earlier: tuple[EarlierText, ...] = ()
