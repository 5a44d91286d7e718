"""The index before a command asks it: what it lacks, or cannot read, is indexed first, and what it cannot be is told.

So it is after an update whose index has another form. Where the index cannot be written, what it finds stands.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final, TypeVar

import click

from app.errors import LibraryError
from app.workspace import Workspace

_TENTHS: Final = 10

Answer = TypeVar("Answer")


def answered(workspace: Workspace, ask: Callable[[], Answer]) -> Answer:
    """Return what ``ask`` answers; where the index did not hold all, that is indexed and it asks again.

    What cannot be read of it is known only once it was asked.
    """
    answer = ask()
    if workspace.lacks_index() and _mended(workspace):
        answer = ask()
    return answer


def looked_up(workspace: Workspace, ask: Callable[[], Answer]) -> Answer:
    """Return what ``ask`` answers, as :func:`answered` does, and tell whether there is something it cannot find."""
    answer = answered(workspace, ask)
    tell_waiting(workspace.pending() + workspace.pending(passages=True))
    return answer


def readied(workspace: Workspace, query: str | None, collection: str | None = None) -> None:
    """Let the index hold all that a journey will ask it for, and tell what it cannot find."""
    if collection is not None:
        found = workspace.collections.seek(collection)
        query = f"in:{found.id}" if found is not None and found.query else None
    if query is not None:
        looked_up(workspace, partial(workspace.count, query))


def tell_waiting(count: int) -> None:
    """Say on standard error how many articles and passages cannot be found."""
    if count:
        waiting = f"{count} entries are" if count > 1 else "1 entry is"
        click.echo(f"{waiting} still to be indexed; “index” says why.", err=True)


def _mended(workspace: Workspace) -> bool:
    """Index what is not, and say on standard error how far it is; tells whether that could be done."""
    tenth = 0
    with suppress(LibraryError):
        for progress in workspace.mend():
            if progress.total and progress.done * _TENTHS // progress.total > tenth:
                tenth = progress.done * _TENTHS // progress.total
                click.echo(f"Indexing first what is not: {progress.done} of {progress.total}.", err=True)
        return True
    return False
