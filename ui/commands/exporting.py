"""Exporting: a preview of what would be written, the writing itself, and what the format had to leave behind."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final

from app.errors import AppError
from app.exporting.journey import ExportReport
from app.lane import Ticket
from app.progress import Progress
from app.workspace import Workspace
from ui.bridge import Bridge
from ui.dialogs.export_wish import ExportWish

PREVIEW: Final = 12_000  # bytes
_PAGE: Final = 100_000  # of a page: its style sheet and its lists stand before the first article


def ask_preview(
    bridge: Bridge,
    wish: ExportWish,
    then: Callable[[list[tuple[str, bytes]]], None],
    refused: Callable[[AppError], None],
) -> Ticket:
    """Ask the beginning of the files that a wish would write; who asks again cancels what was asked before."""
    size = _PAGE if wish.format == "html" else PREVIEW

    def journey(workspace: Workspace) -> Generator[object, None, list[tuple[str, bytes]]]:
        return workspace.preview(wish.selection, wish.format, wish.options, size)

    return bridge.walk(journey, lambda _step: None, then, refused=refused)


def export(
    bridge: Bridge,
    wish: ExportWish,
    step: Callable[[Progress], None],
    then: Callable[[ExportReport], None],
    refused: Callable[[AppError], None],
    stopped: Callable[[], None],
) -> Ticket:
    """Write what is wished; stopping leaves everything as it was, and ``stopped`` is told then."""

    def journey(workspace: Workspace) -> Generator[Progress, None, ExportReport]:
        return workspace.export(wish.selection, wish.format, Path(wish.target), wish.options)

    return bridge.walk(journey, step, then, refused=refused, stopped=stopped)
