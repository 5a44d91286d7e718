"""Places in a document that travel through its conversion to blocks, as letters that no text may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.text.body import Piece, Run

_OPEN: Final = "\ufdd0"
_CLOSE: Final = "\ufdd1"
_DIGITS: Final = "\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7\ufdd8\ufdd9\ufdda\ufddb"
_TO_DIGITS: Final = str.maketrans("0123456789", _DIGITS)
_FROM_DIGITS: Final = str.maketrans(_DIGITS, "0123456789")
_POINT: Final = re.compile(f"{_OPEN}([{_DIGITS}]{{1,9}}){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a point stands: the number of its piece, and the code points of the piece's text before it."""

    piece: int
    offset: int


def begin(number: int) -> str:
    """Return the letters that stand where stretch ``number`` begins."""
    return _point(2 * number)


def end(number: int) -> str:
    """Return the letters that stand where stretch ``number`` ends."""
    return _point(2 * number + 1)


def without_points(text: str) -> str:
    """Return a text without the points in it."""
    return _POINT.sub("", text) if _OPEN in text else text


def lifted(pieces: Iterable[Piece]) -> tuple[list[Piece], Mapping[int, Place], Mapping[int, Place]]:
    """Take the points out of pieces; return the pieces, where each stretch begins, and where it ends.

    A piece that held nothing else goes: what begins in it begins with the next piece, what ends in it ends with the
    one before. Of a point that stands twice, the first beginning and the last end count.
    """
    kept: list[Piece] = []
    begins: dict[int, Place] = {}
    ends: dict[int, Place] = {}
    for piece in pieces:
        if _OPEN not in piece.text:
            kept.append(piece)
            continue
        plain, points = _without(piece)
        gone = not plain.text.strip() and plain.kind not in ("code", "cell")
        for number, offset in points:
            stretch, is_end = divmod(number, 2)
            if not is_end:
                begins.setdefault(stretch, Place(len(kept), offset))
            elif gone:
                ends[stretch] = Place(len(kept) - 1, len(kept[-1].text)) if kept else Place(0, 0)
            else:
                ends[stretch] = Place(len(kept), offset)
        if not gone:
            kept.append(plain)
    return kept, begins, ends


def _point(number: int) -> str:
    return f"{_OPEN}{str(number).translate(_TO_DIGITS)}{_CLOSE}"


def _without(piece: Piece) -> tuple[Piece, Sequence[tuple[int, int]]]:
    """Return a piece without its points, and these with the places they stood at."""
    cuts = [match.span() for match in _POINT.finditer(piece.text)]
    numbers = [int(match[1].translate(_FROM_DIGITS)) for match in _POINT.finditer(piece.text)]
    text = _POINT.sub("", piece.text)
    left = len(text) - len(text.lstrip()) if piece.kind != "code" else 0
    length = len(text.rstrip())

    def moved(position: int) -> int:
        gone = sum(min(position, stop) - start for start, stop in cuts if start < position)
        return max(0, min(position - gone, length) - left)

    runs = (Run(moved(run.start), moved(run.end), run.kind, run.attributes) for run in piece.runs)
    filled = tuple(run for run in runs if run.start < run.end)
    points = [(number, moved(start)) for number, (start, _stop) in zip(numbers, cuts, strict=True)]
    return replace(piece, text=text[left:length], runs=filled), points
