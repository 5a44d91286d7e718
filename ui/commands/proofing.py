"""Checking a draft against the library, step by step in the library's thread, and writing the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import AppError
from app.lane import Ticket
from app.loading import load
from app.progress import Progress
from ui.context import Context
from ui.wording import filled

if TYPE_CHECKING:
    from app.proofing.proof import Proof


def check(
    context: Context,
    path: Path,
    step: Callable[[Progress], None],
    then: Callable[[Proof], None],
    refused: Callable[[AppError], None],
) -> Ticket:
    """Look up every quotation and figure of a draft; what is found is cited in the style of the settings."""
    style = str(context.settings.get("citation"))
    return context.bridge.walk(lambda workspace: workspace.proof(path, style), step, then, refused=refused)


def write_report(context: Context, proof: Proof, target: Path) -> None:
    """Write the report on a draft as a table, and say so."""

    def told(_: None) -> None:
        context.messages.say(filled(context.messages.tr("The report is in “{name}”."), name=target.name))

    context.bridge.ask(
        lambda _: load("app.proofing.table").write(proof, target), told, refused=context.messages.complain
    )
