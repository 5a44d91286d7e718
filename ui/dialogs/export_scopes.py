"""What can be exported, named for a person, with what goes along said; keys are those that presets keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.exporting.bundling import Selection
from app.exporting.presets import Preset
from app.model import Article, Collection, Theme
from ui.dialogs.export_wish import Scope
from ui.wording import filled

EVERYTHING: Final = "everything"
CHOSEN: Final = "chosen"
ARTICLE: Final = "article"
SEARCH: Final = "query"
PASSAGES: Final = "passages"
COLLECTION: Final = "collection"
COLLECTION_PASSAGES: Final = "collection-passages"
THEME: Final = "theme"


def of_everything() -> Scope:
    """Return the whole library."""
    say = QCoreApplication.translate
    says = say("export", "All articles with all their highlights, and the collections.")
    return Scope(EVERYTHING, say("export", "The whole library"), -1, Selection(), says)


def of_chosen(articles: Sequence[str]) -> Scope:
    """Return articles that were chosen, by their ids."""
    say = QCoreApplication.translate
    name = filled(say("export", "The {count} chosen articles"), count=len(articles))
    if len(articles) == 1:
        name = say("export", "The chosen article")
    return Scope(CHOSEN, name, len(articles), Selection(articles=tuple(articles)), _whole(len(articles)))


def of_article(article: Article) -> Scope:
    """Return the article that is open."""
    name = QCoreApplication.translate("export", "This article: {title}")
    named = filled(name, title=article.metadata.title or "")
    return Scope(ARTICLE, named, -1, Selection(articles=(article.id,)), _whole(1), article.metadata.title or "")


def _whole(count: int) -> str:
    say = QCoreApplication.translate
    return say("export", "It goes with all its highlights.") if count == 1 else say(
        "export", "They go with all their highlights."
    )  # fmt: skip


def of_search(query: str, *, passages: bool) -> Scope:
    """Return the passages that a search finds, or its articles: whatever is searched for when it is exported."""
    say = QCoreApplication.translate
    if passages:
        name = filled(say("export", "The passages the search finds: {query}"), query=query)
        says = say("export", "These passages and no others, with the articles they stand in.")
        return Scope(f"{PASSAGES}:{query}", name, -1, Selection(query=query, passages=True), says)
    name = filled(say("export", "The articles the search finds: {query}"), query=query)
    says = say("export", "These articles with all their highlights, whether or not the search finds those.")
    return Scope(f"{SEARCH}:{query}", name, -1, Selection(query=query), says)


def of_collection(one: Collection) -> list[Scope]:
    """Return a collection; of one that is filled by a search, its passages too."""
    say = QCoreApplication.translate
    name, key = filled(say("export", "Collection: {name}"), name=one.name), f"{COLLECTION}:{one.id}"
    if not one.query:
        says = say("export", "Its articles with all their highlights, and its passages, in its order.")
        return [Scope(key, name, len(one.items), Selection(collection=one.id), says, one.name)]
    says = say("export", "The articles its search finds, with all their highlights.")
    alone = filled(say("export", "Passages of the collection: {name}"), name=one.name)
    says_alone = say("export", "The passages its search finds and no others, with the articles they stand in.")
    only = Selection(collection=one.id, passages=True)
    return [
        Scope(key, name, -1, Selection(collection=one.id), says, one.name),
        Scope(f"{COLLECTION_PASSAGES}:{one.id}", alone, -1, only, says_alone, one.name),
    ]


def of_themes(themes: Sequence[Theme]) -> list[Scope]:
    """Return themes. How much is under one is known where none is below it, and some passage is there."""
    parents = {theme.parent for theme in themes}
    return [
        _of_theme(theme, -1 if theme.id in parents or not theme.highlights else theme.highlights) for theme in themes
    ]


def _of_theme(theme: Theme, count: int) -> Scope:
    say = QCoreApplication.translate
    name = filled(say("export", "Theme: {name}"), name=" > ".join(theme.path))
    says = say("export", "The passages under it and below it, with the articles they stand in, and articles about it.")
    return Scope(f"{THEME}:{theme.id}", name, count, Selection(theme=theme.id), says, theme.name)


def recalled(key: str) -> Scope | None:
    """Return the search that a key keeps the words of; any other thing has to be there already."""
    kind, _, query = key.partition(":")
    return of_search(query, passages=kind == PASSAGES) if kind in (SEARCH, PASSAGES) and query else None


def missing(preset: Preset) -> str:
    """Say that what a preset exports is not here, and what to do."""
    say = QCoreApplication.translate
    match preset.kind:
        case "chosen":
            said = say("export", "This preset exports the articles that are chosen in the list, and none are.")
        case "article":
            said = say("export", "This preset exports the article that is open, and none is.")
        case "query" | "passages":
            said = say("export", "This preset was made from a search, and the words of that were not kept.")
        case _ if preset.called:
            said = filled(say("export", "This preset exports “{name}”, which is not in this library."),
                          name=preset.called)  # fmt: skip
        case _:
            said = say("export", "What this preset exports is not in this library.")
    return f"{said} {say('export', 'Choose what to export.')}"
