"""The values of the house: frozen, without behaviour that needs a database or a screen."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from app.rounds import Round
from app.text.body import Attributes, Body, Run
from app.text.makeup import Makeup, makeup_of

Details = Mapping[str, str | tuple[str, ...]]


class Origin(StrEnum):
    """Where a value of the metadata comes from: the source states it, the program derived it, the reader set it."""

    STATED = "stated"
    DERIVED = "derived"
    MINE = "mine"


class State(StrEnum):
    """How far the reader is with an article."""

    UNREAD = "unread"
    READING = "reading"
    READ = "read"
    ARCHIVED = "archived"


class Status(StrEnum):
    """Whether a highlight's passage is in the text (``anchored``), or was lost when the text changed (``orphan``)."""

    ANCHORED = "anchored"
    ORPHAN = "orphan"


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"


_WRITTEN: Final = re.compile(r"(?P<about>about )?(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Published:
    """A day of publication and its precision, written ``2025-03-04``, ``2025-03``, ``2025`` or ``about 2025-03-04``.

    Of a month or a year the first day is kept, so that equal dates are equal values.
    """

    day: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        """Go to the first day of the month or year when no more than that is known."""
        if self.precision is Precision.MONTH:
            object.__setattr__(self, "day", self.day.replace(day=1))
        if self.precision is Precision.YEAR:
            object.__setattr__(self, "day", self.day.replace(month=1, day=1))

    @classmethod
    def parse(cls, text: str) -> Published:
        """Read one of the written forms; raises ``ValueError`` for anything else, and for days that do not exist."""
        match = _WRITTEN.fullmatch(text.strip().lower())
        if not match:
            raise ValueError(f"not a date: {text}")
        day = date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
        if match["about"]:
            return cls(day, Precision.ABOUT)
        return cls(day, Precision.DAY if match["day"] else Precision.MONTH if match["month"] else Precision.YEAR)

    def __str__(self) -> str:
        """Return the written form, the inverse of :meth:`parse`."""
        iso = self.day.isoformat()
        cut = {Precision.MONTH: iso[:7], Precision.YEAR: iso[:4], Precision.ABOUT: f"about {iso}"}
        return cut.get(self.precision, iso)

    def last_day(self) -> date:
        """Return the last day that the date may mean: the end of its month or year, otherwise the day itself."""
        if self.precision is Precision.MONTH:
            return self.day.replace(day=calendar.monthrange(self.day.year, self.day.month)[1])
        if self.precision is Precision.YEAR:
            return self.day.replace(month=12, day=31)
        return self.day


METADATA_FIELDS: Final = ("title", "byline", "outlet", "section", "address", "published", "accessed", "language")
RECURRING_FIELDS: Final = ("outlet", "byline", "section")
"""The fields whose values recur, so that those of other articles are worth offering."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article's source. ``None`` is "not known"; ``origins`` names the origin of each known value.

    ``accessed`` is an ISO day, ``language`` a BCP 47 code such as ``en``. The keys of ``origins`` are field names.
    """

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    section: str | None = None
    address: str | None = None
    published: Published | None = None
    accessed: str | None = None
    language: str | None = None
    origins: Mapping[str, Origin] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gap:
    """An article, by key, and which of its fields are missing; a title that the program made up is missing too."""

    article: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Page furniture cut from the body. ``before`` is the number of the body's block (from 0) it stood before.

    ``kind`` says what it is (``share``, ``comment``, ``related``, ...); ``block``, ``attributes`` and ``runs`` (counted
    from the start of ``text``) are what it has as a block when it is put back; each of its lines becomes one.
    """

    kind: str
    text: str
    before: int
    block: str = "paragraph"
    attributes: Attributes = field(default_factory=dict)
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """All that is known of an article except its text. Times are UTC milliseconds since 1970.

    ``id`` is the stable uid, ``key`` the row's number inside this library; ``themes`` are theme ids on the whole
    article; ``attributes`` go by name; ``source`` is the name of the file it came from and ``original`` the SHA-256
    of that file in the library's ``originals``; ``excerpt`` is the beginning of its text. A ``stub`` is all that is
    known of an article whose text lies elsewhere. ``private`` says that its note stays home when it is exported.
    """

    key: int
    id: str
    metadata: Metadata
    state: State = State.UNREAD
    details: Details = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    note: str = ""
    words: int = 0
    highlights: int = 0
    added: int = 0
    modified: int = 0
    source: str = ""
    original: str = ""
    format: str = ""
    excerpt: str = ""
    stub: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """The text of an article, and what was left out of it."""

    body: Body
    left_out: tuple[LeftOut, ...] = ()

    @property
    def makeup(self) -> Makeup:
        """Return what the text is made of."""
        return makeup_of(self.body, is_cut=bool(self.left_out))


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A text that an article had: when it gave way (UTC milliseconds), and to what (``reason``)."""

    content: Content
    made: int
    reason: str


@dataclass(frozen=True, slots=True)
class Noted:
    """What is known of a note beside its words: its own ``id``, and its times in UTC milliseconds, 0 for not known."""

    id: str = ""
    created: int = 0
    modified: int = 0


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked span. ``text[start:end] == quote`` holds for every anchored one. Times are UTC milliseconds.

    ``article`` and ``themes`` are ids; ``prefix`` and ``suffix`` are the 32 code points on either side. ``author`` is
    whose it is, empty for this library's reader; ``private`` says that its note stays home when it is exported.
    """

    key: int
    id: str
    article: str
    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""
    themes: tuple[str, ...] = ()
    note: str = ""
    status: Status = Status.ANCHORED
    created: int = 0
    modified: int = 0
    author: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """A heading of the reader's. ``path`` holds the names from the root to this one; ``digit`` is 1-9 or ``None``."""

    key: int
    id: str
    name: str
    path: tuple[str, ...]
    parent: str | None = None
    colour: str = "#888888"
    digit: int | None = None
    definition: str = ""
    note: str = ""
    highlights: int = 0


class AttributeKind(StrEnum):
    """What the values of an attribute are."""

    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes/no"


@dataclass(frozen=True, slots=True)
class Attribute:
    """A field of the reader's own on articles. ``choices`` are the allowed values of a choice."""

    key: int
    id: str
    name: str
    kind: AttributeKind = AttributeKind.TEXT
    choices: tuple[str, ...] = ()
    definition: str = ""


@dataclass(frozen=True, slots=True)
class AttributeChange:
    """What becomes another in an attribute; ``None`` stays. Articles keep a choice that is ``renamed`` by its new name.

    ``more`` are choices that come, ``fewer`` those that go.
    """

    name: str | None = None
    definition: str | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)
    more: tuple[str, ...] = ()
    fewer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interlude:
    """What the reader wrote between the things in a collection: a heading of ``level`` 1-3, or Markdown (level 0)."""

    id: str
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Collection:
    """An ordered set of articles and passages (``items``: their ids), or a saved ``query`` that finds its members.

    ``query`` has the names of the day, for people; ``stored`` is the same query as it is kept, with ids for them.
    ``sequence`` holds the ids of items and ``interludes`` together, in the order in which they are read.
    """

    key: int
    id: str
    name: str
    query: str = ""
    note: str = ""
    items: tuple[str, ...] = ()
    stored: str = ""
    interludes: tuple[Interlude, ...] = ()
    sequence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line, in its normal form, that is left out of every article of an outlet; ``id`` is the rule's own."""

    id: str
    outlet: str
    line: str
    kind: str


@dataclass(frozen=True, slots=True)
class BundledArticle:
    """An article on its way out: all of it, with the highlights that go along, in the order of the text.

    ``text`` is its content, or what reads that when it is asked for: the texts of all articles may be too large to be
    held. What is already known of its ``makeup`` needs no reading.
    ``layers`` holds the ids of the themes that other coders have on the whole article, by coder; ``coders`` are those
    whose rounds cover it, with a mark or without. ``pictures`` are all that are kept for it, by SHA-256, those that its
    text does not show too; ``past`` are the texts that it had, the first one first, or what reads them if any.
    """

    article: Article
    text: Content | Callable[[], Content]
    highlights: tuple[Highlight, ...] = ()
    layers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: Makeup | None = None
    coders: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    past: tuple[EarlierText, ...] | Callable[[], tuple[EarlierText, ...]] = ()

    @property
    def content(self) -> Content:
        """Return the text, and what was left out of it."""
        return self.text if isinstance(self.text, Content) else self.text()

    @property
    def earlier(self) -> tuple[EarlierText, ...]:
        """Return the texts that it had, the first one first."""
        return self.past if isinstance(self.past, tuple) else self.past()

    @property
    def makeup(self) -> Makeup:
        """Return what the text is made of."""
        return self.known or self.content.makeup


@dataclass(frozen=True, slots=True)
class Bundle:
    """What an exporter writes: values only, the clock included, so that equal bundles make equal bytes.

    ``themes`` are all themes of the library, parents before children; ``made`` is UTC milliseconds; ``order`` holds the
    ids of articles, highlights and ``interludes`` in the collection's order when a collection is exported, and is empty
    otherwise; ``pictures`` are those that the texts show, by SHA-256, each read when it is asked for. ``collections``
    are those of the library when all of it is exported (``whole``), otherwise the one that is; ``rules`` then are the
    library's. ``withheld`` counts the private notes that stay home: they are not among the values. ``private`` holds
    the ids of the things whose notes go along though they are private, ``""`` for the note of the bundle itself.
    ``layers`` are the authors of what other coders marked, and of the consensus; ``rounds`` are those that cover any of
    it, ``answers`` is the one that the library was made for. ``places`` are the files of things, by the ids of these,
    that are in the target folder already: paths in it. ``noted`` tells of the notes by the ids of what they are on, as
    ``private`` names it; ``hidden`` are the pictures that articles have and their texts do not show, as ``pictures``.
    """

    title: str
    articles: tuple[BundledArticle, ...]
    themes: tuple[Theme, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    note: str = ""
    order: tuple[str, ...] = ()
    made: int = 0
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    interludes: tuple[Interlude, ...] = ()
    collections: tuple[Collection, ...] = ()
    withheld: int = 0
    private: frozenset[str] = frozenset()
    whole: bool = False
    rules: tuple[Rule, ...] = ()
    layers: frozenset[str] = frozenset()
    rounds: tuple[Round, ...] = ()
    answers: Round | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    noted: Mapping[str, Noted] = field(default_factory=dict)
    hidden: Mapping[str, bytes] = field(default_factory=dict)
