"""Which words a slot of a query stands for: in one word, in a sorted list of words, in a segment."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from app.search import language
from app.search.lines import Lines
from app.search.plan import Slot

_ONE: Final = rb"(?:[\x00-\x09\x0b-\x7f]|[\xc0-\xff][\x80-\xbf]+)"
_WILD: Final = re.compile(r"[*?]+")


@lru_cache(maxsize=256)
def wildcard(text: str) -> re.Pattern[bytes]:
    """Return the pattern of a word with ``*`` (any letters) and ``?`` (one letter), on UTF-8."""
    # stars side by side say no more than one, and would make the pattern slow
    pieces = re.split(r"([*?])", re.sub(r"\*+", "*", text))
    made = [rb"[^\n]*" if piece == "*" else _ONE if piece == "?" else re.escape(piece.encode()) for piece in pieces]
    return re.compile(b"".join(made))


def distance_within(first: str, second: str, most: int) -> bool:
    """Return whether ``most`` letters put in, left out or changed make one word of the other.

    With ``most == 1`` two neighbours that changed places count as one change too, as in "drnoe".
    """
    if abs(len(first) - len(second)) > most:
        return False
    if most == 1 and _swapped(first, second):
        return True
    row = list(range(len(second) + 1))
    for number, letter in enumerate(first, 1):
        before, row = row, [number]
        for place, other in enumerate(second, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != other)))
        if min(row) > most:
            return False
    return row[-1] <= most


def _swapped(first: str, second: str) -> bool:
    """Return whether two neighbours changed places, and nothing else."""
    if len(first) != len(second):
        return False
    differing = [place for place, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    place = differing[0]
    return first[place] == second[place + 1] and first[place + 1] == second[place]


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
            return wildcard(slot.text).fullmatch(word.encode()) is not None
        case "fuzzy":
            return distance_within(slot.text, word, slot.distance)


def sequence_in(slots: tuple[Slot, ...], words: list[str]) -> bool:
    """Return whether ``words`` hold a run of words that the slots stand for."""
    places = range(len(words) - len(slots) + 1)
    return any(all(matches(slot, words[place + step]) for step, slot in enumerate(slots)) for place in places)


def numbers(slot: Slot, code: str, lines: Lines) -> list[int] | range:
    """Return the numbers of the terms of a field that ``slot`` stands for, exact forms only, ascending."""
    prefix = code.encode()
    match slot.kind:
        case "prefix":
            return range(*lines.beginning(prefix + slot.text.encode()))
        case "wildcard":
            return _wildcards(slot.text, prefix, lines)
        case "fuzzy":
            return _near(slot, prefix, lines)
        case _:
            found = lines.find(prefix + slot.text.encode())
            return [found] if found >= 0 else []


def _wildcards(text: str, prefix: bytes, lines: Lines) -> list[int] | range:
    """Find the words a pattern matches: among those with its first letters, or else with its longest part."""
    pieces = _WILD.split(text)
    low, high = lines.beginning(prefix + pieces[0].encode())
    if not any(pieces):
        if text.strip("*") == "":
            return range(low, high)
        return lines.matching(re.compile(re.escape(prefix) + wildcard(text).pattern), low, high)
    whole = re.compile(re.escape(prefix) + wildcard(text).pattern).fullmatch
    candidates: list[int] | range = range(low, high)
    if not pieces[0]:
        last = pieces[-1].encode() + b"\n" if pieces[-1] else b""
        candidates = lines.holding(max((last, *(piece.encode() for piece in pieces)), key=len), low, high)
    return [number for number in candidates if whole(lines[number])]


def _near(slot: Slot, prefix: bytes, lines: Lines) -> list[int]:
    """Find the words within a distance of ``slot`` without looking at each.

    Of ``distance + 1`` pieces of the word one must stand unchanged in each such word; a swap across the middle, which
    changes both halves of a word, is looked up by itself.
    """
    word, most = slot.text, slot.distance
    low, high = lines.beginning(prefix)
    if len(word) <= most:
        candidates = set(range(low, high))
    else:
        cuts = [len(word) * part // (most + 1) for part in range(most + 2)]
        pieces = [word[start:stop].encode() for start, stop in pairwise(cuts)]
        candidates = set(range(*lines.beginning(prefix + pieces[0])))
        candidates.update(lines.holding(pieces[-1] + b"\n", low, high))
        for piece in pieces[1:-1]:
            candidates.update(lines.holding(piece, low, high))
    shortest, longest = len(word) - most, len(word.encode()) + 4 * most + len(prefix)
    found = []
    for number in candidates:
        line = lines[number]
        if len(line) <= longest and len(line) - len(prefix) >= shortest:
            other = line[len(prefix) :].decode()
            if distance_within(word, other, most):
                found.append(number)
    if most == 1:
        swaps = (word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(len(word) - 1))
        found += [number for swap in set(swaps) if (number := lines.find(prefix + swap.encode())) >= 0]
    return sorted(set(found))
