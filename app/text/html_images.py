"""The images of a page: where each may lie, and which of them stand for a letter or a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

_ICON: Final = 32  # pixels
_TINY: Final = re.compile(r"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*[0-3](?:px)?\s*(?:!|;|$)", re.IGNORECASE)
_SOURCES: Final = ("src", "data-src", "data-lazy-src", "data-original")


def image_sources(attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield the addresses under which an image may lie, those first that a browser asks first."""
    for name in _SOURCES:
        address = attributes.get(name, "").strip()
        if address and not address[:11].lower().startswith(("data:", "blob:", "javascript:")):
            yield address


def is_icon(element: etree._Element) -> bool:
    """Tell whether an image is a tracking pixel, or an icon or emoji that stands in the text as a letter."""
    if "emoji" in element.get("class", ""):
        return True
    if _TINY.search(element.get("style", "")):
        return True
    sizes = [element.get("width", ""), element.get("height", "")]
    return any(size.isascii() and size.isdigit() and int(size[:9]) <= _ICON for size in sizes)


def is_formula(element: etree._Element) -> bool:
    """Tell whether an image shows a formula that stands beside it as text."""
    around = element.getparent()
    return around is not None and around.tag == "span" and next(around.iter("math"), None) is not None
