"""Watching folders: which they are, and what is new in them; every question is answered in the library's thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from app.watching import Watch, Watched
from app.workspace import Workspace
from ui.context import Context

Found = list[tuple[Watched, list[Path]]]


def ask_watched(context: Context, then: Callable[[Sequence[Watched]], None]) -> None:
    """Ask which folders are watched."""
    context.bridge.ask(lambda workspace: workspace.watching.all(), then, key="watched")


def watch(context: Context, folder: Path, collection: str, then: Callable[[], None]) -> None:
    """Watch a folder from now on."""
    context.bridge.ask(lambda workspace: workspace.watching.add(folder, collection), lambda _one: then())


def leave(context: Context, folder: Path, then: Callable[[], None]) -> None:
    """Watch a folder no longer."""
    context.bridge.ask(lambda workspace: workspace.watching.remove(folder), lambda _nothing: then())


def look(context: Context, seen: Watch, then: Callable[[Found], None]) -> None:
    """Look what is new, when nobody waits for the library."""
    context.bridge.ask(partial(_fresh, seen), then, key="watch", idle=True)


def _fresh(seen: Watch, workspace: Workspace) -> Found:
    return workspace.watching.fresh(seen, time.time())
