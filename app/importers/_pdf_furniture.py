"""Running heads and feet of a document, and the numbers that are printed on its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from app.importers._pdf_lines import Line

_DEPTH: Final = 3  # so many rows at the top and at the bottom of a page may be furniture
_DIGITS: Final = re.compile(r"\d+")
_ROMAN: Final = re.compile(r"\b[ivxlc]+\b")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_PRINTED: Final = re.compile(r"(?P<address>\S+:\S+)\s+\d{1,4}/\d{1,4}")
_PRINTED_ON: Final = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}:\d{2}(?:\s?[AP]M)?\b.*", re.IGNORECASE)
_FEW_LETTERS: Final = 8
_SURE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Furniture:
    """What was found on the pages: for each page the rows above and below its text, with their kinds.

    ``address`` is where a browser printed the page from; ``numbers`` are the numbers that are printed on the pages,
    empty when they do not count them.
    """

    above: tuple[tuple[tuple[str, str], ...], ...]
    below: tuple[tuple[tuple[str, str], ...], ...]
    numbers: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    lines: tuple[Line, ...]
    text: str
    normal: str
    base: float


def take_out(pages: list[list[Line]], is_note: Callable[[Line], bool]) -> Furniture:
    """Take running heads, feet and page numbers out of the lines of all pages. ``is_note`` tells a footnote's line."""
    rows = [_rows(page) for page in pages]
    tops = [page[:_DEPTH] for page in rows]
    ends = [list(takewhile(lambda row: not is_note(row.lines[0]), page[::-1][:_DEPTH])) for page in rows]
    above, below = _running(tops), _running(ends)
    printed = _printed(tops, ends, above, below)
    for number, page in enumerate(pages):
        gone = {id(line) for row in (*above[number], *below[number]) for line in row.lines}
        if gone:
            page[:] = [line for line in page if id(line) not in gone]
    found = [[*above[number], *below[number]] for number in range(len(pages))]
    return Furniture(
        tuple(tuple((_kind(row), row.text) for row in page) for page in above),
        tuple(tuple((_kind(row), row.text) for row in reversed(page)) for page in below),
        _numbers(found),
        printed,
    )


def _rows(page: Sequence[Line]) -> list[_Row]:
    """Return the outer rows of a page; only those can be furniture."""
    rows: list[list[Line]] = []
    lines = sorted((line for line in page if not line.picture), key=lambda line: line.base)
    for line in lines:
        if rows and line.base - rows[-1][-1].base <= 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(row) for row in (rows if len(rows) <= 2 * _DEPTH else [*rows[:_DEPTH], *rows[-_DEPTH:]])]


def _row(lines: Sequence[Line]) -> _Row:
    text = "  ".join(line.text for line in sorted(lines, key=lambda line: line.x0))
    normal = _DIGITS.sub("#", _ROMAN.sub("#", " ".join(text.casefold().split())))
    return _Row(tuple(lines), text, normal, lines[0].base)


def _running(pages: Sequence[Sequence[_Row]]) -> list[list[_Row]]:
    """Return of each page the outer rows that come again on at least half of the pages, at the same height."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        places = {(row.normal, round(row.base / 4) + shift) for row in page for shift in (-1, 0, 1)}
        counts.update(places)
    enough = max(2, len(pages) // 2)
    return [list(_outer(page, counts, enough)) for page in pages]


def _outer(page: Sequence[_Row], counts: Counter[tuple[str, int]], enough: int) -> Iterator[_Row]:
    for row in page:
        if counts[row.normal, round(row.base / 4)] < enough:
            return
        yield row


def _printed(
    tops: Sequence[Sequence[_Row]],
    ends: Sequence[Sequence[_Row]],
    above: list[list[_Row]],
    below: list[list[_Row]],
) -> str:
    """Take out what a browser prints round a page, even round a single one; return the page's address."""
    address = ""
    for number, (top, end) in enumerate(zip(tops, ends, strict=True)):
        match = _PRINTED.fullmatch(end[0].text) if end else None
        if not match:
            continue
        address = address or match["address"]
        below[number] = below[number] or [end[0]]
        if top and top[0] is not end[0] and _PRINTED_ON.fullmatch(top[0].text):
            above[number] = above[number] or [top[0]]
    if len(ends) == 1 and ends[0] and not below[0] and ends[0][0].normal == "#" and len(tops[0]) > 1:
        below[0] = [ends[0][0]]
    return address if address.startswith(("http://", "https://")) else ""


def _kind(row: _Row) -> str:
    return "page_number" if "#" in row.normal and len(_LETTERS.findall(row.normal)) <= _FEW_LETTERS else "running_head"


def _numbers(pages: Sequence[Sequence[_Row]]) -> tuple[str, ...]:
    """Return the printed number of every page, when most pages show one and they count on from page to page."""
    offsets: Counter[int] = Counter()
    for number, page in enumerate(pages):
        shown = {int(digits) for row in page for digits in _DIGITS.findall(row.text) if len(digits) < 6}
        offsets.update(value - number for value in shown)
    if not offsets or len(pages) < 2:
        return ()
    offset, count = offsets.most_common(1)[0]
    if count < _SURE * len(pages) or offset < 0:
        return ()
    return tuple(str(number + offset) for number in range(len(pages)))
