"""Which language a text is in: its script, letters that one language alone has, or a vote of its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from app.cleaning.phrases import FALLBACK, languages, stop_words, tokens

_ENOUGH: Final = 0.12
_SAMPLE: Final = 20_000
_SAMPLE_WORDS: Final = 1_500
# Below this many words one word more than the next language is chance.
_SHORT: Final = 40
_MARGIN: Final = 2.0

_LETTERS: Final = re.compile(r"[^\W\d_]")
_NO_LETTERS: Final = bytes(byte for byte in range(128) if not chr(byte).isalpha())
_KANA: Final = re.compile("[\u3040-\u30ff]")
_HANGUL: Final = re.compile("[\uac00-\ud7af]")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_ARABIC: Final = re.compile("[\u0620-\u06ff]")
_ALPHABETS: Final = (
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ka", re.compile("[\u10d0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
)
# Letters that decide between languages of one script, the most telling first.
_CYRILLIC_LETTERS: Final = (("be", "ў"), ("sr", "ђћљњџј"), ("kk", "әғқңұү"), ("uk", "іїєґ"), ("ru", "ыэё"))
# For texts of few common words; letters that names from abroad bring are left out.
_LATIN_LETTERS: Final = (
    ("tr", "ığ"), ("pl", "łą"), ("hu", "őű"), ("cs", "řěů"), ("ro", "țșţă"), ("de", "ß"), ("pt", "ãõ"), ("es", "ñ"),
)  # fmt: skip
_ARABIC_LETTERS: Final = (("ur", "ٹڈڑے"), ("fa", "پچژگ"))


_ALIASES: Final = MappingProxyType({"nb": "no", "nn": "no", "iw": "he", "cmn": "zh"})


def settle(stated: str | None, guessed: str | None) -> str | None:
    """Return the language of a page that states one, and whose text was guessed to be in one.

    The text decides between languages that can be told by it. A stated language that cannot be told, Slovak say, is
    believed rather than its likest neighbour; but English, which templates do not change, is known when it is seen.
    """
    stated = _ALIASES.get(stated or "", stated)
    if not guessed or not stated:
        return guessed or stated
    return guessed if guessed == FALLBACK or stated in _told() else stated


def guess(text: str) -> str | None:
    """Return the BCP 47 code of the language of ``text``, or ``None`` when its beginning does not tell."""
    return vote(tokens(text[:_SAMPLE]))


def vote(words: Sequence[str]) -> str | None:
    """Return the language of the script of ``words``, or whose commonest words make up the largest share of them.

    ``None`` below an eighth, and where few words leave two languages side by side; English wins such ties.
    """
    sample = words[:_SAMPLE_WORDS]
    letters = "".join(sample)
    if not letters:
        return None
    return (None if letters.isascii() else _by_letters(letters)) or _by_words(sample) or _latin(letters)


def _by_letters(letters: str) -> str | None:
    """Return the language that the script of lower-case letters decides, if it decides one."""
    ascii_letters = letters.encode("ascii", "ignore")
    if (len(letters) - len(ascii_letters)) * 4 <= len(ascii_letters.translate(None, _NO_LETTERS)):
        return None  # some letters with accents among those of the Latin alphabet
    count = len(_LETTERS.findall(letters))
    kana, hangul, han = (len(script.findall(letters)) for script in (_KANA, _HANGUL, _HAN))
    # A character of these scripts says as much as several letters of an alphabet.
    if (kana + hangul + han) * 4 > count:
        if hangul > kana + han:
            return "ko"
        return "ja" if kana * 10 > han else "zh"
    for code, script in _ALPHABETS:
        if len(script.findall(letters)) * 2 > count:
            return code
    if len(_CYRILLIC.findall(letters)) * 2 > count:
        return _cyrillic(letters)
    arabic = len(_ARABIC.findall(letters))
    if arabic * 2 > count:
        # A name or two may hold a letter from abroad.
        return next((code for code, own in _ARABIC_LETTERS if _share(letters, own) * 100 > arabic), "ar")
    return None


def _cyrillic(letters: str) -> str | None:
    counts = {code: _share(letters, own) for code, own in _CYRILLIC_LETTERS}
    # Bulgarian writes its hard sign often and has none of these; Russian hardly ever writes it alone.
    if letters.count("ъ") > 2 and not any(counts.values()):
        return "bg"
    best = max(counts, key=lambda code: counts[code])
    if counts["be"] and counts["ru"] and counts["be"] * 20 > counts["uk"]:
        return "be"
    if counts["kk"] * 3 > counts["ru"]:
        best = "kk" if counts["kk"] else best
    if counts[best]:
        return best
    return "ru" if "ъ" in letters else None


def _latin(letters: str) -> str | None:
    """Return the language whose own letters stand in a text again and again, and no other's do."""
    counts = {code: _share(letters, own) for code, own in _LATIN_LETTERS}
    best = max(counts, key=lambda code: counts[code])
    alone = counts[best] == sum(counts.values())
    return best if alone and counts[best] > 2 and counts[best] * 60 > len(letters) else None


def _share(letters: str, own: str) -> int:
    return sum(letters.count(letter) for letter in own)


def _by_words(words: Sequence[str]) -> str | None:
    known = _speakers()
    plain: Counter[str] = Counter()
    weighed: Counter[str] = Counter()
    counts = Counter(words)
    for word in counts.keys() & known.keys():
        times, codes = counts[word], known[word]
        for code in codes:
            plain[code] += times
            # A word that several languages share tells less of each.
            weighed[code] += times * 60 // (len(codes) + 1)
    enough = [code for code in plain if plain[code] >= _ENOUGH * len(words)]
    ranked = sorted(enough, key=lambda code: (-weighed[code], code != FALLBACK, code))
    if not ranked:
        return None
    best = ranked[0]
    margin = _MARGIN if len(words) < _SHORT else 0
    near = {code for code in ranked[1:] if plain[best] - plain[code] < margin and weighed[code] * 1.25 > weighed[best]}
    if FALLBACK in near or not near:
        return FALLBACK if near else best
    return None


@cache
def _told() -> frozenset[str]:
    """Return the languages that a text can be told to be in; Serbian is not when it is in Latin letters."""
    scripts = (_ALPHABETS, _CYRILLIC_LETTERS, _ARABIC_LETTERS)
    return frozenset((*languages(), "bg", *(code for script in scripts for code, _own in script))) - {"sr"}


@cache
def _speakers() -> Mapping[str, tuple[str, ...]]:
    """Return the languages that count each of the commonest words as theirs."""
    found: dict[str, list[str]] = {}
    for code in languages():
        for word in stop_words(code):
            found.setdefault(word, []).append(code)
    return MappingProxyType({word: tuple(codes) for word, codes in found.items()})
