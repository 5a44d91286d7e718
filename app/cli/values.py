"""The library's values as the command line's JSON objects."""

from __future__ import annotations

from typing import Any

from app.library.steps import Step
from app.model import Article, Collection, Content, Highlight, Theme
from app.search.schema import ATTRIBUTE
from app.searching.answers import Found, Proposal, Results
from app.searching.indexing import IndexState
from app.workspace import Workspace


def article(value: Article) -> dict[str, Any]:
    """Return an article as ``list`` shows it."""
    metadata = value.metadata
    return {
        "id": value.id,
        "title": metadata.title,
        "byline": metadata.byline,
        "outlet": metadata.outlet,
        "published": None if metadata.published is None else str(metadata.published),
        "language": metadata.language,
        "words": value.words,
        "state": value.state.value,
        "highlights": value.highlights,
    }


def whole_article(workspace: Workspace, key: int) -> dict[str, Any]:
    """Return an article with its text and marks as ``show`` shows it."""
    found = workspace.articles.by_keys([key])[0]
    content = workspace.bodies.content(key)
    names = theme_names(workspace)
    metadata = found.metadata
    return {
        **article(found),
        "section": metadata.section,
        "address": metadata.address,
        "accessed": metadata.accessed,
        "details": {name: list(text) if isinstance(text, tuple) else text for name, text in found.details.items()},
        "origins": {name: origin.value for name, origin in metadata.origins.items()},
        "attributes": dict(found.attributes),
        "themes": [names[theme] for theme in found.themes],
        "note": found.note,
        "source": found.source,
        "text": content.body.text,
        "blocks": _blocks(content),
        "left_out": [
            {"number": number, "kind": piece.kind, "text": piece.text, "before": piece.before}
            for number, piece in enumerate(content.left_out)
        ],
        "highlights": [highlight(one, names) for one in workspace.highlights.of_article(key)],
    }


def _blocks(content: Content) -> list[dict[str, Any]]:
    return [
        {"number": number, "kind": block.kind, "start": block.start, "end": block.end, **block.attributes}
        for number, block in enumerate(content.body.blocks)
    ]


def highlight(value: Highlight, names: dict[str, str]) -> dict[str, Any]:
    """Return a highlight; ``names`` are the names of themes by their ids."""
    return {
        "id": value.id,
        "article": value.article,
        "start": value.start,
        "end": value.end,
        "quote": value.quote,
        "themes": [names[theme] for theme in value.themes],
        "note": value.note,
        "status": value.status.value,
        "author": value.author,
    }


def theme_names(workspace: Workspace) -> dict[str, str]:
    """Return the names of all themes by their ids."""
    return {one.id: one.name for one in workspace.themes.all()}


def theme(value: Theme) -> dict[str, Any]:
    """Return a theme as ``theme list`` shows it."""
    return {
        "id": value.id,
        "name": value.name,
        "path": list(value.path),
        "colour": value.colour,
        "digit": value.digit,
        "definition": value.definition,
        "note": value.note,
        "highlights": value.highlights,
    }


def collection(value: Collection) -> dict[str, Any]:
    """Return a collection as ``collection list`` shows it."""
    return {
        "id": value.id,
        "name": value.name,
        "query": value.query,
        "note": value.note,
        "items": list(value.items),
        "interludes": [{"id": one.id, "level": one.level, "text": one.text} for one in value.interludes],
        "sequence": list(value.sequence),
    }


def step(value: Step) -> dict[str, Any]:
    """Return a step of the history; ``made`` is UTC milliseconds."""
    return {
        "number": value.number,
        "label": str(value.label),
        "made": value.made,
        "origin": value.origin,
        "state": "done" if value.done else "undone",
    }


def results(value: Results) -> dict[str, Any]:
    """Return the answer to a query."""
    return {
        "query": value.query,
        "explained": str(value.explained),
        "total": value.total,
        "hits": [_hit(found) for found in value.found],
        "facets": {_facet(name, value): dict(counts) for name, counts in value.facets.items()},
        "suggestion": value.suggestion,
        "ms": value.milliseconds,
        "pending": value.pending,
    }


def _facet(name: str, value: Results) -> str:
    """Return what a facet is called: an attribute by its own name, unless another facet has that."""
    plain = name.removeprefix(ATTRIBUTE)
    return name if plain in value.facets else plain


def proposal(number: int, value: Proposal) -> dict[str, Any]:
    """Return a passage that *mark all hits* would mark; ``spans`` are the hits in its context."""
    return {
        "number": number,
        "article": value.article.id,
        "title": value.article.metadata.title,
        "start": value.span[0],
        "end": value.span[1],
        "quote": value.quote,
        "context": value.context,
        "spans": [list(span) for span in value.hits],
        "highlight": value.highlight or None,
    }


def _hit(found: Found) -> dict[str, Any]:
    return {
        "id": found.highlight.id if found.highlight else found.article.id,
        "article": found.article.id,
        "title": found.article.metadata.title,
        "score": round(found.score, 4),
        "excerpt": found.excerpt,
        "spans": [list(span) for span in found.spans],
        "field": found.field,
    }


def index(state: IndexState) -> dict[str, Any]:
    """Return what the index holds, what it lacks and why."""
    return {
        "articles": state.articles,
        "indexed_articles": state.indexed_articles,
        "passages": state.passages,
        "indexed_passages": state.indexed_passages,
        "pending": state.pending,
        "failed": [{"article": one.id, "title": one.title, "reason": str(one.reason)} for one in state.failed],
        "parts": [
            {
                "kind": one.kind,
                "documents": one.live,
                "bytes": one.size,
                "broken": None if one.broken is None else str(one.broken),
            }
            for one in state.segments
        ],
        "bytes": state.size,
    }
