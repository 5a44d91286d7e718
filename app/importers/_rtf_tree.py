"""The paragraphs of an RTF file as a tree of HTML, which the one reader of HTML makes blocks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from app.importers import _points
from app.importers._noted import Noted
from app.importers._rtf_state import Grid, Paragraph, Stretch
from app.loading import load
from app.text.html_reader import NOTE_SIGN

if TYPE_CHECKING:
    from lxml import etree

_TAGS: Final[Mapping[str, str]] = {
    "quote": "blockquote", "caption": "figcaption", "code": "pre", "title": "h1",
    **{f"heading {level}": f"h{min(level, 6)}" for level in range(1, 10)},
}  # fmt: skip
_ORDER: Final = ("code", "strong", "em", "sup")
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what no tree can hold
_SPLIT: Final = re.compile("([\n])")


def tree(
    blocks: Iterable[Paragraph | Grid], notes: Sequence[Sequence[Paragraph]], noted: list[Noted]
) -> etree._Element:
    """Return the tree; stretches of one colour are added to ``noted``, and points put round them."""
    builder = _Builder(noted)
    builder.build.start("div", {})
    for block in blocks:
        if isinstance(block, Grid):
            builder.grid(block)
        else:
            builder.paragraph(block)
    if notes:
        builder.build.start("ol", {})
        for number, note in enumerate(notes, 1):
            builder.build.start("li", {NOTE_SIGN: f"[{number}]"})
            for paragraph in note:
                builder.paragraph(paragraph)
            builder.build.end("li")
        builder.build.end("ol")
    builder.build.end("div")
    root: etree._Element = builder.build.close()
    return root


class _Builder:
    def __init__(self, noted: list[Noted]) -> None:
        self.build: Any = load("lxml.etree").TreeBuilder()
        self._noted = noted

    def paragraph(self, paragraph: Paragraph) -> None:
        """Add a paragraph; an item stands in as many lists as it is deep."""
        contents = ("nav",) if paragraph.kind == "contents" else ()
        lists = (*contents, *("ol" if paragraph.ordered else "ul",) * paragraph.depth)
        tag = "li" if paragraph.depth else _TAGS.get(paragraph.kind, "p")
        for name in lists:
            self.build.start(name, {})
        self.build.start(tag, {})
        self._stretches(paragraph.stretches, () if tag in _TAGS.values() and tag[0] == "h" else _ORDER)
        self.build.end(tag)
        for name in lists:
            self.build.end(name)

    def grid(self, grid: Grid) -> None:
        """Add a table."""
        self.build.start("table", {})
        for number, row in enumerate(grid.rows):
            tag = "th" if number in grid.heads else "td"
            self.build.start("tr", {})
            for cell in row:
                self.build.start(tag, {})
                for paragraph in cell:
                    self.paragraph(paragraph)
                self.build.end(tag)
            self.build.end("tr")
        self.build.end("table")

    def _stretches(self, stretches: Sequence[Stretch], allowed: Sequence[str]) -> None:
        """Add the text of a paragraph; what is set alike from one stretch to the next is one run."""
        opened: list[tuple[str, str]] = []
        colour = ""
        for stretch in (*stretches, Stretch("")):
            if stretch.colour != colour and colour:
                self.build.data(_points.end(len(self._noted) - 1))
            wanted = [("a", stretch.link)] if stretch.link else []
            wanted += [(tag, "") for tag in _ORDER if tag in stretch.tags and tag in allowed]
            same = sum(1 for _ in _alike(opened, wanted))
            while len(opened) > same:
                self.build.end(opened.pop()[0])
            for tag, address in wanted[same:]:
                self.build.start(tag, {"href": _fit(address)} if address else {})
                opened.append((tag, address))
            if stretch.colour != colour and stretch.colour:
                self._noted.append(Noted((stretch.colour,)))
                self.build.data(_points.begin(len(self._noted) - 1))
            colour = stretch.colour
            self._say(stretch)

    def _say(self, stretch: Stretch) -> None:
        if stretch.image:
            self._empty("img", {"src": stretch.image, "alt": _fit(stretch.alt)})
        for part in _SPLIT.split(_fit(stretch.text)):
            if part == "\n":
                self._empty("br", {})
            elif part:
                self.build.data(part)

    def _empty(self, tag: str, attributes: dict[str, str]) -> None:
        self.build.start(tag, attributes)
        self.build.end(tag)


def _fit(text: str) -> str:
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def _alike(opened: Sequence[tuple[str, str]], wanted: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Yield what stands the same at the beginning of both."""
    for one, other in zip(opened, wanted, strict=False):
        if one != other:
            return
        yield one
