"""Completing a query: from what stands before the cursor to the fields and values that may be meant, the best first.

Pure: the query, the cursor's place and a vocabulary go in, completions with what they replace come out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from app.search import dates, saying
from app.search.designations import Designations
from app.search.fields import FIELDS, OTHER_NAMES, Attributes, bare
from app.search.tongues import CODE
from app.search.tree import FIELD, SPELLINGS

MOST: Final = 60
"""How many completions are offered; who wants another one types a letter more."""

ATTRIBUTE: Final = "attribute"
"""The kind of all attributes."""

_DATES: Final = ("published", "after", "before", "on", "since", "until")
_DATE_WORDS: Final = (
    "today", "yesterday", "this week", "last week", "this month", "last month", "this year", "last year",
)  # fmt: skip
_ORDER: Final = ("theme", "outlet", "is", "has", "in", "published", "title", "by", "note", "quote", "lang")
"""The fields in the order in which they are offered; the others follow."""

_BY_ID: Final = frozenset(("like",))
"""Fields that nobody types: what stands behind them is no name."""

_LEAST: Final = 2
"""How many letters a word has before it is taken for the beginning of a field."""

_MOST_WORDS: Final = 6
_PIECES: Final = re.compile(
    rf'(?P<sign>(?:^|(?<=[\s(]))[-–—−](?=[^\s)])|[():])|(?P<field>{FIELD})|(?P<quote>"[^"]*"?)|(?P<gap>\s+)'
    r'|(?P<word>[^\s()":]+)'
)
_REST: Final = re.compile(r'[^\s()":]*')
_WHOLE: Final = re.compile(r'"[^"]*"|[^\s()":]*')
_CLOSING: Final = re.compile(r'[^":]*"')
_OPERATORS: Final = frozenset(("AND", "OR", "NOT"))
_ARROW: Final = re.compile(r"\s*>\s*")

_EXACT, _BEGINS, _AT_WORD, _AT_WORDS, _WITHIN, _NOT = range(6)
"""How well a name matches what was typed; the names above it in a tree come after all of these."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a field can have in this library: its name, or the names from the root down to it.

    ``count`` is the number of articles with it (``None``: not counted), ``id`` what can be said in place of a name that
    the query language cannot say, ``colour`` that of a theme.
    """

    path: tuple[str, ...]
    count: int | None = None
    id: str = ""
    colour: str = ""

    @property
    def text(self) -> str:
        """Return it as it is written for a person."""
        return " > ".join(self.path)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a query can name in a library: values by field, and by the name of an attribute, each the likeliest first.

    ``today`` is the day from which *last week* is reckoned.
    """

    values: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    attributes: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    today: date = date.min


@dataclass(frozen=True, slots=True)
class Completion:
    """One completion: a field (``names_field``; its name is the ``value``), or one of a field's values.

    ``kind`` is the field, or ``"attribute"``; ``text`` takes the place of what was typed.
    """

    kind: str
    value: Value
    text: str
    names_field: bool = False


@dataclass(frozen=True, slots=True)
class Completions:
    """The completions of what was ``typed`` at ``start``; each takes the place of ``query[start:end]``."""

    typed: str
    start: int
    end: int
    found: tuple[Completion, ...]


class _Piece(NamedTuple):
    kind: str
    start: int
    text: str


class _Place(NamedTuple):
    """What is being typed: the field (empty: none) and as much of its value as stands before the cursor.

    ``worst`` is how badly a value may match.
    """

    field: str
    typed: str
    start: int
    end: int
    worst: int = _WITHIN


def complete(query: str, place: int, known: Vocabulary, most: int = MOST) -> Completions | None:
    """Return what may be meant at ``place``, a number of code points, or ``None`` when there is nothing to offer."""
    pieces = _pieces(query[:place].translate(SPELLINGS))
    for here in _places(pieces, query.translate(SPELLINGS), place):
        found = list(islice(_valued(here, known) if here.field else _named(here.typed, known), most))
        written = query[here.start : here.end].casefold()
        if any(one.text.casefold() != written for one in found):
            space = "" if query[here.end :] else " "
            return Completions(here.typed, here.start, here.end, tuple(_followed(one, space) for one in found))
    return None


def _followed(one: Completion, space: str) -> Completion:
    """Return a value with a space behind it, so that the next word can be typed; a field waits for its value."""
    return one if one.names_field else replace(one, text=one.text + space)


# ---------------------------------------- where the cursor is


def _pieces(text: str) -> list[_Piece]:
    """Return fields, quotations, words, gaps and signs in order; a field is its name without the colon."""
    return [_Piece(str(match.lastgroup), match.start(), match["name"] or match[0]) for match in _PIECES.finditer(text)]


def _places(pieces: list[_Piece], query: str, place: int) -> Iterator[_Place]:
    """Yield what may be being typed at the end of the pieces, the likeliest first."""
    if not pieces:
        return
    last = pieces[-1]
    before = pieces[-2] if len(pieces) > 1 else _Piece("gap", 0, "")
    behind = before.text if before.kind == "field" else ""
    if last.kind == "field":
        yield _Place(last.text, "", place, place + _length(_WHOLE, query, place))
    elif last.kind == "quote" and behind and (last.text == '"' or not last.text.endswith('"')):
        yield _Place(behind, last.text[1:], last.start, place + _length(_CLOSING, query, place))
    elif last.kind == "word":
        end = place + _length(_REST, query, place)
        if behind:
            yield _Place(behind, last.text, last.start, end)
            return
        yield from _several_words(pieces, query, place, end)
        if len(last.text) >= _LEAST and before.kind in {"gap", "sign"}:
            yield _Place("", last.text, last.start, end)


def _several_words(pieces: list[_Piece], query: str, place: int, end: int) -> Iterator[_Place]:
    """Yield a value of several words that was begun without quotation marks: ``outlet:the led``."""
    words = 0
    for back in range(len(pieces) - 1, -1, -1):
        piece = pieces[back]
        if piece.kind == "field" and words > 1:
            start = pieces[back + 1].start
            yield _Place(piece.text, query[start:place], start, end, _AT_WORD)
        words += piece.kind == "word"
        if piece.kind not in {"word", "gap"} or piece.text in _OPERATORS or words > _MOST_WORDS:
            return


def _length(pattern: re.Pattern[str], text: str, place: int) -> int:
    """Return how long the match at a place is, 0 when there is none."""
    found = pattern.match(text, place)
    return len(found[0]) if found else 0


# ---------------------------------------- what may be meant


def _named(typed: str, known: Vocabulary) -> Iterator[Completion]:
    """Yield the fields that begin like this, and the attributes with a word that does."""
    rank = dict(zip(_ORDER, range(len(_ORDER)), strict=True))
    for name in sorted(set(FIELDS) - _BY_ID, key=lambda one: (rank.get(one, len(_ORDER)), one)):
        if name.startswith(typed.casefold()):
            yield Completion(name, Value((name,)), f"{name}:", names_field=True)
    matcher, attributes = _Matcher(typed), _attributes(known)
    for name in known.attributes:
        said = saying.field(name, attributes, name)
        if matcher.rank(name) <= _AT_WORDS and said:
            yield Completion(ATTRIBUTE, Value((name,)), said, names_field=True)


def _valued(here: _Place, known: Vocabulary) -> Iterator[Completion]:
    """Yield the values of a field that match, the best first; equals stay in the order of the vocabulary."""
    kind, values = _values(here.field, known)
    matcher = _Matcher(here.typed)
    themes = Designations({number: value.path for number, value in enumerate(values)} if kind == "theme" else {})
    ranks = ((_rank(matcher, value, here.worst), number) for number, value in enumerate(values))
    for _, number in sorted((rank, number) for rank, number in ranks if rank is not None):
        said = _said(kind, values[number], themes)
        if said:
            yield Completion(kind, values[number], said)


def _rank(matcher: _Matcher, value: Value, worst: int) -> int | None:
    """Return how well a value matches: by its own name, or after all of these by the names above it."""
    own = matcher.rank(value.path[-1])
    if own <= worst:
        return own
    whole = matcher.rank(value.text)
    return _NOT + whole if whole <= worst and len(value.path) > 1 else None


def _values(name: str, known: Vocabulary) -> tuple[str, tuple[Value, ...]]:
    """Return the kind and the values of a field as the reader of queries would take it."""
    attribute = _attributes(known).called(name)
    if attribute is not None:
        return ATTRIBUTE, known.attributes[attribute]
    field_name = OTHER_NAMES.get(bare(name).casefold(), bare(name).casefold())
    if field_name in _DATES:
        return field_name, _days(field_name, known)
    return field_name, known.values.get(field_name, ()) if field_name in FIELDS else ()


def _days(name: str, known: Vocabulary) -> tuple[Value, ...]:
    """Return the days in words that this field understands, and the months in which something was published."""
    spoken = [Value((word,)) for word in _DATE_WORDS if dates.limit(name, word, known.today)]
    months = known.values.get("published", ())
    return (*spoken, *(month if name in {"published", "on"} else Value(month.path) for month in months))


def _attributes(known: Vocabulary) -> Attributes[str]:
    """Return the attributes by what a query may call them."""
    return Attributes({name: name for name in known.attributes}, {})


def _said(kind: str, value: Value, themes: Designations) -> str:
    """Return a value as it stands after the colon; empty when it cannot be said."""
    if kind == "theme":
        return saying.theme(value.path, themes, value.id)
    if kind in {"outlet", ATTRIBUTE}:
        return saying.words(value.text)
    if kind == "lang" and not CODE.fullmatch(value.text):
        return ""
    return saying.exactly(value.text, value.id)


# ---------------------------------------- how well it matches


class _Matcher:
    """What was typed, ready to be held against many names; case, accents and surplus spaces say nothing."""

    def __init__(self, typed: str) -> None:
        self._words = _folded(typed).split()
        self._phrase = " ".join(self._words)
        starts = [rf"(?<!\w){re.escape(word)}" for word in self._words]
        self._at_word = re.compile(rf"(?<!\w){re.escape(self._phrase)}")
        self._at_words = re.compile(".*?".join(starts))

    def rank(self, name: str) -> int:
        """Return how well a name matches, less is better; ``_NOT`` when it does not."""
        plain = _folded(name)
        if not self._phrase or plain == self._phrase:
            return _EXACT
        if not all(word in plain for word in self._words):
            return _NOT
        if plain.startswith(self._phrase):
            return _BEGINS
        if self._at_word.search(plain):
            return _AT_WORD
        if self._at_words.search(plain):
            return _AT_WORDS
        return _WITHIN if len(self._phrase) > 1 and self._phrase in plain else _NOT


def _folded(text: str) -> str:
    if ">" in text:
        text = _ARROW.sub(" > ", text)
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in split if not unicodedata.combining(char))
