"""How a highlight holds on to its passage: position, quote, and the words on either side.

Described once, resolved from exact to approximate, and carried from one version of a text to the next. A passage that
cannot be found with certainty is an orphan: it keeps its old anchor, and is never put on other words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.text import alignment
from app.text.alignment import Pair
from app.text.ranges import Span, clip, length
from app.text.seeking import Haystack, Wanted
from app.text.sentences import inside_word

CONTEXT: Final = 32

Result = Literal["kept", "moved", "changed", "orphaned"]

_LONGEST_WORD: Final = 40
# A passage that would become so many times as long, and this much on top, has lost its bounds.
_LARGEST_GROWTH: Final = 5
_ROOM: Final = 200


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span of a text, what it says, and the :data:`CONTEXT` code points before and after it."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an anchor when its text changed.

    ``kept``: same words, same position. ``moved``: same words, elsewhere, be it only that something was put in before
    them. ``changed``: some of the words are others now, and the anchor has the new ones. ``orphaned``: it could not be
    found; the anchor is the old one. ``searched`` says that it was found by its words, not by what stayed round it:
    worth a look.
    """

    anchor: Anchor
    status: Result
    searched: bool = False


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


def resolve(text: str, anchor: Anchor) -> Span | None:
    """Return where the anchor's passage stands in ``text``, or ``None`` when that is not certain.

    The quote to the letter comes first, then with other typography, then approximately (at most a quarter of it
    edited). Among several the context decides, then the nearness to the old position. Quotes of under 12 characters
    need their context, unless the anchor has none.
    """
    return resolve_all(text, (anchor,))[0]


def resolve_all(text: str, anchors: Iterable[Anchor]) -> tuple[Span | None, ...]:
    """Return :func:`resolve` of each anchor; what is costly about a long text is done once."""
    haystack = Haystack(text, _whole(text))
    return tuple(haystack.find(_wanted(anchor)) for anchor in anchors)


def reanchor(
    old_text: str, new_text: str, anchors: Iterable[Anchor], pairs: Sequence[Pair] | None = None
) -> tuple[Outcome, ...]:
    """Carry ``anchors`` from one version of a text to the next; the outcomes come in the same order.

    A passage goes where the words round it went, if at least half of it survived. Otherwise it is looked for in what
    is new: what stood in the old text already is another passage, even if it reads the same. Anchors that do not hold
    in the old text (orphans) are resolved anew. ``pairs`` is what the texts have in common, for a caller that made
    the change itself and knows (see :func:`app.text.alignment.cut`); nothing that was cut is then looked for.
    """
    known = alignment.common(old_text, new_text) if pairs is None else list(pairs)
    fresh = Haystack(new_text, tuple(_new_stretches(known, len(new_text))))
    whole = Haystack(new_text, _whole(new_text))
    outcomes: list[Outcome] = []
    for anchor in anchors:
        held = holds(old_text, anchor)
        span = _mapped(old_text, new_text, anchor, known) if held else None
        searched = span is None and (pairs is None or not held)
        if searched:
            span = (fresh if held else whole).find(_wanted(anchor))
        outcomes.append(_outcome(new_text, anchor, span, searched=searched))
    return tuple(outcomes)


def _whole(text: str) -> tuple[Span, ...]:
    """Return the one stretch that is all of the text."""
    return ((0, len(text)),)


def _wanted(anchor: Anchor) -> Wanted:
    """Return what is to be looked for."""
    return Wanted(anchor.quote, anchor.prefix, anchor.suffix, anchor.start)


def _outcome(text: str, anchor: Anchor, span: Span | None, *, searched: bool) -> Outcome:
    """Return the outcome for an anchor that was found at ``span``, or was not."""
    if span is None:
        return Outcome(anchor, "orphaned")
    found = describe(text, *span)
    if found.quote != anchor.quote:
        return Outcome(found, "changed", searched)
    return Outcome(found, "kept" if found.start == anchor.start else "moved", searched)


def _new_stretches(pairs: Sequence[Pair], size: int) -> Iterator[Span]:
    """Yield the stretches of the new text that were not in the old one."""
    position = 0
    for _, start, count in (*pairs, (0, size, 0)):
        if position < start:
            yield position, start
        position = start + count


def _mapped(old: str, new: str, anchor: Anchor, pairs: Sequence[Pair]) -> Span | None:
    """Return where the passage went as the pairs have it, or ``None`` when less than half of it survived."""
    first = last = bisect_right(pairs, anchor.start, key=lambda pair: pair[0] + pair[2])
    kept: list[Pair] = []
    while last < len(pairs) and pairs[last][0] < anchor.end:
        at, other, size = pairs[last]
        part = clip((anchor.start, anchor.end), (at, at + size))
        if part:
            kept.append((part[0], other + part[0] - at, length(part)))
        last += 1
    survived, whole = sum(_weight(old[at : at + size]) for at, _, size in kept), _weight(anchor.quote)
    if not kept or 2 * survived < whole:
        return None
    before = pairs[first - 1] if first else (0, 0, 0)
    after = pairs[last] if last < len(pairs) else (len(old), len(new), 0)
    start = _start(old, new, anchor, kept[0], before)
    end = _end(old, new, anchor, kept[-1], after)
    if end - start > (_LARGEST_GROWTH if survived == whole else 2) * len(anchor.quote) + _ROOM:
        return None
    return trim(new, start, end) if anchor.quote.strip() == anchor.quote else (start, end)


def _weight(text: str) -> int:
    """Return how many code points of ``text`` are not white space."""
    return len("".join(text.split()))


def _start(old: str, new: str, anchor: Anchor, first: Pair, before: Pair) -> int:
    """Return where the passage begins in the new text; ``first`` is its first surviving piece.

    When its first words were replaced, and nothing before them, it begins with what took their place.
    """
    old_gap, new_gap = before[0] + before[2], before[1] + before[2]
    lost, put_in = first[0] - anchor.start, first[1] - new_gap
    if lost and not old[old_gap : anchor.start].strip() and put_in <= 2 * lost + _LONGEST_WORD:
        return new_gap
    start = first[1]
    while lost and anchor.quote[0].isalnum() and start + 1 < first[1] + first[2] and not new[start].isalnum():
        start += 1
    if not inside_word(old, anchor.start):
        while start > new_gap and first[1] - start < _LONGEST_WORD and inside_word(new, start):
            start -= 1
    return start


def _end(old: str, new: str, anchor: Anchor, last: Pair, after: Pair) -> int:
    """Return where the passage ends in the new text; ``last`` is its last surviving piece."""
    old_end, new_end = last[0] + last[2], last[1] + last[2]
    lost, put_in = anchor.end - old_end, after[1] - new_end
    if lost and not old[anchor.end : after[0]].strip() and put_in <= 2 * lost + _LONGEST_WORD:
        return after[1]
    end = new_end
    if not inside_word(old, anchor.end):
        while end < after[1] and end - new_end < _LONGEST_WORD and inside_word(new, end):
            end += 1
    return end
