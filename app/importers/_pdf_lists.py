"""Items of lists among the blocks of a PDF: what a dash or a number begins alone is no list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.text.body import Piece

_SURE: Final = frozenset("•◦▪‣●■○\uf0a7\uf0b7\ue00c")


def settled(pieces: Sequence[Piece]) -> tuple[list[Piece], dict[int, int]]:
    """Return blocks with their items settled, and by how much the texts of some became longer at their beginning.

    Each is an item by its bullet, or by a neighbour that counts on with it.
    """
    found = list(pieces)
    longer: dict[int, int] = {}
    for number, piece in enumerate(pieces):
        if piece.kind != "item":
            continue
        mark = str(piece.attributes["mark"])
        attributes = {key: value for key, value in piece.attributes.items() if key != "mark"}
        if mark in _SURE or _has_fellow(pieces, number, mark, -1) or _has_fellow(pieces, number, mark, 1):
            found[number] = replace(piece, attributes=attributes)
        else:
            found[number] = _unlisted(piece, mark)
            longer[number] = len(mark) + 1
    return found, longer


def _unlisted(piece: Piece, mark: str) -> Piece:
    """Return an item as the paragraph it is."""
    shift = len(mark) + 1
    runs = tuple(replace(run, start=run.start + shift, end=run.end + shift) for run in piece.runs)
    page = {key: value for key, value in piece.attributes.items() if key == "page"}
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
