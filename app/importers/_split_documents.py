"""A document that holds several articles, split into them where someone says that they begin, whatever has read it.

An article keeps the blocks that it has in the document, but for the lines that say its title, its byline or its date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from app.drafts import Codebook, Draft, Framework
from app.errors import ImportFailed
from app.importers._base import File, Importer, Parts, Unread
from app.importers._records import part_name
from app.importers._split_heads import Head, opening, read_foreword, read_head
from app.importers._split_marks import shared_out
from app.importers._split_options import HEADINGS, LINES, NO, PAGES, PATTERN, level_of, unsplit, way_of
from app.importers._split_text import found_nowhere, has_words, is_bound, line_pattern, only_parting
from app.model import Details, LeftOut, Metadata, Origin
from app.options import OptionValue
from app.text.body import Body, Piece

Reading = Callable[[File], Parts]
"""Reads a file in whatever way its format is read."""

_SIGNS: Final = re.compile(r"\[\d+\]|\d+|[*†‡§¶]+")
_WORDLESS: Final = frozenset(("image", "rule"))
# What stands round every page, or round all of it, begins no article.
_ROUND_PAGES: Final = frozenset(("navigation", "footer", "running_head", "page_number"))


def read(importer: Importer, file: File) -> Parts:
    """Read a document, its articles split as its options say; one that is split nowhere is read like any other."""
    return importer.read(file) if way_of(file.options) == NO else split_reading(file, importer.read)


def split_reading(file: File, reading: Reading) -> Parts:
    """Return what is found by ``reading`` a file, its articles split as its options say."""
    parts = reading(file)
    found = split_parts(parts, file.options)
    return found if len(found) > len(parts) else reading(replace(file, options=unsplit(file.options)))


def split_parts(parts: Parts, options: Mapping[str, OptionValue]) -> Parts:
    """Return what a document holds, its articles split as the options say.

    What is an article by itself stays whole: one that once left a library, and what stands for a text that lies
    elsewhere. Raises ``ImportFailed`` for a pattern that is none or found nowhere.
    """
    found: list[Draft | Unread | Codebook | Framework] = []
    hit = False
    for part in parts:
        if not isinstance(part, Draft) or part.stub or part.id:
            found.append(part)
            continue
        lines = _lines(part)
        bounds = _bounds(lines, options)
        hit = hit or bool(bounds) or _is_title_bound(part.metadata, options)
        found += _articles(part, _stretches(lines, bounds, way_of(options)))
    if way_of(options) == PATTERN and not hit:
        raise found_nowhere(line_pattern(options))
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    """A block of a document with its number in the body; or, without one, what was left out there."""

    piece: Piece
    number: int = -1
    aside: LeftOut | None = None

    @property
    def speaks(self) -> bool:
        """Tell whether it is a block with words."""
        return self.aside is None and self.piece.kind not in _WORDLESS and bool(self.piece.text.strip())

    @property
    def footnote(self) -> str | None:
        """Return the sign in the text that a footnote has; of any other block nothing."""
        sign = self.piece.attributes.get("footnote")
        return None if sign is None else str(sign)

    @property
    def page(self) -> str:
        """Return the page of a paged document on which it begins."""
        return str(self.piece.attributes.get("page", ""))

    def signs(self) -> Iterator[str]:
        """Yield the signs of footnotes that stand in it."""
        for run in self.piece.runs:
            if run.kind == "superscript":
                yield from _SIGNS.findall(self.piece.text[run.start : run.end])


@dataclass(slots=True)
class _Stretch:
    """The lines of one article. The ``first`` one is what stands before the first line at which a document is split.

    It ``is_foreword`` unless that line only stands between two articles that begin alike.
    """

    lines: list[_Line]
    first: bool
    is_foreword: bool = False

    def beginning(self) -> tuple[str, object]:
        """Return what its first block with words is: its kind, and the level of a heading."""
        piece = next(line.piece for line in self.lines if line.speaks)
        return piece.kind, piece.attributes.get("level")


def _lines(draft: Draft) -> list[_Line]:
    blocks = draft.body.pieces()
    asides: dict[int, list[_Line]] = {}
    for one in draft.left_out:
        piece = Piece(one.text, one.block, one.attributes, one.runs)
        asides.setdefault(min(one.before, len(blocks)), []).append(_Line(piece, aside=one))
    found: list[_Line] = []
    for number, piece in enumerate(blocks):
        found += [*asides.get(number, ()), _Line(piece, number)]
    return [*found, *asides.get(len(blocks), ())]


def _bounds(lines: Sequence[_Line], options: Mapping[str, OptionValue]) -> list[int]:
    """Return the numbers of the lines at which a document is split, in order."""
    way = way_of(options)
    if way == HEADINGS:
        return _at_headings(lines, level_of(options))
    if way == PAGES:
        return _at_pages(lines)
    pattern = line_pattern(options)
    found = {
        _row_start(lines, number)
        for number, line in enumerate(lines)
        if line.footnote is None and (line.aside is None or line.aside.kind not in _ROUND_PAGES)
        if is_bound(line.piece.text, pattern, way) or (way == LINES and _is_rule(lines, number))
    }
    return sorted(found)


def _is_rule(lines: Sequence[_Line], number: int) -> bool:
    """Tell whether a line is a rule, but not that above the footnotes."""
    below = lines[number + 1 : number + 2]
    return lines[number].piece.kind == "rule" and not (below and below[0].footnote is not None)


def _at_headings(lines: Sequence[_Line], wanted: int) -> list[int]:
    levels = {
        number: int(line.piece.attributes.get("level", 0))
        for number, line in enumerate(lines)
        if line.piece.kind == "heading" and line.speaks
    }
    level = wanted or min(levels.values(), default=0)
    return [number for number, found in levels.items() if found == level]


def _at_pages(lines: Sequence[_Line]) -> list[int]:
    pages = [
        (number, str(line.piece.attributes["page"]))
        for number, line in enumerate(lines)
        if line.number >= 0 and "page" in line.piece.attributes and line.footnote is None
    ]
    return [number for (_number, before), (number, page) in pairwise(pages) if page != before]


def _row_start(lines: Sequence[_Line], number: int) -> int:
    """Return where the row begins of which a line is a cell; of any other line its own number."""
    own = lines[number].piece
    if own.kind != "cell":
        return number
    row = own.attributes.get("table"), own.attributes.get("row")
    while number:
        above = lines[number - 1].piece
        if above.kind != "cell" or (above.attributes.get("table"), above.attributes.get("row")) != row:
            break
        number -= 1
    return number


def _is_title_bound(known: Metadata, options: Mapping[str, OptionValue]) -> bool:
    """Tell whether the line that shows the document's title, which is not in its body, begins an article."""
    return way_of(options) == PATTERN and is_bound(known.title or "", line_pattern(options), PATTERN)


def _stretches(lines: Sequence[_Line], bounds: Sequence[int], way: str) -> list[_Stretch]:
    """Return the lines of each article; what says nothing by itself goes with the article beside it."""
    at_lines = {number for number in bounds if way not in (HEADINGS, PAGES) and lines[number].piece.kind != "cell"}
    parting = only_parting([lines[number].piece.text.strip() for number in at_lines])
    between = {number for number in at_lines if lines[number].piece.text.strip() in parting}
    found: list[_Stretch] = []
    above: list[_Line] = []
    for start, end in pairwise(sorted({0, *bounds, len(lines)})):
        stretch = list(lines[start:end])
        if start in between:
            stretch[:1] = _left_out(stretch[0])
        elif start in bounds:
            stretch = _put_back(stretch)
        if any(line.speaks for line in stretch):
            found.append(_Stretch([*above, *stretch], start not in bounds))
            above = []
        elif found:
            found[-1].lines += stretch
        else:
            above += stretch
    if len(found) > 1 and found[0].first:
        found[0].is_foreword = between != set(bounds) or found[0].beginning() != found[1].beginning()
    return _with_footnotes(found)


def _left_out(parting: _Line) -> Iterator[_Line]:
    """Yield a line that only stands between two articles as one that is left out, where it has words."""
    piece = parting.piece
    if parting.aside is not None:
        yield parting
    elif has_words(piece.text):
        yield _Line(piece, aside=LeftOut("other", piece.text, 0, piece.kind, piece.attributes, piece.runs))


def _put_back(stretch: Sequence[_Line]) -> list[_Line]:
    """Return the lines of an article with the one that begins it in its body, and all where nothing else is there."""
    first, *rest = stretch
    if any(line.speaks for line in rest):
        return [*_as_blocks(first), *rest]
    return [block for line in stretch for block in _as_blocks(line)]


def _as_blocks(line: _Line) -> Iterator[_Line]:
    if line.aside is None:
        yield line
        return
    texts = line.piece.text.split("\n")
    for text in texts:
        yield _Line(replace(line.piece, text=text, runs=line.piece.runs if len(texts) == 1 else ()))


def _with_footnotes(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Return stretches with the notes of a document, which stand at its end, where their signs are.

    A note whose sign is not found stands where its page ends.
    """
    signed: dict[tuple[str, str], _Stretch] = {}
    last: dict[str, _Stretch] = {}
    above: dict[str, str] = {}  # a block may begin on the page before that of its sign
    page = ""
    for stretch in stretches:
        for line in stretch.lines:
            if line.footnote is None:
                above.setdefault(line.page, page)
                page = line.page
                last[page] = stretch
                for sign in line.signs():
                    signed.setdefault((page, sign), stretch)
    for stretch in stretches:
        notes = [line for line in stretch.lines if line.footnote is not None]
        rest = [line for line in stretch.lines if line.footnote is None]
        if not notes or not any(line.speaks for line in rest):
            continue
        stretch.lines = rest
        for line in notes:
            sign = line.footnote or ""
            found = signed.get((line.page, sign)) or signed.get((above.get(line.page, ""), sign))
            (found or last.get(line.page, stretch)).lines.append(line)
    return list(stretches)


def _articles(draft: Draft, stretches: Sequence[_Stretch]) -> list[Draft | Unread]:
    """Return the articles of a document; one that is all of it stays as it is.

    What else a document says of itself stays with its first article.
    """
    if len(stretches) < 2:
        return [draft]
    made = [_article(draft, stretch) for stretch in stretches]
    of_all = _of_whole(draft.metadata, apart=made[0][0].metadata.title != draft.metadata.title)
    found: list[Draft | Unread] = []
    numbers: list[Sequence[int]] = []
    for number, (article, kept) in enumerate(made, 1):
        name = part_name(number, article.metadata.title or "")
        part = f"{draft.part}/{name}" if draft.part else name
        if article.body.text.strip():
            of_first = {} if numbers else draft.details
            numbers.append(kept)
            found.append(replace(article, details={**of_first, **article.details, **of_all}, part=part))
        else:
            found.append(Unread(part, ImportFailed("This part holds no text.", "Look at where the file is split.")))
    marked = iter(shared_out(draft, [one for one in found if isinstance(one, Draft)], numbers))
    return [next(marked) if isinstance(one, Draft) else one for one in found]


def _of_whole(known: Metadata, *, apart: bool) -> Details:
    """Return what each article tells of its document; what is ``apart`` is said of the document and of no article.

    The address of the document is that of no article, which would be taken for a new version of another.
    """
    said = {"address": known.address}
    if apart:
        title = known.title if known.origins.get("title") is Origin.STATED else None
        said |= {"title": title, "byline": known.byline, "published": str(known.published or "")}
    return {f"document_{name}": value for name, value in said.items() if value}


def _head(stretch: _Stretch, pieces: Sequence[Piece], known: Metadata) -> Head:
    """Return what is known of an article that has these blocks, of a document of which this is ``known``."""
    if stretch.is_foreword:
        return read_foreword(pieces, known)
    head = read_head(pieces, known)
    return opening(head, known) if stretch.first and head.metadata.origins.get("title") is not Origin.STATED else head


def _article(draft: Draft, stretch: _Stretch) -> tuple[Draft, Sequence[int]]:
    """Return an article without its marks, and the numbers that its blocks have in the document; -1: none."""
    shown = [number for number, line in enumerate(stretch.lines) if line.speaks]
    head = _head(stretch, [stretch.lines[number].piece for number in shown], draft.metadata)
    gone = {shown[number] for number in head.taken}
    aside = {shown[number] for number in head.aside}
    kept: list[_Line] = []
    left_out: list[LeftOut] = []
    for number, line in enumerate(stretch.lines):
        piece = line.piece
        if line.aside is not None:
            left_out.append(replace(line.aside, before=len(kept)))
        elif number in aside:
            left_out.append(LeftOut("other", piece.text, len(kept), piece.kind, piece.attributes, piece.runs))
        elif number not in gone:
            kept.append(line)
    body = Body.of(line.piece for line in kept)
    used = {line.piece.attributes.get("picture") for line in kept}
    used |= {piece.attributes.get("picture") for piece in left_out}
    article = replace(
        draft,
        body=body,
        metadata=head.metadata,
        left_out=tuple(left_out),
        details=head.details,
        marks=(),
        pictures={digest: data for digest, data in draft.pictures.items() if digest in used},
        gauge=None,
    )
    return article, [line.number for line in kept]
