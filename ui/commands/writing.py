"""Writing down what a person typed: where the library cannot take it, it is kept, and can be tried again.

What was not written when the library was let go lies in a file, of which the next start with that library tells.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app import places
from app.errors import AppError, LibraryError
from app.settings import Settings
from app.workspace import Workspace
from ui.context import Context, Writing

Job = Callable[[Workspace], object]
Unwritten = Mapping[tuple[str, ...], Writing]

_NAME: Final = "unwritten"
_BETWEEN: Final = "\n\n* * *\n\n"


def write_down(context: Context, place: tuple[str, ...], words: str, job: Job) -> None:
    """Write words down; ``place`` says where, so that what is typed there later counts instead."""
    writing = context.session.unwritten[place] = Writing(job, words)
    _ask(context, place, writing)


def try_again(context: Context) -> None:
    """Write down what could not be written until now."""
    for place, writing in list(context.session.unwritten.items()):
        if writing.refused:
            _ask(context, place, writing)


def keep(settings: Settings, folder: Path | None, unwritten: Unwritten) -> None:
    """Put the words that a library, which is closed by now, did not take into a file."""
    left = [one for one in unwritten.values() if not one.done and one.words.strip()]
    if not left:
        return
    kept = _kept(settings)
    fresh = places.data_folder() / _NAME / time.strftime("%Y-%m-%d-%H%M%S.txt")
    path = Path(kept.get(str(folder), fresh))  # what was not looked at yet goes on
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with path.open("a", encoding="utf-8") as file:
            file.write(_BETWEEN.join([str(folder), *(one.words for one in left), ""]))
        settings.remember(**{_NAME: kept | {str(folder): str(path)}})
        for one in left:
            one.done = True
    except (OSError, AppError):
        pass  # there is no place left for them, and no window to say so in


def offer(context: Context) -> None:
    """Tell of the words that the open library did not take when it was open last, until they were looked at."""
    folder = str(context.bridge.folder)
    path = Path(_kept(context.settings).get(folder, ""))
    if not path.is_file():
        return
    lost = LibraryError(
        "What you typed last could not be written before the library was closed.",
        "It is kept in “{file}”.",
        file=str(path),
    )
    context.messages.complain(lost, deed=(context.messages.tr("Show it"), partial(_show, context, folder, path)))


def _show(context: Context, folder: str, path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
    others = {other: kept for other, kept in _kept(context.settings).items() if other != folder}
    try:
        context.settings.remember(**{_NAME: others})
    except AppError as error:
        context.messages.complain(error)


def _kept(settings: Settings) -> dict[str, str]:
    """Return the files of words by the folders of their libraries; what a foreign hand wrote there is passed over."""
    found = settings.remembered(_NAME, {})
    if not isinstance(found, dict):
        return {}
    return {folder: path for folder, path in found.items() if isinstance(path, str)}


def _ask(context: Context, place: tuple[str, ...], writing: Writing) -> None:
    writing.refused = False
    unwritten = context.session.unwritten

    def job(workspace: Workspace) -> None:
        writing.job(workspace)
        writing.done = True

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

    context.bridge.ask(job, written, refused=refused)
