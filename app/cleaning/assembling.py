"""The lines of a scraped text to the blocks of a body, and what was left out between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.cleaning.captions import ends_in_credit, is_credit
from app.cleaning.features import Feature
from app.cleaning.furniture import Page, Role, Verdict
from app.cleaning.promotion import promotions
from app.cleaning.tabbed import cells_of, rows_among
from app.model import LeftOut
from app.text.body import Piece

_BODY: Final = (Role.BODY, Role.HEADING)


def sorted_out(verdicts: Sequence[Verdict], page: Page) -> tuple[list[Piece], list[LeftOut]]:
    """Turn verdicts into the blocks of the body and what was left out between them."""
    pieces: list[Piece] = []
    left_out: list[LeftOut] = []
    level, indents = 2, [0]
    rows = rows_among([verdict.feature.line.text if verdict.role in _BODY else "" for verdict in verdicts])
    for number, verdict in enumerate(verdicts):
        part = verdict.feature
        if verdict.role is Role.FURNITURE:
            left_out.append(LeftOut(verdict.kind, part.line.text, len(pieces)))
        elif number in rows:
            pieces += cells_of(part.line.text, *rows[number])
        elif verdict.role is Role.HEADING and not any(map(str.isalnum, part.line.text)):
            pieces.append(Piece(part.line.text))
        elif verdict.role is Role.HEADING and _is_caption(verdict, page):
            pieces.append(Piece(part.line.text, "caption"))
        elif verdict.role is Role.HEADING:
            pieces.append(Piece(part.line.text, "heading", {"level": level}))
            level = 3 if len(pieces) == 1 else level
        elif verdict.role is Role.BODY:
            pieces.append(_piece(part, page, indents))
    return pieces, left_out


def _is_caption(verdict: Verdict, page: Page) -> bool:
    """Tell whether what looks like a heading says who took a picture: ``A wall. Photo: AFP``, ``Ada Marsh/AFP``."""
    text = verdict.feature.line.text
    return ends_in_credit(text, page.lexicon) or ("/" in text and is_credit(verdict))


def _piece(part: Feature, page: Page, indents: list[int]) -> Piece:
    """Make a block of a line of the body. ``indents`` holds the columns of the list levels that are open."""
    line = part.line
    if part.code:
        del indents[1:]
        return Piece(" " * line.indent + line.text, "code")
    if part.bullet:
        while len(indents) > 1 and line.indent < indents[-1]:
            indents.pop()
        if line.indent > indents[-1] or len(indents) == 1:
            indents.append(line.indent)
        attributes = {"depth": max(1, len(indents) - 1), "ordered": line.mark[0].isdigit()}
        return Piece(line.rest, "item", attributes, promotions(line.rest, page.lexicon))
    del indents[1:]
    runs = promotions(line.text, page.lexicon)
    if part.callout:
        return Piece(line.text, "callout", {"label": part.callout}, runs)
    if line.quoted:
        return Piece(line.text, "quote", runs=runs)
    return Piece(line.text, runs=runs)
