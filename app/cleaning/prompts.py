"""Where an article begins and ends when prompts stand between its sentences: to share, to subscribe, to read more."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from app.cleaning.features import Feature

_INSIDE: Final = frozenset(("share", "subscribe", "social", "advertising"))
_PROMPTS: Final = 2  # so many prompts in a row may stand between two paragraphs
_PARAGRAPH: Final = 12  # words
_TOLD: Final = 12  # words of a sentence below the title of another page
_SENTENCE: Final = 4  # words
_LEADING: Final = 40  # words of a line that leads to a list
_LONGEST_TITLE: Final = 18  # words
_POSTS: Final = 3  # so often a prompt that parts the posts of a live report stands there
_SPOKEN: Final = 0.2
_ANNOUNCED: Final = re.compile(r":\s*\S+\s+\S")
_LEADS: Final = (":", "：")
_INNER_STOP: Final = re.compile(r"[^\W\d_]{3}[.!?…][\"”’»“«)]*\s+[\"“„«»‘(¿¡—–-]?\s?[^\W\d_a-z]|[。！？]\S")


def past_prompts(features: Sequence[Feature], last: int, scraped: bool) -> int:
    """Return where the article ends when prompts to share, subscribe or read more stand before its last sentences."""
    number, passed = last + 1, False
    while number < len(features):
        after, sure = _skipped(features, number)
        passed = passed or after > number
        if scraped:
            after, sure = _post(features, number, after), sure or _is_prose(features, after)
            after = _behind_lead(features, after, number) if passed and sure else after
        needed = features[after : after + (1 if sure else 2)]
        if not needed or not all(map(is_sentence, needed)):
            listed = scraped and after - number > _PROMPTS and features[after - 1].bullet
            return after - 1 if listed else last
        last, number = after, after + 1
    return last


def _behind_lead(features: Sequence[Feature], number: int, told: int) -> int:
    """Return the number behind what leads on to more of the article: a heading, or a line with a colon and its list.

    What leads to other pages are titles with a sentence below each: below a heading there is more than one. The article
    was told up to ``told``; right behind that a paragraph of several sentences is enough below a heading.
    """
    part = features[number] if number < len(features) else None
    if part is None or part.furniture or part.detail or part.bullet:
        return number
    if part.line.text.endswith(_LEADS):
        leads = _SENTENCE <= part.count <= _LEADING
        return run_of(features, number + 1, lambda one: one.bullet and not one.furniture) if leads else number
    below = features[number + 1 : number + 3]
    if not is_title_like(part) or not below or not is_sentence(below[0]):
        return number
    more = all(map(is_sentence, below[1:])) if len(below) > 1 else False
    alone = number == told and (len(below) == 1 or not is_title_like(below[1]))
    return number + 1 if more or (alone and _INNER_STOP.search(below[0].line.text)) else number


def _post(features: Sequence[Feature], number: int, after: int) -> int:
    """Return where a post of a live report begins: behind a prompt under every post, and a time and a heading."""
    prompt = features[number]
    if prompt.furniture != "share" or sum(part.words == prompt.words for part in features) < _POSTS:
        return after
    begin = run_of(features, after, is_title_like)
    told = begin - after <= _PROMPTS and begin < len(features) and features[begin].count >= _PARAGRAPH
    return begin if told else after


def _is_prose(features: Sequence[Feature], number: int) -> bool:
    """Tell whether a line is a paragraph that no title stands below, as one does below what tells of another page."""
    part = features[number] if number < len(features) else None
    if part is None or part.count < _TOLD or part.stop < _SPOKEN or not is_sentence(part):
        return False
    return number + 1 == len(features) or not is_title_like(features[number + 1])


def _skipped(features: Sequence[Feature], number: int) -> tuple[int, bool]:
    """Return the number behind prompts, and whether one sentence there is enough to know that the article goes on.

    Buttons to share in a row are one prompt, and so are links to read more with the titles below them.
    """
    prompts, sure = 0, True
    while number < len(features):
        kind = features[number].furniture
        if kind and not features[number].words:
            number += 1
            continue
        if prompts == _PROMPTS or (kind not in _INSIDE and kind != "related"):
            break
        prompts += 1
        announced = _is_announced(features[number])
        number += 1
        if kind == "share":
            number = run_of(features, number, lambda part: part.furniture == "share")
        elif kind == "related":
            sure = sure and announced
            number = run_of(features, number, is_title_like)
    return number, sure


def run_of(features: Sequence[Feature], number: int, holds: Callable[[Feature], bool]) -> int:
    """Return the number behind the lines from ``number`` on of which something holds."""
    while number < len(features) and holds(features[number]):
        number += 1
    return number


def before_prompts(features: Sequence[Feature], first: int) -> int:
    """Return where the article begins when prompts to share or subscribe stand behind its first sentences."""
    number, prompts = first - 1, 0
    while number >= 0 and prompts <= _PROMPTS:
        if is_sentence(features[number]):
            first, prompts = number, 0
        elif features[number].furniture in _INSIDE or _is_announced(features[number]):
            prompts += features[number].furniture != "share" or features[number + 1].furniture != "share"
        elif features[number].words:
            break
        number -= 1
    return first


def is_sentence(part: Feature) -> bool:
    """Tell whether a line is a sentence of the article by its looks alone."""
    if part.furniture or part.detail or part.selling or not part.full or part.count < _SENTENCE:
        return False
    return part.count < _PARAGRAPH or part.stop >= _SPOKEN


def _is_announced(part: Feature) -> bool:
    """Tell whether a line is a link to read more together with the title it leads to."""
    return part.furniture == "related" and _ANNOUNCED.search(part.line.text) is not None


def is_title_like(part: Feature) -> bool:
    """Tell whether a line looks like the title of another page, or like a heading."""
    return not part.furniture and not part.detail and not part.full and 2 <= part.count <= _LONGEST_TITLE
