"""Commands that keep a library well: its history, checks, backups, index, and moving it as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click

from app.changes import Changes
from app.cli import lines, values
from app.cli.shape import Call, Command, finish, pass_call
from app.errors import NotFound
from app.merging.journey import MergeReport
from app.packing import in_synchronised_folder
from app.packing import pack as pack_library
from app.packing import unpack as unpack_library
from app.places import synchroniser
from app.planting import plant
from app.workspace import Workspace


@click.command("undo", cls=Command)
@click.argument("count", type=click.IntRange(1), required=False, metavar="[N]")
@click.option("--step", type=int, metavar="NUMBER", help="Undo this step of the history instead of the latest.")
@pass_call
def undo(call: Call, count: int | None, step: int | None) -> None:
    """Take back the latest step, or the latest N."""
    with call.workspace() as workspace:
        labels = _play(workspace.undo, count, step)
    call.answer({"undone": labels}, *(f"Undone: {label}" for label in labels))


@click.command("redo", cls=Command)
@click.argument("count", type=click.IntRange(1), required=False, metavar="[N]")
@click.option("--step", type=int, metavar="NUMBER", help="Redo this step of the history.")
@pass_call
def redo(call: Call, count: int | None, step: int | None) -> None:
    """Do again what was undone last, or the last N."""
    with call.workspace() as workspace:
        labels = _play(workspace.redo, count, step)
    call.answer({"redone": labels}, *(f"Redone: {label}" for label in labels))


def _play(deed: Callable[[int | None], Changes], count: int | None, step: int | None) -> list[str]:
    """Undo or redo up to ``count`` steps, one by default; fewer are no error, none at all is one."""
    if count is not None and step is not None:
        raise click.UsageError("Give N or --step, not both.")
    labels: list[str] = []
    for _ in range(count or 1):
        try:
            labels.append(str(deed(step).label))
        except NotFound:
            if not labels:
                raise
            break
    return labels


@click.command("history", cls=Command)
@click.option("--limit", type=click.IntRange(0), default=1000, metavar="N", help="At most N steps.")
@pass_call
def history(call: Call, limit: int) -> None:
    """List what was done, the latest first."""
    with call.workspace() as workspace:
        steps = workspace.history(limit)
    call.answer({"steps": [values.step(one) for one in steps]}, *([lines.step(one) for one in steps] or ["No steps."]))


@click.command("check", cls=Command)
@click.option("--deep", is_flag=True, help="Read every text, compare the index with it, hash every original.")
@click.option("--repair", is_flag=True, help="Mend what can be mended.")
@pass_call
def check(call: Call, *, deep: bool, repair: bool) -> None:
    """Check that the library is sound."""
    with call.workspace() as workspace:
        report = finish(workspace.check(deep=deep, repair=repair))
    problems = [str(problem) for problem in report.problems]
    repaired = [str(sentence) for sentence in report.repaired]
    notes = [str(sentence) for sentence in report.notes]
    value = {"ok": report.ok, "problems": problems, "repaired": repaired, "notes": notes}
    call.answer(value, *repaired, *problems, *(["All is well."] if report.ok else []))
    for sentence in notes:
        click.echo(sentence, err=True)
    if not report.ok:
        click.echo("The check found problems; “check --deep --repair” mends what can be mended.", err=True)
        click.get_current_context().exit(1)


@click.command("backup", cls=Command)
@pass_call
def backup(call: Call) -> None:
    """Make a backup of the library."""
    with call.workspace() as workspace:
        made = finish(workspace.back_up())
    call.answer({"backup": str(made.path), "bytes": made.size}, f"Backup: {made.path}")


@click.command("restore", cls=Command)
@click.argument("file", metavar="FILE")
@pass_call
def restore(call: Call, file: str) -> None:
    """Put a backup in place of the library; the present is backed up first."""
    aside = finish(Workspace.restore_into(call.folder, Path(file)))
    with call.workspace() as workspace:
        counts = workspace.stats()
    value = {"restored": file, "damaged": str(aside) if aside else None, **counts}
    kept = [f"The damaged file is kept: {aside}"] if aside else []
    call.answer(value, f"Restored: {lines.counted(counts['articles'], 'article')}.", *kept)


@click.command("stats", cls=Command)
@pass_call
def stats(call: Call) -> None:
    """Count what the library holds."""
    with call.workspace() as workspace:
        counts = workspace.stats()
    service = synchroniser(call.folder)
    said = [str(in_synchronised_folder(service))] if service else []
    lines = [f"{name}: {count}" for name, count in counts.items()]
    call.answer({**counts, "synchronised_by": service or None}, *lines, *said)


@click.command("index", cls=Command)
@click.option("--again", is_flag=True, help="Try once more to index what could not be.")
@pass_call
def index(call: Call, *, again: bool) -> None:
    """Say what the search index holds, what it lacks and why, and how large it is."""
    with call.workspace() as workspace:
        if again:
            finish(workspace.retry())
        state = workspace.index_state()
    call.answer(values.index(state), *lines.index(state))


@click.command("merge", cls=Command)
@click.argument("other", metavar="OTHER")
@click.option("--preview", is_flag=True, help="Only say what would come and what would change.")
@pass_call
def merge(call: Call, other: str, *, preview: bool) -> None:
    """Take in all that another library of yours holds, as one step; of each value the latest stays."""
    with call.workspace(create=not preview) as workspace:
        report: MergeReport = finish((workspace.preview_merge if preview else workspace.merge)(Path(other)))
    left_behind = [str(sentence) for sentence in report.notes]
    value = {
        "preview": preview,
        "articles": report.articles,
        "highlights": report.highlights,
        "themes": report.themes,
        "collections": report.collections,
        "notes": report.noted,
        "changed": [asdict(one) for one in report.overwritten],
        "added": [asdict(one) for one in report.added],
        "left_behind": left_behind,
    }
    new = ((report.articles, "article"), (report.highlights, "highlight"), (report.themes, "theme"))
    counts = ", ".join(lines.counted(count, what) for count, what in new)
    changes = [f"{one.kind} “{one.name}”, {one.field}: “{one.before}” → “{one.after}”" for one in report.overwritten]
    changes += [f"{one.kind} “{one.name}”, {one.field}: + “{one.after}”" for one in report.added]
    call.answer(value, f"{'Would merge' if preview else 'Merged'} in: {counts}.", *changes, *left_behind)


@click.command("pack", cls=Command, whole=True)
@click.argument("file", metavar="FILE")
@pass_call
def pack(call: Call, file: str) -> None:
    """Pack the library into one file, originals too, to open it on another machine."""
    with call.workspace() as workspace:
        counts = workspace.stats()
        made = call.finish(pack_library(call.folder, Path(file)))
    size, held = made.stat().st_size, lines.counted(counts["articles"], "article")
    call.answer({"packed": str(made), "bytes": size}, f"{held} packed into {made}.")


@click.command("unpack", cls=Command, whole=True)
@click.argument("file", metavar="FILE")
@click.argument("folder", metavar="DIR")
@pass_call
def unpack(call: Call, file: str, folder: str) -> None:
    """Make the library in DIR that was packed into FILE."""
    call.finish(unpack_library(Path(file), Path(folder)))
    with Workspace(Path(folder)) as workspace:
        finish(workspace.tend())  # the index stays behind when a library is packed
        counts = workspace.stats()
    held = lines.counted(counts["articles"], "article")
    call.answer({"library": folder, **counts}, f"A library with {held} is in {folder}.")


@click.command("example", cls=Command, whole=True)
@click.argument("folder", metavar="DIR")
@pass_call
def example(call: Call, folder: str) -> None:
    """Make the example library in DIR."""
    done = call.finish(plant(Path(folder)))
    call.answer({"library": folder, "articles": done}, f"The example library with {done} articles is in {folder}.")


COMMANDS = (undo, redo, history, check, backup, restore, stats, index, merge, pack, unpack, example)
