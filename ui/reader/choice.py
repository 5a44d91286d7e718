"""What a key of a theme does: a new highlight, a theme more on one that is there, or one less."""

from __future__ import annotations

from dataclasses import dataclass

from app.model import Highlight
from app.text.anchors import trim
from app.text.ranges import Span
from ui.reader.marks import Marks


@dataclass(frozen=True, slots=True)
class Target:
    """What a deed is for: a span, and the highlight that covers exactly that, if there is one."""

    span: Span
    highlight: Highlight | None = None


def target(
    text: str, marks: Marks, *choices: Span | Highlight | None, guarded: frozenset[str] = frozenset()
) -> Target | None:
    """Return what is meant: the first of selection, focused highlight and focused paragraph that is there.

    Words that only ``guarded`` authors have marked are marked by nobody yet, as far as a deed is concerned.
    """
    for choice in choices:
        if isinstance(choice, Highlight):
            return Target((choice.start, choice.end), choice)
        if choice is not None and choice[0] < choice[1]:
            return Target(choice, _same(text, marks, choice, guarded))
    return None


def _same(text: str, marks: Marks, span: Span, guarded: frozenset[str]) -> Highlight | None:
    """Return the highlight that covers the same words, white space at their ends aside."""
    wanted = trim(text, *span)
    own = (one for one in marks.over(span) if one.author not in guarded)
    return next((one for one in own if trim(text, one.start, one.end) == wanted), None)
