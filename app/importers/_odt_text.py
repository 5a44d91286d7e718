"""The text of an OpenDocument as a tree of HTML, which the one reader of HTML makes blocks of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from app.importers import _points
from app.importers._noted import Noted, milliseconds
from app.importers._odt_styles import OFFICE, TABLE, TEXT, Look, Styles
from app.importers._style_names import add_shown
from app.importers._xml import local, text_of, texts, whole_number
from app.loading import load
from app.text.html_reader import NOTE_SIGN

if TYPE_CHECKING:
    from lxml import etree

_XLINK: Final = "{http://www.w3.org/1999/xlink}href"
_TAGS: Final[Mapping[str, str]] = {
    "quote": "blockquote", "code": "pre", "caption": "figcaption", "title": "h1", "author": "p", "date": "p",
}  # fmt: skip
_SILENT: Final = frozenset({
    "tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls", "forms",
    "hidden-text", "hidden-paragraph", "ruby-text", "covered-table-cell", "note-citation", "glue-point",
    "table-of-content-source", "alphabetical-index-source", "illustration-index-source", "table-index-source",
    "object-index-source", "user-index-source", "event-listeners", "script", "image-map", "binary-data",
})  # fmt: skip
_DRAWN: Final = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"  # what drawings say beside their text
_INDEXES: Final = (
    "table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index",
)  # fmt: skip
_DEEPEST: Final = 100  # no person nests further, and Python would not follow
_SHOWN: Final = frozenset(("title", "author", "date"))
_BESIDE: Final = frozenset((f"{OFFICE}annotation", f"{TEXT}note"))
# Letters that XML cannot hold, for white space that is an element; white space of the file counts as one space.
_SIGNS: Final[Mapping[str, str]] = {"s": "\0", "tab": "\1", "line-break": "\2"}
_FROM_SIGNS: Final = str.maketrans({"\0": " ", "\1": "\t", "\2": "\n"})
_FILE_SPACE: Final = re.compile("[ \t\r\n]+")


class Text:
    """Walks through a document and builds the tree. ``noted`` and ``shown`` fill on the way."""

    def __init__(
        self, styles: Styles, picture: Callable[[etree._Element], str], formula: Callable[[etree._Element], str]
    ) -> None:
        """Take the styles, what keeps a picture and returns what an image names as its source, and what reads formulas.

        The latter returns what an object says; nothing where it is no formula.
        """
        self.noted: list[Noted] = []
        self.shown: dict[str, str] = {}
        self._styles = styles
        self._picture = picture
        self._formula = formula
        self._build = load("lxml.etree").TreeBuilder()
        self._lists: list[str] = []
        self._notes: list[etree._Element] = []
        self._named: dict[str, int] = {}
        self._code = False
        self._depth = 0
        self._steps: Mapping[str, Callable[[etree._Element], None]] = {
            "p": self._paragraph, "h": self._paragraph, "span": self._span, "list": self._list,
            "list-item": self._item, "list-header": self._item, "table": self._table, "table-row": self._row,
            "table-cell": self._cell, "a": self._link, "frame": self._frame, "note": self._note,
            "annotation": self._annotation, "annotation-end": self._annotation_end, "s": self._spaces,
            **dict.fromkeys(_INDEXES, self._index), "tab": self._tab, "line-break": self._break,
        }  # fmt: skip

    def tree(self, body: etree._Element) -> etree._Element:
        """Return the tree for the body of a document, its notes at the end."""
        self._build.start("div", {})
        self._inside(body)
        if self._notes:
            self._build.start("ol", {})
            for number, note in enumerate(self._notes, 1):
                self._wrapped("li", note, {NOTE_SIGN: f"[{number}]"})
            self._build.end("ol")
        self._build.end("div")
        root: etree._Element = self._build.close()
        return root

    def _inside(self, element: etree._Element) -> None:
        """Take the text of an element and all that is in it."""
        self._say(element.text)
        for child in element:
            self._take(child)
            self._say(child.tail)

    def _say(self, text: str | None) -> None:
        if text:
            # Line breaks inside preformatted text are elements; those of the file are none.
            self._build.data(text.replace("\n", " ") if self._code else text)

    def _wrapped(self, tag: str, element: etree._Element, attributes: Mapping[str, str] | None = None) -> None:
        self._build.start(tag, dict(attributes or {}))
        self._inside(element)
        self._build.end(tag)

    def _take(self, element: etree._Element) -> None:
        name = local(element)
        step = self._steps.get(name)
        if self._depth >= _DEEPEST:
            self._say(text_of(element))
            return
        self._depth += 1
        if step is not None:
            step(element)
        elif name and name not in _SILENT and not element.tag.startswith(_DRAWN):
            self._inside(element)
        self._depth -= 1

    def _paragraph(self, element: etree._Element) -> None:
        style = element.get(f"{TEXT}style-name", "")
        kind, level = self._styles.paragraph(style)
        if local(element) == "h":
            kind, level = "heading", whole_number(element.get(f"{TEXT}outline-level", "1"))
        if kind == "rule" and not text_of(element):
            self._empty("hr")
            return
        if kind in _SHOWN and (text := _spoken(element)):
            add_shown(self.shown, kind, text)
        tag = f"h{min(max(level, 1), 6)}" if kind == "heading" else _TAGS.get(kind, "p")
        look = self._styles.setting(style) if tag in ("p", "blockquote", "figcaption") else Look()
        self._code = tag == "pre"
        self._build.start(tag, {})
        self._dressed(look, element)
        self._build.end(tag)
        self._code = False

    def _dressed(self, look: Look, element: etree._Element) -> None:
        number = len(self.noted)
        if look.colour:
            self.noted.append(Noted((look.colour,)))
            self._build.data(_points.begin(number))
        for tag in look.tags:
            self._build.start(tag, {})
        self._inside(element)
        for tag in reversed(look.tags):
            self._build.end(tag)
        if look.colour:
            self._build.data(_points.end(number))

    def _span(self, element: etree._Element) -> None:
        self._dressed(self._styles.stretch(element.get(f"{TEXT}style-name", "")), element)

    def _list(self, element: etree._Element) -> None:
        name = element.get(f"{TEXT}style-name", "") or (self._lists[-1] if self._lists else "")
        if not name:
            first = next(element.iter(f"{TEXT}p"), None)
            name = self._styles.list_of(first.get(f"{TEXT}style-name", "")) if first is not None else ""
        self._lists.append(name)
        tag = "ol" if self._styles.is_ordered(name, len(self._lists)) else "ul"
        self._wrapped(tag, element)
        self._lists.pop()

    def _item(self, element: etree._Element) -> None:
        self._wrapped("li", element)

    def _table(self, element: etree._Element) -> None:
        self._wrapped("table", element)

    def _index(self, element: etree._Element) -> None:
        self._wrapped("nav", element)

    def _row(self, element: etree._Element) -> None:
        self._wrapped("tr", element)

    def _cell(self, element: etree._Element) -> None:
        row = element.getparent()
        rows = row.getparent() if row is not None else None
        header = rows is not None and local(rows) == "table-header-rows"
        spans = {
            name: value
            for name, key in (("colspan", "number-columns-spanned"), ("rowspan", "number-rows-spanned"))
            if (value := element.get(f"{TABLE}{key}", ""))
        }
        if not spans and (repeated := element.get(f"{TABLE}number-columns-repeated", "")):
            spans = {"colspan": repeated}
        self._wrapped("th" if header else "td", element, spans)

    def _link(self, element: etree._Element) -> None:
        self._wrapped("a", element, {"href": element.get(_XLINK, "")})

    def _frame(self, element: etree._Element) -> None:
        """A picture, a formula or a box of text; of several pictures of one thing the first that can be shown."""
        alt = next((text for name in ("title", "desc") for text in texts(element, name)), "")
        for child in element:
            name = local(child)
            if name == "object" and (said := self._formula(child)):
                self._build.data(said)
                break
            if name == "image":
                source = self._picture(child)
                if source or alt:
                    self._empty("img", {"src": source, "alt": alt})
                    break
            elif name == "text-box":
                self._wrapped("div", child)

    def _note(self, element: etree._Element) -> None:
        body = next(element.iterchildren(f"{TEXT}note-body"), None)
        if body is not None:
            self._notes.append(body)
            self._build.start("sup", {})
            self._build.data(f"[{len(self._notes)}]")
            self._build.end("sup")

    def _annotation(self, element: etree._Element) -> None:
        paragraphs = [_written(paragraph) for paragraph in element.iter(f"{TEXT}p")]
        author, date = (next(iter(texts(element, name)), "") for name in ("creator", "date"))
        number = len(self.noted)
        self.noted.append(Noted((), "\n\n".join(filter(None, paragraphs)), author, milliseconds(date)))
        self._build.data(_points.begin(number))
        name = element.get(f"{OFFICE}name", "")
        if name:
            self._named[name] = number
        else:
            self._build.data(_points.end(number))

    def _annotation_end(self, element: etree._Element) -> None:
        number = self._named.get(element.get(f"{OFFICE}name", ""))
        if number is not None:
            self._build.data(_points.end(number))

    def _spaces(self, element: etree._Element) -> None:
        self._build.data(" " * _count(element))

    def _tab(self, _element: etree._Element) -> None:
        self._build.data("\t")

    def _break(self, _element: etree._Element) -> None:
        self._empty("br")

    def _empty(self, tag: str, attributes: Mapping[str, str] | None = None) -> None:
        self._build.start(tag, dict(attributes or {}))
        self._build.end(tag)


def _count(element: etree._Element) -> int:
    """Return how many spaces an element stands for."""
    return min(max(whole_number(element.get(f"{TEXT}c", "1")), 1), 100)


def _spoken(element: etree._Element) -> str:
    """Return the text of a line without the notes on it, its white space as single spaces."""
    return " ".join("".join(_letters(element)).translate(_FROM_SIGNS).split())


def _written(element: etree._Element) -> str:
    """Return the text of a line as it was written: spaces and breaks that are elements stay, those of the file fold."""
    return " ".join(filter(None, _FILE_SPACE.split("".join(_letters(element))))).translate(_FROM_SIGNS)


def _letters(element: etree._Element) -> Iterator[str]:
    """Yield the text of a line without the notes on it, with signs for the white space that is elements."""
    yield element.text or ""
    for child in element:
        name = local(child)
        if name in _SIGNS:
            yield _SIGNS[name] * (_count(child) if name == "s" else 1)
        elif child.tag not in _BESIDE:
            yield from _letters(child)
        yield child.tail or ""
