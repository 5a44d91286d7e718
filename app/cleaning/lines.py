"""Scraped text as lines: what stood on one line of the page, joined again where it was broken by width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple
from unicodedata import category

from app.cleaning.hyphens import BROKEN, Vocabulary
from app.text.body import clean_line

FULL_STOP: Final = re.compile(r"[.!?…。！？؟][\"”“’‘»«›‹)\]*」』）】]*$")

_BULLET: Final = re.compile(r"(?P<mark>[•◦▪‣●■·*–—-]|(?P<number>\d{1,2})[.)])\s+(?=\S)")
_SURE: Final = frozenset("•◦▪‣●■")
_QUOTE: Final = re.compile(r"[ \t]*>(?:[ \t]?>)*[ \t]?")
_PARTING: Final = re.compile("\r\n|[\r\f\v\x85\u2028\u2029]")
_FEW: Final = 6  # lines that show by themselves whether they were broken by width
_BEGINS: Final = re.compile(r"[^\W\d_]+")
_FAR: Final = 50  # lines
_TAIL: Final = 80
_GULF: Final = re.compile(r"(?<!\s)\s{17,}")  # padding, not text; it would make searches slow
_ENDING: Final = 16  # characters that show whether a line ends a sentence
_WIDEST: Final = 100
_NARROW: Final = 50
_MANY: Final = 5  # lines within sentences that are full
_HEAD: Final = 6  # lines at the head that are not
_RARELY: Final = 0.05


class Line(NamedTuple):
    """A line of the source: its text without surrounding space, the empty lines above, its indentation in columns.

    ``mark`` is its bullet, if it has one: the character, or ``1.`` with its number; ``rest`` the text behind that.
    ``quoted`` lines stood behind ``>``, as mail programs write them.
    """

    text: str
    gap: int = 0
    indent: int = 0
    mark: str = ""
    rest: str = ""
    quoted: bool = False


def split(text: str) -> list[Line]:
    """Return the lines of ``text`` that are not empty; lines broken by width are joined by a space into one.

    White space inside a line stays as it is, but for more than sixteen in a row, which become one space.
    """
    raw = _single_spaced(_PARTING.sub("\n", text).split("\n"))
    quoted = [_is_quoted(raw, number) for number in range(len(raw))]
    raw = [_QUOTE.sub("", line, count=1) if is_quoted else line for line, is_quoted in zip(raw, quoted, strict=True)]
    width, greedy = _width(raw)
    lines: list[tuple[Line, list[str]]] = []
    gap, before, indent = 0, "", 0
    for line, is_quoted in zip(raw, quoted, strict=True):
        content = _GULF.sub(" ", clean_line(line).strip())
        if not content or _is_invisible(content):
            gap += 1
            continue
        made = _line(line, content, gap, is_quoted)
        same = bool(lines) and lines[-1][0].quoted == is_quoted
        indented = made.indent > indent and FULL_STOP.search(before) and not made.mark
        if same and not gap and not made.mark and not indented and _goes_on(before, content, width, greedy=greedy):
            lines[-1][1].append(content)
        else:
            lines.append((made, []))
        gap, before, indent = 0, content, made.indent
    known = Vocabulary((line.strip(), BROKEN.search(line.strip()[-_TAIL:]) is not None) for line in raw if width)
    return [_joined(line, further, known) for line, further in lines]


def bulleted(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a line is an item of a list. A dash or a number alone, without a neighbour like it, is text."""
    line = lines[number]
    if not line.mark or line.mark in _SURE:
        return bool(line.mark)
    neighbours = [lines[near] for near in (number - 1, number + 1) if 0 <= near < len(lines)]
    if not line.mark[:-1].isdigit():
        return any(other.mark == line.mark for other in neighbours)
    value = int(line.mark[:-1])
    values = {int(other.mark[:-1]) for other in neighbours if other.mark[:-1].isdigit()}
    return bool(values & {value - 1, value + 1}) or _numbered_above(lines, number) == value - 1


def _numbered_above(lines: Sequence[Line], number: int) -> int | None:
    """Return the number of the item above a line, of which only items further in stand between the two."""
    indent = lines[number].indent
    for other in reversed(lines[max(0, number - _FAR) : number]):
        if not other.mark or other.indent < indent:
            return None
        if other.indent == indent:
            return int(other.mark[:-1]) if other.mark[:-1].isdigit() else None
    return None


def _is_invisible(content: str) -> bool:
    """Tell whether a line only looks filled: pages put a joiner into paragraphs that are to stay empty."""
    return not content.isascii() and all(category(character) == "Cf" for character in content)


def _is_quoted(raw: Sequence[str], number: int) -> bool:
    """Tell whether a line is quoted as in mail; a short one alone behind ``>``, no sentence, leads to another page."""
    if not _QUOTE.match(raw[number]):
        return False
    if FULL_STOP.search(raw[number].rstrip()[-_ENDING:]):
        return True
    near = (raw[other] for other in (number - 1, number + 1) if 0 <= other < len(raw))
    return len(raw[number]) >= _NARROW or any(map(_QUOTE.match, near))


def _line(line: str, content: str, gap: int, quoted: bool) -> Line:
    indent = len(line) - len(line.lstrip())
    match = _BULLET.match(content)
    rest = content[match.end() :] if match else ""
    return Line(content, gap, indent, match["mark"] if match else "", rest, quoted)


def _joined(line: Line, further: Sequence[str], known: Vocabulary) -> Line:
    """Return a line together with what was broken off it: behind a space, or where a word was divided, whole again."""
    if not further:
        return line
    parts = [line.text]
    for content in further:
        broken, begins = BROKEN.search(parts[-1][-_TAIL:]), _BEGINS.match(content)
        if broken and (broken["hyphen"] == "\u00ad" or known.joins(broken["part"], begins[0] if begins else "")):
            parts[-1] = parts[-1][:-1]
        elif not (content[0].islower() and re.search(r"\w-$", parts[-1][-2:])):
            parts.append(" ")
        parts.append(content)
    text = "".join(parts)
    rest = text[len(line.text) - len(line.rest) :] if line.mark else ""
    return line._replace(text=text, rest=rest)


def _goes_on(before: str, content: str, width: int, *, greedy: bool) -> bool:
    """Tell whether the source line ``before`` was broken only because the next word did not fit into the width.

    Where lines are ``greedy``, one that ends a sentence ends its paragraph too if that word would have fitted.
    """
    if not width or (FULL_STOP.search(before) and re.match(r"\w{1,10}\s?:\s", content)):
        return False
    if BROKEN.search(before[-_TAIL:]) and content[0].islower():
        return True
    slack = 1.0 if greedy and FULL_STOP.search(before) else 0.9
    return len(before) + 1 + len(content.split(maxsplit=1)[0]) > slack * width


def _width(raw: list[str]) -> tuple[int, bool]:
    """Return the width the text was broken at, or 0: neighbours about as long as it, mostly within a sentence.

    And tell whether its lines are greedy: each took all the words that fitted.
    """
    greedy = _greedy_width(raw)
    return (greedy, True) if greedy else (_common_width(raw), False)


def _greedy_width(raw: list[str]) -> int:
    """Return the width up to which every line takes words, but for those that end a paragraph or stand at the head.

    0 where that is not so of all lines but a few.
    """
    pairs = [
        (before.expandtabs().rstrip(), after.split(maxsplit=1)[0])
        for before, after in pairwise(raw)
        if before.strip() and after.strip() and not _BULLET.match(after.strip())
    ]
    width = max((len(line.expandtabs().rstrip()) for line in raw), default=0)
    if not _NARROW <= width <= _WIDEST:
        return 0
    within = [len(before) + 1 + len(word) > width for before, word in pairs if not FULL_STOP.search(before)]
    head = min(_HEAD, within.index(True)) if True in within else 0
    full = sum(within)
    return width if full >= _MANY and len(within) - head - full <= full * _RARELY else 0


def _common_width(raw: list[str]) -> int:
    filled = [line.strip() for line in raw if line.strip()]
    broken = [
        before.strip()
        for before, after in pairwise(raw)
        if before.strip() and after.strip() and not _BULLET.match(after.strip())
    ]
    if len(filled) < _FEW and all(_is_within(before, after) for before, after in pairwise(raw) if after.strip()):
        return max(map(len, broken), default=0)
    if len(filled) < _FEW or len(broken) * 2 < len(filled):
        return 0
    widest = max(map(len, filled))
    long = sum(len(line) >= _NARROW for line in broken)
    ended = sum(bool(FULL_STOP.search(line)) for line in broken)
    return widest if widest <= _WIDEST and long > 0.7 * len(broken) and ended < 0.4 * len(broken) else 0


def _is_within(before: str, after: str) -> bool:
    """Tell whether a sentence goes on in the line below, where there is one: in small letters, or a divided word."""
    line, content = before.strip(), after.strip()
    return not line or (_NARROW <= len(line) <= _WIDEST and content[0].islower() and not FULL_STOP.search(line))


def _single_spaced(raw: list[str]) -> list[str]:
    """Return the lines without the empty ones between all lines of a text that was written with double spacing.

    More than one empty line parts its paragraphs, and without those nearly all lines were broken by width.
    """
    gaps: list[int] = []
    single: list[str] = []
    gap = 0
    for line in raw:
        if not line.strip():
            gap += 1
            continue
        gaps.append(gap)
        single += [""] * (gap - 1) + [line]
        gap = 0
    inner = gaps[1:]
    if len(inner) < _FEW or 0 in inner or inner.count(1) * 2 < len(inner) or set(inner) == {1}:
        return raw
    return single if _common_width(single) else raw
