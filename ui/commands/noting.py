"""Notes on a theme and on the library as a whole: asked, written, and kept out of exports or let along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.workspace import Workspace
from ui.commands.writing import write_down
from ui.context import Context

LIBRARY: Final = "library"
"""What stands for the id of the thing where that is the library."""


def ask(context: Context, given: str, then: Callable[[str, str, bool], None]) -> None:
    """Ask the name of what a note is on (``""`` for the library), its text, and whether it stays out of exports."""

    def job(workspace: Workspace) -> tuple[str, str, bool] | None:
        theme = workspace.themes.seek(given) if given != LIBRARY else None
        if given != LIBRARY and theme is None:
            return None
        owner = _owner(workspace, given)
        name = theme.name if theme is not None else ""
        return name, workspace.notes.text(*owner), workspace.notes.is_private(*owner)

    def answered(found: tuple[str, str, bool] | None) -> None:
        if found is not None:
            then(*found)

    context.bridge.ask(job, answered)


def write(context: Context, given: str, text: str) -> None:
    """Write the note on a theme or on the library; saved several times in a row, it is one step."""

    def job(workspace: Workspace) -> None:
        with workspace.library.sittings.on(f"note {given}"):
            workspace.notes.write(text, *_owner(workspace, given))

    write_down(context, ("note", given), text, job)


def set_private(context: Context, given: str, private: bool) -> None:
    """Keep the note on a theme or on the library out of exports, or let it go along."""
    context.bridge.ask(lambda workspace: workspace.notes.set_private(*_owner(workspace, given), private=private))


def _owner(workspace: Workspace, given: str) -> tuple[str, int | None]:
    """Return what the notes of a library call an owner, and its key."""
    return ("", None) if given == LIBRARY else ("theme", workspace.themes.find(given).key)
