"""HTML to blocks: what a browser would show of a tree, as pieces of a body. Pure, and safe on hostile nesting."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree

from app.text.addresses import LONGEST, full_address, safe_address
from app.text.body import Attributes, Piece, Run
from app.text.html_images import image_sources, is_formula, is_icon
from app.text.html_tables import Table, holds_data
from app.text.markup import parse

_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul", "caption",
})  # fmt: skip
_BOXES: Final = frozenset(("div", "p", "section", "article", "header", "footer", "nav", "aside", "main", "figure"))
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LISTS: Final = frozenset(("ul", "ol", "menu", "dir"))
_NEVER: Final = frozenset({
    "head", "script", "style", "template", "noscript", "iframe", "object", "embed", "canvas", "audio", "video",
    "input", "textarea", "datalist", "annotation", "map", "progress", "meter", "frame", "frameset",
})  # fmt: skip
# Skipped too, unless broken markup has put the article inside them.
_SELDOM: Final = frozenset(("form", "button", "select", "svg"))
_SELDOM_SEEN: Final = _NEVER | _SELDOM | {"dialog", etree.Comment, etree.ProcessingInstruction, etree.Entity}
_ALWAYS: Final = frozenset(("html", "body", "main", "article"))
STRUCK: Final = "note-struck"
"""An element of our own, for what is struck through in a note: what a page strikes through is text like any other."""

_RUNS: Final[Mapping[str, str]] = {
    "b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis", "cite": "emphasis", "dfn": "emphasis",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code", "sup": "superscript", "a": "link",
    STRUCK: "struck",
}  # fmt: skip
# All that make something of their text, or stand for something; the text of others is that of what is around them.
_FORMING: Final = _BLOCKS | _RUNS.keys() | {"br", "img", "hr", "q"}
_REGIONS: Final = frozenset(("nav", "header", "footer", "aside", "form"))
_UNSEEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-list\s*:\s*ignore", re.IGNORECASE)
# Word writes items of lists as paragraphs, with the sign before each in an element of its own.
_WORD_ITEM: Final = re.compile(r"mso-list\s*:\s*l\d+\s+level(?P<depth>[1-9])", re.IGNORECASE)
_WORD_SIGN: Final = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\s*\(?(?:\d{1,4}|[A-Za-z]{1,5})[.)]")
_UNSEEN_CLASSES: Final = frozenset((
    "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "footnote-back", "footnote-backref",
    "mw-editsection",
))  # fmt: skip
_CALLOUT_CLASSES: Final = frozenset(("callout", "admonition", "infobox", "info-box", "tip-box", "callout-box"))
# White space that a browser shows as one space; a single space is left alone, which is most of it.
_SPACE: Final = re.compile("[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+")
_BLANK: Final = " \t\n\r\f"
_LONGEST_CLASSES: Final = 1000  # characters

NOTE_SIGN: Final = "data-note-sign"
"""With this attribute an item of a list is a footnote, whose sign in the text is its value."""

Keep = Callable[[Mapping[str, str]], str | None]
"""Keeps the picture of an image element with these attributes and returns its SHA-256; ``None`` when it has none."""


@dataclass(slots=True)
class Part:
    """A piece, and the region of the page it lies in: ``nav``, ``header``, ``footer``, ``aside``, ``form`` or none.

    ``place`` is the innermost block element that holds it.
    """

    piece: Piece
    region: str = ""
    place: etree._Element | None = None


def read_html(markup: str, base: str = "") -> list[Piece]:
    """Return the visible blocks of a page or a fragment. ``base`` is the address that relative links start from."""
    root = parse(markup)
    return [] if root is None else read_tree(root, base)


def read_tree(root: etree._Element, base: str = "") -> list[Piece]:
    """Return the visible blocks below ``root``, in order."""
    return [part.piece for part in read_parts(root, base)]


def read_parts(root: etree._Element, base: str = "", keep: Keep | None = None) -> list[Part]:
    """Return the visible blocks below ``root`` with the region each lies in; ``keep`` is asked for its pictures."""
    reader = _Reader(base, keep)
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped: etree._Element | None = None
    for event, element in walk:
        tag = element.tag
        if event == "start":
            names = element.keys()
            classes = _classes(element.get("class", "")[:_LONGEST_CLASSES]) if "class" in names else _PLAIN
            styled = "style" in names
            unseen = tag in _SELDOM_SEEN and not _is_seen(element, tag)
            if not unseen and tag not in _ALWAYS and (classes.unseen or styled or "hidden" in names):
                unseen = classes.unseen or "hidden" in names or _UNSEEN.search(element.get("style", "")) is not None
            if unseen:
                skipped = element
                walk.skip_subtree()
                continue
            if tag in _FORMING:
                reader.open(element, tag, classes.callout, styled)
            text = element.text
        else:
            if element is skipped:
                skipped = None
            elif tag in _FORMING:
                reader.close(element, tag)
            text = element.tail if element is not root else None
        if text:
            reader.add(text)
    reader.flush()
    return reader.parts


def _is_seen(element: etree._Element, tag: str) -> bool:
    """Tell whether an element that is seldom seen is: one that broken markup has put an article into, a dialog."""
    if tag == "dialog":
        names = element.keys()
        return "open" in names or not names
    return tag in _SELDOM and _holds_text(element)


def _holds_text(element: etree._Element) -> bool:
    """Tell whether broken markup has put an article into an element that has none."""
    return sum(1 for _ in zip(range(3), element.iter("p"), strict=False)) == 3


class _Classes(NamedTuple):
    """Whether classes of an element say that it is not seen, and that it is a call-out."""

    unseen: bool = False
    callout: bool = False


_PLAIN: Final = _Classes()


def _is_numbered(element: etree._Element) -> bool:
    """Tell whether the sign before an item of Word is a number or a letter."""
    signs = (inner for inner in element.iter("span") if _WORD_SIGN.search(inner.get("style", "")))
    sign = next(signs, None)
    return sign is not None and _NUMBER.match("".join(map(str, sign.itertext()))) is not None


@lru_cache(4096)
def _classes(names: str) -> _Classes:
    found = names.split()
    return _Classes(not _UNSEEN_CLASSES.isdisjoint(found), not _CALLOUT_CLASSES.isdisjoint(found))


@dataclass(slots=True)
class _Open:
    """A run that is open, and where its text began in the present line."""

    element: etree._Element
    kind: str
    attributes: Attributes
    start: int | None = None


class _Reader:
    """Collects text into lines and lines into parts while a tree is walked."""

    def __init__(self, base: str, keep: Keep | None) -> None:
        self.parts: list[Part] = []
        self._base = base
        self._keep = keep
        self._chunks: list[str] = []
        self._length = 0
        self._space = False
        self._runs: list[Run] = []
        self._open: list[_Open] = []
        self._frames: list[tuple[etree._Element, str, Attributes]] = []
        self._lists: list[bool] = []
        self._table: Table | None = None
        self._tables = 0
        self._code: list[str] | None = None
        self._regions: list[str] = []
        self._blocks: list[etree._Element] = []

    def open(self, element: etree._Element, tag: str, callout: bool, styled: bool) -> None:
        """Enter an element, which its classes may make a call-out and a style an item of a list."""
        if tag in _BLOCKS:
            if self._length:
                self.flush()
            self._space = False
            self._blocks.append(element)
            self._open_block(element, tag, callout, styled)
        elif tag == "br":
            self._break(element)
        elif tag == "img":
            self._image(element)
        elif tag == "hr":
            self.flush()
            self._emit(Piece("", "rule"))
        elif tag in _RUNS:
            self._open_run(element, _RUNS[tag])
        elif tag == "q":
            self.add("“")

    def close(self, element: etree._Element, tag: str) -> None:
        """Leave an element."""
        if tag in _BLOCKS:
            self._close_block(element, tag)
        elif self._open and self._open[-1].element is element:
            self._end_run(self._open.pop())
        elif tag == "q":
            self.add("”")

    def add(self, text: str) -> None:
        """Add text to the present line, with white space collapsed as a browser does; soft hyphens are not shown."""
        if self._code is not None:
            self._code.append(text)
            return
        if text.isspace() and text.isascii():
            self._space = True
            return
        if not text.isascii():
            text = text.replace("\N{SOFT HYPHEN}", "")
        words = text.strip(_BLANK)
        if not words:
            self._space = self._space or bool(text)
            return
        if "  " in words or not words.isprintable():
            words = _SPACE.sub(" ", words)
        if (self._space or text[0] in _BLANK) and self._length:
            words = " " + words
        start = self._length + (words[0] == " ")
        for run in self._open:
            if run.start is None:
                run.start = start
        self._chunks.append(words)
        self._length += len(words)
        self._space = text[-1] in _BLANK

    def flush(self) -> None:
        """End the present line; open runs go on in the next one."""
        self._space = False
        if not self._length:
            return
        for run in self._open:
            self._end_run(run)
            run.start = None
        kind, attributes = self._kind()
        line, runs = _trimmed("".join(self._chunks), self._runs)
        if line:
            self._emit(Piece(line, kind, attributes, runs))
        self._chunks, self._runs, self._length = [], [], 0

    def _emit(self, piece: Piece) -> None:
        region = self._regions[-1] if self._regions else ""
        self.parts.append(Part(piece, region, self._blocks[-1] if self._blocks else None))

    def _kind(self) -> tuple[str, Attributes]:
        if not self._frames:
            return "paragraph", {}
        _element, kind, attributes = self._frames[-1]
        return kind, attributes

    def _open_block(self, element: etree._Element, tag: str, callout: bool, styled: bool) -> None:
        if tag in _REGIONS:
            self._regions.append(tag)
        if tag in _BOXES:
            if styled or callout:
                self._open_box(element, callout)
        elif tag in _HEADINGS:
            self._frame(element, "heading", {"level": int(tag[1])})
        elif tag in _LISTS:
            self._lists.append(tag == "ol")
        elif tag == "li":
            ordered = self._lists[-1] if self._lists else False
            sign = element.get(NOTE_SIGN)
            note: Attributes = {} if sign is None else {"footnote": sign}
            self._frame(element, "item", {"depth": max(1, len(self._lists)), "ordered": ordered, **note})
        elif tag == "blockquote":
            self._frame(element, "quote", {})
        elif tag in ("figcaption", "caption"):
            self._frame(element, "caption", {})
        elif tag == "pre":
            self._code = [] if self._code is None else self._code
        elif tag == "table":
            self._open_table(element)
        elif tag == "tr" and self._table:
            self._table.next_row()
        elif tag in ("td", "th") and self._table:
            self._frame(element, "cell", self._table.place(element))
        else:
            self._open_box(element, callout)

    def _open_box(self, element: etree._Element, callout: bool) -> None:
        style = element.get("style", "")
        item = _WORD_ITEM.search(style) if "list" in style else None
        if item is not None:
            self._frame(element, "item", {"depth": int(item["depth"]), "ordered": _is_numbered(element)})
        elif callout:
            self._frame(element, "callout", {"label": _label(element)})

    def _close_block(self, element: etree._Element, tag: str) -> None:
        if self._code is not None and tag == "pre":
            self._end_code()
        if self._length:
            self.flush()
        self._space = False
        self._blocks.pop()
        if self._frames and self._frames[-1][0] is element:
            self._frames.pop()
        if tag in _REGIONS:
            self._regions.pop()
        elif tag in _LISTS:
            self._lists.pop()
        elif self._table and self._table.element is element:
            self._table = None

    def _frame(self, element: etree._Element, kind: str, attributes: Attributes) -> None:
        self._frames.append((element, kind, attributes))

    def _open_table(self, element: etree._Element) -> None:
        if self._table is None and holds_data(element):
            self._table = Table(element, self._tables)
            self._tables += 1

    def _open_run(self, element: etree._Element, kind: str) -> None:
        attributes: Attributes = {}
        if kind == "link":
            address = safe_address(element.get("href", ""), self._base)
            if address is None:
                return
            attributes = {"address": address}
        elif any(run.kind == kind for run in self._open):
            return
        self._open.append(_Open(element, kind, attributes))

    def _end_run(self, run: _Open) -> None:
        if run.start is not None and run.start < self._length:
            self._runs.append(Run(run.start, self._length, run.kind, run.attributes))

    def _break(self, element: etree._Element) -> None:
        before = element.getprevious()
        doubled = before is not None and before.tag == "br" and not (before.tail or "").strip()
        if self._code is not None:
            self._code.append("\n")
        elif self._frames and self._frames[-1][1] == "heading" and not doubled:
            self.add(" ")  # a heading is one line, wherever its page breaks it
        else:
            self.flush()

    def _end_code(self) -> None:
        lines = "".join(self._code or ()).replace("\r\n", "\n").replace("\r", "\n")
        self._code = None
        lines = lines.removeprefix("\n").rstrip()
        if lines:
            for line in lines.split("\n"):
                self._emit(Piece(line.rstrip(), "code"))

    def _image(self, element: etree._Element) -> None:
        alt = _SPACE.sub(" ", element.get("alt", "")).strip()
        if is_icon(element):
            if alt and not alt.isascii():
                self.add(alt)
            return
        if self._code is not None or is_formula(element):
            return
        attributes = {str(name): str(value) for name, value in element.attrib.items()}
        source = next((one for one in image_sources(attributes) if one[:4].lower() != "cid:"), "")
        digest = self._keep(attributes) if self._keep is not None else None
        if alt or source or digest:
            self.flush()
            shown = {"alt": alt, "source": full_address(source, self._base)[:LONGEST]}
            self._emit(Piece("", "image", {**shown, "picture": digest} if digest else shown))


def _trimmed(text: str, runs: Sequence[Run]) -> tuple[str, tuple[Run, ...]]:
    """Return a line without the no-break spaces at its ends, which only lay out a page, and without repeated runs."""
    line = text.strip()
    if len(line) < len(text):
        left = len(text) - len(text.lstrip())
        moved = [(max(0, run.start - left), min(len(line), run.end - left), run) for run in runs]
        runs = [Run(start, end, run.kind, run.attributes) for start, end, run in moved if start < end]
    if len(runs) < 2:
        return line, tuple(runs)
    kept = {(run.start, -run.end, run.kind, str(run.attributes.get("address", ""))): run for run in runs}
    return line, tuple(kept[key] for key in sorted(kept))


def _label(element: etree._Element) -> str:
    """Return the label of a call-out: the one it was given, or the text of its title."""
    label = element.get("data-label") or element.get("aria-label") or ""
    if not label:
        for inner in element.iterdescendants("*"):
            if "title" in inner.get("class", ""):
                label = "".join(str(text) for text in inner.itertext())
                break
    return _SPACE.sub(" ", label).strip()[:120]
