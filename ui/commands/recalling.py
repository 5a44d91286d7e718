"""What was done before: the searches of a library, kept with the window’s own memory, and the articles read last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.errors import AppError
from app.model import Article
from app.settings import Settings
from app.workspace import Workspace
from ui.context import Context

MOST: Final = 12
LIBRARIES: Final = 12
ARTICLES: Final = 8
_NAME: Final = "searches"


def ask_articles(context: Context, then: Callable[[list[Article]], None]) -> None:
    """Ask which articles were open last, the latest first; the one that is open now is none of them."""
    here = context.session.article

    def job(workspace: Workspace) -> list[Article]:
        found = workspace.articles.by_keys(workspace.positions.recent(ARTICLES + 1))
        return [one for one in found if here is None or one.key != here.key][:ARTICLES]

    context.bridge.ask(job, then, key="articles read last")


def show_searches(context: Context) -> None:
    """Offer what was searched for in the open library, the latest first."""
    context.parts.search.show_recent(searches(context.settings, str(context.bridge.folder)))


def keep_search(context: Context) -> None:
    """Remember what is searched for now: something was done with it."""
    query = context.parts.search.listing().typed.strip()
    if query:
        others = [one for one in _here(context) if one != query]
        _keep(context, [query, *others][:MOST])


def forget_search(context: Context, query: str) -> None:
    """Forget one search."""
    _keep(context, [one for one in _here(context) if one != query])


def forget_searches(context: Context) -> None:
    """Forget all searches of the open library."""
    _keep(context, [])


def searches(settings: Settings, folder: str) -> tuple[str, ...]:
    """Return what was searched for in the library of a folder, the latest first."""
    return tuple(_all(settings).get(folder, ()))


def _here(context: Context) -> tuple[str, ...]:
    return searches(context.settings, str(context.bridge.folder))


def _keep(context: Context, queries: list[str]) -> None:
    folder = str(context.bridge.folder)
    if tuple(queries) == _here(context):
        return
    kept = {folder: queries} if queries else {}
    kept |= {other: found for other, found in _all(context.settings).items() if other != folder}
    try:
        context.settings.remember(**{_NAME: dict(list(kept.items())[:LIBRARIES])})
    except AppError as error:
        context.messages.complain(error)
    show_searches(context)


def _all(settings: Settings) -> dict[str, list[str]]:
    """Return the searches of every library by its folder; what a foreign hand wrote there is passed over."""
    found = settings.remembered(_NAME, {})
    if not isinstance(found, dict):
        return {}
    return {
        folder: [query for query in queries if isinstance(query, str) and query.strip()]
        for folder, queries in found.items()
        if isinstance(queries, list)
    }
