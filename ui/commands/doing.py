"""Deeds on many rows: few of them at once, many part by part, shown on a card on which they can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

from app.deeds import FEW, SoFar
from app.errors import AppError
from app.lane import DEED, SOON
from app.workspace import Workspace
from ui.bridge import Refused
from ui.commands.undoing import Offer, undo_steps, undoing_steps
from ui.context import Context, Running
from ui.wording import filled, number

Value = TypeVar("Value")


def carry_out(
    context: Context,
    title: str,
    count: int,
    journey: Callable[[Workspace], Generator[SoFar, None, Value]],
    then: Callable[[Value, tuple[int, ...]], None],
    ended: Callable[[], None] | None = None,
    *,
    refused: Refused | None = None,
    is_deed: bool = True,
) -> None:
    """Do something with so many rows; ``title`` says what, should it take long.

    ``then`` gets what the journey returns and the numbers of its steps, ``refused`` why it was not done, which is said
    without it, and ``ended`` is called whatever comes of it. One deed is done after the other: also what few rows are
    meant for waits for those that are under way. What is no deed changes nothing: it waits for none, and is not undone.
    """

    def end() -> None:
        if ended is not None:
            ended()

    if count <= FEW and not (is_deed and any(one.is_deed for one in context.session.running)):
        _at_once(context, journey, then, end, refused or context.messages.complain)
    else:
        _by_parts(context, title, journey, then, end, refused, Running(is_deed=is_deed))


def stop(context: Context) -> None:
    """Stop what is under way; what is done by then stays."""
    if context.session.running:
        context.session.running[0].ticket.cancel()


def _at_once(
    context: Context,
    journey: Callable[[Workspace], Generator[SoFar, None, Value]],
    then: Callable[[Value, tuple[int, ...]], None],
    ended: Callable[[], None],
    refused: Refused,
) -> None:
    def job(workspace: Workspace) -> tuple[Value, tuple[int, ...]]:
        steps: tuple[int, ...] = ()
        parts = journey(workspace)
        while True:
            try:
                steps = next(parts).steps
            except StopIteration as stop:
                return stop.value, steps

    def done(answer: tuple[Value, tuple[int, ...]]) -> None:
        then(*answer)
        ended()

    def refuse(error: AppError) -> None:
        refused(error)
        ended()

    context.bridge.ask(job, done, refused=refuse)


def _by_parts(
    context: Context,
    title: str,
    journey: Callable[[Workspace], Generator[SoFar, None, Value]],
    then: Callable[[Value, tuple[int, ...]], None],
    ended: Callable[[], None],
    refused: Refused | None,
    running: Running,
) -> None:
    def step(progress: SoFar) -> None:
        running.done, running.steps = progress.done, progress.steps
        context.parts.deeds.show_progress(title, progress)

    def end() -> None:
        context.session.running.remove(running)
        context.parts.deeds.end()
        ended()

    def offer() -> Offer | None:
        return undoing_steps(context, running.steps)

    def done(value: Value) -> None:
        end()
        if running.unwanted and running.steps:
            undo_steps(context, running.steps)
        else:
            then(value, running.steps)

    def refuse(error: AppError) -> None:
        end()
        if refused is not None:
            refused(error)
        else:
            context.messages.complain(error, deed=offer())

    def stopped() -> None:
        end()
        if running.unwanted and running.steps:
            undo_steps(context, running.steps)
        elif running.steps:
            context.bridge.ask(lambda workspace: all(map(workspace.library.journal.is_open, running.steps)), tell)
        elif running.done or not running.unwanted:  # of one that waited for its turn nothing was seen
            context.messages.say(context.messages.tr("Stopped before anything was done."))

    def tell(is_there: bool) -> None:
        tr = context.messages.tr
        if is_there:
            said = tr("Stopped. What was done by then, with {count} of them, stays.")
            context.messages.say(filled(said, count=number(running.done)), deed=offer())
        else:
            context.messages.say(tr("Stopped, since what was done by then was undone."))

    rank = DEED if running.is_deed else SOON
    running.ticket = context.bridge.walk(journey, step, done, refused=refuse, stopped=stopped, rank=rank)
    # What is no deed goes before those: it is what is under way now.
    context.session.running.insert(len(context.session.running) if running.is_deed else 0, running)
