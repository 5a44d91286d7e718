"""Items of lists among the blocks of a PDF: what a dash or a number begins alone is no list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.text.body import Piece, Run

_SURE: Final = frozenset("•◦▪‣●■○\uf0a7\uf0b7\ue00c")


def settled(pieces: Sequence[Piece]) -> list[Piece]:
    """Return blocks with their items settled: each is one by its bullet, or by a neighbour that counts on with it."""
    return [_settled(pieces, number) if piece.kind == "item" else piece for number, piece in enumerate(pieces)]


def _settled(pieces: Sequence[Piece], number: int) -> Piece:
    piece = pieces[number]
    mark = str(piece.attributes["mark"])
    attributes = {key: value for key, value in piece.attributes.items() if key != "mark"}
    if mark in _SURE or _has_fellow(pieces, number, mark, -1) or _has_fellow(pieces, number, mark, 1):
        return replace(piece, attributes=attributes)
    shift = len(mark) + 1
    runs = tuple(Run(run.start + shift, run.end + shift, run.kind, run.attributes) for run in piece.runs)
    page = {key: value for key, value in attributes.items() if key == "page"}
    return Piece(f"{mark} {piece.text}", "paragraph", page, runs)


def _has_fellow(pieces: Sequence[Piece], number: int, mark: str, step: int) -> bool:
    """Tell whether the next item of the same level before or behind has the same sign, or the neighbouring number."""
    depth = pieces[number].attributes["depth"]
    at = number + step
    while 0 <= at < len(pieces) and pieces[at].kind == "item":
        if pieces[at].attributes["depth"] == depth:
            return _follows(mark, str(pieces[at].attributes["mark"]), step)
        at += step
    return False


def _follows(mark: str, other: str, step: int) -> bool:
    if mark[-1] != other[-1]:
        return False
    if mark[0].isdigit() and other[0].isdigit():
        return int(other[:-1]) - int(mark[:-1]) == step
    if mark[0].isalpha() and other[0].isalpha():
        return ord(other[0]) - ord(mark[0]) == step
    return mark == other
