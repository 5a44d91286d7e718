"""Comments and highlighted runs of a Word document, which become points in its text before that is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from app.importers import _points
from app.importers._colour_names import colour_name
from app.importers._noted import Noted, milliseconds
from app.importers._xml import local
from app.loading import load

if TYPE_CHECKING:
    from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_HUMPS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
# What runs say, and the letter for what is an element of its own.
_WRITTEN: Final[Mapping[str, str]] = {f"{W}t": "", f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
_NO_MARK: Final = frozenset(("", "none", "white", "black", "darkGray", "lightGray"))


def attribute(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute of Word's own of an element; empty where there is none."""
    return "" if element is None else element.get(f"{W}{name}", "")


def _point(letters: str) -> etree._Element:
    """Return a run that holds a point."""
    library = load("lxml.etree")
    run: etree._Element = library.Element(f"{W}r")
    run.append(_letters(letters))
    return run


def _letters(letters: str) -> etree._Element:
    text: etree._Element = load("lxml.etree").Element(f"{W}t")
    text.text = letters
    text.set(_SPACE, "preserve")
    return text


def place_comments(document: etree._Element, comments: etree._Element, noted: list[Noted]) -> None:
    """Put points where comments begin and end, and note what they say."""
    numbers: dict[str, int] = {}
    for comment in comments.iter(f"{W}comment"):
        paragraphs = ("".join(map(_written, p.iter(*_WRITTEN))).strip() for p in comment.iter(f"{W}p"))
        note = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
        numbers[attribute(comment, "id")] = len(noted)
        noted.append(Noted((), note, attribute(comment, "author"), milliseconds(attribute(comment, "date"))))
    ended = {attribute(element, "id") for element in document.iter(f"{W}commentRangeEnd")}
    for element in list(document.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")):
        number = numbers.get(attribute(element, "id"))
        if number is None:
            continue
        kind = local(element)
        if kind == "commentReference":
            if attribute(element, "id") not in ended:
                element.addprevious(_letters(_points.begin(number) + _points.end(number)))
            continue
        letters = _points.begin(number) if kind == "commentRangeStart" else _points.end(number)
        _put(element, letters, kind == "commentRangeStart")


def _written(element: etree._Element) -> str:
    """Return what an element of a run says; settings of a paragraph have tabs too, which say nothing."""
    parent = element.getparent()
    if parent is None or parent.tag != f"{W}r":
        return ""
    return _WRITTEN[str(element.tag)] or element.text or ""


def _put(element: etree._Element, letters: str, is_start: bool) -> None:
    """Put a point where a mark of Word stands; between paragraphs, in the next one or the one before."""
    if next(element.iterancestors(f"{W}p"), None) is not None:
        element.addprevious(_point(letters))
        return
    axis = "following" if is_start else "preceding"
    found: Any = element.xpath(f"{axis}::w:p[1]", namespaces={"w": W[1:-1]})
    for paragraph in found:
        settings = paragraph.find(f"{W}pPr")
        if not is_start:
            paragraph.append(_point(letters))
        elif settings is None:
            paragraph.insert(0, _point(letters))
        else:
            settings.addnext(_point(letters))


def place_highlights(paragraph: etree._Element, noted: list[Noted]) -> None:
    """Put points round each stretch of one colour in a paragraph."""
    colour = ""
    stretch: list[etree._Element] = []
    for run in (*_runs(paragraph), None):
        now = _colour(run) if run is not None else ""
        if now != colour and stretch:
            number = len(noted)
            noted.append(Noted((colour,)))
            next(stretch[0].iterchildren(f"{W}t")).addprevious(_letters(_points.begin(number)))
            list(stretch[-1].iterchildren(f"{W}t"))[-1].addnext(_letters(_points.end(number)))
            stretch = []
        colour = now
        if run is not None and now:
            stretch.append(run)


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph that show text, not those of paragraphs in boxes that hang on it."""
    for run in paragraph.iter(f"{W}r"):
        if run.find(f"{W}t") is not None and next(run.iterancestors(f"{W}p")) is paragraph:
            yield run


def _colour(run: etree._Element) -> str:
    """Return the name of the colour that a run is marked with."""
    name = attribute(run.find(f"{W}rPr/{W}highlight"))
    if name not in _NO_MARK:
        return _HUMPS.sub(" ", name).lower()
    return colour_name(attribute(run.find(f"{W}rPr/{W}shd"), "fill"))
