"""Texts and notes as nothing but words, in lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from app.exporters._blocks import counted_items
from app.exporters._notes import note_body
from app.text.body import IMAGE, Body, Piece

_TOGETHER: Final = frozenset(("item", "cell", "code"))


def plain(body: Body) -> str:
    """Return a text with a line between its paragraphs; lists, tables and code stay together."""
    written: list[str] = []
    for kind, group in groupby(body.pieces(), key=lambda piece: piece.kind if piece.kind in _TOGETHER else ""):
        pieces = list(group)
        if kind == "cell":
            rows = groupby(pieces, key=lambda piece: (piece.attributes.get("table"), piece.attributes.get("row")))
            written.append("\n".join("\t".join(piece.text for piece in row) for _, row in rows))
        elif kind == "item":
            written.append("\n".join(_items(pieces)))
        elif kind:
            written.append("\n".join(map(_line, pieces)))
        else:
            written += map(_line, pieces)
    return "\n\n".join(filter(None, written))


def plain_note(note: str) -> str:
    """Return a note's words without the signs of Markdown."""
    return plain(note_body(note, as_written=True)) if note.strip() else ""


def _items(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece, (depth, number) in zip(pieces, counted_items(piece.attributes for piece in pieces), strict=True):
        yield f"{'  ' * (depth - 1)}{f'{number}.' if number else '-'} {piece.text}"


def _line(piece: Piece) -> str:
    if piece.kind == "image":
        return f"[{piece.attributes.get('alt') or 'Image'}]"
    return piece.text.replace(IMAGE, "")
