"""Who the markup of a page says wrote its article: linked data, meta elements, and elements that are marked so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from lxml import etree

from app.cleaning.bars import apart
from app.text.names import NO_NAME, is_person

_SPACE: Final = re.compile(r"\s+")
_SIGNED: Final = re.compile(
    r"(?:^|[\s_-])(?:author|authors|byline|by-line|writer|contributor)(?:[\s_-]*(?:name|link|title|text|info|meta))?"
    r"(?:$|[\s_-])|\bfn\b",
    re.IGNORECASE,
)
_HINT: Final = re.compile("uthor|yline|y-line|riter|ributor|fn|AUTHOR|BYLINE")
_PERSON_PAGE: Final = re.compile(
    r"/(?:[Aa]uthors?|contributors?|writers?|columnists?|journalists?|reporters?|bylines?|auteurs?|autor(?:es|en)?|autori"
    r"|redakteure?|people|profiles?)/[^/?#]+/?$"
)
_ELSEWHERE: Final = re.compile(
    r"(?:^|[\s_-])(?:comments?|related|recommend(?:ed|ations)|popular|trending|sidebar|(?<!\bh-)card|teaser|carousel|testimonials?"
    r"|h-cite|h-feed)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_BY: Final = re.compile(
    r"^(?:author\s+)?(?:(?:article|content|(?:this\s+)?(?:post|article|story)\s+(?:was\s+)?written|written|posted"
    r"|published|story|words|text|reported)\s+)?by(?:[\s:|]+|$)",
    re.IGNORECASE,
)
_OUTSIDE: Final = frozenset(("nav", "aside", "footer", "form"))
_LONGEST_NAME: Final = 60
_LONGEST_LINE: Final = 200
_LONGEST_NAMES: Final = 1000  # characters of classes
_NEAR: Final = 2  # elements outwards
_HOLDING: Final = ("a", "span", "p", "div", "address", "h3", "h4", "h5", "h6", "strong", "cite", "li", "em")
_DEEP: Final = 50  # no page that is read means anything by what stands further out


def cleaned(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that may be authors, once each, without a "by" before them."""
    plain = (_BY.sub("", name).strip(" ,;:|–—-") for name in names)
    return tuple(dict.fromkeys(name for name in plain if 1 < len(name) < 100 and not NO_NAME.search(name)))


def turned(name: str) -> str:
    """Return a name of a bibliography, ``Marsh, Ada``, as it is spoken."""
    match = re.fullmatch(r"([^,\d]{2,40}),\s*([^,\d]{1,40})", name)
    return f"{match[2].strip()} {match[1].strip()}" if match else name


def signed(root: etree._Element) -> tuple[str, ...]:
    """Return the names in the first of the elements whose marks say that they hold the author of the page.

    Where none of them holds a person's full name, the first text of such an element is taken.
    """
    others: list[str] = []
    for element in _marked(root):
        parts = _parts_of(element)
        if any(_names_in(parts)):
            near = (name for other in _marked(_around(element)) for name in _names_in(_parts_of(other)))
            return cleaned(near) or cleaned(others)[:1]
        if parts and len(parts[0]) < _LONGEST_NAME and not _PERSON_PAGE.search(element.get("href", "")):
            others += parts[:1]
    return cleaned(others)[:1]


def _marked(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements whose marks say that they hold the author of the page."""
    for element in root.iter(*_HOLDING):
        if _is_marked(element) and not _is_elsewhere(element):
            yield element


def _around(element: etree._Element) -> etree._Element:
    """Return the element whose parts are near another one."""
    for _ in range(_NEAR):
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def _is_marked(element: etree._Element) -> bool:
    """Tell whether the attributes of an element say that it holds the author."""
    held = element.keys()
    if not held:
        return False
    if "class" in held and _are_signed(element.get("class", "")[:_LONGEST_NAMES]):
        return True
    if element.tag == "a":
        if "rel" in held and "author" in element.get("rel", "").lower():
            return True
        if "href" in held and _PERSON_PAGE.search(element.get("href", "")):
            return True
    return "itemprop" in held and "author" in element.get("itemprop", "").lower()


@lru_cache(4096)
def _are_signed(names: str) -> bool:
    """Tell whether the classes of an element are those of an author's name."""
    return bool(_HINT.search(names) and _SIGNED.search(names)) and "comment" not in names


def _is_elsewhere(element: etree._Element) -> bool:
    """Tell whether an element stands in what is not the article: comments, cards of other articles, the margin."""
    sure = "author" in f"{element.get('rel', '')} {element.get('itemprop', '')}".lower()
    for place in (element, *islice(element.iterancestors(), _DEEP)):
        if place.tag in ("body", "html", "article", "main"):
            return False
        if (place.tag in _OUTSIDE and not sure) or _ELSEWHERE.search(f"{place.get('class', '')} {place.get('id', '')}"):
            return True
    return False


def _parts_of(element: etree._Element) -> list[str]:
    """Return the texts inside an element that do not run into each other, without a "by"; none of a long one."""
    if len(_SPACE.sub(" ", "".join(map(str, element.itertext())))) > _LONGEST_LINE:
        return []
    return [plain for part in apart(element).split(" | ") if (plain := _BY.sub("", part).strip(" ,;:"))]


def _names_in(parts: Sequence[str]) -> Iterator[str]:
    """Yield the full names that stand in texts, each up to what else it says."""
    for part in parts:
        for name in re.split(r",\s+|\s+(?:and|und|et|y|e|&)\s+", part):
            plain = re.split(r"\s+(?:in|on|for|at|·|•|-|–|—)\s+", name, maxsplit=1)[0].strip(" ,;:")
            if not is_person(plain):
                break
            yield plain
