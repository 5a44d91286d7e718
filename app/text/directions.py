"""Which way a line of text runs, and which stretches of it run the other way (Unicode UAX 9, for whole stretches)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import bidirectional

_FIRST_STRONG: Final = "\N{FIRST STRONG ISOLATE}"
_POP: Final = "\N{POP DIRECTIONAL ISOLATE}"
_ISOLATED: Final = re.compile(f"({_FIRST_STRONG}[^{_POP}]*{_POP})")
_RIGHT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_HAS_RIGHT: Final = re.compile(f"[{_RIGHT}]")
_STRONG: Final = re.compile(f"(?P<right>(?!\\d)[{_RIGHT}])|[^\\W\\d_]")
# From the first letter that runs the other way to the last before one that does not; numbers go with the letters
# before them.
_RIGHTWARDS: Final = re.compile(f"[{_RIGHT}](?:(?:(?!(?![{_RIGHT}])[^\\W\\d_]).)*[{_RIGHT}])?", re.DOTALL)
_LEFTWARDS: Final = re.compile(f"(?![{_RIGHT}])[^\\W\\d_](?:[^{_RIGHT}]*(?![{_RIGHT}])[^\\W_])?", re.DOTALL)
_BEGINNING: Final = 2000
_RIGHT_TO_LEFT: Final = frozenset(("R", "AL"))


def is_rightward(text: str) -> bool:
    """Return whether a line runs from right to left: its first strong letter does (UAX 9, P2 and P3)."""
    if text.isascii():
        return False
    kinds = map(bidirectional, text)
    return next((kind != "L" for kind in kinds if kind == "L" or kind in _RIGHT_TO_LEFT), False)


def has_rightward(text: str) -> bool:
    """Return whether anything in a text runs from right to left."""
    return not text.isascii() and _HAS_RIGHT.search(text) is not None


def isolated(text: str) -> str:
    """Return a text between signs that keep it from turning what is beside it, and from being turned (UAX 9, 2.4)."""
    return f"{_FIRST_STRONG}{text}{_POP}" if text else ""


def set_apart(text: str) -> str:
    """Return a line that runs from left to right with each stretch of it that does not isolated."""
    if not has_rightward(text):
        return text
    parts = (part for part in _ISOLATED.split(text) if part)
    return "".join(part if _ISOLATED.fullmatch(part) else _apart(part) for part in parts)


def _apart(text: str) -> str:
    return "".join(isolated(part) if is_right else part for part, is_right in stretches(text, rightward=False))


def begins_at_right(text: str, start: int, end: int) -> bool:
    """Return whether the table ``text[start:end]`` has its first column at the right.

    Its own first letter says so, or most of the letters that the text begins with: in an article that runs from right
    to left, a table of foreign names does too.
    """
    return is_rightward(text[start:end]) or _runs_right(text[:_BEGINNING])


def _runs_right(text: str) -> bool:
    if text.isascii() or not _HAS_RIGHT.search(text):
        return False
    sides = [bool(letter["right"]) for letter in _STRONG.finditer(text)]
    return 2 * sum(sides) > len(sides)


def stretches(text: str, *, rightward: bool) -> Iterator[tuple[str, bool]]:
    """Cut the text of a line that runs ``rightward`` into stretches, each with whether it runs from right to left."""
    if not rightward and (text.isascii() or not _HAS_RIGHT.search(text)):
        yield text, False
        return
    other = _LEFTWARDS if rightward else _RIGHTWARDS
    position = 0
    for match in other.finditer(text):
        if position < match.start():
            yield text[position : match.start()], rightward
        yield match[0], not rightward
        position = match.end()
    if position < len(text):
        yield text[position:], rightward
