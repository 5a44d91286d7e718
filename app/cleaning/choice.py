"""Choose the blocks of a page that are its article, by trained trees.

At first sight they judge by what is measured of the page itself. Where that leaves doubt, an extractor is asked, and
other trees correct what it found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.cleaning.blocks import Measures, marked, measure, measure_again
from app.cleaning.furniture import Page, Role, Verdict
from app.cleaning.phrases import tokens
from app.cleaning.selection import select, shares
from app.cleaning.statements import Statements
from app.cleaning.trees import block_trees, sight_trees
from app.text.html_reader import Part

Extract = Callable[[bool], str]

WHOLE: Final = ("cell", "code")
"""Kinds of blocks that belong to an article all together or not at all."""

LONG: Final = 4
"""Of blocks of so many words that are equal, one belongs to an article."""

_DOUBT: Final = 0.27  # of the words of an article; where it is more, an extractor is asked
_ENOUGH: Final = 0.7
_HOPELESS: Final = 0.2
_LIKELY: Final = 0.5
_LIKELY_PROSE: Final = 0.3
_LIKELY_GROUP: Final = 0.2
_LEAST: Final = 0.4
_MOSTLY_PROSE: Final = 0.4
_LINKED: Final = 0.5
_SENTENCE: Final = 12  # words
_FEW_LINKS: Final = 0.3
_FEW_WORDS: Final = 50


def choose(parts: Sequence[Part], page: Page, said: Statements, extract: Extract) -> list[bool]:
    """Tell for each block whether it belongs to the article.

    ``extract(thorough)`` gives the text of the article as an extractor sees it, quickly or thoroughly. It is not called
    for a page that is clear at first sight.
    """
    if not parts:
        return []
    measures = look(parts, page, said)
    chances = sight_trees().judge(measures.table)
    chosen = _chosen(parts, page, chances, _likely(page, measures.comments), measures.comments)
    if _is_clear(parts, page, chances, chosen) and not _is_talk(page, chosen, measures.comments):
        return chosen
    extracted, held = survey(parts, page, extract, measures.comments)
    if _is_listing(parts, extracted):
        return extracted
    chances = block_trees().judge(measure_again(measures, extracted, held))
    chosen = _chosen(parts, page, chances, extracted, measures.comments)
    talk = _is_talk(page, chosen, measures.comments) and not _is_talk(page, extracted, measures.comments)
    return extracted if talk or _weight(page, chosen) < _LEAST * _weight(page, extracted) else chosen


def everything(parts: Sequence[Part], page: Page) -> list[bool]:
    """Choose every block with words, but for later copies of one."""
    return _without_copies(parts, page, [bool(verdict.feature.words) for verdict in page.verdicts])


def look(parts: Sequence[Part], page: Page, said: Statements) -> Measures:
    """Return what is measured of all blocks at first sight."""
    words = [verdict.feature.words for verdict in page.verdicts]
    stated = shares(words, said.text) if said.text else [-1.0] * len(words)
    return measure(parts, page.verdicts, stated, tokens(next(iter(said.titles), said.title)))


def survey(
    parts: Sequence[Part], page: Page, extract: Extract, comments: Sequence[bool]
) -> tuple[list[bool], list[float]]:
    """Return the blocks that the extractor's text holds, and which share of each block's words.

    The quick text is taken when it holds most of what reads like an article; when even the thorough one holds next to
    nothing of that, the lines decide alone.
    """
    words = [verdict.feature.words for verdict in page.verdicts]
    likely = _likely(page, comments)
    groups = grouped(parts)
    chosen, held = likely, [0.0 for _ in words]
    told = _weight(page, [line and not comment for line, comment in zip(likely, comments, strict=True)])
    for thorough, enough in ((False, _ENOUGH), (True, _HOPELESS)):
        chosen, held = select(words, extract(thorough), groups)
        if _weight(page, chosen) >= max(enough * told, min(_FEW_WORDS, _weight(page, likely))):
            return chosen, held
    return likely, held


def _likely(page: Page, comments: Sequence[bool]) -> list[bool]:
    """Tell of each block whether it belongs to the article by its line alone, and is no reader's."""
    likely = [verdict.role in (Role.BODY, Role.HEADING) for verdict in page.verdicts]
    return _without_comments(page, likely, comments)


def _is_clear(parts: Sequence[Part], page: Page, chances: NDArray[np.float64], chosen: Sequence[bool]) -> bool:
    """Tell whether trees leave little doubt about what was chosen, and it is mostly sentences, not links.

    Pages of other kinds are not what the trees have learnt from.
    """
    words = np.array([verdict.feature.count for verdict in page.verdicts], dtype=np.float64)
    doubt = (words * np.minimum(chances, 1.0 - chances)).sum()
    if doubt > _DOUBT * (words * chances).sum():
        return False
    told = _weight(page, chosen)
    prose = _weight(page, [taken and _is_sentence(one) for taken, one in zip(chosen, page.verdicts, strict=True)])
    return told >= _FEW_WORDS and prose >= _MOSTLY_PROSE * told and not _is_listing(parts, chosen)


def _chosen(
    parts: Sequence[Part], page: Page, chances: NDArray[np.float64], found: Sequence[bool], comments: Sequence[bool]
) -> list[bool]:
    """Choose blocks by their chances; less is asked of prose that was ``found`` otherwise too."""
    least = [_LIKELY_PROSE if prose else _LIKELY for prose in _prose(parts, page, found)]
    chosen = _without_copies(parts, page, list(_together(parts, page, chances - least)))
    return _without_comments(page, chosen, comments)


def _prose(parts: Sequence[Part], page: Page, found: Sequence[bool]) -> Iterator[bool]:
    """Tell of each block whether it is a sentence or more, not mostly links, that was found otherwise too."""
    for part, verdict, taken in zip(parts, page.verdicts, found, strict=True):
        told = taken and _is_sentence(verdict)
        yield told and marked(part.piece.runs, "link") < _FEW_LINKS * len(part.piece.text)


def _is_sentence(verdict: Verdict) -> bool:
    return verdict.feature.full and verdict.feature.count >= _SENTENCE


def _together(parts: Sequence[Part], page: Page, chances: NDArray[np.float64]) -> Iterator[bool]:
    """Decide for each block, whose chance is above or below nought; a table, and code in a row, stay together."""
    for number, end in spans(grouped(parts, WHOLE)):
        if end - number == 1:
            yield bool(chances[number] > 0)
            continue
        words = np.maximum([verdict.feature.count for verdict in page.verdicts[number:end]], 1)
        taken = bool(np.average(chances[number:end], weights=words) > _LIKELY_GROUP - _LIKELY)
        yield from (taken for _ in range(number, end))


def _without_copies(parts: Sequence[Part], page: Page, chosen: Sequence[bool]) -> list[bool]:
    """Keep the first of equal blocks, but for those in tables and code; of a caption and a text, the text."""
    seen: set[tuple[str, ...]] = set()
    texts = {
        verdict.feature.words
        for part, verdict, taken in zip(parts, page.verdicts, chosen, strict=True)
        if taken and part.piece.kind != "caption"
    }
    kept = []
    for part, verdict, taken in zip(parts, page.verdicts, chosen, strict=True):
        words = verdict.feature.words
        again = len(words) >= LONG and part.piece.kind not in WHOLE
        again = again and (words in seen or (part.piece.kind == "caption" and words in texts))
        kept.append(taken and not again)
        if taken and not again:
            seen.add(words)
    return kept


def _without_comments(page: Page, chosen: list[bool], comments: Sequence[bool]) -> list[bool]:
    """Leave what readers wrote below the article, unless there is hardly anything else."""
    rest = [taken and not comment for taken, comment in zip(chosen, comments, strict=True)]
    return rest if _weight(page, rest) >= _FEW_WORDS else chosen


def _is_talk(page: Page, chosen: Sequence[bool], comments: Sequence[bool]) -> bool:
    """Tell whether what was chosen is mostly what readers wrote."""
    written = _weight(page, [taken and comment for taken, comment in zip(chosen, comments, strict=True)])
    return 2 * written > _weight(page, chosen)


def _is_listing(parts: Sequence[Part], chosen: Sequence[bool]) -> bool:
    """Tell whether what was chosen is mostly links."""
    linked = total = 0
    for part, taken in zip(parts, chosen, strict=True):
        if taken:
            total += len(part.piece.text)
            linked += marked(part.piece.runs, "link")
    return linked > _LINKED * total


def _weight(page: Page, chosen: Sequence[bool]) -> int:
    return sum(verdict.feature.count for verdict, taken in zip(page.verdicts, chosen, strict=True) if taken)


def grouped(parts: Sequence[Part], kinds: Sequence[str] = ("cell", "item")) -> list[int | None]:
    """Number the tables and lists, or what else of ``kinds`` follows on each other, so that each is judged as one."""
    groups: list[int | None] = []
    present: object = None
    number = 0
    for part in parts:
        kind = part.piece.kind
        key = (kind, part.piece.attributes.get("table")) if kind in kinds else None
        number += key != present
        present = key
        groups.append(number if key else None)
    return groups


def spans(groups: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Yield the first number of each group, or of a block for itself, and the one behind its last."""
    number = 0
    while number < len(groups):
        end = number + 1
        while groups[number] is not None and end < len(groups) and groups[end] == groups[number]:
            end += 1
        yield number, end
        number = end
