"""Completing: what a query can name in the open library, for the search box."""

from __future__ import annotations

from app.errors import AppError
from app.workspace import Workspace
from ui.context import Context


def show_vocabulary(context: Context) -> None:
    """Tell the search box what a query can name now."""
    completer = context.parts.search.completer
    context.bridge.ask(Workspace.vocabulary, completer.take_vocabulary, key="vocabulary", refused=_go_without)


def _go_without(_error: AppError) -> None:
    """Say nothing: the search itself tells what is wrong with the library."""
