"""The text of elements that stand in one line and would run into each other, told apart by bars."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from app.cleaning.metadata import normal
from app.text.html_reader import Part

_BLOCKS: Final = frozenset(("div", "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "time", "br", "ul"))
_UNSEEN: Final = frozenset(("script", "style", "noscript", "svg", "button", "template"))
_BARS: Final = re.compile(r"(?:\s*\|\s*)+")
_SPACE: Final = re.compile(r"\s+")
_LONGEST_TEXT: Final = 100_000
_LONGEST_LINE: Final = 200
_SPACED: Final = 4  # so many times longer is a line at the most with the space of its markup


def apart(element: etree._Element, most: int = _LONGEST_TEXT) -> str:
    """Return the text of an element with bars where neighbouring elements would run into each other.

    Behind ``most`` characters no more of it is read.
    """
    chunks: list[str] = []
    border, size = False, 0
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        seen = isinstance(inner.tag, str) and inner.tag not in _UNSEEN
        if event == "start" and not seen:
            walk.skip_subtree()
        if inner is not element:
            border = True
            if inner.tag in _BLOCKS:
                chunks.append("|")
        text = (inner.text if seen else None) if event == "start" else (inner.tail if inner is not element else None)
        if text:
            if border and chunks and chunks[-1][-1].isalnum() and text[0].isalnum():
                chunks.append("|")
            chunks.append(text)
            border = False
            size += len(text)
            if size > most:
                break
    return _BARS.sub(" | ", _SPACE.sub(" ", "".join(chunks))).strip(" |")


def line_of(part: Part) -> str:
    """Return a block's text with bars between the elements in it, where it begins the text of its element."""
    text = part.piece.text
    if part.place is None or len(text) > _LONGEST_LINE or (not len(part.place) and "|" not in text):
        return text
    parts = apart(part.place, _SPACED * len(text) + _LONGEST_LINE).split(" | ")
    wanted, told = normal(text).replace(" ", ""), ""
    for count, one in enumerate(parts, 1):
        told += normal(one).replace(" ", "")
        if told == wanted:
            return " | ".join(parts[:count])
        if not wanted.startswith(told):
            break
    return text
