"""Words of a page to lines: what stands side by side on one base line, in the order in which it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from app.importers._pdf_bidi import RIGHT_TO_LEFT, Glyph, read_line
from app.importers._pdf_words import Page, Word
from app.text.body import Run

FAR: Final = 1.0  # so many times its size may a word stand from the next one on its line

_RAISED: Final = 0.15
_SMALL: Final = 0.85
_TINY: Final = 0.45
_ROW: Final = 0.5  # vowel signs lend the letters of a word their own base lines
_SPACE: Final = 0.25
_LEFT_TO_RIGHT: Final = re.compile(r"[^\W\d_\u0590-\u08ff]")

Marked = tuple[int, int, int]


@dataclass(slots=True)
class Line:
    """A line of text, or a picture (``picture`` is its SHA-256), or a row of a table (``cells``).

    ``x0 x1 top base`` are its place in points, ``first`` the width of its first word; ``bold``, ``italic`` and ``mono``
    tell what all of it is; ``broken`` that its last word goes on in the next line. ``left`` and ``right`` are the edges
    of its column, ``region`` the column's number on its page, ``aside`` that it stands in a box beside the text,
    ``inner`` is the right edge of the lines around it that begin where it does, ``dotted`` that a dot is drawn before
    it.
    ``marks`` are ``(mark, start, end)`` in its text.
    """

    text: str
    x0: float
    x1: float
    top: float
    base: float
    size: float
    page: int = 0
    first: float = 0.0
    bold: bool = False
    italic: bool = False
    mono: bool = False
    broken: bool = False
    runs: tuple[Run, ...] = ()
    marks: tuple[Marked, ...] = ()
    picture: str = ""
    cells: tuple[Line | None, ...] = ()
    left: float = 0.0
    right: float = 0.0
    region: int = 0
    aside: bool = False
    inner: float = 0.0
    dotted: bool = False


@dataclass(slots=True)
class _Open:
    """A line that is being put together."""

    words: list[Word]
    x0: float
    x1: float
    base: float
    size: float
    signs: int

    def takes(self, word: Word, *, rtl: bool) -> bool:
        """Tell whether a word stands beside this line, on its base line or raised or lowered a little.

        From right to left it may stand between its words: the file has them in any order.
        """
        size = max(self.size, word.style.size)
        off = abs(word.base - self.base)
        if off > (_ROW if rtl else _RAISED) * size and not (
            off < 0.6 * size and _TINY * size < min(self.size, word.style.size) < _SMALL * size  # a note's number
        ):
            return False
        gap = max(word.x0 - self.x1, self.x0 - word.x1)
        return (rtl or -0.6 * size <= gap) and gap <= FAR * size

    def add(self, word: Word) -> None:
        """Take a word in; the size and the base line are those of most of the text."""
        self.words.append(word)
        self.x0, self.x1 = min(self.x0, word.x0), max(self.x1, word.x1)
        if word.style.size == self.size:
            self.signs += len(word.text)
        elif len(word.text) > self.signs or (word.style.size > self.size and self.signs < 4):
            self.size, self.base, self.signs = word.style.size, word.base, len(word.text)


def lines_of(page: Page, number: int) -> list[Line]:
    """Return the words of a page as lines, in the order of the file; wide gaps part what stands on one base line."""
    found: list[_Open] = []
    for word in _row_by_row(page.words) if page.rtl else page.words:
        if found and found[-1].takes(word, rtl=page.rtl):
            found[-1].add(word)
        else:
            found.append(_Open([word], word.x0, word.x1, word.base, word.style.size, len(word.text)))
    return [line for one in found if (line := _line(one, page, number)).text]


def _row_by_row(words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words of a page from above, those on one base line from the side where lines begin."""
    row: list[Word] = []
    for word in sorted(words, key=lambda word: word.base):
        if row and word.base - row[0].base > _ROW * max(row[0].style.size, word.style.size):
            yield from sorted(row, key=lambda word: word.x0)
            row = []
        row.append(word)
    yield from sorted(row, key=lambda word: word.x0)


def joined(parts: Sequence[Line]) -> Line:
    """Return the parts of one line as one, with space between them."""
    if len(parts) == 1:
        return parts[0]
    parts = sorted(parts, key=lambda part: part.x0)
    text, runs, marks = parts[0].text, list(parts[0].runs), list(parts[0].marks)
    for before, part in pairwise(parts):
        text += _gap(before, part)
        offset = len(text)
        text += part.text
        runs += [replace(run, start=run.start + offset, end=run.end + offset) for run in part.runs]
        marks += [(number, start + offset, end + offset) for number, start, end in part.marks]
    main = max(parts, key=lambda part: len(part.text))
    return replace(
        main,
        text=text,
        x0=parts[0].x0,
        x1=max(part.x1 for part in parts),
        top=min(part.top for part in parts),
        first=parts[0].first,
        bold=all(part.bold for part in parts),
        italic=all(part.italic for part in parts),
        mono=all(part.mono for part in parts),
        broken=parts[-1].broken,
        runs=tuple(runs),
        marks=tuple(marks),
    )


def _gap(before: Line, part: Line) -> str:
    """Return the space between the parts of a line; in a font of one width it is as wide as it is drawn."""
    width = (part.x1 - part.x0) / max(1, len(part.text))
    if not (before.mono and part.mono and width > 0):
        return " "
    return " " * min(40, max(1, round((part.x0 - before.x1) / width)))


def _line(one: _Open, page: Page, number: int) -> Line:
    if page.rtl:
        words, text, places, marks = _read_back(one, page)
    else:
        words = _in_order(one.words)
        text, places = _set_apart(words)
        marks = [
            (mark, places[at][0] + start, min(places[at][0] + end, places[at][1]))
            for at, word in enumerate(words)
            for mark, start, end in word.marks
        ]
    styled = [word for word in words if word.link or word.style.bold or word.style.italic or word.style.mono]
    raised = [word.style.size < _SMALL * one.size and one.base - word.base > _RAISED * one.size for word in words]
    mono = bool(styled) and all(word.style.mono for word in words)
    plain = [word for word, up in zip(words, raised, strict=True) if not up] or words
    return Line(
        text,
        one.x0,
        one.x1,
        one.base - 0.8 * one.size,
        one.base,
        one.size,
        number,
        words[0].x1 - words[0].x0,
        bool(styled) and all(word.style.bold for word in plain),
        bool(styled) and all(word.style.italic for word in plain),
        mono,
        words[-1].broken,
        _all_runs(words, places, raised, mono=mono) if styled or any(raised) else (),
        tuple(marks),
    )


def _set_apart(words: Sequence[Word]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of words from left to right, and the place of each in it."""
    text, places = "", []
    for before, word in pairwise([None, *words]):
        if before is not None and word is not None and _is_spaced(before, word):
            text += " "
        if word is not None:
            places.append((len(text), len(text) + len(word.text)))
            text += word.text
    return text, places


def _read_back(one: _Open, page: Page) -> tuple[list[Word], str, list[tuple[int, int]], list[Marked]]:
    """Return the words of a line from right to left in the order of reading, its text, their places and the marks."""
    glyphs = [
        Glyph(sign, left, right, at, count)
        for at, word in enumerate(one.words)
        for count, (sign, (left, _top, right, _bottom)) in enumerate(
            zip(page.signs(word), page.boxes(word), strict=True)
        )
    ]
    line = read_line(glyphs, one.size)
    spans: dict[int, tuple[int, int]] = {}
    marks: dict[int, tuple[int, int]] = {}
    for place, (at, count) in enumerate(line.sources):
        if at < 0:
            continue
        spans[at] = (spans.get(at, (place, 0))[0], place + 1)
        for mark, start, end in one.words[at].marks:
            if start <= count < end:
                marks[mark] = (marks.get(mark, (place, 0))[0], place + 1)
    if not spans:  # a mark without a letter
        return one.words, "", [(0, 0)] * len(one.words), []
    order = sorted(spans, key=lambda at: spans[at])
    return [one.words[at] for at in order], line.text, [spans[at] for at in order], [(m, *marks[m]) for m in marks]


def _all_runs(
    words: Sequence[Word], places: Sequence[tuple[int, int]], raised: Sequence[bool], *, mono: bool
) -> tuple[Run, ...]:
    looks: tuple[tuple[str, Callable[[int], str | bool]], ...] = (
        ("strong", lambda number: words[number].style.bold),
        ("emphasis", lambda number: words[number].style.italic),
        ("code", lambda number: words[number].style.mono and not mono),
        ("superscript", lambda number: raised[number]),
        ("link", lambda number: words[number].link),
    )
    return tuple(run for kind, look in looks for run in _runs(kind, look, places))


def _runs(kind: str, look: Callable[[int], str | bool], places: Sequence[tuple[int, int]]) -> Iterator[Run]:
    for value, numbers in groupby(range(len(places)), look):
        if value:
            run = list(numbers)
            address = {"address": value} if isinstance(value, str) else {}
            yield Run(places[run[0]][0], places[run[-1]][1], kind, address)


def _is_spaced(before: Word, word: Word) -> bool:
    gap = max(word.x0 - before.x1, before.x0 - word.x1)
    return word.spaced or gap > _SPACE * max(before.style.size, word.style.size)


def _in_order(words: list[Word]) -> list[Word]:
    """Return the words of a line from left to right as they are read; a stretch from right to left the other way."""
    if any(after.x0 < before.x0 for before, after in pairwise(words)):
        words = sorted(words, key=lambda word: word.x0)
    turned = [not word.text.isascii() and bool(RIGHT_TO_LEFT.search(word.text)) for word in words]
    if not any(turned):
        return words
    ordered: list[Word] = []
    at = 0
    while at < len(words):
        end = at + 1
        for number in range(at + 1, len(words) if turned[at] else 0):
            if turned[number]:
                end = number + 1
            elif _LEFT_TO_RIGHT.search(words[number].text):
                break
        ordered += reversed(words[at:end])
        at = end
    return ordered
