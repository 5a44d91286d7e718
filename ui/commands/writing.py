"""Writing down what a person typed: where the library cannot take it, it is kept, and can be tried again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.errors import AppError, LibraryError
from app.workspace import Workspace
from ui.context import Context

Job = Callable[[Workspace], object]


def write_down(context: Context, place: tuple[str, ...], job: Job) -> None:
    """Write something down; ``place`` says where, so that what is typed there later counts instead."""
    unwritten = context.session.unwritten

    def written(_result: object) -> None:
        unwritten.pop(place, None)
        try_again(context)

    def refused(error: AppError) -> None:
        if not isinstance(error, LibraryError):
            context.messages.complain(error)
            return
        unwritten[place] = job
        context.messages.complain(error, deed=(context.messages.tr("Try again"), partial(try_again, context)))

    context.bridge.ask(job, written, refused=refused)


def try_again(context: Context) -> None:
    """Write down what could not be written until now."""
    waiting = dict(context.session.unwritten)
    context.session.unwritten.clear()
    for place, job in waiting.items():
        write_down(context, place, job)
