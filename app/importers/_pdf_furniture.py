"""Running heads and feet of a document, and the numbers that are printed on its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from typing import Final

from app.importers._pdf_lines import Line

_DEPTH: Final = 3  # so many rows at the top and at the bottom of a page may be furniture
_DIGITS: Final = re.compile(r"\d+")
_ROMAN: Final = re.compile(r"\b[ivxlc]+\b")
_LETTERS: Final = re.compile(r"[^\W\d_]")
# On a page that is read from the right what a browser prints at the left comes last.
_PRINTED: Final = re.compile(r"(?P<address>\S+:\S+)\s+\d{1,4}/\d{1,4}|\d{1,4}/\d{1,4}\s+(?P<behind>\S+:\S+)")
_HOUR: Final = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}:\d{2}(?:\s?[AP]M)?"
_PRINTED_ON: Final = re.compile(rf"{_HOUR}\b.*|.*\s{_HOUR}", re.IGNORECASE)
_FEW_LETTERS: Final = 8
_LONGEST_HEAD: Final = 120
_LONGEST_PRINTED: Final = 1000
_SURE: Final = 0.6
_BAND: Final = 0.12
_HEAD: Final = 8  # lines at the top of a page, among which its title stands
_LARGER: Final = 1.15
_SMALLER: Final = 0.95
_LINE_OF_TITLE: Final = 3  # words


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


def take_out(pages: list[list[Line]], is_note: Callable[[Line], bool], labels: Sequence[str]) -> Furniture:
    """Take running heads, feet and page numbers out of the lines of all pages.

    ``is_note`` tells a footnote's line; ``labels`` are those that the file gives its pages, if it does.
    """
    rows = [_rows(page) for page in pages]
    top, end = _bands(rows)
    tops = [[row for row in page[:_DEPTH] if row.base <= top] for page in rows]
    ends = [[row for row in page[::-1][:_DEPTH] if row.base >= end] for page in rows]
    ends = [list(takewhile(lambda row: not is_note(row.lines[0]), page)) for page in ends]
    above, below = _running(tops, _titles(pages)), _running(ends)
    outer = [[*first[:1], *last[:1]] for first, last in zip(tops, ends, strict=True)]
    numbers = _numbers([*zip(outer, above, below, strict=True)])
    for edge, found in ((tops, above), (ends, below)):
        _numbered(edge, found, labels or numbers)
    address = _printed(tops, ends, above, below)
    _give_back(rows, above, below)
    for number, page in enumerate(pages):
        gone = {id(line) for row in (*above[number], *below[number]) for line in row.lines}
        if gone:
            page[:] = [line for line in page if id(line) not in gone]
    return Furniture(
        tuple(tuple((_kind(row), row.text) for row in page) for page in above),
        tuple(tuple((_kind(row), row.text) for row in reversed(page)) for page in below),
        numbers,
        address,
    )


def _bands(rows: Sequence[Sequence[_Row]]) -> tuple[float, float]:
    """Return down to where heads and from where feet may stand: a small part of the height of all text."""
    bases = [row.base for page in rows for row in (*page[:1], *page[-1:])]
    if not bases:
        return 0.0, 0.0
    band = _BAND * (max(bases) - min(bases))
    return min(bases) + band, max(bases) - band


def _give_back(rows: Sequence[Sequence[_Row]], above: list[list[_Row]], below: list[list[_Row]]) -> None:
    """Where most pages would be left with nothing, give the longer rows back: they are the text."""
    filled = [number for number, page in enumerate(rows) if page]
    empty = [number for number in filled if len(above[number]) + len(below[number]) >= len(rows[number])]
    if len(empty) * 2 > len(filled):
        for number in empty:
            side = max((above, below), key=lambda found: max((len(row.text) for row in found[number]), default=0))
            side[number] = [row for row in side[number] if _kind(row) == "page_number"]


def _numbered(edge: Sequence[Sequence[_Row]], found: list[list[_Row]], numbers: Sequence[str]) -> None:
    """Add outermost rows that begin or end with their page's number, as the heads of chapters do, when many do so."""
    fitting = [
        number
        for number, (page, printed) in enumerate(zip(edge, numbers, strict=False))
        if page and printed in _ends_of(page[0].text) and len(page[0].text) <= _LONGEST_HEAD
    ]
    if len(fitting) > 1 and len(fitting) * 3 >= len(edge):
        for number in fitting:
            found[number] = found[number] or [edge[number][0]]


def _ends_of(text: str) -> tuple[str, str]:
    words = text.strip("-–— |·[]").split() or [""]
    return words[0].strip(".|·"), words[-1]


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


def _running(pages: Sequence[Sequence[_Row]], titles: Sequence[_Title] = ()) -> list[list[_Row]]:
    """Return of each page the outer rows that are no text of it.

    They come again at the same height on at least half of the pages or, word for word, on the next one or the one
    before; or they say again, smaller, what the title on an earlier page says.
    """
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        places = {(row.normal, round(row.base / 4) + shift) for row in page for shift in (-1, 0, 1)}
        counts.update(places)
    enough = max(2, len(pages) // 2)
    said = [frozenset(place for row in page for place in _places(row)) for page in pages]
    return [
        list(takewhile(_Running(counts, enough, _beside(said, number), titles[number] if titles else _Title()), page))
        for number, page in enumerate(pages)
    ]


@dataclass(frozen=True, slots=True)
class _Title:
    """The title that a page belongs to: its words, and their size."""

    words: tuple[str, ...] = ()
    size: float = 0.0

    def is_said_again(self, row: _Row) -> bool:
        """Tell whether a row says it, or a line of it, in smaller letters."""
        words = tuple(row.text.casefold().split())
        whole = words in (self.words, self.words[: len(words)], self.words[-len(words) :])
        long = len(words) >= min(_LINE_OF_TITLE, len(self.words))
        return bool(words) and whole and long and row.lines[0].size < _SMALLER * self.size


@dataclass(frozen=True, slots=True)
class _Running:
    """Tells whether a row of a page is a running head or foot; ``near`` is what the pages beside it say, and where."""

    counts: Mapping[tuple[str, int], int]
    enough: int
    near: frozenset[tuple[str, int]]
    title: _Title

    def __call__(self, row: _Row) -> bool:
        """Tell it of one row."""
        often = self.counts.get((row.normal, round(row.base / 4)), 0) >= self.enough
        return often or not self.near.isdisjoint(_places(row)) or self.title.is_said_again(row)


def _beside(said: Sequence[frozenset[tuple[str, int]]], number: int) -> frozenset[tuple[str, int]]:
    return frozenset().union(*said[max(0, number - 1) : number], *said[number + 1 : number + 2])


def _places(row: _Row) -> Iterator[tuple[str, int]]:
    """Yield what a row says, and where it stands, when it says it in words."""
    if _LETTERS.search(row.text):
        yield row.text.casefold(), round(row.base / 4)


def _titles(pages: Sequence[Sequence[Line]]) -> list[_Title]:
    """Return for each page the title that stands at the top of one before it."""
    found: list[_Title] = []
    title = _Title()
    for page in pages:
        found.append(title)
        title = _title_of(page) or title
    return found


def _title_of(page: Sequence[Line]) -> _Title | None:
    """Return what stands at the top of a page in larger letters than its text; ``None``: nothing does."""
    lines = sorted((line for line in page if not line.picture), key=lambda line: line.base)
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    least = _LARGER * max(sizes, key=sizes.__getitem__, default=0.0)
    below = dropwhile(lambda line: line.size < least, lines[:_HEAD])
    large = list(takewhile(lambda line: line.size >= least, below))
    if not large:
        return None
    return _Title(tuple(" ".join(line.text for line in large).casefold().split()), large[0].size)


def _printed(
    tops: Sequence[Sequence[_Row]],
    ends: Sequence[Sequence[_Row]],
    above: list[list[_Row]],
    below: list[list[_Row]],
) -> str:
    """Take out what a browser prints round a page, even round a single one; return the page's address."""
    address = ""
    for number, (top, end) in enumerate(zip(tops, ends, strict=True)):
        match = _PRINTED.fullmatch(end[0].text) if end and len(end[0].text) < _LONGEST_PRINTED else None
        if not match:
            continue
        address = address or match["address"] or match["behind"]
        below[number] = below[number] or [end[0]]
        if top and top[0] is not end[0] and _PRINTED_ON.fullmatch(top[0].text):
            above[number] = above[number] or [top[0]]
    if len(ends) == 1 and ends[0] and not below[0] and ends[0][0].normal == "#" and len(tops[0]) > 1:
        below[0] = [ends[0][0]]
    return address if address.startswith(("http://", "https://")) else ""


def _kind(row: _Row) -> str:
    return "page_number" if "#" in row.normal and len(_LETTERS.findall(row.normal)) <= _FEW_LETTERS else "running_head"


def _numbers(pages: Sequence[tuple[Sequence[_Row], ...]]) -> tuple[str, ...]:
    """Return the printed number of every page, when most pages show one and they count on from page to page."""
    offsets: Counter[int] = Counter()
    for number, (outer, *found) in enumerate(pages):
        rows = [row for part in found for row in part]
        shown = {digits for row in rows for digits in _DIGITS.findall(row.text)}
        shown.update(digits for row in outer for digits in _ends_of(row.text) if digits.isdecimal())
        offsets.update(int(digits) - number for digits in shown if len(digits) < 6)
    if not offsets or len(pages) < 2:
        return ()
    offset, count = offsets.most_common(1)[0]
    if count < _SURE * len(pages) or count < 2:
        return ()
    # A page before the first counted one is named by its place, in brackets.
    return tuple(str(number + offset) if number + offset > 0 else f"[{number + 1}]" for number in range(len(pages)))
