"""Undo and redo: of this window's latest deed, or of any step of the history."""

from __future__ import annotations

from collections.abc import Callable

from app.library.journal import Step
from app.workspace import Workspace
from ui.context import Context
from ui.wording import filled, said


def undoing(context: Context) -> tuple[str, Callable[[], None]]:
    """Return the word and the deed with which a message offers to undo what it tells."""
    return context.messages.tr("Undo"), lambda: undo(context)


def undo(context: Context) -> None:
    """Take back this window's latest deed; one that is under way is stopped first."""
    running = context.session.running

    def then(step: Step | None) -> None:
        if not running:
            undo(context)
        elif step is not None and running[-1].step is not None and step.number > running[-1].step:
            undo_number(context, step.number)
        else:
            running[-1].unwanted = True
            running[-1].ticket.cancel()

    if running:
        context.bridge.ask(_latest, then)
    else:
        _undo(context, _latest)


def _latest(workspace: Workspace) -> Step | None:
    return workspace.own_step(done=True)


def undo_number(context: Context, number: int) -> None:
    """Take back a step of the history by its number, and say so."""
    _undo(context, lambda workspace: workspace.library.journal.step(number))


def _undo(context: Context, which: Callable[[Workspace], Step | None]) -> None:
    def job(workspace: Workspace) -> Step | None:
        step = which(workspace)
        if step is not None:
            workspace.undo(step.number)
        return step

    def then(step: Step | None) -> None:
        tr = context.messages.tr
        if step is None:
            context.messages.say(tr("There is nothing to undo."))
        else:
            context.messages.say(filled(tr("Undone: {step}"), step=said(step.label)), deed=(tr("Redo"), again))

    def again() -> None:
        redo(context)

    context.bridge.ask(job, then)


def redo(context: Context) -> None:
    """Do again what was undone last."""

    def job(workspace: Workspace) -> Step | None:
        step = workspace.own_step(done=False)
        if step is not None:
            workspace.redo(step.number)
        return step

    def then(step: Step | None) -> None:
        tr = context.messages.tr
        if step is None:
            context.messages.say(tr("There is nothing to redo."))
        else:
            context.messages.say(filled(tr("Done again: {step}"), step=said(step.label)))

    context.bridge.ask(job, then)


def undo_step(context: Context, number: int) -> None:
    """Take back a step of the history."""
    context.bridge.ask(lambda workspace: workspace.undo(number))


def undo_import(context: Context, number: int) -> None:
    """Take back an import by the number of its step, and say so."""

    def again() -> None:
        redo_step(context, number)

    def then(_changes: object) -> None:
        tr = context.messages.tr
        context.messages.say(tr("The import was undone."), deed=(tr("Redo"), again))

    context.bridge.ask(lambda workspace: workspace.undo(number), then)


def redo_step(context: Context, number: int) -> None:
    """Do a step of the history again."""
    context.bridge.ask(lambda workspace: workspace.redo(number))


def show_history(context: Context) -> None:
    """Show the steps of the history, and which one Ctrl+Z takes back next."""
    history = context.parts.side.history
    context.bridge.ask(Workspace.own_history, lambda found: history.show_steps(*found), key="history")
