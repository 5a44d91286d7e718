"""Find an extractor's text again among the blocks of a page, so that what it left out is known, and where it stood.

An extractor gives text without the page; the page's own reader gives every visible block in order. A block belongs to
the article when most of its words lie in runs of four that the extractor's text has too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from app.cleaning.phrases import tokens

_RUN: Final = 4
_ENOUGH: Final = 0.5
_WHOLE_LIST: Final = 0.7
_NEAR: Final = 3


def shares(blocks: Sequence[Sequence[str]], text: str) -> list[float]:
    """Return for each block, given as its words, which share of them ``text`` has in runs of four."""
    stream = tokens(text)
    runs = set(_runs(stream))
    return [_share(words, runs) for words in blocks]


def select(
    blocks: Sequence[Sequence[str]], extracted: str, groups: Sequence[int | None]
) -> tuple[list[bool], list[float]]:
    """Tell for each block, given as its words, whether it belongs to ``extracted``, the text of the article.

    The second list holds the share of each block's words that the text has in runs of four.

    ``groups`` gives blocks that stand together (a table, a list) one number: such a group is judged as one text first.
    Blocks of fewer than four words must be a whole line of the text, beside another block that belongs. Later copies
    of a longer block do not belong.
    """
    lines = [tokens(line) for line in extracted.replace("|", "\n").split("\n")]
    stream = [word for line in lines for word in line]
    runs = set(_runs(stream))
    whole = {tuple(line) for line in lines}
    held = [_share(words, runs) for words in blocks]
    chosen = [share >= _ENOUGH for share in held]
    _drop_copies(blocks, chosen)
    _choose_groups(blocks, chosen, groups, runs)
    for number in range(len(blocks)):
        chosen[number] = chosen[number] or _is_short_neighbour(blocks, chosen, number, whole)
    return chosen, held


def _choose_groups(
    blocks: Sequence[Sequence[str]], chosen: list[bool], groups: Sequence[int | None], runs: set[tuple[str, ...]]
) -> None:
    """Choose groups whose words, one block after another, are in the text."""
    number = 0
    while number < len(blocks):
        end = number + 1
        while groups[number] is not None and end < len(blocks) and groups[end] == groups[number]:
            end += 1
        if end - number > 1 and not all(chosen[number:end]):
            words = [word for block in blocks[number:end] for word in block]
            if _share(words, runs) >= _WHOLE_LIST:
                chosen[number:end] = [True] * (end - number)
        number = end


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield each four words in a row."""
    return zip(words, words[1:], words[2:], words[3:], strict=False)


def _share(words: Sequence[str], runs: set[tuple[str, ...]]) -> float:
    """Return the share of the words that lie in known runs."""
    if len(words) < _RUN:
        return 0.0
    known = list(map(runs.__contains__, _runs(words)))
    if not any(known):
        return 0.0
    if all(known):
        return 1.0
    covered, until = 0, 0
    for at, is_known in enumerate(known):
        if is_known:
            covered += at + _RUN - max(until, at)
            until = at + _RUN
    return covered / len(words)


def _drop_copies(blocks: Sequence[Sequence[str]], chosen: list[bool]) -> None:
    """Keep the first of equal blocks."""
    seen: set[tuple[str, ...]] = set()
    for number, words in enumerate(blocks):
        if chosen[number]:
            key = tuple(words)
            chosen[number] = key not in seen
            seen.add(key)


def _is_short_neighbour(
    blocks: Sequence[Sequence[str]], chosen: Sequence[bool], number: int, whole: set[tuple[str, ...]]
) -> bool:
    words = blocks[number]
    if not words or len(words) >= _RUN or tuple(words) not in whole:
        return False
    return any(chosen[max(0, number - _NEAR) : number + _NEAR + 1])
