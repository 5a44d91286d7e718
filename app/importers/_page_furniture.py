"""Page furniture in documents that were made of web pages: printed, or saved by a word processor.

Such a document has no markup that tells navigation from text. Only where several lines say nothing else is it taken to
be one; what is left out can be put back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.cleaning.features import OTHER, furniture_kind
from app.cleaning.language import guess
from app.cleaning.lines import FULL_STOP
from app.cleaning.phrases import lexicon, tokens
from app.text.body import Piece

_LINES: Final = frozenset(("paragraph", "heading", "item", "quote"))
_FEW: Final = 3  # lines of furniture that show what the document was made of
_SURE: Final = frozenset(("share", "social", "subscribe", "cookie", "comment", "advertising"))  # on pages alone
_SENTENCE: Final = 8  # words
_LONGEST: Final = 40  # words of a line of furniture
_TITLE: Final = 18  # words


def page_furniture(pieces: Sequence[Piece]) -> dict[int, str]:
    """Return the kinds of furniture by the numbers of the pieces that are; nothing where it is no page of a site."""
    texts = [piece.text if piece.kind in _LINES else "" for piece in pieces]
    known = lexicon(guess("\n".join(texts[:400])))
    words = [tokens(text) for text in texts]
    said = {
        number: kind
        for number, text in enumerate(texts)
        if text and len(words[number]) < _LONGEST
        if (kind := furniture_kind(text, words[number], known)) and kind != OTHER
    }
    told = [number for number, text in enumerate(texts) if number not in said and _tells(text, len(words[number]))]
    for number in [number for number in said if pieces[number].kind == "heading" and number + 1 in told]:
        del said[number]  # "More" above a paragraph is a heading of it
    if len(said) < _FEW or _SURE.isdisjoint(said.values()) or not told:
        return {}
    heading = _title_above(pieces, told)
    if heading is None:
        return {}
    told = [number for number in told if number > heading]
    found = {number: said.get(number, "navigation") for number in range(heading)} | said
    return dict(sorted((found | _listed(pieces, said, told, [len(one) for one in words])).items()))


def _title_above(pieces: Sequence[Piece], told: Sequence[int]) -> int | None:
    """Return the title above the text; a few sentences of the site may stand above it, as it asks for consent."""
    heads = [number for number, piece in enumerate(pieces) if _is_title(piece)]
    above = [number for number in heads if number < told[0]]
    if above:
        return above[-1]
    first = heads[0] if heads else len(pieces)
    asked = sum(number < first for number in told)
    return first if asked < _FEW and len(told) > 2 * asked and heads else None


def _listed(
    pieces: Sequence[Piece], said: dict[int, str], told: Sequence[int], counts: Sequence[int]
) -> dict[int, str]:
    """Return what stands below links to other pages, and all short lines from the first furniture below the text."""
    found: dict[int, str] = {}
    kind = ""
    for number, piece in enumerate(pieces):
        if number in said:
            kind = said[number] if said[number] == "related" or number > told[-1] else ""
        elif number in told or piece.kind not in _LINES or (number < told[-1] and piece.kind != "item"):
            kind = kind if number > told[-1] and piece.kind not in _LINES else ""
        elif kind and counts[number] <= _TITLE:
            found[number] = kind
    return found


def _tells(text: str, count: int) -> bool:
    return count >= _SENTENCE and FULL_STOP.search(text) is not None


def _is_title(piece: Piece) -> bool:
    return piece.kind == "heading" and piece.attributes.get("level") == 1
