"""Lines in the order of reading to the blocks of an article: paragraphs, headings, lists, quotations, tables, notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from app.cleaning.hyphens import Vocabulary
from app.cleaning.lines import FULL_STOP
from app.importers._pdf_joining import is_broken, text_of
from app.importers._pdf_lines import Line
from app.model import LeftOut
from app.text.body import Attributes, Piece, Run

_BULLET: Final = re.compile(r"(?P<mark>[•◦▪‣●■○·*–—\uf0a7\uf0b7\ue00c-]|(?P<number>\d{1,3})[.)]|[a-z][.)])\s+(?=\S)")
_SURE: Final = frozenset("•◦▪‣●■○\uf0a7\uf0b7\ue00c")
_CAPTION: Final = re.compile(
    r"(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)|tabelle|figura|tabla|tableau|рис(?:унок|\.)|таблица|photo|شكل|جدول"
    r"|איור|טבלה|図|表)\s*\d{1,3}",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(r"(?P<mark>\d{1,3}|[*†‡§¶]{1,3})[.)]?(?:\s+|(?=\D))\S")
_INDENT: Final = 0.8
_LARGER: Final = 1.12
_SMALLER: Final = 0.92
_LOOSE: Final = 1.3
_ALIKE: Final = 0.13
_LONGEST_HEADING: Final = 30  # words
_LONGEST_BOLD: Final = 18


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document is set: the size of its text, the distance of its lines in sizes, bold throughout or not.

    ``sizes`` are those of headings, the largest first; ``indented`` tells that paragraphs begin with an indent;
    ``references`` are the raised numbers and signs in the text.
    """

    size: float
    leading: float
    bold: bool
    sizes: tuple[float, ...]
    indented: bool
    references: frozenset[str]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Layout:
        """Measure a document."""
        sizes: Counter[float] = Counter()
        bold = 0
        for line in lines:
            sizes[line.size] += len(line.text)
            bold += line.bold * len(line.text)
        size = sizes.most_common(1)[0][0] if sizes else 10.0
        pitches, indents, flush = [], 0, 0
        for before, line in pairwise(lines):
            if before.region == line.region and before.page == line.page and before.size == line.size == size:
                pitch = (line.base - before.base) / size
                if 0.8 < pitch < 2.2:
                    pitches.append(pitch)
                indent = before.x0 - line.x0
                indents += _INDENT * size < indent < 4 * size
                flush += abs(indent) <= 0.3 * size
        larger = sorted({s for s in sizes if s >= _LARGER * size}, reverse=True)
        raised = [(line, run) for line in lines for run in line.runs if run.kind == "superscript"]
        return cls(
            size,
            median(pitches[:5000]) if pitches else 1.3,
            bold * 2 > sum(sizes.values()),
            tuple(larger),
            indents > 2 and indents * 25 > flush,
            frozenset(line.text[run.start : run.end] for line, run in raised),
        )

    def is_note(self, line: Line) -> bool:
        """Tell whether a line begins a footnote: it is small, and its sign stands in the text."""
        match = _NOTE.match(line.text)
        return match is not None and line.size <= _SMALLER * self.size and match["mark"] in self.references


@dataclass(frozen=True, slots=True)
class Place:
    """Where of a highlight a part is: the number of the block, and a span in its text."""

    mark: int
    block: int
    start: int
    end: int


@dataclass
class Composer:
    """Takes the lines of all pages in turn; ``pieces``, ``left_out`` and ``places`` have what they make."""

    layout: Layout
    known: Vocabulary
    labels: Sequence[str]
    pieces: list[Piece] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    _open: list[Line] = field(default_factory=list)
    _kind: str = ""
    _waiting: list[list[Line]] = field(default_factory=list)
    _notes: list[list[Line]] = field(default_factory=list)
    _indents: list[float] = field(default_factory=list)
    _tables: int = 0

    def furniture(self, rows: Sequence[tuple[str, str]]) -> None:
        """Leave rows out, behind what was taken so far."""
        place = len(self.pieces) + bool(self._open)
        self.left_out += [LeftOut(kind, text, place) for kind, text in rows]

    def page(self, lines: Sequence[Line]) -> None:
        """Take the lines of one page."""
        notes = self._footnotes(lines)
        gone = {id(line) for line in notes}
        for line in notes:
            if self._notes and not self.layout.is_note(line):
                self._notes[-1].append(line)
            else:
                self._notes.append([line])
        for line in lines:
            if id(line) not in gone:
                self._take(line)

    def end(self) -> None:
        """Close what is open, and put the footnotes behind the text."""
        self._close()
        for note in self._notes:
            sign = _NOTE.match(note[0].text)
            self._piece("paragraph", note, {"footnote": sign["mark"] if sign else ""})

    def _take(self, line: Line) -> None:
        kind = self._kind_of(line)
        if line.aside or kind == "image" or self._interrupts(line, kind):
            self._set_aside(line, kind)
            return
        if kind == "heading" and self._kind in ("paragraph", "item") and self._is_within(line):
            kind = self._kind
        if self._open and not self._goes_on(self._open, line, kind, self._kind):
            self._close()
        if not self._open:
            self._kind = kind
        self._open.append(line)

    def _is_within(self, line: Line) -> bool:
        """Tell whether a line in bold letters only goes on with the paragraph that is open."""
        last = self._open[-1]
        unended = not FULL_STOP.search(last.text) and line.size < _LARGER * self.layout.size
        return unended and self._goes_on(self._open, line, "paragraph", self._kind)

    def _set_aside(self, line: Line, kind: str) -> None:
        """Keep a box or a picture for behind the paragraph that is open."""
        last = self._waiting[-1] if self._waiting else []
        if last and not line.picture and self._goes_on(last, line, kind, self._kind_of(last[0])):
            last.append(line)
        else:
            self._waiting.append([line])
        if not self._open:
            self._flush()

    def _interrupts(self, line: Line, kind: str) -> bool:
        """Tell whether a caption or a small line stands in the middle of a paragraph that goes on behind it."""
        if not self._open or self._kind != "paragraph" or FULL_STOP.search(self._open[-1].text):
            return False
        small = kind == "paragraph" and line.size <= _SMALLER * min(self.layout.size, self._open[-1].size)
        return kind == "caption" or (small and not self._goes_on(self._open, line, kind, self._kind))

    def _kind_of(self, line: Line) -> str:
        if line.picture:
            return "image"
        if line.cells:
            return "cell"
        if line.mono and line.size <= 1.05 * self.layout.size:
            return "code"
        if line.size >= _LARGER * self.layout.size and len(line.text.split()) <= _LONGEST_HEADING:
            return "heading"
        if _CAPTION.match(line.text) and line.size <= self.layout.size:
            return "caption"
        if line.bold and not self.layout.bold and line.size >= 0.95 * self.layout.size and _has_letters(line):
            return "heading"
        return "item" if line.dotted or _BULLET.match(line.text) else "paragraph"

    def _goes_on(self, before: Sequence[Line], line: Line, kind: str, open_kind: str) -> bool:
        """Tell whether a line continues what is open."""
        last = before[-1]
        if kind in ("image", "cell") or open_kind in ("image", "cell"):
            return kind == open_kind == "cell" and len(line.cells) == len(last.cells) and line.page == last.page
        if kind == "heading" or open_kind == "heading":
            same = kind == open_kind and abs(line.size - last.size) < 0.5 and line.bold == last.bold
            return same and _is_below(last, line, 1.6 * max(1.1, self.layout.leading / 1.15))
        if kind == "code" or open_kind == "code":
            return kind == open_kind and line.page == last.page
        if kind != open_kind and kind in ("item", "caption"):
            return False
        if line.dotted or _BULLET.match(line.text) or abs(line.size - last.size) > _ALIKE * line.size:
            return False
        if line.page == last.page and line.region == last.region:
            return self._is_next(before, line, open_kind)
        return self._flows_over(before, line, open_kind)

    def _is_next(self, before: Sequence[Line], line: Line, kind: str) -> bool:
        """Tell whether a line below another one in a column belongs to the same paragraph."""
        last, size = before[-1], line.size
        if not _is_below(last, line, _LOOSE * self.layout.leading):
            return False
        if is_broken(last):
            return True
        indent = line.x0 - last.x0
        early = self._ended_early(last, line)
        if kind == "item":
            start = before[0]
            hanging = line.x0 - start.x0
            if early and FULL_STOP.search(last.text) and not line.text[:1].islower():
                return False
            return hanging > 0.3 * size or (hanging > -0.3 * size and (start.dotted or not early))
        if indent > _INDENT * size:  # a new paragraph, or the second line of one whose first line hangs out
            hangs = len(before) == 1 and _is_flush(last) and not FULL_STOP.search(last.text)
            return hangs and not early
        if indent < -_INDENT * size and len(before) > 1:
            return False
        return not early

    def _ended_early(self, last: Line, line: Line) -> bool:
        """Tell whether the next word would have fitted into a line: then it ends its paragraph."""
        needed = last.x1 + 0.25 * last.size + line.first + 0.4 * last.size
        if needed >= last.right:
            return False
        # In a block that is set in the lines are as long as it is wide.
        set_in = last.x0 - last.left > last.size and not FULL_STOP.search(last.text)
        return not (needed >= last.inner and (set_in or line.text[:1].islower()))

    def _flows_over(self, before: Sequence[Line], line: Line, kind: str) -> bool:
        """Tell whether a paragraph goes on in the next column or on the next page."""
        last = before[-1]
        if is_broken(last):
            return True
        if line.region and line.page == last.page and line.base > last.base and not FULL_STOP.search(last.text):
            return line.text[:1].islower()
        indent = line.x0 - line.left
        if indent > _INDENT * line.size or (kind != "item" and self._ended_early(last, line)):
            return False
        if line.text[:1].islower():
            return True
        return not FULL_STOP.search(last.text) or (self.layout.indented and kind == "paragraph")

    def _footnotes(self, lines: Sequence[Line]) -> list[Line]:
        """Return the lines at the ends of columns that are footnotes: small, the first with a sign from the text."""
        found: list[Line] = []
        small = _SMALLER * self.layout.size
        lowest = max((line.base for line in lines if line.size > small and line.text), default=0.0)
        for number in dict.fromkeys(line.region for line in lines):
            region = [line for line in lines if line.region == number and not line.picture]
            at = len(region)
            while at and region[at - 1].size <= small and not region[at - 1].cells:
                at -= 1
            while at < len(region) and not self.layout.is_note(region[at]):
                at += 1
            if at < len(region) and (at or region[at].base > lowest):
                found += region[at:]
        return found

    def _close(self) -> None:
        if self._open:
            lines, kind = self._open, self._kind
            self._open, self._kind = [], ""
            self._emit(lines, kind)
        self._flush()

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        for lines in waiting:
            self._emit(lines, self._kind_of(lines[0]))

    def _emit(self, lines: Sequence[Line], kind: str) -> None:
        """Make blocks of the lines of one."""
        if kind == "cell":
            self._table(lines)
        elif kind == "code":
            self._code(lines)
        elif kind == "image":
            attributes = {"alt": "", "source": "", "picture": lines[0].picture, **self._cited(lines[0])}
            self.pieces.append(Piece("", "image", attributes))
        elif kind == "item":
            self._item(lines)
        elif kind == "heading" and (level := self._level(lines)):
            self._piece("heading", lines, {"level": level})
        elif kind == "caption" or (self._follows_picture() and lines[0].size <= _SMALLER * self.layout.size):
            self._piece("caption", lines)
        elif self._is_quote(lines):
            self._piece("quote", lines)
        else:
            self._piece("paragraph", lines)

    def _piece(self, kind: str, lines: Sequence[Line], attributes: Attributes | None = None, cut: int = 0) -> None:
        text, runs, marks = text_of(lines, self.known)
        if kind == "heading":
            runs = tuple(run for run in runs if run.kind not in ("strong", "emphasis"))
        if cut:
            text = text[cut:]
            runs = tuple(_moved(runs, cut))
            marks = [(number, max(0, start - cut), end - cut) for number, start, end in marks if end > cut]
        if kind != "item":
            self._indents.clear()
        self.places += [Place(number, len(self.pieces), start, end) for number, start, end in marks]
        self.pieces.append(Piece(text, kind, {**(attributes or {}), **self._cited(lines[0])}, runs))

    def _cited(self, line: Line) -> Attributes:
        return {"page": self.labels[line.page]}

    def _level(self, lines: Sequence[Line]) -> int:
        """Return the level of a heading; 0 for what is rather a paragraph in large or bold letters."""
        text = " ".join(line.text for line in lines)
        larger = lines[0].size >= _LARGER * self.layout.size
        words = len(text.split())
        if larger:
            known = words <= _LONGEST_HEADING and lines[0].size in self.layout.sizes
            return min(6, 1 + self.layout.sizes.index(lines[0].size)) if known else 0
        kept = words <= _LONGEST_BOLD and text[-1:] not in ".,;"
        return min(6, max(2, 1 + len(self.layout.sizes))) if kept else 0

    def _item(self, lines: Sequence[Line]) -> None:
        first = lines[0]
        match = None if first.dotted else _BULLET.match(first.text)
        while len(self._indents) > 1 and first.x0 < self._indents[-1] - 0.6 * first.size:
            self._indents.pop()
        if not self._indents or first.x0 > self._indents[-1] + 0.6 * first.size:
            self._indents.append(first.x0)
        ordered = bool(match and match["mark"][0].isalnum())
        attributes = {"depth": len(self._indents), "ordered": ordered, "mark": match["mark"] if match else "•"}
        self._piece("item", lines, attributes, match.end() if match else 0)

    def _table(self, rows: Sequence[Line]) -> None:
        for number, row in enumerate(rows):
            for column, cell in enumerate(row.cells):
                attributes = {"table": self._tables, "row": number, "column": column}
                if number == 0 and row.bold and not all(other.bold for other in rows):
                    attributes["header"] = True
                lines = [cell] if cell else []
                if lines:
                    self._piece("cell", lines, attributes)
                else:
                    self.pieces.append(Piece("", "cell", {**attributes, **self._cited(row)}))
        self._tables += 1

    def _code(self, lines: Sequence[Line]) -> None:
        left = min(line.x0 for line in lines)
        for line in lines:
            width = (line.x1 - line.x0) / max(1, len(line.text))
            space = " " * min(40, round((line.x0 - left) / width)) if width > 0 else ""
            block, more = len(self.pieces), len(space)
            self.places += [Place(number, block, start + more, end + more) for number, start, end in line.marks]
            self.pieces.append(Piece(space + line.text, "code", self._cited(line)))

    def _follows_picture(self) -> bool:
        return bool(self.pieces) and self.pieces[-1].kind == "image"

    def _is_quote(self, lines: Sequence[Line]) -> bool:
        """Tell whether a paragraph of several lines is set in from both sides."""
        size = self.layout.size
        if len(lines) < 2 or lines[0].aside or lines[0].size > 1.05 * size:
            return False
        ends = [line for line in lines[:-1] if line.right - line.x1 < 1.5 * size]
        inner = all(line.x0 - line.left > 1.5 * size for line in lines)
        return inner and not ends and abs(lines[0].x0 - lines[-1].x0) < size


def _is_flush(line: Line) -> bool:
    return abs(line.x0 - line.left) < 0.3 * line.size


def _has_letters(line: Line) -> bool:
    return any(map(str.isalpha, line.text))


def _is_below(last: Line, line: Line, most: float) -> bool:
    if line.page != last.page or line.region != last.region:
        return False
    return 0 < line.base - last.base <= most * max(line.size, last.size)


def _moved(runs: Sequence[Run], cut: int) -> Iterator[Run]:
    for run in runs:
        if run.end > cut:
            yield Run(max(0, run.start - cut), run.end - cut, run.kind, run.attributes)
