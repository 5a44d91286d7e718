"""What stands between the paragraphs of an article and is none of it: lists of other articles, offers of letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from app.cleaning.furniture import Page
from app.cleaning.surroundings import boxes_of, names_of
from app.text.html_reader import Part

if TYPE_CHECKING:
    from lxml import etree

_RELATED: Final = "related"
_OFFERS: Final = re.compile(r"newsletter|(?:^|[-_\s])sign-?up(?:$|[-_\s])", re.IGNORECASE)
_ASKING: Final = frozenset(("cookie", "subscribe"))
_WHOLE: Final = ("html", "body", "main", "article")
_LEVELS: Final = 3  # elements outwards
_LINKED: Final = 0.9
_LABEL: Final = 8  # words of what stands above a list of other articles
_MOST: Final = 4  # links; a longer list may be what the article is about
_PROSE: Final = 12  # words
_OFFER: Final = 60  # words of a box that offers something
_PICTURES: Final = frozenset(("image", "rule"))


def uninterrupted(parts: Sequence[Part], page: Page, chosen: Sequence[bool]) -> list[bool]:
    """Tell for each block whether it belongs to the article: those that are ``chosen`` and interrupt it not."""
    others = {*_related(parts, page, chosen), *_offered(parts, page, chosen), *_headings(parts, page)}
    return [taken and number not in others for number, taken in enumerate(chosen)]


def _related(parts: Sequence[Part], page: Page, chosen: Sequence[bool]) -> Iterator[int]:
    """Yield the few links below a line that says that they lead to other articles, where the article goes on."""
    led: list[int] | None = None
    for number, part in enumerate(parts):
        feature = page.verdicts[number].feature
        if part.piece.kind in _PICTURES:
            continue
        if led is not None and _is_link(part):
            led.append(number)
            continue
        if led and len(led) <= _MOST and chosen[number] and feature.count >= _PROSE:
            yield from led
        led = [] if not chosen[number] and feature.furniture == _RELATED and feature.count <= _LABEL else None


def _is_link(part: Part) -> bool:
    """Tell whether all of a block is links, wherever they lead; a heading that is one begins a part of the text."""
    place = part.place
    if part.piece.kind == "heading" or place is None:
        return False
    if any(around.tag == "a" for around in islice(place.iterancestors(), _LEVELS)):
        return True
    text = "".join(part.piece.text.split())
    links = ("".join("".join(map(str, element.itertext())).split()) for element in place.iter("a"))
    return sum(len(link) for link in links if link in text) >= _LINKED * len(text) > 0


def _headings(parts: Sequence[Part], page: Page) -> Iterator[int]:
    """Yield the headings that phrases name as furniture, above a line that asks for consent or offers something."""
    said = [verdict.feature.furniture for verdict in page.verdicts]
    for number, (part, following) in enumerate(pairwise(parts)):
        if part.piece.kind == "heading" != following.piece.kind and said[number] and said[number + 1] in _ASKING:
            yield number


def _offered(parts: Sequence[Part], page: Page, chosen: Sequence[bool]) -> Iterator[int]:
    """Yield the blocks among those ``chosen`` that stand in small boxes that are called an offer of letters."""
    numbers = [number for number, taken in enumerate(chosen) if taken]
    boxes = boxes_of([parts[number] for number in numbers])
    offers = {box: _offer(box) for box in dict.fromkeys(boxes)}
    words: Counter[etree._Element] = Counter()
    inside = [(number, offer) for number, box in zip(numbers, boxes, strict=True) if (offer := offers[box]) is not None]
    for number, offer in inside:
        words[offer] += page.verdicts[number].feature.count
    for number, offer in inside:
        if words[offer] <= _OFFER and parts[number].piece.attributes.get("level") != 1:
            yield number


def _offer(box: etree._Element | None) -> etree._Element | None:
    """Return the outermost of an element and those right around it that is called an offer of letters."""
    found = None
    for _ in range(_LEVELS):
        if box is None or box.tag in _WHOLE:
            break
        if _is_offer(names_of(box)):
            found = box
        box = box.getparent()
    return found


@lru_cache(1024)
def _is_offer(names: str) -> bool:
    return _OFFERS.search(names) is not None
