"""Looking up in the library where a quotation, or a figure, comes from: the index says where to look, the text decides.

Nothing here waits for the whole library: of the articles that the index names, only the best few are read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain, product
from types import MappingProxyType
from typing import Final

from app.cleaning.phrases import languages, stop_words
from app.errors import NotFound
from app.library.bodies import Bodies
from app.library.holdings import Holdings
from app.model import Article
from app.search import language
from app.search.index import Index
from app.search.plan import Alike, Both, Either, Member, Plan, Slot, Text
from app.text.body import Body
from app.text.figures import HALVES, VULGAR, WORDS, Figure, figures, fraction
from app.text.quotations import Quotation, quotations
from app.text.ranges import Span
from app.text.tracing import ALIKE, Source

_FIELD: Final = "text"
_PHRASE: Final = 12  # so many words are looked up as one phrase
_PHRASES: Final = 6  # so many phrases of a piece are looked up; the text decides about the rest
_RARE: Final = 12
_LEAST: Final = 0.4  # of its rare words so many must stand in an article to look for an altered quotation in it
_EXACT: Final = 40  # articles; the index knows no punctuation, which may part the words in some of them
_ALTERED: Final = 8
_FIGURES: Final = 24
_KEPT: Final = 48
_NEAR: Final = 200
_SHORTEST: Final = 4
_PLACES: Final = 3
_LEAST_OF_SCALE: Final = Decimal("0.1")
_SCALES: Final = (
    (0, ()), (2, ("hundred",)), (3, ("thousand", "k", "tausend", "mille", "mil")),
    (6, ("million", "m", "mn", "millionen", "mio", "millions", "millones")),
    (9, ("billion", "bn", "b", "milliarden", "mrd", "milliards")), (12, ("trillion", "tn", "trn")),
)  # fmt: skip
_SPELLED: Final = MappingProxyType({Decimal(value): tuple(word.split("-")) for word, value in WORDS.items()})
_PARTS: Final = MappingProxyType({fraction(sign): language.words(sign)[0] for sign in VULGAR})
_HALVES: Final = MappingProxyType({value: word for word, value in HALVES.items()})
_NOBODY: Final = Member(frozenset(), frozenset(), "")


@dataclass(frozen=True)
class Reading:
    """An article whose text is at hand; what is costly about it is done once."""

    article: Article
    text: str
    bodies: Bodies

    @cached_property
    def body(self) -> Body:
        """Return the text with its structure; plain paragraphs when another program has changed it meanwhile."""
        with suppress(NotFound):
            body = self.bodies.content(self.article.key).body
            if body.text == self.text:
                return body
        return Body.of(self.text.split("\n"))

    @cached_property
    def source(self) -> Source:
        """Return the text, for quotations to be looked up in."""
        return Source(self.text)

    @cached_property
    def quotations(self) -> Sequence[Quotation]:
        """Return what the article quotes itself."""
        return quotations(self.body)

    @cached_property
    def figures(self) -> Sequence[Figure]:
        """Return the figures of the article."""
        return figures(self.text)

    @property
    def tongue(self) -> str:
        """Return whose stemmer serves the article's language."""
        return language.tongue(self.article.metadata.language)


class Sources:
    """The articles of a library as sources of a draft; those read last stay at hand."""

    def __init__(self, holdings: Holdings, index: Index) -> None:
        """Read nothing yet."""
        self._holdings = holdings
        self._index = index
        self._readings: OrderedDict[int, Reading] = OrderedDict()

    def saying(self, pieces: Sequence[str], name: str = "") -> list[int]:
        """Return the keys of the articles that may say all pieces of a quotation to the letter, and have a name."""
        words = [window for piece in pieces for window in _windows(language.words(piece))]
        words += [[word] for word in language.words(name)]
        parts: list[Plan] = [Text(_FIELD, tuple(Slot("exact", word) for word in own)) for own in words if own]
        return self._index.answering(Both(tuple(parts)), _EXACT) if parts else []

    def resembling(self, pieces: Sequence[str]) -> list[int]:
        """Return the keys of the articles that have the most of the rare words of a quotation."""
        words = dict.fromkeys(chain.from_iterable(map(language.words, pieces)))
        rare = self._index.rarest(words, _RARE)
        if len(rare) < ALIKE * min(len(words), _RARE):
            return []
        parts = tuple(Text(_FIELD, (Slot("exact", word),)) for word in rare)
        return self._index.answering(Alike(parts, max(1, round(len(parts) * _LEAST)), _NOBODY, ""), _ALTERED)

    def counting(self, figure: Figure, about: Sequence[str]) -> list[int]:
        """Return the keys of the articles that may have a figure, those with the most words of its sentence first."""
        forms: list[Plan] = [Text(_FIELD, tuple(Slot("exact", word) for word in form)) for form in _written(figure)]
        value: Plan = Either(tuple(forms)) if len(forms) > 1 else forms[0]
        words: list[Plan] = [Text(_FIELD, (Slot("word", word),)) for word in about]
        context = [Either(tuple(words)) if len(words) > 1 else words[0]] if words else []
        return self._index.answering(Both((value, *context)) if context else value, _FIGURES)

    def readings(self, keys: Sequence[int]) -> Iterator[Reading]:
        """Yield articles by their keys, each as it is at this moment; those that are gone are passed over."""
        for key in keys:
            known = self._readings.get(key)
            if known is None:
                known = self._read(key)
                if known is None:
                    continue
                self._readings[key] = known
                if len(self._readings) > _KEPT:
                    self._readings.popitem(last=False)
            else:
                self._readings.move_to_end(key)
            yield known

    def _read(self, key: int) -> Reading | None:
        with self._holdings.library.database.snapshot():
            found = self._holdings.articles.by_keys([key])
            text = self._holdings.bodies.texts([key]).get(key)
        return Reading(found[0], text, self._holdings.bodies) if found and text is not None else None


def _with_part(number: Decimal, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words for a number with its part, as the index has them: ``3½``, ``3 1/2``, ``three and a half``."""
    for form in _parted(int(number), (number % 1).normalize()):
        yield from ((*form, name) for name in names)
        if not names:
            yield form


def _parted(whole: int, part: Decimal) -> Iterator[tuple[str, ...]]:
    sign, half = _PARTS.get(part), _HALVES.get(part)
    if sign is not None and whole:
        above, _, below = sign.partition("⁄")
        yield from ((f"{whole}{sign}",), (str(whole), sign), (str(whole), above, below))
    elif sign is not None:
        yield (sign,)
    if half is not None and whole:
        yield str(whole), "and", "a", half
        if whole in _SPELLED:
            yield *_SPELLED[Decimal(whole)], "and", "a", half


def _windows(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield some words as phrases, one behind the other; the last may lie over the one before."""
    starts = list(range(0, len(words) - _PHRASE, _PHRASE))[: _PHRASES - 1]
    for start in (*starts, max(0, len(words) - _PHRASE)):
        yield words[start : start + _PHRASE]


def content_words(sentence: str, spoken: str, without: Sequence[Span] = ()) -> tuple[str, ...]:
    """Return the words of a sentence that say what it is about, folded, each once; ``without`` are spans left out.

    ``spoken`` is its language (BCP 47), whose commonest words say nothing; English where that is not known.
    """
    rest = "".join(" " if any(start <= at < end for start, end in without) else one for at, one in enumerate(sentence))
    primary = spoken.split("-", maxsplit=1)[0].lower()
    common = stop_words(primary if primary in languages() else "en")
    found = dict.fromkeys(language.words(rest))
    return tuple(
        word
        for word in found
        if word not in common and not any(map(str.isdigit, word)) and (len(word) >= _SHORTEST or not word.isascii())
    )


def shared(about: Sequence[str], reading: Reading, figure: Figure) -> int:
    """Return how many of some words stand near a figure of an article, in any of their forms."""
    tongue, text = reading.tongue, reading.text
    first, last = text.rfind("\n", 0, figure.start) + 1, text.find("\n", figure.end)
    first = max(first, figure.start - _NEAR)
    last = min(last if last >= 0 else len(text), figure.end + _NEAR)
    near = {language.stem(tongue, word) for word in language.words(text[first:last])}
    return sum(language.stem(tongue, word) in near for word in about)


def _written(figure: Figure) -> Iterator[tuple[str, ...]]:
    """Yield how a figure may be written, as words of the index: in digits, grouped, with a multiplier, in words."""
    for value in sorted(figure.values):
        for power, names in _SCALES:
            number = value.scaleb(-power)
            places = -min(0, int(number.as_tuple().exponent))
            if not power or (places <= _PLACES and number >= _LEAST_OF_SCALE):
                yield from _numbered(f"{number:f}", names)
        if value in _SPELLED:
            yield _SPELLED[value]


def _numbered(written: str, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words for a number in digits, alone or with each of the names of its multiplier."""
    whole, _, decimals = written.partition(".")
    grouped = f"{int(whole):,}".split(",")
    rests = (decimals, f"{decimals}0") if len(decimals) == 1 else (decimals,)
    for digits, rest in product(dict.fromkeys(((whole,), tuple(grouped))), rests):
        own = (*digits, rest) if rest else digits
        if not names:
            yield own
        for name in names:
            yield (*own, name)
            yield (*own[:-1], own[-1] + name)
    yield from _with_part(Decimal(written), names)
    if names and not decimals and Decimal(whole) in _SPELLED:
        for name in names:
            yield (*_SPELLED[Decimal(whole)], name)
