"""What a search answers, and what may be marked of it: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.model import Article, Highlight
from app.text.ranges import Span
from app.wording import Message


@dataclass(frozen=True, slots=True)
class Hits:
    """Where the words of a query stand in one article: in its text, and in its title."""

    text: tuple[Span, ...] = ()
    title: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An article that was found, or a passage of it (then ``highlight`` is there). ``spans`` lie in ``excerpt``.

    ``field`` says what the excerpt is from, as the query language calls it (``text``, ``title``, ``by``, ``quote``,
    ``note``, ``leftout``, ``theme``, ...), or is the name of an attribute. ``passage`` is the id of the highlight whose
    quote, note or themes answered where an article was asked for, and ``""`` otherwise. ``detail`` is what the detail
    is called that the excerpt is from (``summary``, ``reading_time``), where it is from one.
    """

    article: Article
    score: float
    excerpt: str
    spans: tuple[Span, ...] = ()
    highlight: Highlight | None = None
    field: str = "text"
    passage: str = ""
    detail: str = ""


class Unit(StrEnum):
    """How much round a hit is marked: the words that were found, their sentence, or their paragraph."""

    WORD = "word"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A passage that holds hits of a query and can be marked: ``text[span] == quote`` when it was looked up.

    ``context`` is the block it stands in, cut to whole sentences when that is long; ``at`` is the passage and ``hits``
    are the words that were found, both in ``context``. ``highlight`` is the id of the highlight that has this very span
    already (``""``: none has) and ``themes`` are the ids of its themes.
    """

    article: Article
    span: Span
    quote: str
    context: str
    at: Span
    hits: tuple[Span, ...]
    highlight: str = ""
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposals:
    """All passages that *mark all hits* of a query would mark, article by article, the best article first.

    ``complete`` is false when there are more of them than were looked up.
    """

    query: str
    unit: Unit
    explained: Message
    found: tuple[Proposal, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query.

    ``facets`` count the whole answer by the names of the values, the commonest first: ``outlet``, ``theme`` (by path
    ``A > B``), ``month``, ``state``, ``language``, and ``attribute:NAME`` for each attribute. ``pending`` are the
    articles, and the passages where the query reads these, that could not be looked at since they are to be indexed;
    ``refused`` of these cannot be.
    """

    query: str
    explained: Message
    total: int
    found: tuple[Found, ...] = ()
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    suggestion: str | None = None
    milliseconds: float = 0.0
    pending: int = 0
    refused: int = 0
