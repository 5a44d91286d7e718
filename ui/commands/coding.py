"""Working with other coders, in the library's thread: rounds out and in, agreement, and what is decided."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import AppError
from app.exporting.bundling import Selection
from app.lane import Ticket
from app.loading import load
from app.progress import Progress
from app.workspace import Workspace
from ui.bridge import Bridge
from ui.commands.undoing import undoing
from ui.context import Context
from ui.wording import filled, number

if TYPE_CHECKING:
    from app.coding.agreeing import AgreementTable, CodingUnit
    from app.coding.deciding import Choice, Disagreement, Pair
    from app.coding.layering import LayerReport
    from app.coding.preparing import Draw, Prepared
    from app.merging.journey import MergeReport

Step = Callable[[Progress], None]
Refused = Callable[[AppError], None]


def prepare(
    context: Context,
    folder: Path,
    coder: str,
    selection: Selection,
    chance: Draw | None,
    values: bool,
    step: Step,
    then: Callable[[Prepared], None],
    refused: Refused,
) -> Ticket:
    """Write a library for a coder."""
    return context.bridge.walk(
        lambda workspace: load("app.coding.preparing").prepare(
            workspace, folder, coder, selection, chance, values=values
        ),
        step,
        then,
        refused=refused,
    )


def take_in(
    context: Context, path: Path, name: str, step: Step, then: Callable[[LayerReport], None], refused: Refused
) -> Ticket:
    """Take in what a coder gave back."""
    return context.bridge.walk(
        lambda workspace: load("app.coding.layering").take_in(workspace.holdings, path, name),
        step,
        then,
        refused=refused,
    )


def ask_layers(context: Context, then: Callable[[tuple[str, ...]], None]) -> None:
    """Ask which layers there are; the reader's own is the first."""
    context.bridge.ask(lambda workspace: load("app.coding.agreeing").layers_of(workspace.holdings), then, key="layers")


def measure(
    bridge: Bridge,
    unit: CodingUnit,
    layers: Sequence[str],
    then: Callable[[AgreementTable], None],
    refused: Refused,
) -> Ticket:
    """Measure how far layers agree."""
    return bridge.walk(partial(_measured, unit, layers), _pass, then, refused=refused)


def _measured(unit: CodingUnit, layers: Sequence[str], workspace: Workspace) -> Generator[None, None, AgreementTable]:
    tables = load("app.coding.agreeing").measure(workspace.holdings, unit, layers)
    table: AgreementTable = next(tables)
    for later in tables:
        table = later
        yield
    return table


def ask_disagreements(
    bridge: Bridge, pair: Pair, then: Callable[[list[Disagreement]], None], refused: Refused
) -> Ticket:
    """Look where two layers disagree."""
    return bridge.walk(partial(_differing, pair), _pass, then, refused=refused)


def _differing(pair: Pair, workspace: Workspace) -> Generator[None, None, list[Disagreement]]:
    found: list[Disagreement] = []
    for part in load("app.coding.deciding").disagreements(workspace.holdings, pair):
        found += part
        yield
    return found


def decide(
    context: Context, pair: Pair, one: Disagreement, choice: Choice, then: Callable[[object], None], refused: Refused
) -> None:
    """Decide one disagreement."""
    context.bridge.ask(
        lambda workspace: load("app.coding.deciding").decide(workspace.holdings, pair, one, choice),
        then,
        refused=refused,
    )


def settle(context: Context, pair: Pair, then: Callable[[], None]) -> Ticket:
    """Let the consensus have what both agree on, and say how much that was."""

    def told(count: int) -> None:
        tr = context.messages.tr
        what = tr("Everything that both agree on is in the consensus already.")
        if count:
            many = filled(tr("{count} passages that both agree on went into the consensus."), count=number(count))
            what = tr("One passage that both agree on went into the consensus.") if count == 1 else many
        context.messages.say(what, deed=undoing(context) if count else None)
        then()

    return context.bridge.walk(
        lambda workspace: load("app.coding.deciding").settle(workspace.holdings, pair), _pass, told
    )


def write_table(context: Context, table: AgreementTable, path: Path) -> None:
    """Write the table of agreement to a file, and say so."""

    def told(_nothing: object) -> None:
        context.messages.say(filled(context.messages.tr("The table is in {file}."), file=path.name))

    context.bridge.ask(lambda _workspace: load("app.coding.agreeing").write_csv(table, path), told)


def previewing(folder: Path, other: Path) -> Generator[Progress, None, MergeReport]:
    """Look at what a merge would do; for an errand."""
    with Workspace(folder, create=False) as workspace:
        return (yield from workspace.preview_merge(other))


def merge(context: Context, other: Path, then: Callable[[MergeReport], None], refused: Refused) -> Ticket:
    """Merge another library into the open one."""
    return context.bridge.walk(lambda workspace: workspace.merge(other), _pass, then, refused=refused)


def say_merged(context: Context, report: MergeReport) -> None:
    """Say what a merge took in; one word takes it back."""
    tr = context.messages.tr
    if report.step is None:
        context.messages.say(tr("There was nothing in it that this library has not."))
        return
    counts = (
        (report.articles, tr("1 article"), tr("{count} articles")),
        (report.highlights, tr("1 highlight"), tr("{count} highlights")),
        (len(report.added), tr("1 addition to what was here"), tr("{count} additions to what was here")),
        (len(report.overwritten), tr("1 later value"), tr("{count} later values")),
    )
    parts = [one if count == 1 else filled(many, count=number(count)) for count, one, many in counts if count]
    context.messages.say(tr("The library is merged in."), hint=", ".join(parts), deed=undoing(context))


def _pass(_progress: Any) -> None:
    """Show no progress."""
