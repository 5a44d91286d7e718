"""What was typed, mended until a parser can read it: quotation marks and brackets closed, dates in words held together.

It touches no words: what it takes out or puts in are signs, and whatever could be meant otherwise is said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final, NamedTuple

from app.search.tree import DATE_FIELDS, MOST_CHARACTERS, MOST_LEVELS, SPELLINGS
from app.wording import Message

_UNSAID: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_MINUS: Final = re.compile(r"(^|(?<=[\s()]))(?:[–—−]|-{2,})(?=[^\s–—−)-])")
_OLD_RANGE: Final = re.compile(r"[\[{]\s*([\w-]{0,10})\s+TO\s+([\w-]{0,10})\s*[\]}]")
_INNER_MINUS: Final = re.compile(r"(^|(?<=[\s(]))([^\W_][\w-]{0,80}:)-(?=[^\s)-])")
_NOTS: Final = re.compile(r"\bNOT\s+(?=(?:NOT\s|-))")
_LONE_BOOST: Final = re.compile(r"(?<=[^\s(])\s+(?=\^\d)")
_GROUP_SLOP: Final = re.compile(r"\)~\d*")
_DATED: Final = re.compile(
    rf"(?<!\w)(?<!\w-)(?P<field>(?:{'|'.join(DATE_FIELDS)}):\s*)(?P<value>[^\s():^]+\s[^():^]*)", re.IGNORECASE
)
_SINCE: Final = re.compile(r"(?<![\w:])since\s+(?P<value>[^\s():^][^():^]*)$", re.IGNORECASE)
_FIGURES: Final = re.compile(r"[~^][\d.]*$")
_LONGEST_DATE: Final = 8

_CUT: Final = "Only the first {characters} characters are read."
_FLAT: Final = "There are more than {levels} brackets in one another, so brackets are not read."
_OPEN_QUOTE: Final = "The quotation mark is not closed, so all that follows it is one phrase."
_OPEN_BRACKET: Final = "A bracket is not closed, so it reaches to the end."
_SPARE_BRACKET: Final = "A bracket closes nothing, so it is not read."
_SLOP_OF_GROUP: Final = "The sign ~ means nothing after a bracket, so it is not read."
_BARE_SINCE: Final = "“since {date}” is read as a date; in quotation marks it would be words."

Accepts = Callable[[str], bool]
"""Says of some words whether they are a date, or (while typing) may become one."""


class Mended(NamedTuple):
    """A query that can be parsed, what must be said about it, and whether its last word may still grow."""

    text: str
    notes: tuple[Message, ...]
    growing: bool


class Dates(NamedTuple):
    """Which words are a date, and which are the beginning of one."""

    whole: Accepts
    begun: Accepts


def mended(text: str, dates: Dates, typing: bool = False) -> Mended:
    """Return any text at all so that it can be parsed; with ``typing`` it goes on where it ends."""
    notes: list[Message] = []
    if len(text) > MOST_CHARACTERS:
        # the beginning of a word is another word
        text = text[: MOST_CHARACTERS + 1].rpartition(" ")[0] or text[:MOST_CHARACTERS]
        notes.append(Message(_CUT, {"characters": MOST_CHARACTERS}))
        typing = False
    text = _UNSAID.sub(" ", text).translate(SPELLINGS)
    growing = typing and _ends_in_a_word(text.rstrip(")"))
    if _depth(text) > MOST_LEVELS:
        text = text.replace("(", " ").replace(")", " ")
        notes.append(Message(_FLAT, {"levels": MOST_LEVELS}))
    # every second stretch stands in quotation marks
    stretches = text.split('"')
    if len(stretches) % 2 == 0:
        _close_quote(stretches, notes)
    stretches[::2] = [_tidied(stretch) for stretch in stretches[::2]]
    text = '"'.join(_brackets(_dated(stretches, dates, growing, notes), notes))
    return Mended(text, tuple(notes), growing)


def _tidied(text: str) -> str:
    """Return what stands outside quotation marks with signs as the parser knows them."""
    text = _OLD_RANGE.sub(r"\1..\2", _MINUS.sub("-", text))
    return _LONE_BOOST.sub("", _NOTS.sub("", _INNER_MINUS.sub(r"-\2", text)))


def _ends_in_a_word(text: str) -> bool:
    """Return whether a letter or figure (with its marks) is the last thing in ``text``, and a part of a word."""
    last = text[-1:] or " "
    return (last.isalnum() or unicodedata.category(last)[0] == "M") and not _FIGURES.search(text)


def _depth(text: str) -> int:
    """Return how deep brackets are in one another, wherever they stand."""
    deepest = depth = 0
    for char in text:
        if char == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif char == ")":
            depth = max(0, depth - 1)
    return deepest


def _close_quote(stretches: list[str], notes: list[Message]) -> None:
    """Make a phrase of what follows the last quotation mark; of a single word, that word."""
    last = stretches[-1]
    if len(last.split()) > 1:
        stretches.append("")
        notes.append(Message(_OPEN_QUOTE))
    else:
        stretches[-2:] = [stretches[-2] + last]


def _dated(stretches: list[str], dates: Dates, growing: bool, notes: list[Message]) -> list[str]:
    """Put quotation marks round dates of several words, after fields of dates and after a last ``since``."""
    found: list[str] = []
    for number, stretch in enumerate(stretches):
        if number % 2:
            found.append(stretch)
            continue
        last = number == len(stretches) - 1
        stretch = _DATED.sub(lambda match: _bound(match, dates, growing), stretch)
        if last and (match := _SINCE.search(stretch.rstrip(") "))) and dates.whole(match["value"]):
            value = match["value"].strip()
            notes.append(Message(_BARE_SINCE, {"date": value}))
            stretch = f'{stretch[: match.start()]}since:"{value}"{stretch[match.end() :]}'
        found += stretch.split('"')
    return found


def _bound(match: re.Match[str], dates: Dates, growing: bool) -> str:
    """Return a field of dates with the longest date that follows it in quotation marks."""
    value = match["value"]
    if growing and match.end() == len(match.string.rstrip(")")) and dates.begun(value):
        return f'{match["field"]}"{value}"'
    ends = [word.end() for word in re.finditer(r"\S+", value)][1:_LONGEST_DATE]
    for end in reversed(ends):
        if dates.whole(value[:end]):
            return f'{match["field"]}"{value[:end]}"{value[end:]}'
    return match[0]


def _brackets(stretches: list[str], notes: list[Message]) -> list[str]:
    """Close what brackets were opened, and take out those that close nothing."""
    said = set()
    depth = 0
    found: list[str] = []
    if not any(bracket in stretch for stretch in stretches for bracket in "()"):
        return stretches
    for number, stretch in enumerate(stretches):
        if number % 2 == 0:
            stretch, slops = _GROUP_SLOP.subn(")", stretch)
            kept = []
            for char in stretch:
                depth += (char == "(") - (char == ")")
                if depth < 0:
                    said.add(_SPARE_BRACKET)
                    depth = 0
                    char = " "
                kept.append(char)
            stretch = "".join(kept)
            if slops:
                said.add(_SLOP_OF_GROUP)
        found.append(stretch)
    if depth:
        said.add(_OPEN_BRACKET)
        found[-1] += ")" * depth
    notes += [Message(one) for one in (_SLOP_OF_GROUP, _SPARE_BRACKET, _OPEN_BRACKET) if one in said]
    return found
