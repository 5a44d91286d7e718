"""The paragraphs of a plain text, in which lines may be paragraphs, or may be broken by width, or centred."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from app.text.body import Piece

_WIDEST: Final = 100  # lines of more characters are paragraphs, not lines broken by width
_CENTRED: Final = 8
_FULL: Final = 0.7
_SMALL: Final = 3  # of so many lines that go on with a sentence at least one begins in small letters
_RARE: Final = 20  # lines for each empty one
_BULLET: Final = re.compile(r"[•◦▪●■]\s+|[-*–]\s+(?=\S)")
_ENDS: Final = re.compile(r"[.!?…。！？؟]\W*$")


def grouped(text: str, starts: re.Pattern[str], width: int | None = None) -> list[Piece]:
    """Return the paragraphs of a plain text: lines that were broken by width, or centred, are joined.

    Lines that ``starts`` matches never go on with the one above. ``width`` is that of the file, where this is a part.
    """
    lines = lines_of(text)
    width = width_of(lines, starts) if width is None else width
    blank = sum(not line.strip() for line in lines)
    loose = blank * _RARE < len(lines)
    pieces: list[list[str]] = []
    before, number = "", 0
    for line in lines:
        content = line.strip()
        number = number + 1 if content else 0
        if not content:
            before = ""
            continue
        # Where no empty line stands between the fields, only its end keeps one apart from the text below.
        fields = loose or number > 2
        closed = starts.match(before.strip()) if fields else starts.fullmatch(before.strip())
        if before and not closed and not starts.match(content) and _goes_on(before, line, width):
            pieces[-1].append(content)
            number = 1
        else:
            pieces.append([content])
        before = line.rstrip()
    return [_paragraph(piece) for piece in pieces]


def lines_of(text: str) -> list[str]:
    """Return the lines of a text; a new page is an empty one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")


def width_of(lines: Sequence[str], starts: re.Pattern[str]) -> int:
    """Return at how many characters lines were broken; 0 where each is a paragraph.

    A line that goes on with a sentence begins in small letters more often than not. In scripts without them, it stands
    below one that ends no sentence.
    """
    lengths = [len(line.rstrip()) for line in lines if line.strip()]
    if not lengths or sum(length > _WIDEST for length in lengths) * 50 > len(lengths):
        return 0
    width = min(_WIDEST, max(lengths))
    full = [
        (before, line.strip())
        for before, line in pairwise(lines)
        if before.strip() and line.strip() and not starts.match(line.strip()) and _is_full(before.rstrip(), line, width)
    ]
    cased = [line for _before, line in full if line[0].islower() or line[0].isupper()]
    if cased:
        return width if sum(line[0].islower() for line in cased) * _SMALL >= len(cased) else 0
    return width if sum(bool(_ENDS.search(before)) for before, _line in full) * 2 <= len(full) else 0


def _goes_on(before: str, line: str, width: int) -> bool:
    """Tell whether a line was broken only because the next word did not fit, or is centred like the one above."""
    if not width or _BULLET.match(line.strip()):
        return False
    if _indent(before) >= _CENTRED and _indent(line) >= _CENTRED:
        return True
    return _is_full(before, line, width)


def _is_full(before: str, line: str, width: int) -> bool:
    return len(before) + 1 + len(line.split(maxsplit=1)[0]) > _FULL * width


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _paragraph(lines: Sequence[str]) -> Piece:
    joined = [lines[0]]
    for before, line in pairwise(lines):
        joined += ["" if re.search(r"\w-$", before[-2:]) and line[0].islower() else " ", line]
    text = "".join(joined)
    bullet = _BULLET.match(text)
    return Piece(text[bullet.end() :], "item", {"depth": 1, "ordered": False}) if bullet else Piece(text)
