"""The phrases of web pages, language by language, read from ``resources/furniture``; its README explains the signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, product
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from app.cleaning.dates import folded
from app.loading import load
from app.places import resources

FALLBACK: Final = "en"

_TOKEN: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*|©")
_ASCII_TOKEN: Final = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")  # the same, faster
# Still faster where no apostrophe stands: letters and digits in lower case, a space for all else.
_ASCII: Final = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else 32 for code in range(256))
# The signs of typeset English, most of which only part words: without them it is read faster still.
_TYPESET: Final = (("’", "'"), *((sign, " ") for sign in "‘“”–—…\xa0"))
_DIVIDER: Final = re.compile(r"\s*[:：|｜／=»›→]")
_SENTENCE: Final = re.compile(r"(?<![.…])(?P<stop>[.?。？؟])[\"”“’‘»«›‹)\]*」』）】]*$")
_STOPS: Final = frozenset(".。")
_ENDING: Final = 16  # characters at the end of a line that show whether it is a sentence
_SIGN: Final = re.compile(r"[^\s]+")
_SIGNS: Final = frozenset(("#", "*", "**", "@", ":"))
_ENDS: Final = frozenset((":", "*", "@"))
# English writes both orders, the others begin with the year; unknown ones are read as English.
_NOT_DAY_FIRST: Final = frozenset(("en", "hu", "ja", "ko", "zh"))
_FEW: Final = 6
_LONGEST: Final = 60
_LONGEST_DATE: Final = 10  # words


def tokens(text: str) -> list[str]:
    """Return the words of ``text`` for comparison: lower case, one form of apostrophe, no punctuation."""
    if not text.isascii():
        for sign, plain_sign in _TYPESET:
            text = text.replace(sign, plain_sign)
    if text.isascii() and "'" not in text:
        return text.encode().translate(_ASCII).decode().split()
    plain = _plain(text)
    return (_ASCII_TOKEN if plain.isascii() else _TOKEN).findall(plain)


def _plain(text: str) -> str:
    """Return a text in small letters; in Turkish capitals do not tell the i with a dot from the one without."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("’", "'").replace("ʼ", "'")
    plain = text.lower()
    return plain if plain.isascii() else plain.replace("\N{COMBINING DOT ABOVE}", "").replace("ı", "i")


class _Said(NamedTuple):
    """A line as it is compared; ``few`` says for how many words ``*`` may stand, ``labelled`` whether a label may."""

    words: Sequence[str]
    text: str
    few: int
    labelled: bool
    months: Collection[str]

    def is_label(self, at: int) -> bool:
        """Tell whether the first ``at`` words are a label: a divider (a colon, a bar) stands behind them."""
        if not self.labelled:
            return False
        plain = _plain(self.text)
        ends = (found.end() for number, found in enumerate(_TOKEN.finditer(plain), 1) if number == at)
        return any(_DIVIDER.match(plain, end) for end in ends)

    def is_dated(self, at: int) -> bool:
        """Tell whether what follows on the first ``at`` words is a date or a time and next to nothing else."""
        rest = self.words[at:]
        dated = sum(word[0].isdigit() or word in self.months for word in rest)
        return 0 < len(rest) <= min(_LONGEST_DATE, 2 * dated)


def squeezed(name: str) -> str:
    """Return a name for comparison however it is spaced, hyphenated and written in capitals."""
    return "".join(tokens(folded(name)))


@dataclass(slots=True)
class _Node:
    """A place in the tree of phrases: what may follow, and the kind of the phrase that ends here.

    ``is_open`` tells that a sign may follow, ``may_end`` that it may be one that ends a phrase.
    """

    children: dict[str, _Node] = field(default_factory=dict)
    kind: str | None = None
    is_open: bool = False
    may_end: bool = False

    def may_go_on(self, words: Sequence[str]) -> bool:
        """Tell quickly whether a phrase that has come here with the first of ``words`` could go on with the next."""
        return self.is_open or (words[1] in self.children if len(words) > 1 else self.kind is not None)


class Phrases:
    """Phrases with their kinds, as a tree of words, so that a line is compared with all of them at once."""

    def __init__(
        self, phrases: Iterable[tuple[str, str]], months: Collection[str] = (), sentences: bool = False
    ) -> None:
        """Take ``(kind, phrase)`` pairs; the first kind to claim a phrase keeps it.

        ``months`` are their names in dates. ``sentences`` tells that a label may have a sentence behind it.
        """
        self._root = _Node()
        self._months = months
        self._sentences = sentences
        for kind, phrase in phrases:
            for words in _expanded(phrase):
                self._add(words, kind)

    def kind(self, words: Sequence[str], text: str = "") -> str | None:
        """Return the kind of the phrase that the whole of ``words`` is, the most literal one if there are several.

        ``text`` is the line that they stand in: it shows what is a label, and what is a sentence.
        """
        if not words or len(words) > _LONGEST or not self._may_hold(words):
            return None
        sentence = _SENTENCE.search(text, max(0, len(text) - _ENDING))
        few = 0 if sentence else _FEW  # a sentence only begins like the phrase
        labelled = self._sentences or not sentence or sentence["stop"] not in _STOPS
        found = _matches(self._root, _Said(words, text, few, labelled, self._months), 0, 0)
        best = max(found, default=None, key=lambda match: match[0])
        return best[1] if best else None

    def may_begin(self, words: Sequence[str]) -> bool:
        """Tell quickly whether any phrase could begin as ``words`` do."""
        children = self._root.children
        return bool(words) and (words[0] in children or "**" in children or words[0][0].isdigit())

    def may_begin_in(self, words: Collection[str]) -> bool:
        """Tell quickly whether any phrase could begin with one of some words."""
        children = self._root.children
        return not _SIGNS.isdisjoint(children) or not children.keys().isdisjoint(words)

    def alone(self, kind: str) -> frozenset[str]:
        """Return the words that are phrases of a kind by themselves."""
        children = self._root.children
        words = {*children, *(children["**"].children if "**" in children else ())} - _SIGNS
        return frozenset(word for word in words if self.kind((word,)) == kind)

    def _may_hold(self, words: Sequence[str]) -> bool:
        """Tell quickly whether a phrase could begin with the first two words, or behind ``**`` with any of them."""
        children = self._root.children
        first = children.get(words[0])
        if words[0][0].isdigit() or (first is not None and first.may_go_on(words)):
            return True
        behind = children.get("**")
        return behind is not None and (behind.is_open or not behind.children.keys().isdisjoint(words))

    def _add(self, words: Sequence[str], kind: str) -> None:
        node = self._root
        for word in words:
            node.is_open = node.is_open or word in _SIGNS
            node.may_end = node.may_end or word in _ENDS
            node = node.children.setdefault(word, _Node())
        node.kind = node.kind or kind


def _expanded(phrase: str) -> Iterator[tuple[str, ...]]:
    """Yield all that a written phrase stands for, as words and signs."""
    label = phrase.endswith(":")
    choices = [list(_choice(part)) for part in [*_SIGN.findall(phrase.removesuffix(":")), *":" * label]]
    for chosen in product(*choices):
        words = tuple(word for words in chosen for word in words)
        if not _SIGNS.issuperset(words):
            yield words


def _choice(part: str) -> Iterator[tuple[str, ...]]:
    if part in _SIGNS:
        yield (part,)
        return
    if part.endswith("?"):
        yield ()
    for word in part.removesuffix("?").split("|"):
        yield tuple(tokens(word))


def _matches(node: _Node, said: _Said, at: int, literal: int) -> Iterator[tuple[int, str]]:
    """Yield ``(number of literal words, kind)`` for each way to read the words from ``at`` on below ``node``."""
    words, count = said.words, len(said.words)
    if at == count:
        if node.kind:
            yield literal, node.kind
    elif following := node.children.get(words[at]):
        yield from _matches(following, said, at + 1, literal + 1)
    if not node.is_open:
        return
    if numbers := node.children.get("#"):
        end = at
        while end < count and words[end][0].isdigit():
            end += 1
            yield from _matches(numbers, said, end, literal)
    if node.may_end:
        yield from _ends(node, said, at, literal)
    for sign, most in (("*", said.few), ("**", _LONGEST)):
        behind = node.children.get(sign)
        if behind is None:
            continue
        last = min(count, at + most)
        if last == count and behind.kind:
            yield literal, behind.kind
        for end in range(at, last + (last < count)):
            if behind.is_open or words[end] in behind.children:
                yield from _matches(behind, said, end, literal)


def _ends(node: _Node, said: _Said, at: int, literal: int) -> Iterator[tuple[int, str]]:
    """Yield a match for a label that ends at ``at``, and for a date that the rest is."""
    label, few, dated = (node.children.get(sign) for sign in (":", "*", "@"))
    if label and label.kind and (at == len(said.words) or said.is_label(at)):
        yield literal, label.kind
    if few and few.kind and said.is_label(at):
        yield literal, few.kind
    if dated and dated.kind and said.is_dated(at):
        yield literal, dated.kind


@dataclass(frozen=True)
class Lexicon:
    """What is known of one language's pages, English added, since its phrases stand on pages of every language.

    ``furniture`` tells kinds of page furniture, ``sharing`` are the words that are prompts to share by themselves,
    ``details`` tells names of details, ``promotion`` selling sentences (any kind), ``callouts`` labels. ``sections``
    maps a section in lower case to its usual writing; ``months`` a month's name to its number. ``bylines`` are the
    words before a name, longest first; ``desks`` end the names of groups that sign together, and ``bylines_behind``
    stand behind a name, ``genres`` before "by", ``houses`` in names of outlets. ``agencies`` are :func:`squeezed`.
    ``common`` are the commonest words, ``places`` begin names of places. ``day_first`` tells that ``03/04`` is the
    third of April.
    """

    furniture: Phrases
    details: Phrases
    promotion: Phrases
    callouts: frozenset[tuple[str, ...]]
    bylines: tuple[tuple[str, ...], ...]
    roles: frozenset[str]
    ranks: frozenset[str]
    desks: frozenset[str]
    sections: Mapping[str, str]
    months: Mapping[str, int]
    cities: frozenset[str]
    agencies: frozenset[str]
    common: frozenset[str] = frozenset()
    sharing: frozenset[str] = frozenset()
    bylines_behind: frozenset[str] = frozenset()
    genres: frozenset[str] = frozenset()
    houses: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    day_first: bool = False


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a file."""
    return tuple(sorted(path.stem for path in (resources() / "furniture").glob("*.toml")))


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the commonest words of a language that has a file."""
    return frozenset(tokens(_file(language)["stopwords"]))


@cache
def month_names() -> Mapping[str, int]:
    """Return the months by their names in every language; no name means two months."""
    return MappingProxyType({name: number for code in languages() for name, number in _months(code, _file(code))})


@cache
def head_tables() -> Mapping[str, Mapping[str, str]]:
    """Return what the heads of articles say, a table for each language, as ``resources/heads.toml`` explains it."""
    read: dict[str, dict[str, str]] = load("tomllib").loads((resources() / "heads.toml").read_text("utf-8"))
    return MappingProxyType(read)


@cache
def lexicon(language: str | None) -> Lexicon:
    """Return the lexicon for a language; English alone for one that has no file."""
    names = [FALLBACK] if language is None or language not in languages() else list(dict.fromkeys((language, FALLBACK)))
    files = [_file(name) for name in names]
    heads = head_tables()["any"]
    bylines = {tuple(tokens(phrase)) for file in files for phrase in (*file["byline"], *_list(heads["byline"]))}
    months = {name: number for code, file in zip(names, files, strict=True) for name, number in _months(code, file)}
    furniture = Phrases(_pairs(files, "furniture"), months)
    return Lexicon(
        furniture=furniture,
        sharing=furniture.alone("share"),
        details=Phrases(_pairs(files, "details"), months, sentences=True),
        promotion=Phrases(("promotion", phrase) for file in files for phrase in file["promotion"]),
        callouts=frozenset(tuple(tokens(phrase)) for file in files for phrase in file["callouts"]),
        bylines=tuple(sorted(bylines, key=lambda words: (-len(words), words))),
        bylines_behind=frozenset(_list(heads["byline_behind"])),
        genres=frozenset(word for code in names for word in tokens(head_tables()[code].get("genres", ""))),
        houses=frozenset(tokens(heads["houses"])),
        places=frozenset(tokens(heads["places"])),
        roles=frozenset(word for file in files for word in file["roles"].split()),
        ranks=frozenset(word for file in files for word in tokens(file["ranks"])),
        desks=frozenset(word for file in files for word in tokens(file.get("desks", ""))),
        sections=MappingProxyType(_names(files, "sections")),
        months=MappingProxyType(months),
        cities=frozenset(_names(files, "cities")),
        agencies=frozenset(map(squeezed, chain(_names(files, "agencies"), _list(heads["agencies"])))),
        common=frozenset(chain.from_iterable(map(stop_words, names))),
        day_first=names[0] not in _NOT_DAY_FIRST,
    )


def _file(language: str) -> Mapping[str, Any]:
    read: dict[str, Any] = load("tomllib").loads((resources() / "furniture" / f"{language}.toml").read_text("utf-8"))
    return read


def _pairs(files: Iterable[Mapping[str, Any]], table: str) -> Iterator[tuple[str, str]]:
    for file in files:
        for kind, phrases in file[table].items():
            for phrase in phrases:
                yield kind, phrase


def _names(files: Iterable[Mapping[str, Any]], key: str) -> dict[str, str]:
    """Return names separated by commas, by their lower-case form; the earlier file wins."""
    names: dict[str, str] = {}
    for file in files:
        for name in _list(file[key]):
            names.setdefault(name.lower(), name)
    return names


def _months(language: str, file: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the names of the months of a language with their numbers, without accents too."""
    for number, names in enumerate(_list(file["months"]), 1):
        for name in tokens(names):
            yield from ((name, number), (folded(name), number))
    for number, names in enumerate(head_tables()[language].get("months", "").split(","), 1):
        for name in filter(None, (" ".join(tokens(name)) for name in names.split("|"))):
            yield from ((name, number), (folded(name), number))


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", " ").split(",") if part.strip()]
