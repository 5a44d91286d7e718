"""The elements around the blocks of a page: how they are nested, what they are called, and which hold the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from lxml import etree
from numpy.typing import ArrayLike, NDArray

from app.text.html_reader import Part

Column = NDArray[np.float64]
Numbers = NDArray[np.intp]

_TAGS: Final[Mapping[str, int]] = {"article": 1, "main": 2, "section": 4, "table": 8}
_WHOLE: Final = frozenset(("html", "body", "main", "article"))
_UNNAMED: Final = frozenset(("html", "body"))
_COMMENTS: Final = re.compile(
    r"(?:^|\s)(?:(?:wp-block-)?comments?|comments?[_-]?(?:list|listing|tree|area|section|container|content|thread"
    r"|wrapper|wrap|body|box|block|form|reply|replies|item)"
    r"|disqus_thread|respond)(?:$|\s)"
)
# What words in the names of elements speak of: the text of an article, and what stands round it.
_SPEAKING: Final = tuple(map(re.compile, (
    r"content|article|entry|post|story|body|text|main|blog|prose|rich|editor|markdown|single|detail",
    r"relat|recommend|popular|trending|^more|^next|similar|latest|recent",
    r"sidebar|widget|aside",
    r"shar(?:e|ing)|social|follow",
    r"newsletter|subscri|signup|^cta|promo|banner|popup|modal|advert|sponsor",
    r"author|^bio$|byline|^about",
    r"meta|^tags?$|categor|breadcrumb|date|time",
    r"^toc$|contents|jump",
    r"foot|^nav|menu|header|masthead|login|search",
    r"comment|respond|disqus",
    r"card|teaser|carousel|slider|grid|swiper",
    r"faq|accordion|question|toggle",
    r"prose|richtext|wysiwyg|markdown|dropcap|(?:article|entry|post|story|page|rich)(?:content|body|text)",
    r"^(?:article|entry|post|story|blog|main|page|news|single|body|rich)$",
    r"^(?:content|body|text|editor)$",
)))  # fmt: skip
_THINGS: Final = 13
_WHOSE, _TEXT = 1 << 13, 1 << 14  # whose text it is, and that it is text: together they are sure, as the last thing is
_SURE: Final = 1 << 12
_COMMENTED: Final = 1 << 9
_OF_COMMENTS: Final = 1 << 15  # names of a box of comments
_WORD: Final = re.compile("[a-z]+")
_LEVELS: Final = 5
_FAR: Final = 12  # elements
_LONGEST: Final = 400  # characters of names
_SHARES: Final = (0.9, 0.7, 0.5)


@dataclass(frozen=True, slots=True)
class Boxes:
    """The elements around the blocks, numbered in their order, outer ones first; nought stands for none.

    ``own`` is the number of each block's innermost element, ``above`` that of the element around each, ``ends`` the
    number behind the last one inside. ``known`` holds how deep each lies, whether among comments, the tags around it as
    bits, what its names speak of as bits, and a number for what it is called.
    """

    own: Numbers
    above: Numbers
    ends: Numbers
    known: Numbers

    @property
    def comments(self) -> NDArray[np.bool_]:
        """Tell of each block whether it stands among comments."""
        return np.asarray(self.known[self.own, 1] > 0)

    def outwards(self) -> Iterator[Numbers]:
        """Yield the number of the element around each block, one step further out each time, up to the outermost."""
        outermost = self.above == 0
        above = np.where(outermost, np.arange(len(self.above)), self.above)
        at = self.own
        for _ in range(_LEVELS):
            at = above[at]
            yield at

    def named_alike(self) -> Numbers:
        """Return a number for each block, the same for those whose two innermost elements are called the same."""
        called = self.known[:, 4]
        both = called[self.own] * len(called) + called[self.above[self.own]]
        return np.asarray(np.unique(both, return_inverse=True)[1])

    def places(self) -> Column:
        """Measure for each block how deep it lies, whether among comments, and below which tags."""
        found = self.known[self.own]
        return np.concatenate([found[:, :2], found[:, 2:3] >> np.arange(len(_TAGS)) & 1], axis=1, dtype=np.float64)

    def names(self) -> Column:
        """Measure for each block how far outwards the next element is whose names speak of each thing."""
        spoken = self.known[:, 3:4] >> np.arange(_THINGS) & 1
        far = np.where(spoken, 0, _FAR).astype(np.uint8)
        above, step = self.above, 1
        while step < _FAR:  # each time twice as many elements are known
            far = np.minimum(far, far[above] + step)
            above, step = above[above], 2 * step
        return np.asarray(far[self.own], dtype=np.float64)

    def mains(self, weights: Column, words: Column) -> Column:
        """Measure where each block stands to the innermost elements that hold most of some weights of the blocks.

        For each share of the weights: whether the block is inside, how much deeper it lies (-1 outside), and which
        share of the words of the page the element holds.
        """
        sums, texts = self._below(weights), self._below(words)
        depth = self.known[:, 0]
        columns: list[ArrayLike] = []
        for share in _SHARES:
            enough = np.flatnonzero(sums >= share * sums[0]) if sums[0] > 0 else np.zeros(1, np.intp)
            best = enough[np.argmax(depth[enough])]
            inside = (self.own >= best) & (self.own < self.ends[best])
            deeper = np.where(inside, depth[self.own] - depth[best], -1)
            columns += [inside, deeper, np.full(len(self.own), max(1.0, texts[best]) / max(1.0, texts[0]))]
        return np.array(columns, dtype=np.float64).T

    def _below(self, values: Column) -> Column:
        """Return for each element the sum of the values of the blocks inside."""
        sums = np.concatenate([[0.0], np.cumsum(np.bincount(self.own, values, len(self.above)))])
        return np.asarray(sums[self.ends] - sums[:-1])


def boxes(parts: Sequence[Part]) -> Boxes:
    """Number the elements around the blocks of a page, each once."""
    numbers: dict[etree._Element | None, int] = {None: 0}
    called: dict[tuple[str, str], int] = {}
    above = [0]
    known = [(0, False, 0, 0, 0)]
    own: list[int] = []
    for part in parts:
        element = part.place
        chain: list[etree._Element] = []
        while (around := numbers.get(element)) is None and element is not None:
            chain.append(element)
            element = element.getparent()
        around = around or 0
        for inner in reversed(chain):
            known.append(_known(inner, known[around], called))
            above.append(around)
            around = numbers[inner] = len(above) - 1
        own.append(around)
    return Boxes(*(np.array(rows, dtype=np.intp) for rows in (own, above, _ends(above), known)))


def _ends(above: Sequence[int]) -> list[int]:
    """Return the number behind the last element in each one: what lies in an element is numbered right behind it."""
    sizes = [1] * len(above)
    for number in range(len(above) - 1, 0, -1):
        sizes[above[number]] += sizes[number]
    return [number + size for number, size in enumerate(sizes)]


def _known(
    element: etree._Element, around: tuple[int, bool, int, int, int], called: dict[tuple[str, str], int]
) -> tuple[int, bool, int, int, int]:
    """Return what is known of an element, from what is known of the one ``around`` it.

    ``called`` numbers what elements are called: their tags and classes.
    """
    depth, comment, tags, _spoken_around, _number = around
    tag = element.tag
    names, name = element.get("class", "")[:_LONGEST], element.get("id")
    spoken = 0
    if tag not in _UNNAMED:
        spoken = _spoken(names) if names else 0
        spoken |= _spoken(name[:_LONGEST]) if name else 0
    if spoken & _WHOSE and spoken & _TEXT:
        spoken |= _SURE
    comment = tag not in _WHOLE and (comment or bool(spoken & _OF_COMMENTS))
    number = called.setdefault((tag, names), len(called) + 1)
    return depth + 1, comment, tags | _TAGS.get(tag, 0), spoken, number


@lru_cache(4096)
def _spoken(names: str) -> int:
    """Return what the names of an element speak of, as bits."""
    names = names.lower()
    bits = 0
    for word in _WORD.findall(names):
        bits |= _spoken_by(word)
    return bits | _OF_COMMENTS if bits & _COMMENTED and _COMMENTS.search(names) else bits


@lru_cache(8192)
def _spoken_by(word: str) -> int:
    return sum(1 << number for number, pattern in enumerate(_SPEAKING) if pattern.search(word))
