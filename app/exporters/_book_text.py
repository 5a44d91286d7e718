"""A body with marks as well-formed XHTML for a book (EPUB 3.3), with references to notes at the ends of passages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Final

from app.exporters._flow import Items, Line, Section, Stretch, flow, items, rows, titled
from app.exporters._notes import note_body
from app.text.body import clean_line

_ELEMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "strong": ("<strong>", "</strong>"), "emphasis": ("<em>", "</em>"), "struck": ("<s>", "</s>"),
    "superscript": ("<sup>", "</sup>"),
    "promotion": ('<span class="promotion">', "</span>"), "code": ("<code>", "</code>"),
}  # fmt: skip
_DEEPEST: Final = 6

_ILLEGAL: Final = re.compile(r'[\x00-\x20\x7f"<>\\^`{|}\[\]]')

Ends = Callable[[int], str]
Classes = Callable[[Sequence[int]], str]
Shown = Callable[[str], str]


def said(words: str) -> str:
    """Return words on one line as XHTML, between elements or in an attribute."""
    return escape(clean_line(words))


def side(rtl: bool, around: bool = False) -> str:
    """Return the attribute that says which way an element runs; ``around``: what it stands in runs right to left."""
    return ' dir="rtl"' if rtl else ' dir="ltr"' if around else ""


def href(address: str) -> str:
    """Return an address as an attribute; what no address may hold (WHATWG URL, 1.3) is percent-encoded."""
    return escape(_ILLEGAL.sub(lambda match: f"%{ord(match[0]):02X}", address))


def note_xhtml(note: str) -> str:
    """Return a note, which is Markdown from anywhere, as blocks: HTML in it is text."""
    if not note.strip():
        return ""
    return BookText(top=4).all(flow(note_body(note)))


def boxed(css: str, note: str) -> str:
    """Return what is written in Markdown in a box of a class; nothing of nothing."""
    return f'<div class="{css}">{note_xhtml(note)}</div>' if note.strip() else ""


class BookText:
    """The writer of sections.

    A heading of level 1 becomes ``<h{top}>``. ``classes`` names the class of a stretch under marks, ``ends`` gives what
    stands after a passage, ``shown`` where a picture lies in the book (``""``: it does not), by its SHA-256.
    """

    def __init__(
        self,
        top: int,
        classes: Classes = lambda _marks: "",
        ends: Ends = lambda _mark: "",
        shown: Shown = lambda _digest: "",
    ) -> None:
        """Take what the book knows about marks and pictures."""
        self._top = top
        self._classes = classes
        self._ends = ends
        self._shown = shown

    def all(self, sections: Iterable[Section]) -> str:
        """Return sections one after the other."""
        return "\n".join(filter(None, map(self.section, sections)))

    def section(self, section: Section) -> str:
        """Return lines that belong together; nothing for an empty paragraph."""
        first, kind = section.lines[0], section.kind
        if kind == "item":
            return "".join(map(self._list, items(section.lines)))
        if kind == "cell":
            return self._table(section)
        if kind == "code":
            return f"<pre><code>{chr(10).join(map(self._inner, section.lines))}</code></pre>"
        if kind == "quote":
            return f"<blockquote{side(section.rtl)}>{self._paragraphs(section.lines, section.rtl)}</blockquote>"
        if kind == "callout":
            title, rest = titled(section)
            head = f'<p class="title"{side(title.rtl)}>{self._inner(title)}</p>' if title else ""
            return f'<div class="callout">{head}{self._paragraphs(rest)}</div>'
        if kind == "rule":
            return "<hr/>"
        if kind == "image":
            return self._image(first)
        return self._single(kind, first)

    def _single(self, kind: str, line: Line) -> str:
        if not line.text.strip():
            return ""
        if kind == "heading":
            level = min(_DEEPEST, self._top + max(1, int(line.attributes.get("level", 1))) - 1)
            return f"<h{level}{side(line.rtl)}>{self._inner(line)}</h{level}>"
        css = ' class="caption"' if kind == "caption" else ""
        return f"<p{css}{side(line.rtl)}>{self._inner(line)}</p>"

    def _paragraphs(self, lines: Iterable[Line], around: bool = False) -> str:
        return "".join(f"<p{side(line.rtl, around)}>{self._inner(line)}</p>" for line in lines)

    def _list(self, one: Items, around: bool = False) -> str:
        tag = "ol" if one.ordered else "ul"
        rtl = one.items[0][0].rtl
        entries = []
        for line, lists in one.items:
            below = "".join(self._list(inner, line.rtl) for inner in lists)
            entries.append(f"<li{side(line.rtl, rtl)}>{self._inner(line)}{below}</li>")
        return f"<{tag}{side(rtl, around)}>{''.join(entries)}</{tag}>"

    def _table(self, section: Section) -> str:
        lines = ("".join(self._cell(cell, section.rtl) for cell in row) for row in rows(section.lines))
        return f"<table{side(section.rtl)}>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"

    def _cell(self, lines: Sequence[Line], around: bool) -> str:
        if not lines:
            return "<td></td>"
        tag = "th" if lines[0].attributes.get("header") else "td"
        return f"<{tag}{side(lines[0].rtl, around)}>{'<br/>'.join(map(self._inner, lines))}</{tag}>"

    def _image(self, line: Line) -> str:
        (stretch,) = line.stretches
        alt = " ".join(str(line.attributes.get("alt", "")).split())
        place = self._shown(str(line.attributes.get("picture", "")))
        drawn = f'<img src="{place}" alt="{said(alt)}"/>' if place else said(f"Image: {alt}" if alt else "Image")
        return f'<p class="{"picture" if place else "image"}">{self._marked(stretch, drawn)}{self._after(stretch)}</p>'

    def _inner(self, line: Line | None) -> str:
        """Return the stretches of a line: a link is one thing however many marks lie across it."""
        parts = []
        for address, group in groupby(line.stretches if line else (), key=lambda stretch: stretch.address):
            members = list(group)
            inner = "".join(self._stretch(one) + ("" if address else self._after(one)) for one in members)
            after = "".join(map(self._after, members)) if address else ""
            parts.append(f'<a href="{href(address)}">{inner}</a>{after}' if address else inner)
        return "".join(parts)

    def _stretch(self, stretch: Stretch) -> str:
        html = escape(stretch.text, quote=False)
        for style in reversed(stretch.styles):
            opening, closing = _ELEMENTS[style]
            html = f"{opening}{html}{closing}" if html else ""
        return self._marked(stretch, html)

    def _marked(self, stretch: Stretch, html: str) -> str:
        return f'<mark class="{self._classes(stretch.marks)}">{html}</mark>' if stretch.marks and html else html

    def _after(self, stretch: Stretch) -> str:
        return "".join(map(self._ends, stretch.ends))
