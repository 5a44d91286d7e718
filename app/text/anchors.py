"""How a highlight holds on to its passage: position, quote and the words on either side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.text.ranges import Span

CONTEXT: Final = 32


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span of a text, what it says, and the :data:`CONTEXT` code points before and after it."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""


def describe(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of ``text[start:end]``; raises ``ValueError`` when that is empty or outside the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start}-{end} is no passage of a text of {len(text)} characters")
    return Anchor(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def trim(text: str, start: int, end: int) -> Span:
    """Return the span without the white space at its ends, as a selection with the mouse needs it.

    A span of nothing but white space becomes the empty span at its start.
    """
    passage = text[start:end]
    first = start + len(passage) - len(passage.lstrip())
    return (first, start + len(passage.rstrip())) if passage.strip() else (start, start)


def holds(text: str, anchor: Anchor) -> bool:
    """Return whether the anchor's quote stands at its position."""
    return bool(anchor.quote) and anchor.start >= 0 and text[anchor.start : anchor.end] == anchor.quote
