"""What is measured of the blocks of a page, as a table of numbers, for the trees that tell article from furniture.

A block is judged by itself, by what stands around it, and by what stands in the same boxes of the page: the elements
that hold it, and all elements that carry the same names.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.cleaning.boxes import Column, Numbers, boxes
from app.cleaning.features import Feature
from app.cleaning.furniture import Role, Verdict, score
from app.text.body import Piece, Run
from app.text.html_reader import Part

Table = NDArray[np.float32]

_KINDS: Final[Mapping[str, int]] = {
    "paragraph": 0, "heading": 1, "item": 2, "quote": 3, "cell": 4, "caption": 5, "code": 6, "callout": 7, "image": 8,
    "rule": 9,
}  # fmt: skip
_REGIONS: Final = ("", "nav", "header", "footer", "aside", "form")
_FURNITURE: Final[Mapping[str, int]] = {
    "share": 1, "social": 2, "comment": 3, "related": 4, "subscribe": 5, "cookie": 6, "advertising": 7, "footer": 8,
    "navigation": 9, "logo": 10,
}  # fmt: skip
_UNNAMED: Final = -1  # the number of all other furniture
_ARTICLE: Final = frozenset((Role.BODY, Role.HEADING))
_WORDS: Final = 0  # the column of the table
_LIKELY: Final = 15  # the column of the table
_WATCHED: Final = [12, 1, 0, 2, 3, 14]  # of what is measured of a block by itself, what is of interest to others
_ENDING: Final = (4, 3, 1, 5, 8)  # kinds of furniture that stand at the end of articles
_TITLE: Final = 2  # words
_WINDOW: Final = 4
_WIDEST: Final = 3 * _WINDOW + 1
_FAR: Final = 60.0
_BEGINNING: Final = 80
_CAPITALS: Final = bytes(range(ord("A"), ord("Z") + 1))


@dataclass(frozen=True, slots=True)
class Measures:
    """A row of numbers for each block, and whether it stands among what readers wrote below the article.

    ``groups`` holds, once for each way to group the blocks, the number of the group of each.
    """

    table: Table
    comments: tuple[bool, ...]
    groups: tuple[Numbers, ...]


def measure(
    parts: Sequence[Part], verdicts: Sequence[Verdict], stated: Sequence[float], title: Sequence[str]
) -> Measures:
    """Measure the blocks of a page at first sight; there must be one.

    ``stated`` tells which share of each block's words the text has that the page states of its article (-1 where it
    states none); ``title`` are the title's words.
    """
    features = [verdict.feature for verdict in verdicts]
    own = _own(parts, features, title)
    around = boxes(parts)
    words, likely = own[:, 0], np.array([verdict.role in _ARTICLE for verdict in verdicts], dtype=np.float64)
    regions = [_REGIONS.index(part.region) for part in parts]
    groups = (*around.outwards(), around.named_alike())
    weighed = [words, words * likely, words * own[:, 1], words * own[:, 4], words * own[:, 3]]
    columns = [own, np.array([likely, regions, stated]).T, _positions(words, likely, likely)]
    columns += [_compared(_grouped(numbers, weighed), words.sum(), weighed[1].sum()) for numbers in groups]
    columns.append(_grouped(_numbered([part.line.text for part in features]), weighed[:1])[:, :1])
    columns += [
        _beside(np.stack([likely, *own.T[_WATCHED]], axis=1)),
        _windows(words, likely),
        _windows(words, own[:, 3]),
    ]
    columns += [around.places(), around.names(), around.mains(np.maximum(own[:, 2], 0.0) * np.sqrt(words), words)]
    columns.append(_landmarks(parts, features, title))
    table = np.concatenate(columns, axis=1, dtype=np.float32, casting="same_kind")
    return Measures(table, tuple(map(bool, around.comments)), groups)


def measure_again(measures: Measures, chosen: Sequence[bool], held: Sequence[float]) -> Table:
    """Return what is measured at first sight with what an extractor adds to it.

    ``chosen`` tells which blocks its text holds, ``held`` which share of each block's words.
    """
    words, likely = (measures.table[:, column].astype(np.float64) for column in (_WORDS, _LIKELY))
    taken, shares = np.array(chosen, dtype=np.float64), np.array(held, dtype=np.float64)
    found = np.where(words < _WINDOW, taken, shares)
    columns = [np.stack([shares, taken], axis=1), _positions(words, taken, likely)]
    columns += [_grouped(numbers, [words, words * found])[:, 2:] for numbers in measures.groups]
    columns += [_beside(np.stack([found, taken], axis=1)), _windows(words, found)]
    return np.concatenate([measures.table, *columns], axis=1, dtype=np.float32, casting="same_kind")


def _own(parts: Sequence[Part], features: Sequence[Feature], title: Sequence[str]) -> Column:
    """Measure each block by itself; the first four numbers are words, links, score and a full stop at its end."""
    pieces = [part.piece for part in parts]
    texts = [piece.text for piece in pieces]
    named = set(title)
    counts = np.array([part.count for part in features])
    lengths = np.array([len(text) for text in texts])
    words, sizes = np.maximum(counts, 1), np.maximum(lengths, 1)
    columns: list[ArrayLike] = [
        counts,
        np.minimum(1.0, np.array([marked(piece.runs, "link") for piece in pieces]) / sizes),
        [score(part) for part in features],
        [part.full for part in features],
        [part.stop for part in features],
        np.minimum(1.0, np.array([marked(piece.runs, "strong") for piece in pieces]) / sizes),
        lengths / words,
        np.array([text.count(",") for text in texts]) / words,
        np.array([_capitals(text[:_BEGINNING]) for text in texts]) / np.minimum(sizes, _BEGINNING),
        ["!" in text for text in texts],
        [text[:1].islower() for text in texts],
        np.array([len(named.intersection(part.words)) for part in features]) / words,
        [_KINDS.get(piece.kind, len(_KINDS)) for piece in pieces],
        [_level(piece) for piece in pieces],
        [_FURNITURE.get(part.furniture, _UNNAMED) if part.furniture else 0 for part in features],
    ]
    return np.array(columns, dtype=np.float64).T


def marked(runs: Sequence[Run], kind: str) -> int:
    """Return how many characters lie in runs of a kind."""
    return sum(run.end - run.start for run in runs if run.kind == kind) if runs else 0


def _capitals(text: str) -> int:
    """Return how many capitals a text has."""
    return len(text) - len(text.encode().translate(None, _CAPITALS)) if text.isascii() else sum(map(str.isupper, text))


def _positions(words: Column, taken: Column, likely: Column) -> Column:
    """Measure where each block stands: in the page, and before or behind what the extractor took."""
    count = len(words)
    numbers = np.arange(count, dtype=np.float64)
    where = np.flatnonzero(taken * words)
    first, last = (where[0], where[-1]) if len(where) else (0, count - 1)
    held = np.cumsum(words * taken)
    total = max(1.0, held[-1] if count else 0.0)
    before, behind = _nearest(np.stack([taken, taken[::-1]]) > 0)
    return np.stack(
        [
            numbers / max(1, count),
            np.cumsum(words) / max(1.0, words.sum()),
            held / total,
            np.clip(numbers - first, -_FAR, _FAR),
            np.clip(last - numbers, -_FAR, _FAR),
            before,
            behind[::-1],
            np.full(count, total),
            np.full(count, (words * likely).sum() / total),
            np.full(count, (words * likely * taken).sum() / total),
        ],
        axis=1,
    )


def _nearest(marked: NDArray[np.bool_]) -> Column:
    """Return for each block how many blocks ago one was marked; a row for each row of marks."""
    numbers = np.arange(marked.shape[1], dtype=np.float64)
    before = np.maximum.accumulate(np.where(marked, numbers, -_FAR), axis=1)
    return np.asarray(np.minimum(numbers - before, _FAR))


def _landmarks(parts: Sequence[Part], features: Sequence[Feature], title: Sequence[str]) -> Column:
    """Measure how far it is to the title, to headings and to furniture of some kinds, before and behind each block."""
    levels = np.array([_level(part.piece) for part in parts])
    whole = tuple(title) if len(title) > _TITLE else None
    kinds = np.array([_FURNITURE.get(part.furniture or "", 0) for part in features])
    marked = np.stack(
        [np.array([part.words == whole for part in features]), levels == 1, *(kinds == kind for kind in _ENDING)]
    )
    before, behind = _nearest(marked), _nearest(marked[:, ::-1])[:, ::-1]
    heading = np.maximum.accumulate(np.where(levels > 0, np.arange(len(levels)), 0))
    return np.concatenate([before, behind, _nearest(levels[np.newaxis] > 0), levels[np.newaxis, heading]]).T


def _level(piece: Piece) -> int:
    return int(piece.attributes.get("level", 0)) if piece.kind == "heading" else 0


def _numbered(keys: Sequence[Hashable]) -> Numbers:
    """Return a number for each key, the same for equal ones."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.intp)


def _grouped(at: Numbers, weighed: Sequence[Column]) -> Column:
    """Measure the group of blocks that each belongs to: how many, how many words, and of these which share is what.

    ``at`` is the number of the group of each block.
    """
    count = np.bincount(at).astype(np.float64)
    sums = [np.bincount(at, weights=column) for column in weighed]
    words = np.maximum(sums[0], 1.0)
    table = np.stack([count, sums[0], *(column / words for column in sums[1:])], axis=1)
    return np.asarray(table[at])


def _compared(group: Column, words: float, likely: float) -> Column:
    """Measure a group also by its share of the words of the page, and of the likely ones."""
    held = np.stack([group[:, 1] / max(1.0, words), group[:, 1] * group[:, 2] / max(1.0, likely)], axis=1)
    return np.concatenate([group, held], axis=1)


def _beside(watched: Column) -> Column:
    """Measure the blocks before and behind each one; of those next but one only the first four columns."""
    count = len(watched)
    edge = np.full((2, watched.shape[1]), -1.0)
    padded = np.concatenate([edge, watched, edge])
    return np.concatenate(
        [padded[2 + step : 2 + step + count, : None if abs(step) == 1 else 4] for step in (-2, -1, 1, 2)], axis=1
    )


def _windows(words: Column, held: Column) -> Column:
    """Measure how many words stand around each block, and which share of them is held."""
    count = len(words)
    # sums up to each block, as far before the first one and behind the last as a window reaches
    sums = np.zeros((2, count + 2 * _WIDEST + 1))
    np.cumsum([words * held, words], axis=1, out=sums[:, _WIDEST + 1 : _WIDEST + 1 + count])
    sums[:, _WIDEST + 1 + count :] = sums[:, _WIDEST + count, np.newaxis]
    columns = []
    for begin, end in ((-_WINDOW, 0), (1, _WINDOW + 1), (-_WIDEST + 1, _WIDEST)):
        inside, total = sums[:, _WIDEST + end :][:, :count] - sums[:, _WIDEST + begin :][:, :count]
        total = np.maximum(total, 1.0)
        columns += [inside / total, total]
    return np.stack(columns, axis=1)
