"""Deeds on many rows: few of them at once, many part by part, shown on a card on which they can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

from app.deeds import FEW, SoFar
from app.errors import AppError
from app.lane import DEED
from app.progress import end_of
from app.workspace import Workspace
from ui.commands.undoing import undo_number, undoing
from ui.context import Context, Running
from ui.wording import filled, number

Value = TypeVar("Value")


def carry_out(
    context: Context,
    title: str,
    count: int,
    journey: Callable[[Workspace], Generator[SoFar, None, Value]],
    then: Callable[[Value], None],
    ended: Callable[[], None] | None = None,
) -> None:
    """Do something with so many rows; ``title`` says what, should it take long.

    ``then`` gets what the journey returns, and ``ended`` is called whatever comes of it. One deed is done after the
    other: also what few rows are meant for waits for those that are under way.
    """
    if count <= FEW and not context.session.running:
        _at_once(context, journey, then, ended)
    else:
        _by_parts(context, title, journey, then, ended)


def stop(context: Context) -> None:
    """Stop the deed that is under way; what is done by then stays."""
    if context.session.running:
        context.session.running[0].ticket.cancel()


def _at_once(
    context: Context,
    journey: Callable[[Workspace], Generator[SoFar, None, Value]],
    then: Callable[[Value], None],
    ended: Callable[[], None] | None,
) -> None:
    def done(value: Value) -> None:
        then(value)
        if ended is not None:
            ended()

    def refused(error: AppError) -> None:
        context.messages.complain(error)
        if ended is not None:
            ended()

    context.bridge.ask(lambda workspace: end_of(journey(workspace)), done, refused=refused)


def _by_parts(
    context: Context,
    title: str,
    journey: Callable[[Workspace], Generator[SoFar, None, Value]],
    then: Callable[[Value], None],
    ended: Callable[[], None] | None,
) -> None:
    running = Running()

    def step(progress: SoFar) -> None:
        running.done, running.step = progress.done, progress.step
        context.parts.deeds.show_progress(title, progress)

    def end() -> None:
        context.session.running.remove(running)
        context.parts.deeds.end()
        if ended is not None:
            ended()

    def done(value: Value) -> None:
        end()
        if running.unwanted and running.step is not None:
            undo_number(context, running.step)
        else:
            then(value)

    def refused(error: AppError) -> None:
        end()
        context.messages.complain(error, deed=undoing(context) if running.step is not None else None)

    def stopped() -> None:
        end()
        if running.step is None:
            context.messages.say(context.messages.tr("Stopped before anything was done."))
        elif running.unwanted:
            undo_number(context, running.step)
        else:
            said = context.messages.tr("Stopped. What was done by then, with {count} of them, stays.")
            context.messages.say(filled(said, count=number(running.done)), deed=undoing(context))

    running.ticket = context.bridge.walk(journey, step, done, refused=refused, stopped=stopped, rank=DEED)
    context.session.running.append(running)
