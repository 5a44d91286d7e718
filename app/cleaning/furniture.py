"""Tell the article from the page around it, line by line.

Every line gets a score: long sentences speak for the article, phrases of page furniture against it. The run of lines
with the largest sum is the article; inside it single lines of furniture are taken out, and short lines before longer
ones are its headings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain, islice
from types import MappingProxyType
from typing import Final

from app.cleaning.code_lines import code_lines
from app.cleaning.comments import before_comments
from app.cleaning.features import CJK, OTHER, SHORT, Feature, feature, is_row
from app.cleaning.language import guess, vote
from app.cleaning.lines import Line, bulleted
from app.cleaning.phrases import Lexicon, languages, lexicon, stop_words, tokens
from app.cleaning.prompts import before_prompts, is_sentence, is_title_like, past_prompts, run_of

# Languages that inflect where others have small words hold fewer of them: so many times more are as many as elsewhere.
_SPARSE: Final = MappingProxyType(
    {"tr": 2.0, "he": 1.8, "uk": 1.7, "cs": 1.6, "pl": 1.5, "fi": 1.5, "ru": 1.3, "ar": 1.3, "hu": 1.2}
)
_SPEAKER: Final = re.compile(r"\w{1,10}\s?\d{0,2}\s?:\s")
_OPEN_END: Final = re.compile(r"[.,;:…!][\"”’)]*$")
_GENTLE: Final = frozenset(("navigation", "footer", "related", "subscribe", "share", "social"))
_LONGEST_HEADING: Final = 18
_LEAST_TOLD: Final = 8  # words of a text below a heading
_ROW_OF_SHORT: Final = 5
_PROMPTS: Final = 2  # so many prompts in a row may stand between two paragraphs
_PARAGRAPH: Final = 12  # words
_CODE: Final = 0.0
_NO_WORD: Final = -0.3
_LEADING: Final = 0.0  # what leads on to more of the article
_NUMBERED: Final = re.compile(r"\d{1,2}[.)] \w")
_DEAREST: Final = 5.0  # short lines in a row, of a table say, never speak louder against an article
_QUOTATION: Final = re.compile('[“„‟«»"「『][^“„«»"「『]+[”“«»"」』]')
_QUOTED: Final = 5  # words
_SAID: Final = 0.1


class Role(StrEnum):
    """What a line is to the article."""

    BODY = "body"
    HEADING = "heading"
    FURNITURE = "furniture"
    DETAIL = "detail"


@dataclass(slots=True)
class Verdict:
    """What a line is: its role, and for furniture its kind, for details the name, for call-outs the label.

    Nobody changes it: it is not frozen since so many are made.
    """

    feature: Feature
    role: Role
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, each with its verdict; ``language`` is ``None`` when it cannot be told.

    ``plain`` says that it is no page of a site: no phrase names any of its lines as furniture.
    """

    verdicts: tuple[Verdict, ...]
    language: str | None
    lexicon: Lexicon = field(repr=False)
    plain: bool = False


def classify(texts: Sequence[str]) -> Page:
    """Give each block of a page, of which the text is all that counts here, its verdict."""
    known = _Known.of(texts)
    # a quarter of the lines of a page stand there again
    measured = {text: known.measure(Line(text or "-")) for text in set(texts)}
    features = [measured[text] for text in texts]
    return Page(tuple(_verdicts(features, scraped=False, whole=False)), known.language, known.lexicon)


def classify_lines(lines: Sequence[Line], whole: bool = False) -> Page:
    """Give each line of a scraped text its verdict. They, and the empty ones between them, are all that is known.

    In what is ``whole`` all is the article but what phrases name as furniture.
    """
    known = _Known.of([line.text for line in lines])
    features = [known.measure(line, bulleted(lines, number)) for number, line in enumerate(lines)]
    for number in code_lines(lines):
        features[number] = replace(features[number], code=True, bullet=False, callout="", furniture=None, detail=None)
    return Page(
        tuple(_verdicts(features, scraped=True, whole=whole)), known.language, known.lexicon, _is_plain(features)
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of all lines: the words of each, and their language, ``None`` where it cannot be told.

    ``common`` holds the stop words of the language, ``None`` where it has none; each of them counts for ``weight``.
    """

    words: Mapping[str, tuple[str, ...]]
    language: str | None
    lexicon: Lexicon
    common: frozenset[str] | None
    weight: float

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Known:
        words = {text: tuple(tokens(text)) for text in set(texts)}
        text = "\n".join(texts)
        spoken = chain.from_iterable(words[text] for text in texts)
        language = guess(text) if CJK.search(text[:2000]) else vote(list(islice(spoken, 4000)))
        common = stop_words(language) if language in languages() else None
        return cls(words, language, lexicon(language), common, _SPARSE.get(language or "", 1.0))

    def measure(self, line: Line, bullet: bool = False) -> Feature:
        """Measure a line."""
        words = self.words.get(line.text, ())
        return feature(line, words, self.lexicon, self.common, bullet, self.weight)


def score(part: Feature) -> float:
    """Return how much a line speaks for the article (positive) or for the page (negative)."""
    if part.furniture:
        return -4.0 if part.count < SHORT else -1.0
    if part.callout:
        return 0.5
    if part.detail:
        return -1.0
    if is_row(part):
        return -0.1
    if part.count >= 25 and (part.stop >= 0.2 or part.full):
        return min(part.count, 90) / 8
    if part.count >= 10 and part.full:
        return 1.5 if part.stop >= 0.15 else 0.8
    if part.count >= 4 and part.full and part.stop >= 0.2:
        return 0.4
    if part.bullet:
        return -0.15 if part.count >= 3 else -0.4
    return 0.3 if part.count >= 12 and part.stop >= 0.25 else -0.8


def _scraped_score(part: Feature) -> float:
    """Return how much a line speaks for the article where no markup tells its code, breaks and quotations."""
    text = part.line.text
    if part.code:
        return _CODE
    if part.words:
        own = score(part)
        if own >= 0 or part.furniture or part.detail or part.bullet:
            return own
        if part.count >= _QUOTED and _QUOTATION.fullmatch(text):
            return _SAID
        return _LEADING if (part.count > 1 and text.endswith(":")) or _NUMBERED.match(text) else own
    return _NO_WORD


def _scraped_scores(features: Sequence[Feature]) -> list[float]:
    """Return the score of each line; those of short lines in a row, of which nothing is known, only up to a sum."""
    scores, left = [], _DEAREST
    for part in features:
        own = _scraped_score(part)
        if own < 0 and not (part.detail or (part.furniture and part.words)):
            own = max(own, -left)
            left += own
        elif own > _SAID:
            left = _DEAREST
        scores.append(own)
    return scores


def _verdicts(features: list[Feature], scraped: bool, whole: bool) -> list[Verdict]:
    """Find the article among the lines, then what is not of it inside, then its headings."""
    plain = scraped and _is_plain(features)
    prose = not scraped or any(part.count >= _PARAGRAPH and not part.furniture for part in features)
    scores = _scraped_scores(features) if scraped else [score(part) for part in features]
    first, last = (0, -1) if whole or not prose else _article(scores)
    if first <= last and plain:
        last = len(features) - 1
    elif first <= last:
        first, last = before_prompts(features, first), past_prompts(features, last, scraped)
        last = before_comments(features, first, last) if scraped else last
    verdicts = [
        Verdict(part, Role.BODY) if first <= number <= last else _outside(part) for number, part in enumerate(features)
    ]
    found = first <= last
    if not found:
        verdicts = [Verdict(part, Role.BODY) for part in features]
        last = len(verdicts) - 1
    _name_links(verdicts, first if scraped else 0, last)
    _take_out(verdicts, first, last)
    listed = _drop_rows(verdicts, first, last, scraped) if found and not plain else ()
    _name_headings(verdicts, first, last, prose, listed)
    return verdicts


def _is_plain(features: Sequence[Feature]) -> bool:
    return not any(part.furniture and part.words for part in features)


def _article(scores: Sequence[float]) -> tuple[int, int]:
    """Return the first and last number of the run with the largest sum; an empty run when nothing is positive."""
    best, begin, end = 0.0, 0, -1
    total, start = 0.0, 0
    for number, value in enumerate(scores):
        if total <= 0:
            total, start = 0.0, number
        total += value
        if total > best:
            best, begin, end = total, start, number
    return begin, end


def _outside(part: Feature) -> Verdict:
    if part.detail and (part.detail == "topics" or not (part.furniture and part.count > 3)):
        return Verdict(part, Role.DETAIL, part.detail)
    return Verdict(part, Role.FURNITURE, part.furniture or OTHER)


def _name_links(verdicts: list[Verdict], first: int, last: int) -> None:
    """What follows on "You may also like" is of its kind: below the article, and several titles between sentences."""
    features = [verdict.feature for verdict in verdicts[:first]]
    for number, part in enumerate(features):
        end = run_of(features, number + 1, is_title_like)
        if part.furniture == "related" and end - number > _PROMPTS and any(map(is_sentence, features[:number])):
            for row in range(number + 1, end):
                verdicts[row] = replace(verdicts[row], kind="related")
    kind = OTHER
    for number in range(last + 1, len(verdicts)):
        verdict = verdicts[number]
        if verdict.kind != OTHER or verdict.role is not Role.FURNITURE:
            kind = "related" if verdict.kind == "related" else OTHER
        else:
            verdicts[number] = replace(verdict, kind=kind)


def _take_out(verdicts: list[Verdict], first: int, last: int) -> None:
    """Take single lines of furniture, and short lines that state a detail, out of the article."""
    for number in range(first, last + 1):
        part = verdicts[number].feature
        if part.furniture and part.count < SHORT:
            near = [verdicts[n].feature.furniture for n in (number - 2, number - 1, number + 1) if first <= n <= last]
            # Alone between paragraphs, "FAQ" or "More" is a heading.
            lone = part.furniture in _GENTLE and part.count <= 2 and not any(near) and number < last
            if not (lone and _tells(verdicts[number + 1].feature)):
                verdicts[number] = Verdict(part, Role.FURNITURE, part.furniture)
        elif part.detail and (part.count < 12 or part.detail == "disclaimer"):
            verdicts[number] = Verdict(part, Role.DETAIL, part.detail)


def _tells(part: Feature) -> bool:
    """Tell whether what stands below a short line reads like text, and no title of another page."""
    return part.count >= _LEAST_TOLD and (part.full or part.count > _LONGEST_HEADING)


def _drop_rows(verdicts: list[Verdict], first: int, last: int, scraped: bool) -> Collection[int]:
    """Take rows of short lines out: lists of links to other pages. The last of a row may be a heading and stays.

    Without markup they are tables and lists of the article just as well, unless a prompt stands among them. Return the
    numbers of the lines inside those.
    """
    number, kept = first, set[int]()
    while number <= last:
        end = number
        while end <= last and _is_short(verdicts[end]):
            end += 1
        after_related = number > first and verdicts[number - 1].kind == "related"
        kind = "related" if after_related else OTHER
        even = scraped and _is_even(verdicts, number, end)
        listed = after_related and (even or _is_set_apart(verdicts, number, end))
        named = scraped and after_related and _is_label(verdicts[number - 1].feature) and end == number + 1 <= last
        long = end - number >= (2 if after_related else _ROW_OF_SHORT)
        if long and scraped and not (after_related or any(map(_is_prompt, verdicts[number:end]))):
            kept.update(range(number + 1, end - 1))
        elif listed or named or long:
            for row in range(number, end if listed or named else end - 1):
                if verdicts[row].role is Role.BODY:
                    verdicts[row] = Verdict(verdicts[row].feature, Role.FURNITURE, kind)
        number = max(end, number + 1)
    return kept


def _is_prompt(verdict: Verdict) -> bool:
    return verdict.role is Role.FURNITURE and bool(verdict.feature.words)


def _is_label(part: Feature) -> bool:
    """Tell whether a line only announces the title of another page, which stands below it."""
    return part.furniture == "related" and ":" not in part.line.text.rstrip(": ")


def _is_set_apart(verdicts: Sequence[Verdict], number: int, end: int) -> bool:
    """Tell whether a row hangs together, right under the line before it, with an empty line only below it."""
    gaps = [verdict.feature.line.gap for verdict in verdicts[number : end + 1]]
    return len(gaps) > end - number > 0 and gaps[-1] > 0 and not any(gaps[:-1])


def _is_even(verdicts: Sequence[Verdict], number: int, end: int) -> bool:
    """Tell whether a row of several lines is set alike, so that its last is no heading of what follows."""
    return len({verdict.feature.line.gap for verdict in verdicts[number:end]}) == 1 < end - number


def _is_short(verdict: Verdict) -> bool:
    part = verdict.feature
    if is_row(part) or part.code:
        return False
    if verdict.role is Role.FURNITURE:
        return verdict.kind != "related"
    return part.count < 12 and not part.full and not part.bullet and not _SPEAKER.match(part.line.text)


def _name_headings(verdicts: list[Verdict], first: int, last: int, prose: bool, listed: Collection[int]) -> None:
    """Make headings of short lines without a stop at the end that stand before longer ones, but not in a list.

    Where there is no ``prose``, as in verse, only of those that stand alone.
    """
    following: Feature | None = None
    for number in range(last, first - 1, -1):
        verdict = verdicts[number]
        if verdict.role is not Role.BODY:
            continue
        longer = following is not None and following.count > verdict.feature.count
        above = number == first or verdict.feature.line.gap > 0
        apart = prose or (above and following is not None and following.line.gap > 0)
        if longer and apart and number not in listed and may_head(verdict.feature):
            verdicts[number] = Verdict(verdict.feature, Role.HEADING)
        following = verdict.feature


def may_head(part: Feature) -> bool:
    """Tell whether a line could be a heading by its looks."""
    text = part.line.text
    return (
        not part.code
        and part.count <= _LONGEST_HEADING
        and (len(part.words) < 2 or any(word.strip("0123456789") for word in part.words))
        and not part.bullet
        and not part.callout
        and not part.line.quoted
        and not is_row(part)
        and not _OPEN_END.search(text)
        and not _SPEAKER.match(text)
    )
