"""Words: what a token is, how it folds, and what its stem is.

A text is cut into tokens first and each token is folded after; folding first would move positions ("İ" becomes two
characters). Articles and queries go through the same rules, so what is typed finds what is printed:

* letters, digits and their combining marks make a word; a soft hyphen or a joiner inside it counts for nothing;
* every hyphen and dash parts two words: ``counter-drone`` is *counter*, *drone*, and ``20–30%`` is *20*, *30*;
* every apostrophe parts two words too (``l’Ukraine`` is *l*, *ukraine*), but the possessive ``'s`` belongs to the word
  before it and folds away: ``Ukraine's``, ``Ukraine’s`` and ``Ukraine`` are one word;
* initials are one word: ``U.S.`` is *us*, so it finds ``US``; grouped digits are one number: ``1,000`` is *1000*;
* scripts without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give a word a character; of half-width kana the
  voicing belongs to the character before it: ``ｶﾞ`` is *ガ*.

Folding makes ``fold(fold(x)) == fold(x)``: case, accents (NFKD without marks, except the voicing of kana), width,
ligatures, letters with a stroke, the digits of all scripts, and which variant of a character is shown. No word is too
common or too short to be found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from itertools import chain, pairwise
from typing import Final

import numpy as np

from app.loading import load
from app.search import english
from app.search.cutting import codes_of, cut

LONGEST: Final = 100
"""The longest word in the index, in code points; what is longer is cut, in texts and in queries alike."""

_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
_SPARE_SPACE: Final = re.compile(f"(?<=[{_UNSPACED}]) (?=[{_UNSPACED}])")
_APOSTROPHES: Final = "'\u2019\u2018\u02bc\uff07\u00b4"
_JOINERS: Final = "\u00ad\u200c\u200d\u2060"
_KANA_VOICING: Final = frozenset("\u3099\u309a")
_NARROW_VOICING: Final = "\uff9e\uff9f"
_STROKES: Final = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ŧ": "t"})
_SELECTORS: Final = "\ufe00-\ufe0f\u20e3\U000e0100-\U000e01ef"
_IGNORED: Final = re.compile(f"[.,\\s{_JOINERS}{_SELECTORS}]|[{_APOSTROPHES}]s?$")

_ASCII: Final = re.compile(
    # what most tokens are comes first: a letter and more is neither initials nor a number
    r"(?:[A-Za-z][A-Za-z0-9]+|[A-Za-z](?:\.[A-Za-z])+\.?(?!\.?[A-Za-z0-9])|\d{1,3}(?:,\d{3})+(?![A-Za-z0-9]|,\d)"
    r"|[A-Za-z0-9]+)"
    r"(?:'[sS](?![A-Za-z0-9]))?"
)

_LONG: Final = 200
"""A text of so many characters is cut quicker all at once, but for the tokens of plain ASCII."""

_TOGETHER: Final = 1 << 18
"""So many characters of several texts are cut at once."""

_MANY: Final = 1 << 12
_DEFAULT_TONGUE: Final = "en"
# Whoosh has one for Arabic too, but its patterns do not compile on Python 3
_TONGUES: Final = frozenset(("da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ro", "ru", "sv"))
# but in English (try, tries) so short a word has no ending to lose; French would make "le" of the name Lee
_SHORT: Final = 3
_RELATED: Final = {"nb": "no", "nn": "no"}
TONGUES: Final = ("", *sorted(_TONGUES))
"""Languages with a stemmer; the first, empty one is every other language, whose words are their own stems."""


@cache
def marks() -> str:
    """Return the combining marks as the inside of a character class; ``re`` has no name for them."""
    # no block of ideographs, Hangul or private use has any
    blocks = ((0x300, 0x3400), (0xA000, 0xAC00), (0xFB00, 0x1F000), (0xE0100, 0xE01F0))
    points = np.concatenate([np.arange(*block, dtype="<u4") for block in blocks]).tobytes().decode("utf-32-le")
    # marks are no letters and can be shown, which leaves a tenth to be looked up in a first query
    others = filter(str.isprintable, re.sub(r"\w+", "", points))
    found = np.array([ord(other) for other in others if unicodedata.category(other)[0] == "M"])
    runs = np.split(found, (np.diff(found) > 1).nonzero()[0] + 1)
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a token in any script; on ASCII text it agrees with ``_ASCII``."""
    joined = f"[{marks()}{_JOINERS}]"
    spaced = f"[^\\W_{_UNSPACED}\u02bc]"
    letter = f"[^\\W\\d_{_UNSPACED}\u02bc]"
    word = f"{spaced}+(?:{joined}+{spaced}*)*"
    initials = rf"{letter}(?:\.{letter})+\.?(?!\.?[^\W_]|{joined})"
    number = r"\d{1,3}(?:,\d{3})+(?![^\W_]|,\d)"
    usual = f"{letter}{word}"
    alone = f"[{_UNSPACED}](?:{joined}|[{_NARROW_VOICING}])*"
    return re.compile(f"(?:{usual}|{initials}|{number}|{word})(?:[{_APOSTROPHES}][sS](?![^\\W_]))?|{alone}")


def pattern_for(text: str) -> re.Pattern[str]:
    """Return the pattern whose matches are the tokens of ``text``, in order."""
    return _ASCII if text.isascii() else _pattern()


def tokens(text: str) -> list[str]:
    """Return the tokens of ``text`` as they stand in it; the number of each in the list is its position."""
    if len(text) >= _LONG and not text.isascii():
        cut_all = cut(text, codes_of(text), pattern_for(text))
        if cut_all:
            return [text[start:end] for start, end in zip(*(ends.tolist() for ends in cut_all), strict=True)]
    found: list[str] = pattern_for(text).findall(text)
    return found


def fold(token: str) -> str:
    """Return the form in which a token is indexed and looked up."""
    if token.isascii():
        word = token.lower()
        return word[:LONGEST] if word.isalnum() else _IGNORED.sub("", word)[:LONGEST]
    return _fold_wide(token)[:LONGEST]


def _fold_wide(token: str) -> str:
    """Fold a token that is not all ASCII: until it changes no more, since NFKD can bring back capitals and marks."""
    word = token
    for _ in range(4):
        before = word
        word = _IGNORED.sub("", word).casefold().translate(_STROKES)
        split = unicodedata.normalize("NFKD", word)
        word = "".join(char for char in split if not unicodedata.combining(char) or char in _KANA_VOICING)
        if any(map(str.isdecimal, word)):
            word = "".join(str(unicodedata.decimal(char, char)) for char in word)
        word = unicodedata.normalize("NFC", word)
        if word == before:
            break
    return word or token


def words(text: str) -> list[str]:
    """Return the folded tokens of ``text``."""
    return [fold(token) for token in tokens(text)]


def joined(text: str) -> str:
    """Return the folded tokens of ``text`` without anything between them."""
    return "".join(words(text))


def written(tokens: Iterable[str]) -> str:
    """Return tokens as they are written one after another: with a space between two, where their script has any."""
    return _SPARE_SPACE.sub("", " ".join(tokens))


def spans(text: str, positions: Iterable[int]) -> list[tuple[int, int]]:
    """Return the spans of the tokens at ``positions`` (in code points of ``text``), in text order."""
    wanted = sorted(set(positions))
    if not wanted:
        return []
    if len(text) >= _LONG:
        found = _spans_of_all([text], [wanted])
        if found:
            return found[0]
    spans = []
    chosen, last = set(wanted), wanted[-1]
    for position, match in enumerate(pattern_for(text).finditer(text)):
        if position in chosen:
            spans.append(match.span())
        if position == last:
            break
    return spans


def spans_of_all(texts: Sequence[str], positions: Sequence[Sequence[int]]) -> list[list[tuple[int, int]]]:
    """Return the :func:`spans` of each of ``texts``; many short ones are cut quicker together than one by one.

    Each one's ``positions`` ascend.
    """
    found: list[list[tuple[int, int]]] = []
    for few in _batches(texts):
        cut_all = _spans_of_all(texts[few], positions[few])
        found += cut_all or [spans(text, own) for text, own in zip(texts[few], positions[few], strict=True)]
    return found


def _batches(texts: Sequence[str]) -> Iterator[slice]:
    """Yield stretches of ``texts`` that are not too long together."""
    first = size = 0
    for number, text in enumerate(texts):
        size += len(text)
        if size > _TOGETHER and number > first:
            yield slice(first, number)
            first, size = number, len(text)
    yield slice(first, len(texts))


def _spans_of_all(texts: Sequence[str], positions: Sequence[Sequence[int]]) -> list[list[tuple[int, int]]] | None:
    """Return the spans of ascending positions of each text, ``None`` when they had better be cut one by one."""
    # no token holds a line break or depends on what is beyond it
    whole = "\n".join(texts)
    cut_all = cut(whole, codes_of(whole), pattern_for(whole))
    if cut_all is None:
        return None
    starts, ends = cut_all
    offsets = np.cumsum([0, *(len(text) + 1 for text in texts)])
    bounds = starts.searchsorted(offsets)
    owners = np.arange(len(texts)).repeat([len(own) for own in positions])
    tokens = np.fromiter(chain.from_iterable(positions), np.intp, len(owners)) + bounds.take(owners)
    there = (tokens < bounds.take(owners + 1)).nonzero()[0]
    owners, tokens = owners.take(there), tokens.take(there)
    moved = offsets.take(owners)
    pairs = list(zip((starts.take(tokens) - moved).tolist(), (ends.take(tokens) - moved).tolist(), strict=True))
    parts = owners.searchsorted(np.arange(len(texts) + 1)).tolist()
    return [pairs[first:last] for first, last in pairwise(parts)]


def tongue(language: str | None) -> str:
    """Return whose stemmer serves ``language`` (a BCP 47 code): English's when it is not known, "" when none does."""
    if not language:
        return _DEFAULT_TONGUE
    primary = re.split("[-_]", language.lower())[0]
    primary = _RELATED.get(primary, primary)
    return primary if primary in _TONGUES else ""


@cache
def _stemmer(code: str) -> Callable[[str], str]:
    """Return Whoosh's stemmer of a language."""
    lang = load("whoosh.lang")
    try:
        found: Callable[[str], str] = lang.stemmer_for_language(code)
    except lang.NoStemmer:
        return str
    return found


@lru_cache(maxsize=1 << 18)
def stem(code: str, word: str) -> str:
    """Return the stem of a folded word in a language of :data:`TONGUES`; words of other languages stay as they are."""
    if not code or (code != _DEFAULT_TONGUE and len(word) <= _SHORT):
        return word
    if code == _DEFAULT_TONGUE and word.isascii() and word.isalnum():
        return english.stem(word) or word
    return _stemmer(code)(word) or word


def stems(code: str, words: Sequence[str]) -> list[str]:
    """Return what :func:`stem` makes of some words, of very many at once: then few of them are remembered."""
    if code != _DEFAULT_TONGUE or len(words) < _MANY:
        return [stem(code, word) for word in words]
    return english.stems(words, partial(stem, code))
