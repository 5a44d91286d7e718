"""Watching folders: which they are, and what is new in them; every question is answered in the library's thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from app.errors import AppError
from app.importing.watching import Fresh, Mark, Watched
from app.lane import SPARE
from ui.context import Context


def ask_watched(context: Context, then: Callable[[Sequence[Watched]], None]) -> None:
    """Ask which folders are watched."""
    context.bridge.ask(lambda workspace: workspace.watching.all(), then, key="watched")


def watch(context: Context, folder: Path, collection: str, then: Callable[[], None]) -> None:
    """Watch a folder from now on."""
    context.bridge.ask(lambda workspace: workspace.watching.add(folder, collection), lambda _one: then())


def leave(context: Context, folder: Path, then: Callable[[], None]) -> None:
    """Watch a folder no longer."""
    context.bridge.ask(lambda workspace: workspace.watching.remove(folder), lambda _nothing: then())


def forget(context: Context, paths: Collection[Path]) -> None:
    """Let the next look find files again that have come in."""
    context.bridge.ask(lambda workspace: workspace.watching.forget(paths), lambda _nothing: None)


def look(
    context: Context,
    tried: Mapping[Path, Mark],
    then: Callable[[Sequence[Fresh]], None],
    refused: Callable[[AppError], None],
) -> None:
    """Look what is new, and was not tried as it is, while nobody waits for the library."""
    context.bridge.walk(
        lambda workspace: workspace.watching.look(time.time(), tried),
        lambda _step: None,
        then,
        refused=refused,
        rank=SPARE,
    )
