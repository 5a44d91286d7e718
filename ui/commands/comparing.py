"""Comparing the open article with its earlier texts and with articles like it, in the library's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.loading import load
from ui.commands.undoing import undoing
from ui.context import Context
from ui.wording import filled, number

if TYPE_CHECKING:
    from app.comparing import Comparison, Other


def ask_others(context: Context, article: int, then: Callable[[Sequence[Other]], None]) -> None:
    """Ask what an article can be compared with."""
    context.bridge.ask(lambda workspace: load("app.comparing").others(workspace.holdings, article), then, key="others")


def ask_comparison(context: Context, article: int, other: Other, then: Callable[[Comparison], None]) -> None:
    """Ask for both texts side by side."""
    context.bridge.ask(
        lambda workspace: load("app.comparing").comparison(workspace.holdings, article, other), then, key="comparison"
    )


def carry(context: Context, source: int, target: int, then: Callable[[], None]) -> None:
    """Put the highlights of an article on another one too."""

    def told(made: Sequence[str]) -> None:
        tr = context.messages.tr
        what = tr("One highlight carried over.")
        if len(made) != 1:
            what = filled(tr("{count} highlights carried over."), count=number(len(made)))
        context.messages.say(what, deed=undoing(context))
        then()

    context.bridge.ask(lambda workspace: load("app.comparing").carry(workspace.holdings, source, target), told)
