"""The words round a hit, short enough for a list, with the hits marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Final

from app.text import graphemes
from app.text.ranges import Span
from app.text.sentences import closings, each_sentence, is_ideograph

LENGTH: Final = 240
ELLIPSIS: Final = "…"
_LEAD: Final = 0.4  # at most this part of the free room goes before the hits
_DENSE: Final = 0.6  # hits that show no other word than those in so short a stretch make no excerpt begin with them
_UNBROKEN: Final = 24  # a script without spaces may be cut anywhere when this much would be lost otherwise
_AHEAD: Final = 40  # what must be seen after a stop to know whether it ends a sentence


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A window on a text. ``spans`` are the hits in ``text``; ``start`` is where the window begins in the whole text.

    Line breaks and images are shown as a space, and what was cut off as ``…``.
    """

    text: str
    spans: tuple[Span, ...] = ()
    start: int = 0


def head(text: str, length: int = LENGTH) -> Excerpt:
    """Return the beginning of ``text``, about ``length`` code points, cut after a sentence or a word."""
    return excerpt(text, (), length)


def excerpt(text: str, spans: Iterable[Span], length: int = LENGTH) -> Excerpt:
    """Return the window of about ``length`` code points that shows the most different words of the hits ``spans``.

    It begins and ends with a sentence where one is near, otherwise with a word. No hit and no character is cut in two,
    so that a hit longer than ``length`` makes a longer excerpt. Hits that are empty or outside the text are ignored.
    """
    hits = sorted({(start, end) for start, end in spans if 0 <= start < end <= len(text)})
    solid = _solid(text, hits)
    core = _core(text, hits, solid, length) if solid else _nothing(text)
    room = max(0, length - (core[1] - core[0]))
    start = _start(text, core, int(room * _LEAD) if solid else 0, solid)
    end = _end(text, core, room - (core[0] - start), solid)
    if solid and end == len(text):
        start = _start(text, core, room - (end - core[1]), solid)
    return _cut(text, hits, start, end)


def _cut(text: str, hits: Sequence[Span], start: int, end: int) -> Excerpt:
    """Return the window as an excerpt."""
    before = ELLIPSIS if text[:start].strip() else ""
    after = ELLIPSIS if text[end:].strip() else ""
    by = len(before) - start
    shown = tuple((first + by, last + by) for first, last in hits if start <= first and last <= end)
    # one character for each, so that spans stay right: a line break, and the place of an image
    window = text[start:end].replace("\n", " ").replace("\ufffc", " ")
    return Excerpt(f"{before}{window}{after}", shown, start)


def _nothing(text: str) -> Span:
    """Return the empty span before the first word."""
    first = len(text) - len(text.lstrip())
    return (first, first) if first < len(text) else (0, 0)


def _solid(text: str, hits: Sequence[Span]) -> list[Span]:
    """Return the stretches that must not be cut: hits out to the bounds of characters, as one where they overlap."""
    solid: list[Span] = []
    simple = text.isascii() and "\r" not in text
    for start, end in hits:
        if not simple:
            start, end = graphemes.floor(text, start), graphemes.ceiling(text, end)
        if solid and start < solid[-1][1]:
            solid[-1] = (solid[-1][0], max(solid[-1][1], end))
        else:
            solid.append((start, end))
    return solid


def _core(text: str, hits: Sequence[Span], solid: Sequence[Span], length: int) -> Span:
    """Return the stretch of hits to show; a short one with as many different words leaves room for their sentences."""
    if len(solid) == 1:
        return solid[0]
    members = _members(text, hits, solid)
    different, found = _densest(members, solid, length)
    dense = int(length * _DENSE)
    if found[1] - found[0] <= dense:
        return found
    as_many, short = _densest(members, solid, dense)
    return short if as_many == different else found


def _members(text: str, hits: Sequence[Span], solid: Sequence[Span]) -> list[list[str]]:
    """Return the words of the hits in each solid."""
    if len(hits) == len(solid):
        return [[text[start:end].casefold()] for start, end in hits]
    starts = [start for start, _ in solid]
    members: list[list[str]] = [[] for _ in solid]
    for start, end in hits:
        members[bisect_right(starts, start) - 1].append(text[start:end].casefold())
    return members


def _densest(members: Sequence[Sequence[str]], solid: Sequence[Span], length: int) -> tuple[int, Span]:
    """Return the stretch, from the start of a solid to the end of one, with the most different hits, and how many.

    Then the most hits count, then the earliest. It is longer than ``length`` only when its one solid is. ``members``
    are the words of the hits in each solid.
    """
    best = (0, 0)
    chosen = solid[0]
    inside: dict[str, int] = {}
    total = first = 0
    for last, (_, end) in enumerate(solid):
        for word in members[last]:
            inside[word] = inside.get(word, 0) + 1
        total += len(members[last])
        while first < last and end - solid[first][0] > length:
            for word in members[first]:
                inside[word] -= 1
                if not inside[word]:
                    del inside[word]
            total -= len(members[first])
            first += 1
        if (len(inside), total) > best:
            best, chosen = (len(inside), total), (solid[first][0], end)
    return best[0], chosen


def _start(text: str, core: Span, room: int, solid: Sequence[Span]) -> int:
    """Return where the window begins, at most ``room`` before the core: a sentence, else a word, else a character."""
    limit = core[0] - room
    if limit <= 0:
        place = min(core[0], len(text) - len(text.lstrip()))
    else:
        place = _opening(text, limit, core[1])
        if not 0 <= place <= core[0]:
            cuts = (at for at in range(limit, core[0]) if _is_word_cut(text, at) and not text[at].isspace())
            place = next(cuts, -1)
        if place < 0:
            place = graphemes.ceiling(text, limit) if room >= _UNBROKEN else core[0]
    number = bisect_right(solid, place, key=itemgetter(0)) - 1
    return solid[number][1] if number >= 0 and solid[number][0] < place < solid[number][1] else min(place, core[0])


def _end(text: str, core: Span, room: int, solid: Sequence[Span]) -> int:
    """Return where the window ends, at most ``room`` after the core: a sentence, else a word, else a character."""
    limit = core[1] + room
    if limit >= len(text):
        place = max(core[1], len(text.rstrip()))
    else:
        place = _closing(text, core, room)
        if place < 0:
            cuts = (at for at in range(limit, core[1], -1) if _is_word_cut(text, at) and not text[at - 1].isspace())
            place = next(cuts, -1)
        if place < 0:
            place = graphemes.floor(text, limit) if room >= _UNBROKEN else core[1]
    number = bisect_right(solid, place, key=itemgetter(0)) - 1
    return solid[number][0] if number >= 0 and solid[number][0] < place < solid[number][1] else max(place, core[1])


def _opening(text: str, start: int, end: int) -> int:
    """Return where the first sentence begins in ``text[start:end]``, -1 when none does.

    One that began before ``start`` does not count.
    """
    position, begun = start, text[start - 1 : start] != "\n"
    for line in text[start:end].split("\n"):
        found = next(islice(each_sentence(line), int(begun), None), None)
        if found is not None:
            return position + found[0]
        position, begun = position + len(line) + 1, False
    return -1


def _closing(text: str, core: Span, room: int) -> int:
    """Return the last place in the second half of the ``room`` after the core where a sentence ends, -1 when none."""
    first, limit = core[1] + room // 2, core[1] + room
    found, position = -1, core[0]
    for line in text[core[0] : limit + _AHEAD].split("\n"):
        if position + len(line) >= first:
            for end in closings(line, max(0, first - position)):
                if position + end > limit:
                    return found
                found = position + end
        position += len(line) + 1
    return found


def _is_word_cut(text: str, position: int) -> bool:
    """Return whether a cut at ``position`` (inside the text) tears no word apart."""
    before, after = text[position - 1], text[position]
    return (before.isspace() or after.isspace() or is_ideograph(before) or is_ideograph(after)) and (
        graphemes.is_boundary(text, position)
    )
