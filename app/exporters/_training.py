"""What the formats for training models share: which articles go along, their labels, and what stays behind.

Such a format holds texts and labelled spans of them, in code points. A highlight is one span for each of its themes;
one without a theme has a label of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any, Final

from app.exporters._values import (
    chosen,
    counted,
    in_order,
    path_text,
    themes_by_id,
    themes_explained,
    title_of,
    words_between,
)
from app.model import Bundle, BundledArticle, Highlight, Status, Theme
from app.text.body import clean_line
from app.text.ranges import Span
from app.wording import Message

BARE: Final = "Highlight"
"""The label of highlights without a theme."""

_ON_ONE_LINE: Final = re.compile(r"[^\n\t]+")
_NAMED: Final = 5
_LONGEST_NAMED: Final = 60


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of themes, by their ids, and ``bare``, that of highlights without one; no two are alike."""

    themes: Mapping[str, Theme]
    names: Mapping[str, str]
    bare: str

    def of(self, highlight: Highlight) -> list[str]:
        """Return the labels of a highlight, at least one."""
        return [self.names[theme.id] for theme in chosen(highlight.themes, self.themes)] or [self.bare]


def labels(bundle: Bundle) -> Labels:
    """Return labels that are the paths of themes, each on one line."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for theme in bundle.themes:
        names[theme.id] = unused(" ".join(clean_line(path_text(theme)).split()), taken)
    return Labels(themes_by_id(bundle), names, unused(BARE, taken))


def unused(name: str, taken: set[str]) -> str:
    """Return a name, with a number where it is ``taken``, and take it."""
    found = next(one for one in chain((name,), (f"{name}_{number}" for number in count(2))) if one not in taken)
    taken.add(found)
    return found


def with_text(bundle: Bundle) -> list[BundledArticle]:
    """Return the articles that have a text, in the order of the bundle."""
    return [item for item in in_order(bundle) if not item.makeup.is_blank]


def spans(item: BundledArticle) -> Iterator[Highlight]:
    """Yield the highlights that stand in the text."""
    return (one for one in item.highlights if one.status is Status.ANCHORED and one.start < one.end)


def fragments(text: str, span: Span) -> list[Span]:
    """Return the parts of a span between line breaks and tabs, which a line of a table cannot hold."""
    return [match.span() for match in _ON_ONE_LINE.finditer(text, *span)]


def left_behind(bundle: Bundle, *, whole: bool = False) -> tuple[Message, ...]:
    """Return what stays behind: orphans, articles without text, and unless ``whole`` what is said of whole articles."""
    lost = [item for item in bundle.articles if any(one.status is Status.ORPHAN for one in item.highlights)]
    orphans = sum(one.status is Status.ORPHAN for item in bundle.articles for one in item.highlights)
    empty = [item for item in bundle.articles if item.makeup.is_blank]
    themed = 0 if whole else sum(bool(item.article.themes) for item in bundle.articles)
    noted = 0 if whole else sum(bool(item.article.note.strip()) for item in bundle.articles)
    owned = sum(bool(one.author) for item in bundle.articles for one in item.highlights)
    return (
        *_named(orphans, lost, "One highlight that is no longer in its text: {titles}.",
                "{count} highlights that are no longer in their texts: {titles}."),
        *_named(len(empty), empty, "One article without a text: {titles}.",
                "{count} articles without a text: {titles}."),
        *counted(themed, "The themes on one article as a whole.", "The themes on {count} articles as a whole."),
        *counted(noted, "The note on one article.", "The notes on {count} articles."),
        *counted(owned, "Whose one highlight is.", "Whose {count} highlights are."),
        *themes_explained(bundle),
        *words_between(bundle),
    )  # fmt: skip


def _named(number: int, items: Sequence[BundledArticle], one: str, many: str) -> Iterator[Message]:
    """Yield a sentence that names the titles of articles, the first ones of many."""
    if number:
        titles = [f"“{title_of(item.article.metadata)[:_LONGEST_NAMED]}”" for item in items[:_NAMED]]
        more = ", …" if len(items) > _NAMED else ""
        yield Message(one if number == 1 else many, {"count": number, "titles": ", ".join(titles) + more})


def about(item: BundledArticle, named: Labels) -> dict[str, Any]:
    """Return what is known of an article besides its text and spans, for formats that keep it beside these."""
    article, known = item.article, item.article.metadata
    worn = [named.names[theme.id] for theme in chosen(article.themes, named.themes)]
    said = {
        "article_id": article.id,
        "title": title_of(known),
        "byline": known.byline,
        "outlet": known.outlet,
        "section": known.section,
        "address": known.address,
        "published": str(known.published) if known.published else None,
        "language": known.language,
        "themes": worn,
        "note": article.note.strip(),
        "attributes": dict(sorted(article.attributes.items())),
    }
    return {name: value for name, value in said.items() if value}
