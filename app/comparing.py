"""An article beside its earlier texts, and beside articles that say mostly the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.drafts import Mark
from app.errors import NotFound
from app.library.holdings import Holdings
from app.library.likenesses import Likenesses
from app.model import Article, Highlight
from app.text.anchors import Anchor, resolve_all
from app.text.comparison import Facing, compare
from app.text.ranges import Span


@dataclass(frozen=True, slots=True)
class Other:
    """What an article can be compared with.

    It is an earlier text (``version`` is its key, ``made`` when it gave way in UTC milliseconds, ``reason`` to what),
    or another article, of whose runs of words it shares so much (``share``, 0 to 1).
    """

    version: int = 0
    made: int = 0
    reason: str = ""
    article: Article | None = None
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts side by side. ``carried`` is how many highlights of the other one can be put on this one too."""

    old: str
    new: str
    facing: tuple[Facing, ...]
    carried: int = 0


def others(holdings: Holdings, article: int) -> tuple[Other, ...]:
    """Return what an article can be compared with: its earlier texts, then articles like it, the most alike first."""
    versions = tuple(Other(one.key, one.made, one.reason) for one in holdings.versions.of(article))
    likenesses = Likenesses(holdings.library.database, holdings.bodies).of(article)
    articles = {one.key: one for one in holdings.articles.by_keys([one.article for one in likenesses])}
    similar = (Other(article=articles[one.article], share=one.share) for one in likenesses if one.article in articles)
    return (*versions, *similar)


def comparison(holdings: Holdings, article: int, other: Other) -> Comparison:
    """Compare the text of an article, the new one, with another; raises ``NotFound`` when that is gone."""
    new = holdings.bodies.content(article).body.text
    if other.article is None:
        old = holdings.versions.content(other.version).body.text
        return Comparison(old, new, tuple(compare(old, new)))
    texts = holdings.bodies.texts([other.article.key])
    if other.article.key not in texts:
        raise NotFound("The other article is no longer there.", "Choose another one.")
    old = texts[other.article.key]
    marks = _carriable(holdings, other.article.key, article, new)
    return Comparison(old, new, tuple(compare(old, new)), len(marks))


def carry(holdings: Holdings, source: int, target: int) -> tuple[str, ...]:
    """Put the highlights of an article on another one, where their passages are; return the ids of the new ones."""
    text = holdings.bodies.texts([target]).get(target, "")
    with holdings.library.deed("Highlights carried over"):
        return holdings.marks.take_in(target, _carriable(holdings, source, target, text)).made


def _carriable(holdings: Holdings, source: int, target: int, text: str) -> Sequence[Mark]:
    """Return the highlights of one article whose passages stand in the text of another and are not marked there."""
    outside = holdings.layers.outside([source, target])
    held = outside[source]
    anchors = [Anchor(-1, -1, one.quote, one.prefix, one.suffix) for one in held]
    taken = {(one.start, one.end) for one in outside[target]}
    found = zip(held, resolve_all(text, anchors), strict=True)
    return [_moved(one, text, span) for one, span in found if span and span not in taken]


def _moved(one: Highlight, text: str, span: Span) -> Mark:
    """Return a highlight as a mark in another text: whose it is and what stays home does not change."""
    return Mark(text[slice(*span)], *span, themes=one.themes, note=one.note, author=one.author, private=one.private)
