"""Writing down what a person typed: where the library cannot take it, it is kept, and can be tried again.

What was not written when the library was let go lies in a file, of which the next start with that library tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app import unwritten
from app.errors import AppError, LibraryError
from app.workspace import Workspace
from ui.context import Context, Writing
from ui.wording import filled

Job = Callable[[Workspace], object]
Unwritten = Mapping[tuple[str, ...], Writing]


def write_down(context: Context, place: tuple[str, ...], words: str, job: Job) -> None:
    """Write words down; ``place`` says where, so that what is typed there later counts instead."""
    writing = context.session.unwritten[place] = Writing(job, words)
    _ask(context, place, writing)


def try_again(context: Context) -> None:
    """Write down what could not be written until now."""
    for place, writing in list(context.session.unwritten.items()):
        if writing.refused:
            _ask(context, place, writing)


def keep(folder: Path | None, lost: Unwritten) -> None:
    """Put the words that a library, which is closed by now, did not take into a file."""
    left = [one for one in lost.values() if not one.done and one.words.strip()]
    if not left or folder is None:
        return
    try:
        unwritten.keep(folder, [one.words for one in left])
    except OSError:
        return  # there is no place left for them, and no window to say so in
    for one in left:
        one.done = True


def offer(context: Context) -> None:
    """Tell of the words that the open library did not take when it was open last, until they were looked at."""
    folder = context.bridge.folder
    path = unwritten.find(folder) if folder is not None else None
    if path is None:
        return
    lost = LibraryError(
        "What you typed last could not be written before the library was closed.",
        "It is kept in “{file}”.",
        file=str(path),
    )
    context.messages.complain(lost, deed=(context.messages.tr("Show it"), partial(_show, context, path)))


def _show(context: Context, path: Path) -> None:
    """Show a file of words; it is kept out of sight from now on, unless it is to be deleted."""
    messages = context.messages
    try:
        seen = unwritten.put_aside(path)
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(seen))):
            said = filled(messages.tr("What you typed stays in “{file}”, and is not shown again."), file=str(seen))
            messages.say(said, deed=(messages.tr("Delete it"), partial(_delete, context, seen)), stays=True)
            return
        unwritten.put_back(seen)
    except OSError as error:
        messages.complain(_untouched(path, error))
        return
    messages.complain(LibraryError("No program here opens “{file}”.", "Open it by hand.", file=str(path)))


def _delete(context: Context, path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        context.messages.complain(_untouched(path, error))


def _untouched(path: Path, error: OSError) -> LibraryError:
    return LibraryError(
        "“{file}” stays where it is ({reason}).",
        "Open or delete it by hand.",
        file=str(path),
        reason=error.strerror or str(error),
    )


def _ask(context: Context, place: tuple[str, ...], writing: Writing) -> None:
    writing.refused = False
    waiting = context.session.unwritten

    def job(workspace: Workspace) -> None:
        writing.job(workspace)
        writing.done = True

    def is_newest() -> bool:
        return waiting.get(place) is writing

    def written(_result: object) -> None:
        if is_newest():
            del waiting[place]

    def refused(error: AppError) -> None:
        if not is_newest():
            return  # what was typed there since has an answer of its own
        if isinstance(error, LibraryError):
            writing.refused = True
            context.messages.complain(error, deed=(context.messages.tr("Try again"), partial(try_again, context)))
        else:
            del waiting[place]
            context.messages.complain(error)

    context.bridge.ask(job, written, refused=refused)
