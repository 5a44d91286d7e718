"""What two versions of a text have in common: by lines, then by words, then by characters.

Whole lines are matched to the letter first, so that a block put in or taken out moves nothing else. What is left is
matched by words, folded as in :mod:`app.text.quotes`; and what is left of that, where it is short, by characters.
Long stretches are first cut at what is unique in both texts (Bram Cohen's "patience diff"), which keeps the quadratic
worst case of a diff away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import fast_diff_match_patch

from app.text.quotes import fold
from app.text.ranges import Span
from app.text.sentences import tokens

Pair = tuple[int, int, int]

_GRAM: Final = 4  # so many words in a row that are unique in both texts are taken to be the same
_PLAIN_DIFF: Final = 3000  # words or lines on both sides that are compared without cutting first
_TIMED_DIFF: Final = 8000  # beyond this the comparison gets a limited time
_LARGEST_DIFF: Final = 500_000  # beyond this it is not tried: two such texts with nothing unique are not versions
_SECONDS: Final = 0.5
_LONGEST_REFINED: Final = 600  # characters
_FIRST_CODE: Final = 0x100
_FIRST_SURROGATE: Final = 0xD800
_SURROGATES: Final = 0x800


def common(old: str, new: str) -> list[Pair]:
    """Return the stretches ``(old start, new start, length)`` the texts have in common, in the order of both.

    The two sides of a pair read the same; typographic quotes, dashes and spaces may differ.
    """
    if old == new:
        return [(0, 0, len(old))] if old else []
    lines, new_lines = _lines(old), _lines(new)
    pairs = []
    for first, other, count in _matched([old[s:e] for s, e in lines], [new[s:e] for s, e in new_lines], gram=1):
        start, end = lines[first][0], lines[first + count - 1][1]
        pairs.append((start, new_lines[other][0], end - start))
    words = [pair for gap, hole in _gaps(pairs, len(old), len(new)) for pair in _by_words(old, new, gap, hole)]
    pairs = _joined([*pairs, *words])
    letters = [pair for gap, hole in _gaps(pairs, len(old), len(new)) for pair in _by_letters(old, new, gap, hole)]
    return _joined([*pairs, *letters])


def cut(size: int, span: Span) -> list[Pair]:
    """Return what a text of ``size`` code points has in common with itself after ``span`` was taken out of it."""
    start, end = span
    return [pair for pair in ((0, 0, start), (end, start, size - end)) if pair[2]]


def reverse(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs of the way back: what was taken out is put in."""
    return [(new, old, size) for old, new, size in pairs]


def _lines(text: str) -> list[Span]:
    """Return the spans of the lines, without their line breaks."""
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _gaps(pairs: Sequence[Pair], size: int, new_size: int) -> Iterator[tuple[Span, Span]]:
    """Yield what lies between the pairs on both sides, where neither is empty."""
    position = new_position = 0
    for old, new, count in (*pairs, (size, new_size, 0)):
        if position < old and new_position < new:
            yield (position, old), (new_position, new)
        position, new_position = old + count, new + count


def _joined(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs in order, with those that touch on both sides joined and empty ones gone."""
    joined: list[Pair] = []
    for old, new, size in sorted(pairs):
        if joined and joined[-1][0] + joined[-1][2] == old and joined[-1][1] + joined[-1][2] == new:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
        elif size:
            joined.append((old, new, size))
    return joined


def _by_words(old: str, new: str, gap: Span, hole: Span) -> Iterator[Pair]:
    """Yield the words that a gap and the hole in its place have in common, with the white space between them."""
    mine, yours = tokens(old, *gap), tokens(new, *hole)
    ours = _matched(_keys(old, mine), _keys(new, yours), gram=_GRAM)
    for first, other, count in ours:
        whole = mine[first][0], mine[first + count - 1][1]
        new_whole = yours[other][0], yours[other + count - 1][1]
        if old[slice(*whole)] == new[slice(*new_whole)]:
            yield whole[0], new_whole[0], whole[1] - whole[0]
            continue
        end = new_end = -1
        for (start, stop), (new_start, new_stop) in zip(
            mine[first : first + count], yours[other : other + count], strict=True
        ):
            if end >= 0 and start - end == new_start - new_end:
                yield end, new_end, start - end
            if stop - start == new_stop - new_start:
                yield start, new_start, stop - start
            else:
                yield from _equal(old, new, (start, stop), (new_start, new_stop))
            end, new_end = stop, new_stop


def _by_letters(old: str, new: str, gap: Span, hole: Span) -> Iterable[Pair]:
    """Return the characters that a short gap and its hole have in common, if they are most of the shorter one."""
    shorter = min(gap[1] - gap[0], hole[1] - hole[0])
    if max(gap[1] - gap[0], hole[1] - hole[0]) > _LONGEST_REFINED:
        return ()
    pairs = list(_equal(old, new, gap, hole))
    return pairs if 2 * sum(size for _, _, size in pairs) > shorter else ()


def _equal(old: str, new: str, gap: Span, hole: Span) -> Iterator[Pair]:
    """Yield the equal stretches of two short stretches, as a diff by characters sees them."""
    position, new_position = gap[0], hole[0]
    for operation, count in _diff(old[slice(*gap)], new[slice(*hole)], clean=True, seconds=_SECONDS):
        if operation == "=":
            yield position, new_position, count
        position += count if operation != "+" else 0
        new_position += count if operation != "-" else 0


def _keys(text: str, spans: Iterable[Span]) -> list[str]:
    """Return for each span what makes it the same as another one: its words, folded."""
    items = [text[start:end] for start, end in spans]
    folded = {item: item if item.isascii() else fold(item).text for item in set(items)}
    return [folded[item] for item in items]


def _matched(mine: Sequence[str], yours: Sequence[str], gram: int) -> list[Pair]:
    """Return the runs ``(first, other, count)`` of equal items, in the order of both sequences."""
    fixed = _unique(mine, yours, gram) if len(mine) + len(yours) > _PLAIN_DIFF else []
    found = list(fixed)
    for gap, hole in _gaps(fixed, len(mine), len(yours)):
        found += _compared(mine, yours, gap, hole, clean=gram > 1)
    return _joined(found)


def _compared(mine: Sequence[str], yours: Sequence[str], gap: Span, hole: Span, *, clean: bool) -> Iterator[Pair]:
    """Yield the equal runs of two stretches of items, by a diff of one code point for each item."""
    size = gap[1] - gap[0] + hole[1] - hole[0]
    if size > _LARGEST_DIFF:
        return
    codes: dict[str, str] = {}
    coded = [
        "".join([codes.setdefault(item, _code(len(codes))) for item in items[slice(*span)]])
        for items, span in ((mine, gap), (yours, hole))
    ]
    position, other = gap[0], hole[0]
    for operation, count in _diff(*coded, clean=clean, seconds=_SECONDS if size > _TIMED_DIFF else 0):
        if operation == "=":
            yield position, other, count
        position += count if operation != "+" else 0
        other += count if operation != "-" else 0


def _code(number: int) -> str:
    """Return a character for the item ``number``."""
    code = number + _FIRST_CODE
    return chr(code if code < _FIRST_SURROGATE else code + _SURROGATES)


def _diff(mine: str, yours: str, *, clean: bool, seconds: float) -> list[tuple[str, int]]:
    """Return the operations ``=``, ``-``, ``+`` with their lengths; ``clean`` drops matches too short to mean much."""
    operations: list[tuple[str, int]] = fast_diff_match_patch.diff(
        mine,
        yours,
        timelimit=seconds,
        checklines=False,
        cleanup="Semantic" if clean else "No",
        counts_only=True,
    )
    return operations


def _unique(mine: Sequence[str], yours: Sequence[str], gram: int) -> list[Pair]:
    """Return runs of ``gram`` items that occur once in either sequence: the longest chain that keeps the order."""
    places = _once(mine, gram)
    others = _once(yours, gram)
    points = [(at, others[items]) for items, at in places.items() if items in others]
    chain = _longest_rising(points)
    runs: list[Pair] = []
    for at, other in chain:
        if runs and at < runs[-1][0] + runs[-1][2] and at - runs[-1][0] == other - runs[-1][1]:
            runs[-1] = (runs[-1][0], runs[-1][1], at - runs[-1][0] + gram)
        elif not runs or (at >= runs[-1][0] + runs[-1][2] and other >= runs[-1][1] + runs[-1][2]):
            runs.append((at, other, gram))
    return runs


def _once(items: Sequence[str], gram: int) -> dict[tuple[str, ...], int]:
    """Return where each run of ``gram`` items that occurs once begins, in order."""
    grams = list(zip(*(items[skip:] for skip in range(gram)), strict=False))
    counts = Counter(grams)
    return {found: at for at, found in enumerate(grams) if counts[found] == 1}


def _longest_rising(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of ``points`` (ascending in the first number) that also ascends in the second."""
    tails: list[int] = []
    tops: list[int] = []
    before = [-1] * len(points)
    for number, (_, other) in enumerate(points):
        pile = bisect_left(tails, other)
        before[number] = tops[pile - 1] if pile else -1
        if pile == len(tails):
            tails.append(other)
            tops.append(number)
        else:
            tails[pile] = other
            tops[pile] = number
    chain: list[tuple[int, int]] = []
    at = tops[-1] if tops else -1
    while at >= 0:
        chain.append(points[at])
        at = before[at]
    return chain[::-1]
