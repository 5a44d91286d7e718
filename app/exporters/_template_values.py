"""What a reader's own template is given: plain values only, under the names that the help lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from app.citing import source_line
from app.exporters._values import (
    chosen,
    colour_of,
    day_of,
    in_order,
    paragraph,
    paragraphs_of,
    path_text,
    printed_page,
    themes_by_id,
    timestamp,
    title_of,
)
from app.model import Bundle, BundledArticle, Highlight, Status, Theme

Values = Mapping[str, Any]


class _Fields(dict[str, str]):
    """The reader's fields of an article; one that the library has and the article does not is empty."""

    def __init__(self, values: Mapping[str, str], known: Collection[str]) -> None:
        super().__init__(sorted(values.items()))
        self._known = known

    def __missing__(self, name: str) -> str:
        """Return nothing for a field of the library's; raises ``KeyError`` for a name that is none."""
        if name in self._known:
            return ""
        raise KeyError(name)


def values(bundle: Bundle) -> Values:
    """Return what :func:`linked` makes the values of, fit for JSON, but for the articles (:func:`articles`)."""
    fields = {one.name for one in bundle.attributes}.union(*(item.article.attributes for item in bundle.articles))
    return {
        "library": {
            "title": bundle.title,
            "note": bundle.note,
            "made": day_of(bundle.made) if bundle.made else "",
        },
        "themes": [_theme(theme) for theme in bundle.themes],
        "order": list(bundle.order),
        "interludes": {one.id: {"text": one.text, "level": one.level} for one in bundle.interludes},
        "fields": sorted(fields),
    }


def articles(bundle: Bundle) -> Iterator[Values]:
    """Yield the articles as :func:`linked` asks for them, in the order of a collection, each with its text once."""
    themes = themes_by_id(bundle)
    return (_article(item, themes) for item in in_order(bundle))


def linked(given: Values, articles: Iterable[Values]) -> Values:
    """Return ``library``, ``articles``, and ``themes`` as a tree, parents first.

    Each theme has its passages, which know their articles; articles have no field less than the library.
    """
    fields = frozenset(given["fields"])
    found = [
        {
            **article,
            "attributes": _Fields(article["attributes"], fields),
            "paragraphs": article["text"].split("\n"),
        }
        for article in articles
    ]
    under: dict[str, list[Values]] = {}
    for article in found:
        for passage in article["passages"]:
            for uid in passage["theme_ids"]:
                under.setdefault(uid, []).append({**passage, "article": article})
    themes = [{**theme, "passages": under.get(theme["id"], [])} for theme in given["themes"]]
    return {name: given[name] for name in ("library", "order", "interludes")} | {"articles": found, "themes": themes}


def _article(item: BundledArticle, themes: Mapping[str, Theme]) -> Values:
    article, known = item.article, item.article.metadata
    return {
        "id": article.id,
        "title": title_of(known),
        "byline": known.byline or "",
        "outlet": known.outlet or "",
        "section": known.section or "",
        "address": known.address or "",
        "published": str(known.published or ""),
        "day": known.published.day.isoformat() if known.published else "",
        "accessed": known.accessed or "",
        "language": known.language or "",
        "state": article.state.value,
        "source": source_line(known),
        "themes": [path_text(theme) for theme in chosen(article.themes, themes)],
        "theme_ids": list(article.themes),
        "attributes": dict(article.attributes),
        "note": article.note,
        "words": article.words,
        "text": item.content.body.text,
        "passages": [_passage(item, highlight, themes) for highlight in item.highlights],
    }


def _passage(item: BundledArticle, highlight: Highlight, themes: Mapping[str, Theme]) -> Values:
    body = item.content.body
    number, leaf = paragraph(body, highlight), printed_page(body, highlight)
    own = list(chosen(highlight.themes, themes))
    return {
        "id": highlight.id,
        "quote": highlight.quote,
        "note": highlight.note,
        "themes": [path_text(theme) for theme in own],
        "theme_ids": [theme.id for theme in own],
        "colour": colour_of(own[0]) if own else "",
        "start": highlight.start,
        "end": highlight.end,
        "paragraph": number or 0,
        "page": leaf,
        "lost": highlight.status is Status.ORPHAN,
        "author": highlight.author,
        "created": timestamp(highlight.created),
        "modified": timestamp(highlight.modified),
        "citation": source_line(item.article.metadata, paragraphs_of(body, highlight), page=leaf),
    }


def _theme(theme: Theme) -> Values:
    return {
        "id": theme.id,
        "name": theme.name,
        "path": list(theme.path or (theme.name,)),
        "depth": max(1, len(theme.path)),
        "colour": colour_of(theme),
        "digit": theme.digit or 0,
        "definition": theme.definition,
        "note": theme.note,
    }
