"""Which words a slot of a query stands for: in one word, in a sorted list of words, in a segment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.search import language
from app.search.likeness import like
from app.search.lines import Lines
from app.search.nearness import near
from app.search.plan import Slot

Numbers = list[int] | range | NDArray[np.int64]
"""Numbers of terms, ascending."""

_ONE: Final = rb"(?:[\x00-\x09\x0b-\x7f]|[\xc0-\xff][\x80-\xbf]+)"


def wildcard(text: str) -> bytes:
    """Return the pattern, on UTF-8, of a word with ``*`` (any letters) and ``?`` (one letter).

    Each stretch between two stars is taken where it is found first and never tried again, which finds a match if there
    is one: the time is bounded for every word.
    """
    stretches = [_stretch(part) for part in re.sub(r"\*+", "*", text).split("*")]
    if len(stretches) == 1:
        return stretches[0]
    middle = b"".join(b"(?>[^\n]*?" + stretch + b")" for stretch in stretches[1:-1])
    return stretches[0] + middle + b"[^\n]*" + stretches[-1]


def _stretch(text: str) -> bytes:
    """Return the pattern of a word with ``?`` alone."""
    return _ONE.join(re.escape(part.encode()) for part in text.split("?"))


def distance_within(first: str, second: str, most: int) -> bool:
    """Return whether ``most`` letters put in, left out or changed make one word of the other.

    With ``most == 1`` two neighbours that changed places count as one change too, as in "drnoe".
    """
    if abs(len(first) - len(second)) > most:
        return False
    if most == 1:
        return _one_apart(first, second)
    row = list(range(len(second) + 1))
    for number, letter in enumerate(first, 1):
        before, row = row, [number]
        for place, other in enumerate(second, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != other)))
        if min(row) > most:
            return False
    return row[-1] <= most


def _one_apart(first: str, second: str) -> bool:
    """Return whether two words are the same but for one letter, or for two neighbours that changed places."""
    short, long = sorted((first, second), key=len)
    same = 0
    while same < len(short) and short[same] == long[same]:
        same += 1
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    crossed = short[same : same + 2] == long[same : same + 2][::-1] and short[same + 2 :] == long[same + 2 :]
    return crossed or short[same + 1 :] == long[same + 1 :]


def matches(slot: Slot, word: str, tongue: str = "en") -> bool:
    """Return whether ``slot`` stands for a folded ``word``."""
    match slot.kind:
        case "exact":
            return word == slot.text
        case "word":
            return word == slot.text or language.stem(tongue, word) == language.stem(tongue, slot.text)
        case "prefix":
            return word.startswith(slot.text)
        case "wildcard":
            return re.fullmatch(wildcard(slot.text), word.encode()) is not None
        case "fuzzy":
            return distance_within(slot.text, word, slot.distance)


def matching(slot: Slot, words: Iterable[str], tongue: str = "en") -> set[str]:
    """Return those of some folded words that ``slot`` stands for."""
    if slot.kind == "wildcard":
        fits = re.compile(wildcard(slot.text)).fullmatch
        return {word for word in words if fits(word.encode())}
    return {word for word in words if matches(slot, word, tongue)}


def sequence_in(slots: tuple[Slot, ...], words: list[str]) -> bool:
    """Return whether ``words`` hold a run of words that the slots stand for."""
    places = range(len(words) - len(slots) + 1)
    return any(all(matches(slot, words[place + step]) for step, slot in enumerate(slots)) for place in places)


def numbers(slot: Slot, code: str, lines: Lines) -> Numbers:
    """Return the numbers of the terms of a field that ``slot`` stands for, exact forms only, ascending."""
    prefix = code.encode()
    match slot.kind:
        case "prefix":
            return range(*lines.beginning(prefix + slot.text.encode()))
        case "wildcard":
            return like(slot.text, prefix, lines)
        case "fuzzy":
            return near(slot.text, slot.distance, prefix, lines)
        case _:
            found = lines.find(prefix + slot.text.encode())
            return [found] if found >= 0 else []
