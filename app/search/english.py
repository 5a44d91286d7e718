"""English stems: Whoosh's Snowball stemmer, word for word, in a fraction of its time.

Building an index stems every word of its vocabulary, and Whoosh tries ending after ending at each. Here every step
looks the ending up in a table, the longest first. The regions ``one`` and ``two`` are the R1 and R2 of the algorithm
(snowballstem.org/algorithms/english/stemmer.html); what Whoosh makes of odd words is made of them here too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_VOWELS: Final = frozenset("aeiouy")
_REGION: Final = re.compile("[aeiouy][^aeiouy]")
_VOWEL_AND_Y: Final = re.compile("([aeiouy])y")
_EARLY: Final = ("gener", "commun", "arsen")
_DOUBLED: Final = frozenset(letter * 2 for letter in "bdfgmnprt")
_BEFORE_LI: Final = frozenset("cdeghkmnrt")

_ODD: Final = "skis skies dying lying tying idly gently ugly early only singly"
_ODD_STEMS: Final = "ski sky die lie tie idl gentl ugli earli onli singl"
_SPECIAL: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict(zip(_ODD.split(), _ODD_STEMS.split(), strict=True)),
        **{word: word for word in ("sky", "news", "howe", "atlas", "cosmos", "bias", "andes")},
        **{f"{word}{end}": word for word in ("inning", "outing", "canning", "herring", "earring") for end in ("", "s")},
        **{f"{word}{end}": word for word in ("proceed", "exceed", "succeed") for end in ("", "s", "ed", "ing")},
    }
)


class _Rule(NamedTuple):
    """What an ending becomes: so many letters less, and these put on; ``rest`` is a second region that was shorter."""

    drop: int
    put: str = ""
    rest: str = ""


_SECOND: Final[Mapping[str, _Rule]] = MappingProxyType(
    {
        **{ending: _Rule(len(ending), "ize") for ending in ("ization", "izer")},
        **{ending: _Rule(len(ending), "ate", "e") for ending in ("ational", "ation", "ator")},
        **{ending: _Rule(len(ending), "al") for ending in ("alism", "aliti", "alli")},
        **{ending: _Rule(len(ending), "ous") for ending in ("ousli", "ousness")},
        **{ending: _Rule(len(ending), "ive", "e") for ending in ("iveness", "iviti")},
        **{ending: _Rule(len(ending), "ble") for ending in ("biliti", "bli")},
        **{ending: _Rule(1, "e") for ending in ("enci", "anci", "abli")},
        **{ending: _Rule(2) for ending in ("tional", "lessli", "entli", "fulli", "li")},
        "fulness": _Rule(4),
        "ogi": _Rule(1),
    }
)
_THIRD: Final[Mapping[str, _Rule]] = MappingProxyType(
    {
        **{ending: _Rule(len(ending), "ic") for ending in ("icate", "iciti", "ical")},
        **{ending: _Rule(len(ending)) for ending in ("ative", "ness", "ful")},
        "ational": _Rule(7, "ate"),
        "tional": _Rule(2),
        "alize": _Rule(3),
    }
)
_CUT: Final = "ement ance ence able ible ment ant ent ism ate iti ous ive ize ion al er ic"
_FOURTH: Final[Mapping[str, _Rule]] = MappingProxyType({ending: _Rule(len(ending)) for ending in _CUT.split()})
_SECOND_TAILS, _THIRD_TAILS, _FOURTH_TAILS = (
    frozenset(ending[-2:] for ending in endings) for endings in (_SECOND, _THIRD, _FOURTH)
)
_TAILS: Final = (_SECOND_TAILS | _THIRD_TAILS | _FOURTH_TAILS | {"ed", "ng", "ly", "ll"}) - {"on"}
"""A word without *y* stays as it is, but for the *s* of a plural, unless it ends in one of these, *e* or *ion*."""

_BREAK: Final = ord("\n")
_BYTES: Final = 256
_SHORTEST: Final = 3
"""So short a word is looked at on its own."""

_PAST: Final = ("eedly", "ingly", "edly", "eed", "ing", "ed")
_PAST_TAILS: Final = ("ed", "ing", "edly", "ingly")


def stem(word: str) -> str:
    """Return the stem of a word of small letters and digits, all of them ASCII."""
    special = _SPECIAL.get(word)
    if special is not None:
        return special
    if "y" not in word:
        short = word[: len(word) - _plural(word)]
        if short[-1:] != "e" and short[-2:] not in _TAILS and short[-3:] != "ion":
            return short
    else:
        word = _VOWEL_AND_Y.sub(r"\1Y", f"Y{word[1:]}" if word[0] == "y" else word)
    one, two = _regions(word)
    last = word[-1:]
    if last in "sd":
        cut = _plural(word)
        if cut:
            word, one, two = word[:-cut], one[:-cut], two[:-cut]
        last = word[-1:]
    if last in "ydg" and word.endswith(_PAST_TAILS):
        word, one, two = _past(word, one, two)
        last = word[-1:]
    if last in "yY" and len(word) > 2 and word[-2] not in _VOWELS:
        word, one, two = f"{word[:-1]}i", f"{one[:-1]}i" if one else "", f"{two[:-1]}i" if two else ""
    if len(one) > 1:
        word, one, two = _derived(word, one, two)
    return _ended(word, one, two).replace("Y", "y")


def stems(words: Sequence[str], other: Callable[[str], str]) -> list[str]:
    """Return the stems of many words at once, none with a line break; ``other`` stems those that :func:`stem` does not.

    Of most words no more than the *s* of a plural goes. These are told from the others by their last letters.
    """
    # a word has four letters before its end at least, though they be those of another word
    text = np.frombuffer("\n".join(["", "", "", "", *words, ""]).encode("utf-8", "surrogatepass"), np.uint8)
    breaks = (text == _BREAK).nonzero()[0][3:]
    starts, ends = breaks[:-1] + 1, breaks[1:]
    has_y, has_vowel = _counted(text == ord("y")), _counted(_is_vowel().take(text))
    last, second, third, fourth = (text.take(ends - back).astype(np.intp) for back in (1, 2, 3, 4))
    plural = (last == ord("s")) & (second != ord("s")) & (second != ord("u"))
    cut = plural & (has_vowel.take(np.maximum(ends - 2, starts)) > has_vowel.take(starts))
    tail, before = (
        np.where(cut, *pair) for pair in ((third * _BYTES + second, second * _BYTES + last), (fourth, third))
    )
    stays = _stays().take(tail) & (has_y.take(ends) == has_y.take(starts)) & (ends - starts > _SHORTEST)
    stays &= ~(plural & (second == ord("e")) & (third == ord("s")))
    stays &= (tail != ord("o") * _BYTES + ord("n")) | (before != ord("i"))
    found = list(words)
    for row in (cut & stays).nonzero()[0].tolist():
        found[row] = words[row][:-1]
    odd = _counted(~_is_plain().take(text))
    is_odd = odd.take(ends) > odd.take(starts)
    for row in (~(stays | is_odd)).nonzero()[0].tolist():
        found[row] = stem(words[row])
    for row in is_odd.nonzero()[0].tolist():
        found[row] = other(words[row])
    for row in [row for row, word in enumerate(words) if word in _SPECIAL]:
        found[row] = _SPECIAL[words[row]]
    return found


def _counted(flags: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return how many flags stand before each place, and before the end."""
    counts = np.zeros(len(flags) + 1, np.int32)
    np.cumsum(flags, dtype=np.int32, out=counts[1:])
    return counts


@cache
def _is_vowel() -> NDArray[np.bool_]:
    """Return, by letter, which are vowels."""
    flags = np.zeros(_BYTES, bool)
    flags[[ord(vowel) for vowel in _VOWELS]] = True
    return flags


@cache
def _is_plain() -> NDArray[np.bool_]:
    """Return, by byte, which are letters and digits of ASCII, or part words."""
    flags = np.zeros(_BYTES, bool)
    flags[[_BREAK, *b"0123456789", *b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *b"abcdefghijklmnopqrstuvwxyz"]] = True
    return flags


@cache
def _stays() -> NDArray[np.bool_]:
    """Return, by the last two letters of a word without *y* and without a plural's *s*, whether it may be its stem."""
    flags = np.ones(_BYTES * _BYTES, bool)
    flags[ord("e") :: _BYTES] = False
    flags[[ord(tail[0]) * _BYTES + ord(tail[1]) for tail in _TAILS]] = False
    return flags


def _regions(word: str) -> tuple[str, str]:
    """Return what comes after the first consonant after a vowel, and after the next such one."""
    if word.startswith(_EARLY):
        start = 6 if word[0] == "c" else 5
    else:
        found = _REGION.search(word)
        if found is None:
            return "", ""
        start = found.end()
    again = _REGION.search(word, start)
    return word[start:], word[again.end() :] if again else ""


def _plural(word: str) -> int:
    """Return how many letters of a plural's ending go."""
    if word.endswith(("sses", "ied", "ies")):
        return 2 if len(word) > 4 or word.endswith("sses") else 1
    if not word.endswith("s") or word.endswith(("us", "ss")):
        return 0
    return int(not _VOWELS.isdisjoint(word[:-2]))


def _past(word: str, one: str, two: str) -> tuple[str, str, str]:
    """Take off the ending of a past form or a participle."""
    ending = next(ending for ending in _PAST if word.endswith(ending))
    size = len(ending)
    if ending.startswith("eed"):
        return _put(word, one, two, _Rule(size, "ee")) if one.endswith(ending) else (word, one, two)
    if _VOWELS.isdisjoint(word[:-size]):
        return word, one, two
    word, one, two = word[:-size], one[:-size], two[:-size]
    if word.endswith(("at", "bl", "iz")):
        word, one = f"{word}e", f"{one}e"
        return word, one, f"{two}e" if len(word) > 5 or len(one) >= 3 else two
    if word[-2:] in _DOUBLED:
        return word[:-1], one[:-1], two[:-1]
    return (f"{word}e" if not one and _is_short(word) else word), one, two


def _is_short(word: str) -> bool:
    """Return whether a word ends in a short syllable."""
    if len(word) == 2:
        return word[0] in _VOWELS and word[1] not in _VOWELS
    if len(word) < 3:
        return False
    return word[-1] not in "aeiouywxY" and word[-2] in _VOWELS and word[-3] not in _VOWELS


def _derived(word: str, one: str, two: str) -> tuple[str, str, str]:
    """Shorten endings that make one kind of word of another."""
    if word[-2:] in _SECOND_TAILS:
        ending = _ending(word, _SECOND)
        if ending and one.endswith(ending) and _may_go(word, ending):
            word, one, two = _put(word, one, two, _SECOND[ending])
    if word[-2:] in _THIRD_TAILS:
        ending = _ending(word, _THIRD)
        if ending and one.endswith(ending) and (ending != "ative" or two.endswith(ending)):
            word, one, two = _put(word, one, two, _THIRD[ending])
    if two and word[-2:] in _FOURTH_TAILS:
        ending = _ending(word, _FOURTH)
        if ending and two.endswith(ending) and (ending != "ion" or word[-4] in "st"):
            word, one, two = _put(word, one, two, _FOURTH[ending])
    return word, one, two


def _may_go(word: str, ending: str) -> bool:
    """Return whether the letter before an ending lets it go."""
    if ending == "ogi":
        return word[-4] == "l"
    return ending != "li" or word[-3] in _BEFORE_LI


def _ending(word: str, endings: Mapping[str, _Rule]) -> str:
    """Return the longest of ``endings`` that ``word`` has, or nothing."""
    for size in (7, 6, 5, 4, 3, 2):
        if word[-size:] in endings:
            return word[-size:]
    return ""


def _put(word: str, one: str, two: str, rule: _Rule) -> tuple[str, str, str]:
    """Put another ending in the place of one that the first region has."""
    drop, put, rest = rule
    return word[:-drop] + put, one[:-drop] + put, two[:-drop] + put if len(two) >= drop else rest


def _ended(word: str, one: str, two: str) -> str:
    """Take off a last *e*, or the second of two *l*."""
    if two.endswith("l") and word[-2] == "l":
        return word[:-1]
    if two.endswith("e"):
        return word[:-1]
    if one.endswith("e") and len(word) >= 4:
        silent = word[-2] in "aeiouywxY" or word[-3] not in _VOWELS or word[-4] in _VOWELS
        return word[:-1] if silent else word
    return word
