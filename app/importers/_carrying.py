"""Spans of one reading of a text carried to another reading of it, which differs in its white space."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from app.loading import load
from app.text.body import IMAGE
from app.text.ranges import Span

if TYPE_CHECKING:
    from app.text.anchors import Anchor


def carried(old: str, new: str, spans: Sequence[Span]) -> list[Span | None]:
    """Return where each span of ``old`` stands in ``new``, without white space at its ends; ``None``: not there.

    Where the letters of both are the same, white space apart, this is exact. Otherwise the texts are compared.
    """
    trimmed = [_trimmed(old, *span) for span in spans]
    if letters(old) == letters(new):
        before, places = _counts(old), array("L", (at for at, letter in enumerate(new) if _is_letter(letter)))
        return [span and (places[before[span[0]]], places[before[span[1]] - 1] + 1) for span in trimmed]
    known = [span for span in trimmed if span]
    anchors = load("app.text.anchors")
    outcomes = iter(anchors.reanchor(old, new, [anchors.describe(old, *span) for span in known]))
    return [_placed(next(outcomes).anchor, new) if span else None for span in trimmed]


def letters(text: str) -> str:
    """Return a text without white space, and without the marks of images, which only one reading may have."""
    return "".join(text.split()).replace(IMAGE, "")


def _is_letter(letter: str) -> bool:
    return letter != IMAGE and not letter.isspace()


def _counts(text: str) -> array[int]:
    """Return for each place of a text how many letters stand before it."""
    return array("L", accumulate((_is_letter(letter) for letter in text), initial=0))


def _trimmed(text: str, start: int, end: int) -> Span | None:
    passage = text[max(0, start) : max(0, end)]
    if not 0 <= start < end <= len(text) or not letters(passage):
        return None
    first = next(at for at, letter in enumerate(passage) if _is_letter(letter))
    last = next(at for at in range(len(passage), 0, -1) if _is_letter(passage[at - 1]))
    return start + first, start + last


def _placed(anchor: Anchor, text: str) -> Span | None:
    return (anchor.start, anchor.end) if text[anchor.start : anchor.end] == anchor.quote else None
