"""Captions of pictures that pages set as paragraphs: told by what the page calls them, and by who is named at the end.

A line that only says who took a picture is a credit. Under the picture it is a caption as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

from app.cleaning.furniture import Verdict
from app.cleaning.phrases import Lexicon, head_tables, tokens
from app.text.html_reader import Part

if TYPE_CHECKING:
    from lxml import etree

CREDIT: Final = "image_credit"
"""The name of the detail that a credit is."""

_CALLED: Final = re.compile(
    r"caption(?:s|text)?(?:$|[\s_-])|cutline|(?:photo|image|picture|media)[_-]?credits?(?:$|[\s_-])|(?:^|\s)credits?(?:$|\s)",
    re.IGNORECASE,
)
_LONGEST: Final = 60  # words
_LONGEST_CREDIT: Final = 14  # words
_PROSE: Final = 12  # words
_NAMES: Final = 8  # words beside the name of an agency
# The last sentence of a caption, or what stands in brackets or behind a bar at its end.
_END: Final = re.compile(r"(?:[.!?…]\s+|[(\[|–—]\s*)(?P<end>[^.!?…()\[\]|–—]{2,90})[)\]]?[.\s]*$")
_SURE: Final = 2  # names of people beside that of an agency, where no picture is above
_BARS: Final = frozenset("|–—")
_WORD: Final = re.compile(r"[^\W\d_]+")
_JOINING: Final = frozenset(("via", "for", "by", "and", "of", "the", "pool", "handout", "photo", "file"))


def captions(
    parts: Sequence[Part], verdicts: Sequence[Verdict], chosen: Sequence[bool], known: Lexicon
) -> frozenset[int]:
    """Return the numbers of the blocks that are captions.

    Under a picture these are all that look like one. Elsewhere they are those of the ``chosen`` that the page calls so,
    and before the article begins those that end by saying who took the picture: that was not saved.
    """
    found: set[int] = set()
    under, begun = False, False
    for number, part in enumerate(parts):
        kind, count = part.piece.kind, verdicts[number].feature.count
        if kind == "image":
            under = True
            continue
        looks = kind == "paragraph" and count <= _LONGEST
        called = looks and (under or chosen[number]) and _is_called_so(part.place)
        ends = looks and (under or (chosen[number] and not begun)) and ends_in_credit(part.piece.text, known, under)
        if kind == "caption" or called or ends or (looks and under and is_credit(verdicts[number])):
            found.add(number)
            continue
        under = False
        begun = begun or (chosen[number] and count >= _PROSE)
    return frozenset(found)


def is_credit(verdict: Verdict) -> bool:
    """Tell whether a line says who took a picture, and nothing else."""
    part = verdict.feature
    if not 2 <= part.count <= _LONGEST_CREDIT:
        return False
    return part.detail == CREDIT or (not part.furniture and _names_agency(part.line.text))


def ends_in_credit(text: str, known: Lexicon, under: bool = False) -> bool:
    """Tell whether a text ends by saying who took a picture: ``A wall. Photo: AFP``, ``A wall (Ada Marsh/Reuters)``.

    ``under`` a picture less is enough: an agency alone signs texts too, and behind a bar stands who publishes one.
    """
    match = _END.search(text, max(0, len(text) - 100))
    if not match or not text[: match.start()].strip() or (not under and text[match.start()] in _BARS):
        return False
    end = match["end"].strip()
    words = tokens(end)
    if len(words) > _LONGEST_CREDIT:
        return False
    return known.details.kind(words, end) == CREDIT or _names_agency(end, 0 if under else _SURE)


def _names_agency(text: str, others: int = 0) -> bool:
    """Tell whether a line is made of names, one that of an agency or a library of pictures, and so many ``others``."""
    if len(text) > 120 or not _agencies().search(text):
        return False
    names = _WORD.findall(_agencies().sub(" ", text))
    return others <= len(names) <= _NAMES and all(word[0].isupper() or word in _JOINING for word in names)


@cache
def _agencies() -> re.Pattern[str]:
    table = head_tables()["any"]
    names = {name.strip() for key in ("agencies", "pictures") for name in table[key].replace("\n", " ").split(",")}
    listed = "|".join(re.escape(name) for name in sorted(filter(None, names), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)|(?<!\w)(?:REUTERS|GETTY IMAGES|GETTY|DPA)(?!\w)")


def _is_called_so(place: etree._Element | None) -> bool:
    return place is not None and _CALLED.search(place.get("class", "")) is not None
