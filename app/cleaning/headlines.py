"""The title below a long head: which of the many lines of a site's navigation is that of the article.

Names of sections share words with the article too, and stand before it in any number. What tells a title from them was
weighed on real pages: who wrote it and when stands close below, it is longer, and more of its words come again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Final

from app.cleaning.date_lines import begins_ago
from app.cleaning.features import Feature, is_row
from app.cleaning.prompts import is_sentence

CROWD: Final = 6
"""So many lines above an article are more than its head."""

_FIRST: Final = 6  # lines of the article that a title shares words with
_INSIDE: Final = 8  # so far into what looks like the article it may stand
_PROSE: Final = 20  # words
_LEAST: Final = 3.5
_BELOW: Final = 6  # so many lines below a title say who wrote it and when
_MOST: Final = 4  # words that count
_LETTERS: Final = 4  # of a word that counts
_OFTEN: Final = 3
_FAR: Final = 30  # lines
_DATED: Final = frozenset(("date_line", "reading_time"))
_ARROW: Final = re.compile(r"\s*[»›→]\s*|\s+>\s+")
_SEAM: Final = re.compile(r"[a-zß-ÿ][A-Z]")
_LENGTHS: Final = ((4, -1.2), (6, 0.9), (19, 1.7), (31, -1.3))  # below so many words, so many points
_ABOUT: Final = 4.0
_SHARED: Final = 3.6
_COMMON: Final = 2.0
_COMMON_SHARE: Final = 2.1
_CRUMB: Final = 1.8
_WITHIN: Final = -1.8
_PARTED: Final = -1.7
_JOINED: Final = -1.4
_TOP: Final = (3, -1.0)
_DISTANCE: Final = -1.5
_TOLD: Final = -2.9
_UNDER: Final = -1.0


def vote_headline(features: Sequence[Feature], start: int, about: Collection[int], begin: int = 0) -> int | None:
    """Return the number of the line that is the title, or ``None``.

    The article seems to begin at line ``start``, the lines that may speak of it at ``begin``; ``about`` are the numbers
    of bylines and dates, which are no titles. The title may be among the first lines of what seems to be the article.
    """
    end = next(
        (n for n in range(start, len(features)) if is_sentence(features[n]) or features[n].count >= _PROSE),
        len(features),
    )
    end = min(end, start + _INSIDE)
    first = {word for part in islice(features, start, start + _FIRST) for word in part.words}
    often = Counter(word for part in islice(features, start, None) for word in set(part.words))
    common = {word for word, count in often.items() if count >= _OFTEN}
    ending: dict[str, list[tuple[str, ...]]] = {}
    for part in islice(features, begin, end):
        ending.setdefault(part.words[-1] if part.words else "", []).append(part.words)
    best, chosen = _LEAST, None
    for number in range(begin, end):
        part = features[number]
        long = {word for word in part.words if len(word) >= _LETTERS}
        if number in about or not long or not _may_be(part):
            continue
        points = sum(_looks(part))
        points += _SHARED * min(_MOST, len(long & first)) / _MOST
        points += _COMMON * min(_MOST, len(long & common)) / _MOST + _COMMON_SHARE * len(long & common) / len(long)
        points += _CRUMB * _ends_another(part.words, ending[part.words[-1]]) + _WITHIN * (number >= start)
        points += _DISTANCE * min(_FAR, max(0, start - number)) / _FAR + _TOP[1] * (number < _TOP[0])
        under = number > begin and number - 1 not in about and features[number - 1].words[-part.count :] != part.words
        points += _UNDER * (under and could_head(features[number - 1]))
        points += _ABOUT * any(
            other in about or features[other].detail in _DATED
            for other in range(number + 1, min(number + 1 + _BELOW, len(features)))
        )
        if points > best:
            best, chosen = points, number
    return chosen


def _ends_another(words: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether words come again at the end of a longer line, as the title does in a breadcrumb."""
    return any(len(line) > len(words) and line[-len(words) :] == words for line in lines)


def could_head(part: Feature) -> bool:
    """Tell whether a line could be a title by its looks, so that the line below it is more likely its summary."""
    return _may_be(part) and sum(_looks(part)) > 0 and part.count >= 5 and not part.full


def _may_be(part: Feature) -> bool:
    if part.furniture or part.detail or part.bullet or part.count >= _LENGTHS[-1][0]:
        return False
    return not is_row(part) and not begins_ago(part.line.text)


def _looks(part: Feature) -> Iterator[float]:
    """Yield what the looks of a line say for or against its being a title."""
    text = part.line.text
    yield next(points for most, points in _LENGTHS if part.count < most)
    yield _TOLD if part.full and not text.endswith(("?", "？")) else 0.0
    yield _PARTED if _ARROW.search(text) else 0.0
    yield _JOINED if _SEAM.search(text) else 0.0
