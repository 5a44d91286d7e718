"""What the index is given, what it must know about the library to read a query, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, NamedTuple

from app.model import AttributeKind
from app.search.plan import Text
from app.search.schema import Kind
from app.wording import Message

Order = Literal["relevance", "published", "added", "title"]
ORDERS: Final[tuple[Order, ...]] = ("relevance", "published", "added", "title")


class Membership(NamedTuple):
    """The keys of what is in a collection; ``circular`` is one in it that names itself by way of others, in vain.

    One that is ``filled`` by a query has articles as an answer of articles, and passages as one of passages; in one
    that is filled by hand an article stands for its passages, and a passage for its article.
    """

    articles: frozenset[int]
    passages: frozenset[int]
    circular: str = ""
    filled: bool = False


Members = Callable[[str], Membership | None]


def no_members(_name: str) -> Membership | None:
    """Answer that there is no such collection."""
    return None


@dataclass(frozen=True, slots=True)
class Likeness:
    """What something else is to be like: its telling words, and itself, which is never an answer.

    ``passage`` is the key of the highlight when that is what was named, ``article`` the key of its article or of the
    article that was named; ``label`` is what it is called in a sentence.
    """

    label: str
    words: tuple[str, ...]
    article: int
    passage: int | None = None


Alikes = Callable[[str, bool], Likeness | None]


Standing = Callable[[str, str], bool]
"""Says of some words whether they stand side by side in a text field of an article."""


def nowhere(_field: str, _words: str) -> bool:
    """Answer that words stand nowhere side by side."""
    return False


def no_likeness(_given: str, _passages: bool) -> Likeness | None:
    """Answer that there is no such article or highlight."""
    return None


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """All that is indexed of an article.

    ``published`` are the ordinals (``date.toordinal``) of the first and last day it may have come out, ``added`` is
    UTC milliseconds, ``themes`` are keys of themes on the whole article, ``attributes`` go by the attribute's key.
    ``details`` are the lines in which its page tells about it, ``imprint`` those that say when, by whom and where.
    """

    key: int
    title: str = ""
    text: str = ""
    byline: str = ""
    outlet: str = ""
    section: str = ""
    left_out: str = ""
    note: str = ""
    details: str = ""
    imprint: str = ""
    address: str = ""
    language: str | None = None
    state: str = "unread"
    published: tuple[int, int] | None = None
    added: int = 0
    words: int = 0
    themes: tuple[int, ...] = ()
    attributes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """All that is indexed of a highlight. ``language`` is that of its article; ``start`` its place in the text."""

    key: int
    article: int
    quote: str = ""
    note: str = ""
    themes: tuple[int, ...] = ()
    orphan: bool = False
    created: int = 0
    start: int = 0
    language: str | None = None


Entry = ArticleEntry | PassageEntry


@dataclass(frozen=True, slots=True)
class Names:
    """The names a query may use, and what they mean.

    ``themes`` maps a theme's key to the names from the root down to it, ``attributes`` an attribute's key to its name,
    ``members`` a collection's name or id to what is in it (``None`` when there is no such one). ``attribute_kinds`` are
    those of attributes whose values can be compared; others may be missing.
    ``theme_ids`` and ``attribute_ids`` map the ids of both, by which a kept query names them, to their keys, and
    ``collections`` those of collections to their names. ``alike`` maps the id of an article or highlight, and whether
    passages are asked for, to what others may be like. ``stands`` says of a text field, as the query language calls it,
    whether an article has some words side by side there.
    """

    themes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    attributes: Mapping[int, str] = field(default_factory=dict)
    members: Members = no_members
    today: date = date.min
    theme_ids: Mapping[str, int] = field(default_factory=dict)
    attribute_ids: Mapping[str, int] = field(default_factory=dict)
    collections: Mapping[str, str] = field(default_factory=dict)
    alike: Alikes = no_likeness
    attribute_kinds: Mapping[int, AttributeKind] = field(default_factory=dict)
    stands: Standing = nowhere


@dataclass(frozen=True, slots=True)
class Hit:
    """A found article or passage. ``article`` is the key of the article it is or belongs to.

    ``positions`` holds, by field, the ordinals of the words that answer the query: ``language.spans`` turns them into
    spans of that field's text.
    """

    key: int
    article: int
    score: float
    positions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


Facets = Mapping[str, tuple[tuple[str | int, int], ...]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: the total, one page of hits, counts by facet, and how the query was read.

    Facets are ``outlet``, ``theme`` (by key), ``month``, ``state``, ``language`` and ``attribute:KEY``, each with its
    commonest value first. ``suggestion`` is the query in a better spelling, when little was found. ``asked`` are the
    words that the query looks for, ``kinds`` those of the documents that were read for it.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Facets
    explained: Message
    suggestion: str | None = None
    asked: tuple[Text, ...] = ()
    kinds: frozenset[Kind] = frozenset()
