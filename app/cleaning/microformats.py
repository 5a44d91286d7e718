"""What the classes of a page say in microformats: whom its one entry is by, when it came out, and whose site it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from app.text.names import is_person

_OTHERS: Final = frozenset(("h-cite", "h-feed"))
"""What is an answer to the entry, or what the entry answers to; and a list of entries."""

_ENTRY: Final = "h-entry"
_CARD: Final = "h-card"
_ROOT: Final = re.compile(r"(?:^|\s)h-[a-z]")
_SPACE: Final = re.compile(r"\s+")
_LONGEST: Final = 200
_STATING: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("abbr", "link"), "title"),
    (("data", "input"), "value"),
    (("time", "ins", "del"), "datetime"),
    (("img", "area"), "alt"),
)
"""Elements that state something by an attribute in the place of what they show."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a page says of its entry."""

    name: str = ""
    authors: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


def are_in(markup: str) -> bool:
    """Tell whether a page may hold an entry or a card: its text is searched far sooner than its elements."""
    return _ENTRY in markup or _CARD in markup


def read_entry(root: etree._Element) -> Entry:
    """Return what a page says of its only entry, or of the only one with the heading of the page; else nothing."""
    entries = [one for one in _classed(root, _ENTRY) if _is_outer(one)]
    headed = [one for one in entries if next(one.iter("h1"), None) is not None]
    chosen = entries if len(entries) == 1 else headed
    if len(chosen) != 1:
        return Entry()
    entry = chosen[0]
    names = [one for one in _properties(entry, "p-name") if "e-content" not in _classes(one)]
    authors = [name for one in _properties(entry, "p-author") if (name := _name(one))]
    days = [day for one in _properties(entry, "dt-published") if (day := _day(one))]
    name = next(filter(None, map(_said, names)), "")
    return Entry(name, tuple(dict.fromkeys(authors)), tuple(days))


def site_owner(root: etree._Element) -> tuple[str, ...]:
    """Return whose site a page is of: the only person who has a card outside of entries.

    Where the page has no entry, the card must have a link to who they are elsewhere.
    """
    cards = [one for one in _classed(root, _CARD) if _owner(one) is None]
    owners = {name for one in cards if (name := _name(one))}
    surely = next(_classed(root, _ENTRY), None) is not None or any(
        "me" in (one.get("rel") or "").split() for card in cards for one in card.iter("a", "link")
    )
    return tuple(owners) if len(owners) == 1 and all(map(is_person, owners)) and surely else ()


def is_anothers(element: etree._Element) -> bool:
    """Tell whether an element stands in what is an answer to the entry of a page, or in a list of others."""
    for place in element.iterancestors():
        if not _OTHERS.isdisjoint(_classes(place)):
            return True
        if place.tag in ("article", "main"):
            break
    return False


def _classed(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the elements of a class in an element."""
    for one in root.iter("*"):
        held = one.get("class")
        if held and name in held and name in held.split():
            yield one


def _properties(entry: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the elements that are a property of an entry, or card, itself: not of one inside it."""
    return (one for one in _classed(entry, name) if _owner(one) is entry)


def _is_outer(entry: etree._Element) -> bool:
    """Tell whether an entry stands in no other, or only in a list."""
    owner = _owner(entry)
    return owner is None or "h-feed" in _classes(owner)


def _owner(element: etree._Element) -> etree._Element | None:
    """Return the entry, card or the like that an element stands in."""
    return next((place for place in element.iterancestors() if _ROOT.search(place.get("class") or "")), None)


def _classes(element: etree._Element) -> Sequence[str]:
    return (element.get("class") or "").split()


def _name(element: etree._Element) -> str:
    """Return the name of somebody: of a card the name in it, or that of its picture where it shows nothing else."""
    if _CARD in _classes(element):
        said = next(filter(None, map(_said, _properties(element, "p-name"))), "")
        if said:
            return said
    shown = _said(element)
    return shown or next(filter(None, (_spaced(one.get("alt") or "") for one in element.iter("img"))), "")


def _day(element: etree._Element) -> str:
    """Return the day that an element states; it may stand in a part of what it shows."""
    part = next((one for one in _classed(element, "value") if _said(one)), None)
    return _said(element if part is None else part)


def _said(element: etree._Element) -> str:
    """Return what an element states or shows; nothing of a long one."""
    for tags, attribute in _STATING:
        if element.tag in tags and (stated := _spaced(element.get(attribute) or "")):
            return stated
    shown = _spaced("".join(map(str, element.itertext())))
    return shown if len(shown) <= _LONGEST else ""


def _spaced(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
