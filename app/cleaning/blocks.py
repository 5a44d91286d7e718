"""What is measured of the blocks of a page, as a table of numbers, for the trees that tell article from furniture.

A block is judged by itself, by what stands around it, and by what stands in the same boxes of the page: the elements
that hold it, and all elements that carry the same names.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from lxml import etree
from numpy.typing import ArrayLike, NDArray

from app.cleaning.furniture import Feature, Role, Verdict, score
from app.text.body import Run
from app.text.html_reader import Part

Table = NDArray[np.float32]
Column = NDArray[np.float64]
Numbers = NDArray[np.intp]

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
_TAGS: Final[Mapping[str, int]] = {"article": 1, "main": 2, "section": 4, "table": 8}
_WHOLE: Final = frozenset(("html", "body", "main", "article"))
_COMMENTS: Final = re.compile(
    r"(?:^|\s)(?:(?:wp-block-)?comments?|comments?[_-]?(?:list|listing|tree|area|section|container|content|thread"
    r"|wrapper|wrap|body|box|block|form|reply|replies|item)"
    r"|disqus_thread|respond)(?:$|\s)"
)
_LEVELS: Final = 5
_WINDOW: Final = 4
_FAR: Final = 60.0
_BEGINNING: Final = 80
_NO_CAPITALS: Final = dict.fromkeys(range(ord("A"), ord("Z") + 1))


@dataclass(frozen=True, slots=True)
class Measures:
    """A row of numbers for each block, and whether it stands among what readers wrote below the article."""

    table: Table
    comments: tuple[bool, ...]


def measure(
    parts: Sequence[Part],
    verdicts: Sequence[Verdict],
    chosen: Sequence[bool],
    found: tuple[Sequence[float], Sequence[float]],
    title: Sequence[str],
) -> Measures:
    """Measure the blocks of a page; there must be one.

    ``chosen`` tells which blocks the extractor's text holds; ``found`` which share of each block's words that text has,
    and which the text that the page states of its article (-1 where it states none); ``title`` are the title's words.
    """
    features = [verdict.feature for verdict in verdicts]
    own = _own(parts, features, title)
    places = _places(parts)
    boxes = _boxes(parts, places)
    words, links = own[:, 0], own[:, 0] * own[:, 1]
    taken, shares = np.array(chosen, dtype=np.float64), np.array(found, dtype=np.float64)
    held = np.where(words < _WINDOW, taken, shares[0])
    likely = np.array([verdict.role in (Role.BODY, Role.HEADING) for verdict in verdicts], dtype=np.float64)
    weighed = [words, words * held, words * likely, links, words * own[:, 3]]
    columns = [own, boxes, shares.T, taken[:, None], likely[:, None], _positions(words, taken, likely)]
    columns += [_grouped(numbers, weighed) for numbers in places.outwards()]
    columns.append(_grouped(_numbered(_signatures(parts)), weighed))
    columns.append(_grouped(_numbered([part.line.text for part in features]), weighed[:1])[:, :1])
    columns.append(_around(own, held, likely))
    table = np.concatenate(columns, axis=1, dtype=np.float32, casting="same_kind")
    return Measures(table, tuple(map(bool, boxes[:, 1])))


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
        np.minimum(1.0, np.array([_marked(piece.runs, "link") for piece in pieces]) / sizes),
        [score(part) for part in features],
        [part.full for part in features],
        [part.stop for part in features],
        np.minimum(1.0, np.array([_marked(piece.runs, "strong") for piece in pieces]) / sizes),
        lengths / words,
        np.array([text.count(",") for text in texts]) / words,
        np.array([_capitals(text[:_BEGINNING]) for text in texts]) / np.minimum(sizes, _BEGINNING),
        ["!" in text for text in texts],
        [text[:1].islower() for text in texts],
        np.array([len(named.intersection(part.words)) for part in features]) / words,
        [_KINDS.get(piece.kind, len(_KINDS)) for piece in pieces],
        [int(piece.attributes.get("level", 0)) if piece.kind == "heading" else 0 for piece in pieces],
        [_FURNITURE.get(part.furniture, _UNNAMED) if part.furniture else 0 for part in features],
    ]
    return np.array(columns, dtype=np.float64).T


def _marked(runs: Sequence[Run], kind: str) -> int:
    """Return how many characters lie in runs of a kind."""
    return sum(run.end - run.start for run in runs if run.kind == kind) if runs else 0


def _capitals(text: str) -> int:
    """Return how many capitals a text has."""
    return len(text) - len(text.translate(_NO_CAPITALS)) if text.isascii() else sum(map(str.isupper, text))


def _positions(words: Column, taken: Column, likely: Column) -> Column:
    """Measure where each block stands: in the page, and before or behind what the extractor took."""
    count = len(words)
    numbers = np.arange(count, dtype=np.float64)
    where = np.flatnonzero(taken * words)
    first, last = (where[0], where[-1]) if len(where) else (0, count - 1)
    held = np.cumsum(words * taken)
    total = max(1.0, held[-1] if count else 0.0)
    nearest = _nearest(taken)
    return np.stack(
        [
            numbers / max(1, count),
            np.cumsum(words) / max(1.0, words.sum()),
            held / total,
            np.clip(numbers - first, -_FAR, _FAR),
            np.clip(last - numbers, -_FAR, _FAR),
            nearest,
            nearest[::-1] if not count else _nearest(taken[::-1])[::-1],
            np.full(count, total),
            np.full(count, (words * likely).sum() / total),
            np.full(count, (words * likely * taken).sum() / total),
        ],
        axis=1,
    )


def _nearest(taken: Column) -> Column:
    """Return how many blocks ago the extractor took one."""
    numbers = np.arange(len(taken), dtype=np.float64)
    before = np.maximum.accumulate(np.where(taken > 0, numbers, -_FAR)) if len(taken) else numbers
    return np.minimum(numbers - before, _FAR)


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


def _around(own: Column, held: Column, likely: Column) -> Column:
    """Measure the blocks before and behind each one, and the window around it."""
    watched = np.stack([held, likely, own[:, 12], own[:, 1], own[:, 0], own[:, 2], own[:, 3], own[:, 14]], axis=1)
    count = len(watched)
    edge = np.full((2, watched.shape[1]), -1.0)
    padded = np.concatenate([edge, watched, edge])
    columns = [padded[2 + step : 2 + step + count, : 8 if abs(step) == 1 else 4] for step in (-2, -1, 1, 2)]
    words = own[:, 0]
    for begin, end in ((-_WINDOW, 0), (1, _WINDOW + 1), (-3 * _WINDOW, 3 * _WINDOW + 1)):
        total = np.maximum(_window(words, begin, end), 1.0)
        columns.append(np.stack([_window(words * held, begin, end) / total, total], axis=1))
    return np.concatenate(columns, axis=1)


def _window(values: Column, begin: int, end: int) -> Column:
    """Return the sum over the blocks from ``begin`` to ``end`` (not included), counted from each one."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    numbers = np.arange(len(values))
    low, high = np.clip(numbers + begin, 0, len(values)), np.clip(numbers + end, 0, len(values))
    return np.asarray(sums[high] - sums[low])


@dataclass(frozen=True, slots=True)
class _Places:
    """The elements around the blocks, numbered; nought stands for none.

    ``own`` is the number of each block's innermost element. ``above`` holds the number of the element around each, its
    own for the outermost, and ``boxes`` how deep each lies, whether among comments, and the tags around it as bits.
    """

    own: Numbers
    above: Numbers
    boxes: Numbers

    def outwards(self) -> Iterator[Numbers]:
        """Yield the number of the element around each block, one step further out each time."""
        at = self.own
        for _ in range(_LEVELS):
            at = self.above[at]
            yield at


def _places(parts: Sequence[Part]) -> _Places:
    """Number the elements around the blocks, each once."""
    numbers: dict[etree._Element | None, int] = {None: 0}
    above = [0]
    boxes = [(0, False, 0)]
    own: list[int] = []
    for part in parts:
        element = part.place
        chain: list[etree._Element] = []
        while element is not None and element not in numbers:
            chain.append(element)
            element = element.getparent()
        around = numbers[element]
        for inner in reversed(chain):
            number = numbers[inner] = len(above)
            above.append(around or number)
            boxes.append(_box(inner, *boxes[around]))
            around = number
        own.append(around)
    return _Places(np.array(own, dtype=np.intp), np.array(above, dtype=np.intp), np.array(boxes, dtype=np.intp))


def _box(element: etree._Element, depth: int, comment: bool, tags: int) -> tuple[int, bool, int]:
    """Return how deep an element lies, whether among comments, and its tags as bits, from what is around it."""
    tag = element.tag
    if tag in _WHOLE:
        comment = False
    elif not comment:
        comment = _is_comments(element.get("class")) or _is_comments(element.get("id"))
    return depth + 1, comment, tags | _TAGS.get(tag, 0)


def _boxes(parts: Sequence[Part], places: _Places) -> Column:
    """Measure the elements around each block: how deep, whether among comments, below which tags, in which region."""
    found = places.boxes[places.own]
    tags = found[:, 2:] >> np.arange(len(_TAGS)) & 1
    regions = np.array([[_REGIONS.index(part.region)] for part in parts])
    return np.concatenate([found[:, :2], tags, regions], axis=1, dtype=np.float64)


def _is_comments(name: str | None) -> bool:
    if not name:
        return False
    lower = name.lower()
    return ("comment" in lower or "respond" in lower or "disqus" in lower) and _COMMENTS.search(lower) is not None


def _signatures(parts: Sequence[Part]) -> list[Hashable]:
    """Return for each block the tags and classes of the two elements around it."""
    known: dict[etree._Element | None, Hashable] = {None: ()}
    signatures: list[Hashable] = []
    for part in parts:
        place = part.place
        if place is None:
            signatures.append(())
            continue
        above = place.getparent()
        if above not in known and above is not None:
            known[above] = (above.tag, above.get("class", ""))
        signatures.append((place.tag, place.get("class", ""), known[above]))
    return signatures
