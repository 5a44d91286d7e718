"""Passages that are marked inside Markdown: ``==so==`` as Obsidian does, or between tags of ``<mark>``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from app.drafts import Mark
from app.text.body import Body, Piece, Run, clean_line
from app.text.ranges import Span

_SIGN: Final = re.compile(r"(?<![=\\])==(?!=)|<mark(?:\s[^<>]{0,500})?>|</mark\s{0,9}>", re.IGNORECASE)


def without_signs(piece: Piece) -> tuple[Piece, list[Span]]:
    """Return a block without the signs round what is marked in it, and where that stands then. Code is code."""
    if piece.kind == "code" or ("==" not in piece.text and "<mark" not in piece.text.lower()):
        return piece, []
    cuts: list[Span] = []
    marked: list[Span] = []
    for opening, closing in _pairs(piece.text):
        if not _in_code(piece, (opening[0], closing[1])):
            cuts += [opening, closing]
            marked.append((opening[1], closing[0]))
    if not marked:
        return piece, []

    starts = [start for start, _end in cuts]
    gone = list(accumulate((end - start for start, end in cuts), initial=0))

    def moved(place: int) -> int:
        number = bisect_left(starts, place)
        return place - gone[number] + (max(0, cuts[number - 1][1] - place) if number else 0)

    kept_parts = zip([0, *(end for _start, end in cuts)], [*starts, len(piece.text)], strict=True)
    text = "".join(piece.text[start:end] for start, end in kept_parts)
    runs = (Run(moved(run.start), moved(run.end), run.kind, run.attributes) for run in piece.runs)
    kept = tuple(run for run in runs if run.start < run.end)
    return replace(piece, text=text, runs=kept), [(moved(a), moved(b)) for a, b in marked]


def marks(body: Body, pieces: Sequence[Piece], spans: Sequence[Sequence[Span]]) -> tuple[Mark, ...]:
    """Return the marks on a body that was made of these pieces, each with the spans marked in it."""
    found: list[Mark] = []
    for block, piece, marked in zip(body.blocks, pieces, spans, strict=True):
        for first, last in marked:
            start, end = (block.start + len(clean_line(piece.text[:place])) for place in (first, last))
            if body.text[start:end].strip():
                found.append(Mark(body.text[start:end], start, end))
    return tuple(found)


def _pairs(text: str) -> Iterator[tuple[Span, Span]]:
    """Yield the signs that belong together. Between ``==`` and what it marks stands no space."""
    opening: Span | None = None
    for match in _SIGN.finditer(text):
        start, end = match.span()
        sign = match[0][:2].lower()
        if opening is None:
            follows = text[end : end + 1]
            if sign == "<m" or (sign == "==" and follows and not follows.isspace()):
                opening = (start, end)
        elif start > opening[1] and _ends(text, opening, start, sign):
            yield opening, (start, end)
            opening = None


def _ends(text: str, opening: Span, start: int, sign: str) -> bool:
    """Tell whether a sign is the end of what another began."""
    if text[opening[0]] == "<":
        return sign == "</"
    return sign == "==" and not text[start - 1].isspace()


def _in_code(piece: Piece, span: Span) -> bool:
    return any(run.kind == "code" and run.start < span[1] and span[0] < run.end for run in piece.runs)
