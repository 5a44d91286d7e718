"""A body as paragraphs, lists and tables of a printed document, with its marks as shades and comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from app.exporters._blocks import families, marks_by_block, runs_by_block
from app.exporters._composition import Begin, Block, Comment, End, Inline, Listing, Paragraph, Picture, Stretch, Table
from app.exporters._markdown_body import is_link
from app.exporters._picture_size import size_of
from app.exporters._shading import Shade, Shades
from app.pictures import kind_of
from app.text.addresses import whole_address
from app.text.body import Block as Line
from app.text.body import Body, Run, clean_line
from app.text.directions import begins_at_right, is_rightward
from app.text.ranges import Span

_NO_PICTURES: Final[Mapping[str, bytes]] = MappingProxyType({})
_DEEPEST_ITEM: Final = 9
# The order of what begins and ends at one place.
_ENDS: Final = 0
_BEGINS: Final = 1
_ENDS_AT_ONCE: Final = 2
_UNSAFE: Final = re.compile(r'[\x00-\x20<>"{}|\\^`\[\]\x7f]')
_STRESSED: Final[Mapping[str, str]] = {"heading": "strong", "quote": "emphasis", "code": "code"}
_STYLES: Final[Mapping[str, str]] = {"quote": "quote", "code": "code", "caption": "caption", "callout": "callout"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlight on its way into the document: its span, the ids of its themes, what is noted on it."""

    span: Span
    themes: tuple[str, ...] = ()
    comment: Comment | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a body is set like: the style of its paragraphs, the level its headings begin at, language, pictures.

    With level 0 its headings are none of the document's: those of a note are strong paragraphs. ``kinds`` are the
    kinds of pictures that the format can hold.
    """

    style: str = "body"
    level: int = 0
    language: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=lambda: _NO_PICTURES)
    kinds: frozenset[str] = frozenset()


class Flow:
    """The blocks of one body."""

    def __init__(self, body: Body, setting: Setting, marks: Sequence[Mark] = (), shades: Shades | None = None) -> None:
        """Take a body and the marks on it; ``shades`` are needed where there are marks."""
        self._body = body
        self._setting = setting
        self._marks = marks
        self._shades = shades
        self._runs = runs_by_block(body)
        self._flat = marks_by_block(body, [mark.span for mark in marks])
        self._edges: dict[int, list[tuple[int, int, Inline]]] = {}
        for mark in marks:
            if mark.comment is not None:
                self._place(mark.span, mark.comment)
        levels = [int(block.attributes.get("level", 1)) for block in body.blocks if block.kind == "heading"]
        self._top = min(levels, default=1)

    def blocks(self) -> Iterator[tuple[Block, Sequence[int]]]:
        """Yield the blocks, each with the numbers of the marks that begin in it."""
        begun = sorted(range(len(self._marks)), key=lambda index: self._marks[index].span, reverse=True)
        for members in families(self._body.blocks):
            end = self._body.blocks[members[-1]].end
            made = list(self._family(members))
            fresh = []
            while begun and self._marks[begun[-1]].span[0] <= end:
                fresh.append(begun.pop())
            yield from ((block, ()) for block in made[:-1])
            if made:
                yield made[-1], fresh

    def passage(self, span: Span) -> Iterator[tuple[Sequence[Stretch], str]]:
        """Yield the lines of a passage, each with its text; those of pictures are left out."""
        number = self._body.block_number(span[0])
        blocks = self._body.blocks
        while number < len(blocks) and blocks[number].start < span[1]:
            start, end = max(span[0], blocks[number].start), min(span[1], blocks[number].end)
            text = self._body.text[start:end]
            if blocks[number].kind != "image" and text.strip():
                inlines = self._stretches(number, start, end)
                yield [one for one in inlines if isinstance(one, Stretch)], text
            number += 1

    def _place(self, span: Span, comment: Comment) -> None:
        """Note where a comment begins and ends: inside one cell, or outside tables, for no program spans more."""
        first = self._body.block_number(span[0])
        last = self._body.block_number(max(span[0], span[1] - 1))
        blocks = self._body.blocks
        for number in range(first + 1, last + 1):
            if "cell" in (blocks[first].kind, blocks[number].kind):
                last = number - 1
                break
        end = min(span[1], blocks[last].end)
        self._edges.setdefault(first, []).append((span[0], _BEGINS, Begin(comment)))
        # Of a line break alone nothing is left to reach over.
        self._edges.setdefault(last, []).append((end, _ENDS if span[0] < end else _ENDS_AT_ONCE, End(comment)))

    def _family(self, members: Sequence[int]) -> Iterator[Block]:
        block = self._body.blocks[members[0]]
        if block.kind == "item":
            yield self._list(members)
        elif block.kind == "cell":
            yield self._table(members)
        elif block.kind == "callout":
            yield from closed(self._callout(members))
        elif block.kind == "code":
            yield from closed(map(self._single, members))
        else:
            yield from map(self._single, members)

    def _single(self, number: int) -> Paragraph:
        block = self._body.blocks[number]
        if block.kind == "image":
            return self._image(number, block)
        if block.kind == "heading" and self._setting.level:
            return self._heading(number, block)
        if self._setting.style != "body" and block.kind in _STRESSED:
            return self._stressed(number, _STRESSED[block.kind])
        if block.kind == "rule":
            return Paragraph("rule", self._inlines(number))
        if block.kind == "code":
            return Paragraph("code", self._inlines(number))
        return self._paragraph(number, _STYLES.get(block.kind, self._setting.style))

    def _paragraph(self, number: int, style: str, level: int = 0, *, ordered: bool = False) -> Paragraph:
        block = self._body.blocks[number]
        rightward = is_rightward(self._body.text[block.start : block.end])
        return Paragraph(style, self._inlines(number), level, ordered, rightward, self._setting.language)

    def _stressed(self, number: int, kind: str) -> Paragraph:
        """Return what would have a style of its own in a text: in a note it is set as the rest, but stressed."""
        made = self._paragraph(number, self._setting.style)
        stretches = (one for one in made.inlines if isinstance(one, Stretch))
        return replace(made, inlines=[one._replace(kinds=(*one.kinds, kind)) for one in stretches])

    def _heading(self, number: int, block: Line) -> Paragraph:
        level = self._setting.level + int(block.attributes.get("level", 1)) - self._top
        return self._paragraph(number, "heading", min(6, max(1, level)))

    def _image(self, number: int, block: Line) -> Paragraph:
        alt = " ".join(clean_line(str(block.attributes.get("alt", ""))).split())
        digest = str(block.attributes.get("picture", ""))
        data = self._setting.pictures.get(digest, b"")
        kind, size = kind_of(data) or "", size_of(data)
        opened, closed = self._around(number)
        if size is None or kind not in self._setting.kinds:
            shade = self._shade(self._flat[number][0][2]) if number in self._flat else None
            words = Stretch(f"Image: {alt}" if alt else "Image", ("emphasis",), shade=shade)
            return Paragraph("caption", [*opened, words, *closed], rightward=is_rightward(alt))
        return Paragraph("picture", [*opened, Picture(digest, kind, alt, *size), *closed])

    def _around(self, number: int) -> tuple[list[Inline], list[Inline]]:
        edges = self._edges.get(number, ())
        return [one for _, order, one in edges if order == _BEGINS], [
            one for _, order, one in edges if order != _BEGINS
        ]

    def _callout(self, members: Sequence[int]) -> Iterator[Paragraph]:
        """Yield a call-out; the reader of HTML keeps its title as the first of its paragraphs."""
        block = self._body.blocks[members[0]]
        label = clean_line(str(block.attributes.get("label", "") or "")).strip()
        is_titled = bool(label) and self._body.text[block.start : block.end] == label
        if is_titled:
            yield self._paragraph(members[0], "callout title")
        for number in members[is_titled:]:
            yield self._paragraph(number, "callout")

    def _list(self, members: Sequence[int]) -> Listing:
        items: list[Paragraph] = []
        depth = 0
        for number in members:
            attributes = self._body.blocks[number].attributes
            depth = min(max(1, int(attributes.get("depth", 1))), depth + 1, _DEEPEST_ITEM)
            style = "item" if self._setting.style == "body" else f"{self._setting.style} item"
            items.append(self._paragraph(number, style, depth, ordered=bool(attributes.get("ordered"))))
        return Listing(items)

    def _table(self, members: Sequence[int]) -> Table:
        rows: dict[int, dict[int, list[Paragraph]]] = {}
        headed: dict[int, bool] = {}
        for number in members:
            attributes = self._body.blocks[number].attributes
            row, column = int(attributes.get("row", 0)), int(attributes.get("column", 0))
            header = bool(attributes.get("header"))
            headed[row] = headed.get(row, True) and header
            rows.setdefault(row, {}).setdefault(column, []).append(
                self._paragraph(number, "cell title" if header else "cell")
            )
        columns = sorted({column for cells in rows.values() for column in cells})
        empty = [Paragraph("cell", ())]
        headers = next((place for place, row in enumerate(sorted(rows)) if not headed[row]), len(rows))
        cells = [[rows[row].get(column, empty) for column in columns] for row in sorted(rows)]
        start, end = self._body.blocks[members[0]].start, self._body.blocks[members[-1]].end
        if not begins_at_right(self._body.text, start, end):
            return Table(cells, headers)
        sided = [[[replace(one, at_right=not one.rightward) for one in cell] for cell in row] for row in cells]
        return Table(sided, headers, rightward=True)

    def _inlines(self, number: int) -> Sequence[Inline]:
        block = self._body.blocks[number]
        if number not in self._runs and number not in self._flat and number not in self._edges:
            text = self._body.text[block.start : block.end]
            return (Stretch(text),) if text else ()
        return list(self._stretches(number, block.start, block.end))

    def _stretches(self, number: int, first: int, last: int) -> Iterator[Inline]:
        """Yield the text between two places of a block, with the ends and beginnings of comments between."""
        runs, flat = self._runs.get(number, ()), self._flat.get(number, ())
        edges = sorted(self._edges.get(number, ()), key=lambda edge: edge[:2], reverse=True)
        cuts = {first, last, *(edge[0] for edge in edges)}
        for span in (*((run.start, run.end) for run in runs), *(part[:2] for part in flat)):
            cuts.update(span)
        for start, end in pairwise(sorted(cut for cut in cuts if first <= cut <= last)):
            while edges and edges[-1][0] <= start:
                yield edges.pop()[2]
            over = [run for run in runs if run.start <= start and end <= run.end]
            marks = next((covering for begin, stop, covering in flat if begin <= start and end <= stop), ())
            yield Stretch(
                self._body.text[start:end],
                tuple(run.kind for run in over if run.kind != "link"),
                next((link for run in over if run.kind == "link" and (link := address_of(run))), ""),
                self._shade(marks) if marks else None,
            )
        while edges:
            yield edges.pop()[2]

    def _shade(self, covering: Sequence[int]) -> Shade | None:
        if self._shades is None:
            return None
        return self._shades.of(uid for index in covering for uid in self._marks[index].themes)


def closed(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks that stand together; the last one ends them."""
    waiting: Block | None = None
    for block in blocks:
        if waiting is not None:
            yield waiting
        waiting = block
    if isinstance(waiting, Listing):
        yield Listing([*waiting.items[:-1], replace(waiting.items[-1], closing=True)])
    elif isinstance(waiting, Paragraph):
        yield replace(waiting, closing=True)
    elif waiting is not None:
        yield waiting


def address_of(run: Run) -> str:
    """Return the address of a link that a reader may follow, otherwise ``""``."""
    return followed(str(run.attributes.get("address", "")))


def followed(address: str) -> str:
    """Return an address that a reader may follow as a file can name it, ``""`` for any other.

    Word refuses a whole document for one character that no address may hold (RFC 3986, section 2).
    """
    whole = clean_line(whole_address(address))
    return _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", whole) if is_link(whole) else ""
