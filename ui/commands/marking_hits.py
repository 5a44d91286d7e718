"""All hits of a search: looked up to be refused one by one, and marked as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.errors import AppError
from app.lane import Ticket
from app.progress import Progress
from app.searching.answers import Proposal, Proposals, Unit
from app.searching.marking import MarkReport
from ui.bridge import Bridge
from ui.commands.undoing import undoing
from ui.context import Context
from ui.wording import filled, number


def look_up(
    bridge: Bridge,
    query: str,
    unit: Unit,
    article: int | None,
    step: Callable[[Progress], None],
    then: Callable[[Proposals], None],
    refused: Callable[[AppError], None],
) -> Ticket:
    """Look up every passage that would be marked, in all articles or in one."""
    return bridge.walk(lambda workspace: workspace.propose(query, unit, article), step, then, refused=refused)


def mark_hits(
    context: Context,
    chosen: Sequence[Proposal],
    themes: Sequence[str],
    step: Callable[[Progress], None],
    ended: Callable[[], None],
) -> Ticket:
    """Mark passages as one step and say so; stopping leaves marked what is marked."""

    def then(report: MarkReport) -> None:
        ended()
        context.parts.centre.take_keyboard()  # in the search box, Ctrl+Z would take back what was typed
        say_marked(context, report)

    def refused(error: AppError) -> None:
        ended()
        context.messages.complain(error)

    def stopped() -> None:
        ended()
        said = context.messages.tr("Stopped. What was marked by then stays.")
        context.messages.say(said, deed=undoing(context))

    known = [theme.id for theme in context.session.themes if theme.id in themes]
    if known:
        context.session.last_theme = known[0]
    return context.bridge.walk(
        lambda workspace: workspace.mark(chosen, themes), step, then, refused=refused, stopped=stopped
    )


def say_marked(context: Context, report: MarkReport) -> None:
    """Say what was marked; one word takes it back."""
    tr, marked = context.messages.tr, report.marked
    counts = (
        (len(marked.made), tr("1 passage marked"), tr("{count} passages marked")),
        (len(marked.themed), tr("1 more put under the themes"), tr("{count} more put under the themes")),
        (marked.unchanged, tr("1 was so already"), tr("{count} were so already")),
        (marked.gone, tr("1 is not in its text any more"), tr("{count} are not in their texts any more")),
    )
    parts = [one if count == 1 else filled(many, count=number(count)) for count, one, many in counts if count]
    said = ", ".join(parts) + "." if parts else tr("Nothing was marked.")
    context.messages.say(said, deed=undoing(context) if report.step is not None else None)
