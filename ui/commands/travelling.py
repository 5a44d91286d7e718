"""The way back: to the article, the place or the board that the reader came from."""

from __future__ import annotations

from ui.commands.collecting import open_board
from ui.commands.opening import here, open_article, show_ways
from ui.context import Context, Place


def go_back(context: Context) -> None:
    """Go to where the reader came from."""
    _travel(context, context.session.back, context.session.forward)


def go_forward(context: Context) -> None:
    """Take back a way back."""
    _travel(context, context.session.forward, context.session.back)


def _travel(context: Context, source: list[Place], target: list[Place]) -> None:
    article = context.session.article
    if not source:
        return
    place = source.pop()
    if article is not None:
        target.append(here(context, article))
    open_article(context, place.article, position=place.position, trail=False)
    if place.board is not None:
        open_board(context, *place.board)
    show_ways(context)
