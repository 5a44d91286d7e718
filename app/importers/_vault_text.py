"""The text of one of our notes, read back to the letter: the inverse of how a body is written as Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from app.loading import load
from app.text.body import IMAGE, Attributes, Block, Body, Run, family

_SIGNS: Final = re.compile(
    r"\\(?P<plain>.)|(?P<reference>&(?:#\d+|lt|amp);)"
    r"|(?P<fence>`+)(?!`)(?P<code>.+?)(?<!`)(?P=fence)(?!`)|\*+|~~|\[|\]\([^()\s]*\)"
)
_SIGN: Final = re.compile(r"[\\&`*~\[]")
_ITEM: Final = re.compile(r" *(?:-|\d+\.) ")
_HEADING: Final = re.compile(r"#{1,6} ?")
_CELL: Final = re.compile(r"((?:\\.|[^|\\])*)\|")
_TICKS: Final = "```"


def inline(line: str) -> str:
    """Return a line that we wrote without the signs round its runs and before what might be one."""
    return _SIGNS.sub(_plain, line) if _SIGN.search(line) else line


def _plain(match: re.Match[str]) -> str:
    if match["plain"] is not None:
        return match["plain"]
    if match["reference"] is not None:
        return html.unescape(match["reference"])
    code = match["code"]
    if code is None:
        return ""
    return code[1:-1] if code.startswith(" ") and code.endswith(" ") else code


def read_body(lines: Sequence[str], told: Mapping[str, Any]) -> Body | None:
    """Return the body that the lines of a note are, with what its record tells of it.

    It is ``None`` when they are not that text: then somebody wrote in them.
    """
    count = int(told["count"])
    flat, lost = list(told.get("blocks", [])), {int(number): str(text) for number, text in told.get("lost", {}).items()}
    if not 0 <= count <= sum(map(len, lines)) + len(lost) + len(lines):
        return None
    kinds: list[tuple[str, Attributes]] = [("paragraph", {})] * count
    for number, kind, attributes in zip(flat[::3], flat[1::3], flat[2::3], strict=True):
        kinds[int(number)] = (str(kind), dict(attributes))
    try:
        texts = _Reading(lines[1:-1], kinds, lost).texts()
    except IndexError:
        return None
    if texts is None:
        return None
    text = "\n".join(texts)
    if load("hashlib").sha256(text.encode("utf-8", "replace")).hexdigest() != told["sum"]:
        return None
    blocks: list[Block] = []
    start = 0
    for one, (kind, attributes) in zip(texts, kinds, strict=True):
        blocks.append(Block(start, start + len(one), kind, attributes))
        start += len(one) + 1
    return Body(text, tuple(blocks), runs_of(told.get("runs", [])))


def runs_of(flat: Sequence[Any]) -> tuple[Run, ...]:
    """Return the runs that a record tells of."""
    parts = zip(flat[::4], flat[1::4], flat[2::4], flat[3::4], strict=True)
    return tuple(Run(int(start), int(end), str(kind), dict(attributes)) for start, end, kind, attributes in parts)


class _Reading:
    """Goes through the lines of a text as it was written, block by block."""

    def __init__(self, lines: Sequence[str], kinds: Sequence[tuple[str, Attributes]], lost: Mapping[int, str]) -> None:
        self._lines = lines
        self._kinds = kinds
        self._lost = lost
        self._place = 0
        self._texts = [lost.get(number, "") for number in range(len(kinds))]

    def texts(self) -> list[str] | None:
        """Return the texts of the blocks; raises ``IndexError`` where there are too few lines, ``None``: too many."""
        for (kind, _mark), group in groupby(range(len(self._kinds)), key=lambda number: family(*self._kinds[number])):
            numbers = list(group)
            written = [number for number in numbers if number not in self._lost]
            if kind == "cell":
                self._table(numbers, written)
            elif kind == "callout":
                self._part()
                for number in written:
                    self._next()
                    self._texts[number] = inline(_quoted(self._next()))
            elif written and kind == "item":
                self._texts[written[0]] = inline(_ITEM.sub("", self._part(), count=1))
                for number in written[1:]:
                    self._texts[number] = inline(_ITEM.sub("", self._next(), count=1))
            elif written and kind == "code":
                self._code(written)
            else:
                self._paragraphs(kind, written)
        return self._texts if self._place == len(self._lines) else None

    def _paragraphs(self, kind: str, numbers: Sequence[int]) -> None:
        for place, number in enumerate(numbers):
            if kind == "quote":
                if place:
                    self._next()
                line = _quoted(self._next() if place else self._part())
                self._texts[number] = inline(line)
            else:
                self._texts[number] = _single(self._kinds[number][0], self._part())

    def _code(self, numbers: Sequence[int]) -> None:
        line = self._part()
        if line.startswith(_TICKS):
            for number in numbers:
                self._texts[number] = self._next()
            self._next()
            return
        for place, number in enumerate(numbers):
            self._texts[number] = inline(self._part() if place else line)

    def _table(self, numbers: Sequence[int], written: Sequence[int]) -> None:
        places = {number: _place(self._kinds[number][1]) for number in numbers}
        rows = sorted({row for row, _column in places.values()})
        cells: dict[int, list[str]] = {}
        for place, row in enumerate(rows):
            cells[row] = [cell[1:-1] for cell in _CELL.findall((self._next() if place else self._part())[1:])]
            if not place:
                self._next()
        for number in written:
            row, column = places[number]
            self._texts[number] = inline(cells[row][column])

    def _part(self) -> str:
        """Return the first line of what stands an empty line apart from what is before it."""
        if self._place:
            self._next()
        return self._next()

    def _next(self) -> str:
        self._place += 1
        return self._lines[self._place - 1]


def _single(kind: str, line: str) -> str:
    if kind == "rule":
        return ""
    if kind == "image":
        return IMAGE
    return inline(_HEADING.sub("", line, count=1) if kind == "heading" else line)


def _place(attributes: Attributes) -> tuple[int, int]:
    return int(attributes.get("row", 0)), int(attributes.get("column", 0))


def _quoted(line: str) -> str:
    return line.removeprefix(">").removeprefix(" ")
