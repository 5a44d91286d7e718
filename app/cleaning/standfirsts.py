"""The standfirst of an article: what stands between its title and its text to say what it is about.

Wherever its page sets it, it is what the page says of the article: the summary among its details.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.cleaning.date_lines import is_date_line
from app.cleaning.furniture import Page
from app.cleaning.metadata import normal
from app.cleaning.statements import Statements
from app.text.html_reader import Part

if TYPE_CHECKING:
    from lxml import etree

_CALLED: Final = re.compile(
    r"stand-?first|sub-?title|(?:^|[-_\s])(?:dek|deck|chapo|ingress|summary|excerpt|desc)(?:$|[-_\s])|vorspann|entradilla"
    r"|sottotitolo",
    re.IGNORECASE,
)
_NAMES: Final = ("class", "id", "data-gu-name", "data-testid", "itemprop")
_BESIDE: Final = frozenset(("nav", "aside", "footer", "form"))
_HEAD: Final = 8  # blocks below the title
_LEAST: Final = 3  # words
_MOST: Final = 40  # words
_LEVELS: Final = 2
_LINKED: Final = 0.3


def find_standfirst(parts: Sequence[Part], page: Page, chosen: Sequence[bool], said: Statements) -> int | None:
    """Return the block that is the standfirst; ``None`` where there is none.

    A first paragraph may say what its page says of the article too: a block that is ``chosen`` must be called so.
    """
    titles = {normal(title) for title in (*said.titles, said.title)}
    title = next(
        (
            number
            for number, part in enumerate(parts)
            if part.piece.attributes.get("level") == 1
            or (part.piece.kind == "heading" and normal(part.piece.text) in titles)
        ),
        None,
    )
    if title is None or not any(chosen):
        return None
    summary = normal(said.summary or "")
    for number in range(title + 1, min(len(parts), title + 1 + _HEAD)):
        if _may_be(parts[number], page, number) and any(chosen[number + 1 :]):
            same = bool(summary) and normal(parts[number].piece.text) == summary
            if same and not chosen[number]:
                return number
            called = _called_so(parts[number].place)
            if called is not None and not _holds(called, parts[number + 1 :]):
                return number
        if chosen[number] and parts[number].piece.kind not in ("heading", "image", "caption"):
            return None
    return None


def _may_be(part: Part, page: Page, number: int) -> bool:
    feature = page.verdicts[number].feature
    if part.piece.kind not in ("paragraph", "heading") or part.region in _BESIDE or feature.furniture or feature.detail:
        return False
    linked = sum(run.end - run.start for run in part.piece.runs if run.kind == "link")
    named = linked > _LINKED * len(part.piece.text) or is_date_line(part.piece.text, page.lexicon, named=True)
    return _LEAST <= feature.count <= _MOST and not named


def _called_so(place: etree._Element | None) -> etree._Element | None:
    """Return the element that is called a standfirst, of a block or right around it."""
    for _ in range(_LEVELS):
        if place is None or place.tag in ("article", "main", "body", "header"):
            return None
        if _CALLED.search(" ".join(place.get(name, "") for name in _NAMES)):
            return place
        place = place.getparent()
    return None


def _holds(called: etree._Element, following: Sequence[Part]) -> bool:
    """Tell whether an element goes on with what follows: then it is more than a standfirst."""
    after = next((part.place for part in following if part.piece.text and part.place is not None), None)
    return after is not None and (after is called or called in after.iterancestors())
