"""Passages that are marked inside Markdown: ``==so==`` as Obsidian does, or between tags of ``<mark>``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.model import Mark
from app.text.body import Body, Piece, Run, clean_line
from app.text.ranges import Span

_MARKED: Final = re.compile(
    r"(?<![=\\])==(?=[^\s=])(?P<equals>[^\n]*?[^\s=])==(?!=)|<mark(?:\s[^<>]*)?>(?P<tag>.*?)</mark\s*>",
    re.IGNORECASE | re.DOTALL,
)


def without_signs(piece: Piece) -> tuple[Piece, list[Span]]:
    """Return a block without the signs round what is marked in it, and where that stands then. Code is code."""
    if piece.kind == "code" or ("==" not in piece.text and "<mark" not in piece.text.lower()):
        return piece, []
    cuts: list[Span] = []
    marked: list[Span] = []
    for match in _MARKED.finditer(piece.text):
        inside = match.span("equals" if match["equals"] is not None else "tag")
        if inside[0] < inside[1] and not _in_code(piece, match.span()):
            cuts += [(match.start(), inside[0]), (inside[1], match.end())]
            marked.append(inside)
    if not marked:
        return piece, []

    def moved(place: int) -> int:
        return place - sum(min(place, end) - start for start, end in cuts if start < place)

    text, position = "", 0
    for start, end in cuts:
        text += piece.text[position:start]
        position = end
    runs = (Run(moved(run.start), moved(run.end), run.kind, run.attributes) for run in piece.runs)
    kept = tuple(run for run in runs if run.start < run.end)
    return replace(piece, text=text + piece.text[position:], runs=kept), [(moved(a), moved(b)) for a, b in marked]


def marks(body: Body, pieces: Sequence[Piece], spans: Sequence[Sequence[Span]]) -> tuple[Mark, ...]:
    """Return the marks on a body that was made of these pieces, each with the spans marked in it."""
    found: list[Mark] = []
    for block, piece, marked in zip(body.blocks, pieces, spans, strict=True):
        for first, last in marked:
            start, end = (block.start + len(clean_line(piece.text[:place])) for place in (first, last))
            if body.text[start:end].strip():
                found.append(Mark(body.text[start:end], start, end))
    return tuple(found)


def _in_code(piece: Piece, span: Span) -> bool:
    return any(run.kind == "code" and run.start < span[1] and span[0] < run.end for run in piece.runs)
