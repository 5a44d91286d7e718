"""The blocks of Markdown as CommonMark, GitHub and Obsidian make them of its lines; the library reads what is in them.

The library asks for an empty line before a list or a code block, and for four spaces before what lies in an item. Here
lines are taken one by one, as https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy describes: the containers
that a line belongs to go on, new ones open, and what is left of the line goes to a leaf.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.tables import TableProcessor
from markdown.util import AtomicString, code_escape

REPLACED: Final = ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote")
"""The library's own readers of blocks in whose place :class:`Lines` is."""

_LEAF: Final = "leaf"
_DEEPEST: Final = 100  # containers in one another; the signs of more are text
_CODE_INDENT: Final = 4  # spaces
_SIGNS: Final = frozenset(">#`~-+*_=|:[0123456789")  # what begins a line that is more than text

_QUOTE: Final = re.compile(r" {0,3}> ?")
_HEADING: Final = re.compile(r" {0,3}(?P<signs>#{1,6})(?: +|$)(?P<text>.*)")
_CLOSING: Final = re.compile(r"(?:^| )#+ *$")
_UNDERLINE: Final = re.compile(r" {0,3}(?P<sign>=+|-+) *$")
_RULE: Final = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
_FENCE: Final = re.compile(r"(?P<indent> {0,3})(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_ITEM: Final = re.compile(r"(?P<mark> {0,3}(?:(?P<number>\d{1,9})(?P<point>[.)])|(?P<bullet>[-+*])))(?P<spaces> +|$)")
_DELIMITERS: Final = re.compile(r"(?=[^|]*\|) {0,3}\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$")
_FOOTNOTE: Final = re.compile(r" {0,3}\[\^[^\]]+\]:")
_BROKEN: Final = re.compile(r"(?<!\\)((?:\\\\)*)\\\n")
_OUTER: Final = re.compile(r"^\|| *(?<!\\)(?:\\\\)*\|$")
_EMPTY_LINES: Final = re.compile(r"\n\n+")


class Lines(BlockProcessor):
    """Reads all of a text, or of a footnote; paragraphs go back to the library for its footnotes and references."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self._tables = TableProcessor(parser, {"use_align_attribute": False})

    def test(self, _parent: Element, _block: str) -> bool:
        """Return whether there are lines to be read yet."""
        return not self.parser.state.isstate(_LEAF)

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Read all that there is."""
        text = "\n\n".join(blocks)
        blocks.clear()
        self.parser.state.set(_LEAF)
        try:
            reading = _Reading(parent, self.parser if parent is self.parser.root else None, self._tables)
            for line in text.split("\n"):
                reading.take(line)
            reading.finish()
        finally:
            self.parser.state.reset()


class _Kind(Enum):
    """What the lines of the open leaf become."""

    NOTHING = auto()
    PARAGRAPH = auto()
    TABLE = auto()
    FENCED = auto()
    INDENTED = auto()
    FOOTNOTE = auto()


@dataclass
class _Box:
    """A container that is open: the text itself, a quotation, or an item of a list.

    ``indent`` is how many spaces a line of the item begins with. ``series`` is the latest list in it, with its sign.
    """

    element: Element
    indent: int | None = None
    series: tuple[str, Element] | None = None


class _Reading:
    """What is open while the lines of one text are taken; a footnote has no ``parser`` for footnotes of its own."""

    def __init__(self, root: Element, parser: BlockParser | None, tables: TableProcessor) -> None:
        self._boxes = [_Box(root)]
        self._parser = parser
        self._tables = tables
        self._kind = _Kind.NOTHING
        self._lines: list[str] = []
        self._fence = ("", 0)  # its signs, and the spaces before it

    def take(self, line: str) -> None:
        """Take the next line."""
        if self._kind == _Kind.FOOTNOTE and self._is_of_footnote(line):
            self._lines.append(line)
            return
        rest, known = self._within(line)
        if known == len(self._boxes) and self._is_of_code(rest):
            return
        while (opened := self._opened(rest, known)) is not None:
            rest, known = opened, len(self._boxes)
        if not rest.strip(" "):
            self._close(known)
        elif not self._begins_leaf(rest, known):
            self._add(rest, known)

    def finish(self) -> None:
        """End what is still open."""
        self._close(1)

    def _within(self, line: str) -> tuple[str, int]:
        """Return what of a line lies in the containers that it belongs to, and how many these are."""
        for number, box in enumerate(self._boxes[1:], 1):
            if box.indent is None:
                sign = _QUOTE.match(line)
                if sign is None:
                    return line, number
                line = line[sign.end() :]
            elif not line.strip(" "):
                if self._kind == _Kind.NOTHING and len(box.element) == 0 and box is self._boxes[-1]:
                    return line, number  # an item begins with one empty line at most
            elif line.startswith(" " * box.indent):
                line = line[box.indent :]
            else:
                return line, number
        return line, len(self._boxes)

    def _is_of_code(self, line: str) -> bool:
        """Take a line of the code that is open, or the end of its fence."""
        if self._kind == _Kind.FENCED:
            signs, indent = self._fence
            end = _FENCE.match(line)
            if end and end["fence"].startswith(signs) and not line.strip(" ").strip(signs[0]):
                self._end_leaf()
            else:
                self._lines.append(line[min(indent, len(line) - len(line.lstrip(" "))) :])
            return True
        if self._kind == _Kind.INDENTED and (not line.strip(" ") or line.startswith(" " * _CODE_INDENT)):
            self._lines.append(line[_CODE_INDENT:])
            return True
        return False

    def _is_of_footnote(self, line: str) -> bool:
        """Tell whether a line goes on with the footnote that is open: indented, or with its paragraph."""
        if not line.strip(" ") or line.startswith(" " * _CODE_INDENT):
            return True
        begins = any(sign.match(line) for sign in (_QUOTE, _HEADING, _FENCE, _RULE, _ITEM, _FOOTNOTE))
        return bool(self._lines[-1].strip(" ")) and not begins

    def _opened(self, line: str, known: int) -> str | None:
        """Open the container that a line begins, and return what of the line lies in it."""
        if line.lstrip(" ")[:1] not in _SIGNS or len(self._boxes) > _DEEPEST:
            return None
        if sign := _QUOTE.match(line):
            self._close(known)
            self._boxes.append(_Box(SubElement(self._boxes[-1].element, "blockquote")))
            return line[sign.end() :]
        item = _ITEM.match(line)
        if item is None or _RULE.match(line):
            return None
        text = line[item.end() :]
        interrupts = self._kind == _Kind.PARAGRAPH and known == len(self._boxes)
        if interrupts and (not text or int(item["number"] or 1) != 1):
            return None
        self._close(known)
        spaces = len(item["spaces"]) if text and len(item["spaces"]) <= _CODE_INDENT else 1
        indent = len(item["mark"]) + spaces
        self._boxes.append(_Box(SubElement(self._series(item["bullet"] or item["point"]), "li"), indent))
        return line[indent:]

    def _series(self, sign: str) -> Element:
        """Return the list that an item with this sign belongs to: the one just before it, or a new one."""
        box = self._boxes[-1]
        if box.series is None or box.series[0] != sign or box.element[-1] is not box.series[1]:
            box.series = sign, SubElement(box.element, "ol" if sign in ".)" else "ul")
        return box.series[1]

    def _begins_leaf(self, line: str, known: int) -> bool:
        """Begin what a line begins that is no paragraph, or end the paragraph that it makes something else of."""
        if line.startswith(" " * _CODE_INDENT):
            if self._kind == _Kind.PARAGRAPH:
                return False
            self._begin(_Kind.INDENTED, line[_CODE_INDENT:], known)
        elif line.lstrip(" ")[:1] not in _SIGNS:
            return False
        elif self._kind == _Kind.PARAGRAPH and known == len(self._boxes) and self._changes_paragraph(line):
            pass
        elif heading := _HEADING.match(line):
            self._close(known)
            self._put(f"h{len(heading['signs'])}", _CLOSING.sub("", heading["text"].rstrip(" ")))
        elif fence := _FENCE.match(line):
            self._begin(_Kind.FENCED, None, known)
            self._fence = fence["fence"], len(fence["indent"])
        elif _RULE.match(line):
            self._close(known)
            self._put("hr")
        elif known == 1 and self._parser is not None and _FOOTNOTE.match(line):
            self._begin(_Kind.FOOTNOTE, line, known)
        else:
            return False
        return True

    def _changes_paragraph(self, line: str) -> bool:
        """Make a heading of the paragraph that a line underlines, or a table of its last line."""
        if underline := _UNDERLINE.match(line):
            text = _paragraph(self._lines)
            self._kind = _Kind.NOTHING
            self._put("h1" if underline["sign"][0] == "=" else "h2", text)
            return True
        head = self._lines[-1]
        if "|" in head and _DELIMITERS.match(line) and self._tables.test(self._boxes[-1].element, _rows((head, line))):
            del self._lines[-1]
            self._begin(_Kind.TABLE, head, len(self._boxes))
            self._lines.append(line)
            return True
        return False

    def _add(self, line: str, known: int) -> None:
        """Add a line to the paragraph or table that is open, from outside of its containers too, or begin one."""
        if self._kind == _Kind.PARAGRAPH or (self._kind == _Kind.TABLE and known == len(self._boxes)):
            self._lines.append(line)
        else:
            self._begin(_Kind.PARAGRAPH, line, known)

    def _begin(self, kind: _Kind, line: str | None, known: int) -> None:
        self._close(known)
        self._kind = kind
        self._lines = [] if line is None else [line]

    def _close(self, known: int) -> None:
        """End the leaf that is open, and the containers beyond the first ``known``."""
        self._end_leaf()
        del self._boxes[known:]

    def _put(self, tag: str, text: str = "") -> None:
        SubElement(self._boxes[-1].element, tag).text = text.strip()

    def _end_leaf(self) -> None:
        kind, lines, parent = self._kind, self._lines, self._boxes[-1].element
        self._kind, self._lines = _Kind.NOTHING, []
        if kind in (_Kind.FENCED, _Kind.INDENTED):
            code = SubElement(SubElement(parent, "pre"), "code")
            code.text = AtomicString(code_escape("\n".join(lines).rstrip()) + "\n")
        elif kind == _Kind.TABLE:
            rows = _rows(lines)
            if self._tables.test(parent, rows):
                self._tables.run(parent, [rows])
        elif kind == _Kind.FOOTNOTE and self._parser is not None:
            self._parser.parseBlocks(parent, _EMPTY_LINES.split("\n".join(lines)))
        elif kind == _Kind.PARAGRAPH and lines:
            if self._parser is None:
                self._put("p", _paragraph(lines))
            else:
                self._parser.parseBlocks(parent, [_paragraph(lines)])


def _paragraph(lines: Sequence[str]) -> str:
    """Return the text of a paragraph, its breaks as the library knows them."""
    return _BROKEN.sub(r"\1  \n", "\n".join(line.lstrip(" ") for line in lines)).strip()


def _rows(lines: Sequence[str]) -> str:
    """Return the lines of a table with pipes at both ends, which may be there in one line and not in another."""
    return "\n".join(f"| {_OUTER.sub('', line.strip(' '))} |" for line in lines)
