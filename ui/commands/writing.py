"""Writing down what a person typed: where the library cannot take it, it is kept, and can be tried again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.errors import AppError, LibraryError
from app.workspace import Workspace
from ui.context import Context, Writing

Job = Callable[[Workspace], object]


def write_down(context: Context, place: tuple[str, ...], job: Job) -> None:
    """Write something down; ``place`` says where, so that what is typed there later counts instead."""
    writing = context.session.unwritten[place] = Writing(job)
    _ask(context, place, writing)


def try_again(context: Context) -> None:
    """Write down what could not be written until now."""
    for place, writing in list(context.session.unwritten.items()):
        if writing.refused:
            _ask(context, place, writing)


def _ask(context: Context, place: tuple[str, ...], writing: Writing) -> None:
    writing.refused = False
    unwritten = context.session.unwritten

    def is_newest() -> bool:
        return unwritten.get(place) is writing

    def written(_result: object) -> None:
        if is_newest():
            del unwritten[place]

    def refused(error: AppError) -> None:
        if not is_newest():
            return  # what was typed there since has an answer of its own
        if isinstance(error, LibraryError):
            writing.refused = True
            context.messages.complain(error, deed=(context.messages.tr("Try again"), partial(try_again, context)))
        else:
            del unwritten[place]
            context.messages.complain(error)

    context.bridge.ask(writing.job, written, refused=refused)
