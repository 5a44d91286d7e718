"""Disagreements between two layers, decided one by one into a consensus layer; what was decided stays decided."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.coding.agreeing import ME, common_articles
from app.drafts import Mark
from app.errors import NotFound
from app.library.holdings import Holdings
from app.library.rounds import CONSENSUS
from app.model import Article, Highlight, Status, Theme
from app.progress import Progress
from app.searching.gathering import CONTEXT
from app.text.anchors import describe, trim
from app.text.ranges import Span, clip, merge, shift
from app.text.sentences import sentences

Pair = tuple[str, str]

_PART: Final = 50


class Choice(StrEnum):
    """What is decided about a disagreement: the first layer's coding, the second one's, or both."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Coding:
    """A passage that a coder put a theme on: the id of the highlight, where it stands, its words and its note.

    ``at`` is where it stands in the context of its disagreement.
    """

    highlight: str
    span: Span
    quote: str
    note: str = ""
    at: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where two layers differ about a theme: passages that overlap, of which either side may be empty.

    ``whole`` says that it is about the article as a whole: then ``sides`` are who put the theme on it. ``context`` is
    the paragraph round the passages, cut to whole sentences when it is long, which begins at ``begins`` in the text.
    ``decision`` is what has been decided about it already.
    """

    id: str
    article: Article
    theme: Theme
    mine: tuple[Coding, ...] = ()
    theirs: tuple[Coding, ...] = ()
    context: str = ""
    begins: int = 0
    whole: bool = False
    sides: tuple[bool, bool] = (False, False)
    decision: Choice | None = None


def disagreements(
    holdings: Holdings, pair: Pair, theme: str | None = None, articles: Sequence[int] | None = None
) -> Iterator[list[Disagreement]]:
    """Yield where two layers disagree, part by part, in the order of articles and their texts.

    Passages of one theme that overlap or touch are one question. White space at their ends and between them, and into
    how many highlights a stretch is cut, are no disagreement; orphans have no place to disagree about.
    """
    keys = list(common_articles(holdings, pair) if articles is None else articles)
    themes = holdings.themes.branch(theme)
    record = holdings.collections.own(_record_id(pair), _record(pair))
    decided = frozenset(one.id for one in record.interludes) if record else frozenset[str]()
    for start in range(0, len(keys), _PART):
        part = keys[start : start + _PART]
        texts = holdings.bodies.texts(part)
        marked = [holdings.layers.highlights(part, author) for author in pair]
        whole = [holdings.layers.themes(part, author) for author in pair]
        found: list[Disagreement] = []
        for article in holdings.articles.by_keys(part):
            key = article.key
            question = _Questions(pair, article, texts.get(key, ""), decided)
            found += question.of(themes, (marked[0][key], marked[1][key]), (whole[0][key], whole[1][key]))
        yield found


def find(holdings: Holdings, pair: Pair, given: str) -> Disagreement:
    """Return the disagreement with this id or unique beginning of one; raises ``NotFound``."""
    wanted = given.strip().lower()
    found = [one for part in disagreements(holdings, pair) for one in part if one.id.startswith(wanted)]
    if len(found) != 1 or not wanted:
        raise NotFound("There is no disagreement with the id “{given}”.", "See “coder disagreements”.", given=given)
    return found[0]


def decide(holdings: Holdings, pair: Pair, one: Disagreement, choice: Choice) -> None:
    """Let the consensus have what one side, or both, said about a disagreement; it can be decided anew. One step.

    What was decided is kept in a collection of the two, with the passages: the minutes of the consensus.
    """
    with holdings.library.deed("Decided for “{theme}”: {choice}", theme=one.theme.name, choice=choice.value):
        key = holdings.articles.key(one.article.id)
        if one.whole:
            is_on = choice is Choice.BOTH or one.sides[choice is Choice.THEIRS]
            if is_on:
                holdings.layers.put_theme(key, one.theme, CONSENSUS)
            else:
                holdings.layers.take_theme(key, one.theme.key, CONSENSUS)
            _minute(holdings, pair, one, choice, [one.article.id] if is_on else [])
            return
        chosen = {Choice.MINE: one.mine, Choice.THEIRS: one.theirs, Choice.BOTH: (*one.mine, *one.theirs)}[choice]
        spans = sorted({coding.span for coding in chosen})
        _clear(holdings, key, one.theme, [coding.span for coding in (*one.mine, *one.theirs)])
        _minute(holdings, pair, one, choice, [_put(holdings, key, span, one.theme) for span in spans])


def settle(holdings: Holdings, pair: Pair) -> Generator[Progress, None, int]:
    """Let the consensus have all that two layers agree on already, as one step; return how many passages that are."""
    keys, step, made = common_articles(holdings, pair), None, 0
    themes = {one.id: one for one in holdings.themes.tree()}
    for number, key in enumerate(keys, 1):
        with holdings.library.deed("Agreement taken into the consensus", step) as deed:
            made += _settle(holdings, pair, key, themes)
        step = deed.changes.step or step
        yield Progress(number, len(keys), "")
    return made


def _settle(holdings: Holdings, pair: Pair, key: int, themes: dict[str, Theme]) -> int:
    text = holdings.bodies.texts([key]).get(key, "")
    marked = [holdings.layers.highlights([key], author)[key] for author in pair]
    held = holdings.layers.highlights([key], CONSENSUS)[key]
    made = 0
    used = _used(marked)
    for uid, theme in themes.items():
        if uid not in used:
            continue
        for mine, theirs in _clusters(uid, (marked[0], marked[1])):
            if _covered(text, mine) != _covered(text, theirs):
                continue
            for span in _covered(text, mine):
                if not any((one.start, one.end) == span and uid in one.themes for one in held):
                    _put(holdings, key, span, theme)
                    made += 1
    ours, others = (holdings.layers.themes([key], author)[key] for author in pair)
    for uid in sorted(ours & others):
        holdings.layers.put_theme(key, themes[uid], CONSENSUS)
    return made


class _Questions:
    """The disagreements about one article."""

    def __init__(self, pair: Pair, article: Article, text: str, decided: frozenset[str]) -> None:
        self._pair = pair
        self._article = article
        self._text = text
        self._decided = decided

    def of(
        self,
        themes: Sequence[Theme],
        marked: tuple[Sequence[Highlight], Sequence[Highlight]],
        whole: tuple[frozenset[str], frozenset[str]],
    ) -> list[Disagreement]:
        found = [
            self._of_article(theme, (theme.id in whole[0], theme.id in whole[1]))
            for theme in themes
            if (theme.id in whole[0]) != (theme.id in whole[1])
        ]
        used = _used(marked)
        passages = [
            self._of_passages(theme, mine, theirs)
            for theme in themes
            if theme.id in used
            for mine, theirs in _clusters(theme.id, marked)
            if _covered(self._text, mine) != _covered(self._text, theirs)
        ]
        return [*found, *sorted(passages, key=lambda one: min(each.span for each in (*one.mine, *one.theirs)))]

    def _of_article(self, theme: Theme, sides: tuple[bool, bool]) -> Disagreement:
        uid = self._id(theme, "whole", *map(str, sides))
        return Disagreement(
            uid, self._article, theme, context=self._article.excerpt, whole=True, sides=sides,
            decision=self._decision(uid),
        )  # fmt: skip

    def _of_passages(self, theme: Theme, mine: Sequence[Highlight], theirs: Sequence[Highlight]) -> Disagreement:
        both = (*mine, *theirs)
        begins, ends = _context(self._text, (min(one.start for one in both), max(one.end for one in both)))
        uid = self._id(
            theme,
            *(f"mine {one.id} {one.quote}" for one in mine),
            *(f"theirs {one.id} {one.quote}" for one in theirs),
        )
        codings = [
            tuple(
                Coding(
                    one.id,
                    (one.start, one.end),
                    one.quote,
                    one.note,
                    shift(clip((one.start, one.end), (begins, ends)) or (begins, begins), -begins),
                )
                for one in side
            )
            for side in (mine, theirs)
        ]
        return Disagreement(
            uid, self._article, theme, codings[0], codings[1], self._text[begins:ends], begins,
            sides=(bool(mine), bool(theirs)), decision=self._decision(uid),
        )  # fmt: skip

    def _id(self, theme: Theme, *parts: str) -> str:
        """Return an id that stays as long as both codings say the same words, wherever those stand."""
        return _hashed("\n".join((self._article.id, theme.id, *self._pair, *parts)))

    def _decision(self, uid: str) -> Choice | None:
        return next((choice for choice in Choice if _minute_id(uid, choice) in self._decided), None)


def _used(marked: Sequence[Sequence[Highlight]]) -> frozenset[str]:
    """Return the themes that any of the highlights has: few of all that a library has."""
    return frozenset(theme for held in marked for one in held for theme in one.themes)


def _clusters(
    theme: str, marked: tuple[Sequence[Highlight], Sequence[Highlight]]
) -> Iterator[tuple[list[Highlight], list[Highlight]]]:
    """Yield the passages of a theme that overlap or touch, those of each side."""
    sides = [[one for one in held if theme in one.themes and one.status is Status.ANCHORED] for held in marked]
    for start, end in merge((one.start, one.end) for side in sides for one in side):
        mine, theirs = ([one for one in side if start <= one.start < end] for side in sides)
        yield mine, theirs


def _covered(text: str, held: Sequence[Highlight]) -> list[Span]:
    """Return what highlights cover, without the white space at the ends, and whole where only such lies between."""
    found: list[Span] = []
    for span in merge((one.start, one.end) for one in held):
        start, end = trim(text, *span)
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _context(text: str, span: Span) -> Span:
    """Return where the paragraphs begin and end that a passage stands in, or its sentences when those are long."""
    start, end = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1])
    end = len(text) if end < 0 else end
    if end - start <= CONTEXT:
        return start, end
    place, found = start, list[Span]()
    for line in text[start:end].split("\n"):
        found += [(place + first, place + last) for first, last in sentences(line)]
        place += len(line) + 1
    touched = [one for one in found if clip(one, span)] or [span]
    return min(span[0], touched[0][0]), max(span[1], touched[-1][1])


def _clear(holdings: Holdings, article: int, theme: Theme, spans: Sequence[Span]) -> None:
    """Take a theme off what the consensus has within some stretches; a highlight without a theme goes."""
    database = holdings.library.database
    for one in holdings.layers.highlights([article], CONSENSUS)[article]:
        if theme.id in one.themes and any(clip((one.start, one.end), span) for span in merge(spans)):
            database.execute("DELETE FROM highlight_theme WHERE highlight_id=? AND theme_id=?", (one.key, theme.key))
            if len(one.themes) == 1:
                database.delete("highlight", one.key)


def _put(holdings: Holdings, article: int, span: Span, theme: Theme) -> str:
    """Let the consensus have a theme on a passage; return the id of its highlight."""
    for one in holdings.layers.highlights([article], CONSENSUS)[article]:
        if (one.start, one.end) == span and one.status is Status.ANCHORED:
            holdings.highlights.put_themes(one.key, [theme])
            return one.id
    anchor = describe(holdings.bodies.texts([article]).get(article, ""), *span)
    return holdings.highlights.insert(article, anchor, [theme], "", Mark(anchor.quote, author=CONSENSUS))


def _minute(holdings: Holdings, pair: Pair, one: Disagreement, choice: Choice, items: Sequence[str]) -> None:
    """Write down what was decided, with the passages that came of it."""
    collection = holdings.collections.filled(_record_id(pair), _record(pair))
    before = [_minute_id(one.id, other) for other in Choice]
    stale = [each.id for each in collection.interludes if each.id in before]
    if stale:
        holdings.collections.take(collection.id, stale)
    names = [author or "me" for author in pair]
    who = " + ".join(names) if choice is Choice.BOTH else names[choice is Choice.THEIRS]
    what = "" if items else ": no passage" if not one.whole else ": not on the article"
    said = f"**{' > '.join(one.theme.path)}** — {who}{what}"
    holdings.collections.write(collection.id, said, uid=_minute_id(one.id, choice))
    holdings.collections.put(collection.id, items)


def _record(pair: Pair) -> str:
    others = [author for author in pair if author != ME]
    return f"Consensus with {others[0]}" if len(others) == 1 else f"Consensus of {' and '.join(others)}"


def _record_id(pair: Pair) -> str:
    """Return the id of the collection with the minutes, which may get another name."""
    return _hashed(_record(pair))


def _minute_id(disagreement: str, choice: Choice) -> str:
    return _hashed(f"{disagreement}\n{choice.value}")


def _hashed(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:32]
