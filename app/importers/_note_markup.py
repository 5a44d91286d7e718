"""Notes that another program keeps as HTML, in Markdown, as all notes here are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.importers._html import read_html
from app.text.body import Piece, Run

_TAG: Final = re.compile(r"</?(?:p|div|ul|ol|li|br|h[1-6]|blockquote|b|i|em|strong|a|span|u|pre|code|sub|sup)\b[^<>]*>",
                         re.IGNORECASE)  # fmt: skip
_FIRST: Final = re.compile(r"\s*<(?:p|div|ul|ol|h[1-6]|blockquote|pre|table)\b[^<>]*>", re.IGNORECASE)
_FEW: Final = 2
_SIGNS: Final = {"strong": "**", "emphasis": "*", "code": "`"}
_NARROW: Final = ("item", "quote", "code", "cell")


def as_note(text: str) -> str:
    """Return a note in Markdown; one that is not written in HTML stays as it is."""
    if "<" not in text or not (_FIRST.match(text) or len(_TAG.findall(text)) >= _FEW):
        return text.strip()
    return "\n".join(_lines(read_html(text))).strip()


def _lines(pieces: list[Piece]) -> Iterator[str]:
    """Yield the lines of blocks: items below one another, all else an empty line apart."""
    before, number = "", 0
    for piece in pieces:
        if not piece.text.strip():
            continue
        number = number + 1 if piece.kind == before == "item" else 1
        if before and not (piece.kind == before and piece.kind in _NARROW):
            yield ""
        yield f"{_beginning(piece, number)}{_inline(piece)}"
        before = piece.kind


def _beginning(piece: Piece, number: int) -> str:
    if piece.kind == "heading":
        return "#" * int(piece.attributes.get("level", 1)) + " "
    if piece.kind == "item":
        sign = f"{number}. " if piece.attributes.get("ordered") else "- "
        return "  " * (int(piece.attributes.get("depth", 1)) - 1) + sign
    return {"quote": "> ", "code": "    "}.get(piece.kind, "")


def _inline(piece: Piece) -> str:
    """Return the words of a block with the signs of its runs."""
    if piece.kind == "code":
        return piece.text
    signs: list[tuple[int, int, int, str]] = []  # place; whether it opens; how far away its other end is; the sign
    for run in piece.runs:
        opening, closing = _signs(run)
        if opening:
            size = run.end - run.start
            signs += [(run.start, 1, -size, opening), (run.end, 0, size, closing)]
    words, at = [], 0
    for place, _opens, _size, sign in sorted(signs):
        words += [piece.text[at:place], sign]
        at = place
    return "".join((*words, piece.text[at:]))


def _signs(run: Run) -> tuple[str, str]:
    if run.kind == "link":
        return "[", f"]({run.attributes.get('address', '')})"
    return (_SIGNS.get(run.kind, ""),) * 2
