"""Undo and redo: of this window's latest deed, or of any step of the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.changes import Changes
from app.library.steps import Step
from app.workspace import Workspace
from ui.context import Context, Running
from ui.wording import filled, said

Offer = tuple[str, Callable[[], None]]
"""A word, and the deed that a message offers with it."""


def undoing(context: Context) -> Offer:
    """Return the word and the deed with which a message offers to undo what it tells."""
    return context.messages.tr("Undo"), lambda: undo(context)


def undoing_steps(context: Context, steps: Sequence[int]) -> Offer | None:
    """Return the offer to undo these very steps, whatever is done until it is taken; none without a step."""
    return (context.messages.tr("Undo"), lambda: undo_steps(context, steps)) if steps else None


def undo(context: Context) -> None:
    """Take back this window's latest deed; one that is under way is stopped first."""

    def then(step: Step | None) -> None:
        under_way = _under_way(context)
        last = next((one for one in reversed(under_way) if not one.unwanted), None)
        if not under_way:
            undo(context)
        elif last is not None and (step is None or not last.steps or step.number <= last.steps[-1]):
            _take_back(last)
        elif step is not None and not any(step.number in one.steps for one in under_way):
            undo_steps(context, [step.number])

    if _under_way(context):
        context.bridge.ask(_latest, then)
    else:
        _undo(context, lambda workspace: _few(_latest(workspace)))


def _under_way(context: Context) -> list[Running]:
    return [one for one in context.session.running if one.is_deed]


def _take_back(running: Running) -> None:
    """Stop a deed; what is done of it by then is undone when it has ended."""
    running.unwanted = True
    running.ticket.cancel()


def _latest(workspace: Workspace) -> Step | None:
    return workspace.own_step(done=True)


def _few(step: Step | None) -> list[Step]:
    return [] if step is None else [step]


def _these(workspace: Workspace, steps: Sequence[int]) -> list[Step]:
    return [workspace.library.journal.step(number) for number in steps]


def undo_steps(context: Context, steps: Sequence[int]) -> None:
    """Take back the steps of a deed by their numbers, the newest first, and say so."""
    _undo(context, lambda workspace: _these(workspace, sorted(steps, reverse=True)))


def _undo(context: Context, which: Callable[[Workspace], list[Step]]) -> None:
    def job(workspace: Workspace) -> list[Step]:
        steps = which(workspace)
        for step in steps:
            workspace.undo(step.number)
        return steps

    def then(steps: list[Step]) -> None:
        tr = context.messages.tr
        if not steps:
            context.messages.say(tr("There is nothing to undo."))
            return

        def again() -> None:
            _redo(context, lambda workspace: _these(workspace, sorted(step.number for step in steps)))

        context.messages.say(filled(tr("Undone: {step}"), step=said(steps[0].label)), deed=(tr("Redo"), again))

    context.bridge.ask(job, then)


def redo(context: Context) -> None:
    """Do again what was undone last."""
    _redo(context, lambda workspace: _few(workspace.own_step(done=False)))


def _redo(context: Context, which: Callable[[Workspace], list[Step]]) -> None:
    def job(workspace: Workspace) -> list[Step]:
        steps = which(workspace)
        for step in steps:
            workspace.redo(step.number)
        return steps

    def then(steps: list[Step]) -> None:
        tr = context.messages.tr
        if not steps:
            context.messages.say(tr("There is nothing to redo."))
        else:
            context.messages.say(filled(tr("Done again: {step}"), step=said(steps[-1].label)))

    context.bridge.ask(job, then)


def undo_step(context: Context, number: int) -> None:
    """Take back a step of the history; a deed that is under way in it is stopped, and taken back as a whole."""
    running = next((one for one in _under_way(context) if number in one.steps), None)
    if running is not None:
        _take_back(running)
    else:
        context.bridge.ask(lambda workspace: workspace.undo(number))


def undo_filled(context: Context, steps: Sequence[int]) -> None:
    """Take back what was filled in, by the numbers of its steps; where it was done it is seen."""

    def job(workspace: Workspace) -> None:
        for number in sorted(steps, reverse=True):
            workspace.undo(number)

    context.bridge.ask(job)


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


def withdraw(context: Context, changes: Changes) -> None:
    """Take away a message that offers to undo, since something else was done; a deed that only goes on is not that."""
    if not any(changes.step in one.steps for one in context.session.running):
        context.messages.withdraw()


def show_history(context: Context) -> None:
    """Show the steps of the history, and which one Ctrl+Z takes back next."""
    history = context.parts.side.history
    context.bridge.ask(Workspace.own_history, lambda found: history.show_steps(*found), key="history")
