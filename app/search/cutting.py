"""Long texts are cut into tokens all at once: letters and digits in a row are a token wherever no rule says otherwise.

The rules are those of :mod:`app.search.language`. Where one of them may be at work, between the spaces round an accent,
initials or a grouped number, its pattern does the cutting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Codes = NDArray[np.uint8] | NDArray[np.uint32]

_DIGIT, _LETTER, _APOSTROPHE, _DOT, _COMMA, _HARD = 1, 2, 4, 8, 16, 32
QUOTES: Final = "'\u2019\u2018\u00b4"
_PARTING: Final = (
    "\u00a0\u2002\u2003\u2009\u202f\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a"
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2026\u00b7\u2022\u20ac\u00a3\u00a7\u00a9"
)
"""What parts words as a space does, beyond ASCII."""

_KNOWN: Final = 0x2100
_DENSE: Final = 32
"""With more rules at work than one in so many characters, the pattern cuts the whole text."""


@cache
def _classes() -> NDArray[np.uint8]:
    """Return what each character is; the last stands for all that follow."""
    table = np.full(_KNOWN, _HARD, np.uint8)
    table[:128] = 0
    table[ord("0") : ord("9") + 1] = _DIGIT
    for first in "aA":
        table[ord(first) : ord(first) + 26] = _LETTER
    table[[ord(one) for one in _PARTING]] = 0
    table[[ord(one) for one in QUOTES]] = _APOSTROPHE
    table[ord(".")] = _DOT
    table[ord(",")] = _COMMA
    return table


def codes_of(text: str) -> Codes:
    """Return the code points of a text."""
    if text.isascii():
        return np.frombuffer(text.encode(), np.uint8)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def each_of(table: NDArray[np.uint8], codes: Codes) -> NDArray[np.uint8]:
    """Return what a table says of each code point; its last row speaks for all that are beyond it."""
    if codes.dtype == np.uint8:
        return np.frombuffer(codes.tobytes().translate(table[:256].tobytes()), np.uint8)
    return table.take(codes, mode="clip")


def cut(text: str, codes: Codes, pattern: re.Pattern[str]) -> tuple[Places, Places] | None:
    """Return where each token of ``text`` begins and ends, ``None`` when ``pattern`` had better cut all of it."""
    classes = each_of(_classes(), codes)
    hard = _hard(classes)
    if len(hard) * _DENSE > len(text):
        return None
    inside = np.zeros(len(text) + 2, bool)
    np.not_equal(classes & (_DIGIT | _LETTER), 0, out=inside[1:-1])
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    starts, ends = _with_possessives(codes, classes, edges[::2], edges[1::2])
    return _with_rules(text, pattern, hard, starts, ends)


def _hard(classes: NDArray[np.uint8]) -> Places:
    """Return the places at which a rule may be at work."""
    flags = classes >= _HARD
    for between, around in ((_DOT, _LETTER), (_COMMA, _DIGIT)):
        places = (classes[1:-1] == between).nonzero()[0]
        flags[1:-1][places] = (classes.take(places) & classes.take(places + 2) & around) > 0
    return flags.nonzero()[0]


def _with_possessives(codes: Codes, classes: NDArray[np.uint8], starts: Places, ends: Places) -> tuple[Places, Places]:
    """Put each ``'s`` to the token before it."""
    lone = ((ends - starts) == 1).nonzero()[0]
    lone = lone.compress((codes.take(starts.take(lone)) | 32) == ord("s"))
    lone = lone.compress(lone > 0)
    before = starts.take(lone) - 1
    lone = lone.compress((classes.take(before) == _APOSTROPHE) & (ends.take(lone - 1) == before))
    if not len(lone):
        return starts, ends
    kept = np.ones(len(starts), bool)
    kept[lone] = False
    # of 's after 's the second is a word again
    kept[lone[1:][~kept.take(lone[1:] - 1)]] = True
    gone = (~kept).nonzero()[0]
    ends = ends.copy()
    ends[gone - 1] = ends.take(gone)
    return starts.compress(kept), ends.compress(kept)


def _with_rules(
    text: str, pattern: re.Pattern[str], hard: Places, starts: Places, ends: Places
) -> tuple[Places, Places]:
    """Let the pattern cut what lies round ``hard`` places."""
    if not len(hard):
        return starts, ends
    kept = np.ones(len(starts), bool)
    own: list[tuple[int, int]] = []
    for first, last in _stretches(text, hard.tolist()):
        low, high = starts.searchsorted((first, last))
        kept[low:high] = False
        own += [match.span() for match in pattern.finditer(text, first, last)]
    ruled = np.array(own, np.intp).reshape(-1, 2)
    starts = np.concatenate((starts.compress(kept), ruled[:, 0]))
    ends = np.concatenate((ends.compress(kept), ruled[:, 1]))
    order = starts.argsort(kind="stable")
    return starts.take(order), ends.take(order)


def _stretches(text: str, places: list[int]) -> Iterator[tuple[int, int]]:
    """Yield what lies between the spaces round some places; no token holds a space or depends on what is beyond it."""
    done = 0
    for place in places:
        if place >= done:
            start = max(text.rfind(" ", done, place), text.rfind("\n", done, place), done - 1) + 1
            ends = (text.find(" ", place), text.find("\n", place))
            done = min((end for end in ends if end >= 0), default=len(text))
            yield start, done
