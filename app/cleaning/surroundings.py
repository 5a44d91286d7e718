"""What stands around the blocks of a page: the box of a text, what it is called, and the list or table it is in."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from app.text.html_reader import Part

if TYPE_CHECKING:
    from lxml import etree

# Elements inside a box: what holds them is the box of the text.
_INNER: Final = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "menu", "dl", "dt", "dd", "blockquote", "pre", "table",
    "thead", "tbody", "tfoot", "tr", "td", "th", "figure", "figcaption", "caption", "details", "summary", "center",
    "hgroup",
})  # fmt: skip
_NOTE: Final = re.compile(r"(?:foot|end)-?notes?", re.IGNORECASE)
_STRANGE: Final = re.compile(
    r"relat|share|social|promo|newsletter|subscri|sign-?up|author|(?:^|[-_\s])bio|comment|sidebar|widget|tags?(?:$|[-_\s])"
    r"|categor|breadcrumb|(?:^|[-_\s])meta|cookie|advert|sponsor|(?:^|[-_\s])(?:ad|cta|toc|btn)s?(?:$|[-_\s])|banner"
    r"|popup|modal|recommend|menu|button|by-?line|disclaim|copyright|trending|teaser|paywall|edit-?section",
    re.IGNORECASE,
)
LEVELS: Final = 3
"""So many elements outwards it is looked."""

# What readers wrote stands in boxes of the same kind as the article at times.
_COMMENTS: Final = re.compile(
    r"(?:^|[-_\s])comments?(?:$|[-_\s])|commentlist|disqus|(?:^|\s)respond(?:$|\s)", re.IGNORECASE
)


def boxes_of(parts: Sequence[Part]) -> list[etree._Element | None]:
    """Return the box of the text of each block."""
    known: dict[etree._Element | None, etree._Element | None] = {}
    boxes = []
    for part in parts:
        if part.place not in known:
            known[part.place] = box_of(part.place)
        boxes.append(known[part.place])
    return boxes


def box_of(element: etree._Element | None) -> etree._Element | None:
    """Return the innermost element, this one or one around it, that is no part of a text as a list is."""
    while element is not None and element.tag in _INNER:
        element = element.getparent()
    return element


def names_of(element: etree._Element) -> str:
    """Return the class and the id of an element."""
    return f"{element.get('class', '')} {element.get('id', '')}"


def is_strange(element: etree._Element | None) -> bool:
    """Tell whether what an element is called says that it does not belong to the article around it."""
    return element is not None and element.tag not in ("body", "article", "main") and _are_strange(names_of(element))


@lru_cache(1024)
def _are_strange(names: str) -> bool:
    return bool(_STRANGE.search(names))


@lru_cache(1024)
def are_of_comments(names: str) -> bool:
    """Tell whether names are those of a box of what readers wrote."""
    return bool(_COMMENTS.search(names))


def is_note(element: etree._Element | None) -> bool:
    """Tell whether an element is called a note at the foot or at the end."""
    return element is not None and bool(_NOTE.search(names_of(element)))


def kind_of(box: etree._Element | None) -> Hashable:
    """Return what boxes that look alike have in common: their article, tag and class, and those of what is around."""
    if box is None:
        return None
    above = box.getparent()
    article = box if box.tag == "article" else next(box.iterancestors("article"), None)
    return article, box.tag, box.get("class"), *(() if above is None else (above.tag, above.get("class")))


def name_of(place: etree._Element | None) -> str | None:
    """Return the name by which a link leads to a block."""
    for _ in range(LEVELS):
        if place is None:
            return None
        name = place.get("id")
        if name or place.tag == "li":
            return name
        place = place.getparent()
    return None


def table_of(place: etree._Element | None) -> etree._Element | None:
    """Return the table whose cell a block is in."""
    element = place
    while element is not None and element.tag in _INNER:
        if element.tag == "table":
            return element
        element = element.getparent()
    return None


def list_of(place: etree._Element | None) -> etree._Element | None:
    """Return the list that a block is in; otherwise what holds it."""
    element = place
    while element is not None:
        if element.tag in ("ol", "ul"):
            return element
        element = element.getparent()
    return place
