"""The way back: to the article, the place or the board that the reader came from."""

from __future__ import annotations

from functools import partial

from ui.commands.boards import open_board
from ui.commands.opening import open_article
from ui.commands.ways import here, show_ways
from ui.context import Context, Place


def go_back(context: Context) -> None:
    """Go to where the reader came from."""
    _travel(context, context.session.back, context.session.forward)


def go_forward(context: Context) -> None:
    """Take back a way back."""
    _travel(context, context.session.forward, context.session.back)


def _travel(context: Context, source: list[Place], target: list[Place]) -> None:
    if not source:
        return
    place = source.pop()
    if (left := here(context)) is not None:
        target.append(left)
    if place.article:
        then = partial(context.parts.reader.return_to, place.position)
        open_article(context, place.article, trail=False, then=then)
    if place.board is not None:
        open_board(context, *place.board)
    show_ways(context)
