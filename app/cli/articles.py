"""Commands on articles: import, list, show, edit, remove, keep, leave-out."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import click

from app.cli import lines, values
from app.cli.indexing import looked_up
from app.cli.shape import Call, Command, assigned, finish, ordered, pass_call
from app.errors import AppError, InvalidInput
from app.importing.journey import Form, Import
from app.importing.reporting import ImportReport, Refused, Taken
from app.workspace import Workspace

PROGRESS_EVERY = 25


@click.command("import", cls=Command)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--collection", default="", metavar="NAME", help="Put the articles into a collection, made if new.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Read with N processes (default: one a core).")
@click.option("--format", "key", metavar="KEY", help="How to read the files (default: each as it looks).")
@click.option("--option", "options", multiple=True, metavar="K=V", help="An option of that format.")
@pass_call
def import_(
    call: Call, paths: tuple[str, ...], collection: str, jobs: int | None, key: str | None, options: tuple[str, ...]
) -> None:
    """Take in articles from files and folders."""
    form = Form(key, assigned(options))
    with call.workspace(create=True) as workspace:
        journey = workspace.import_files([Path(path) for path in paths], collection, jobs, form)
        try:
            stopped = _run(journey, call)
        except AppError:
            if journey.report.step is not None:  # what is in stays in
                call.answer(_told(journey.report), *_report_lines(journey))
            raise
        if not stopped:
            finish(workspace.tend())
    report = journey.report
    call.answer(_told(report), *_report_lines(journey))
    if stopped:
        count = len(report.added)
        click.echo(f"Stopped: {count} article{'s are' if count != 1 else ' is'} in, the rest is not.", err=True)
    elif report.failed:
        count = len(report.failed)
        is_in = report.added or report.updated or report.duplicates or report.themes or report.collections
        rest = "; the rest is in" if is_in else ""
        click.echo(f"{count} file{'s' if count > 1 else ''} could not be imported{rest}.", err=True)
    if stopped or report.failed:
        click.get_current_context().exit(3)


def _told(report: ImportReport) -> dict[str, Any]:
    """Return a report as an answer in JSON."""
    return {
        "added": [_taken(one) for one in report.added],
        "updated": [_taken(one) for one in report.updated],
        "duplicates": [_taken(one) for one in report.duplicates],
        "skipped": [{"source": one.source, "reason": str(one.reason)} for one in report.skipped],
        "failed": [{"source": one.source, "error": str(one.reason)} for one in report.failed],
        "themes": list(report.themes),
        "collections": list(report.collections),
        "similar": [
            {**_taken(one.taken), "like": {"id": one.id, "title": one.title}, "share": round(one.share, 2)}
            for one in report.similar
        ],
        "tidied": [{"outlet": one.outlet, "said": str(one.said)} for one in report.tidied],
        "split": list(report.split),
        "seconds": report.seconds,
    }


def _run(journey: Import, call: Call) -> bool:
    """Run an import; an interrupt stops it between two files and keeps what is in. Returns whether it was stopped."""
    stopped = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        steps = journey.run()
        told = 0
        for progress in steps:
            if progress.done >= told + PROGRESS_EVERY and not call.as_json and sys.stderr.isatty():
                told = progress.done
                click.echo(f"{progress.done} of {progress.total}: {Path(progress.name).name}", err=True)
            if stopped:
                steps.close()
                break
    finally:
        signal.signal(signal.SIGINT, before)
    return stopped


def _taken(one: Taken) -> dict[str, Any]:
    value: dict[str, Any] = {"id": one.id, "title": one.title, "source": one.source}
    moved = one.highlights
    if moved.kept or moved.moved or moved.orphaned:
        value["highlights"] = {
            "kept": list(moved.kept),
            "moved": list(moved.moved),
            "orphaned": list(moved.orphaned),
        }
    return value


def _report_lines(journey: Import) -> list[str]:
    report = journey.report
    said = [f"added  {one.id[: lines.SHORT]}  {one.title}" for one in report.added]
    said += [f"updated  {one.id[: lines.SHORT]}  {one.title}" for one in report.updated]
    said += [f"similar  {one.taken.title}: much like “{one.title}”" for one in report.similar]
    said += [f"left out  {one.outlet}: {one.said}" for one in report.tidied]
    said += [f"split  {file}: as it was the last time" for file in report.split]
    for one in (*report.added, *report.updated):
        count = len(one.highlights.orphaned)
        lost = "1 highlight lost its passage" if count == 1 else f"{count} highlights lost their passages"
        said += [f"orphaned  {one.title}: {lost}"] if count else []
    refused: list[tuple[str, Refused]] = [("skipped", one) for one in report.skipped]
    refused += [("failed", one) for one in report.failed]
    said += [f"{what}  {one.source}: {one.reason}" for what, one in refused]
    counts = {
        "added": report.added,
        "updated": report.updated,
        "in the library already": report.duplicates,
        "themes": report.themes,
        "collections": report.collections,
        "skipped": report.skipped,
        "failed": report.failed,
    }
    summary = ", ".join(f"{len(found)} {what}" for what, found in counts.items() if found)
    return [*said, f"{summary or 'Nothing to import'} ({report.seconds:.1f} s)."]


@click.command("list", cls=Command)
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(0), metavar="N", help="At most N articles.")
@ordered
@pass_call
def list_(call: Call, query: tuple[str, ...], limit: int | None, order: str, *, reverse: bool) -> None:
    """List the articles, or those that a query finds."""
    with call.workspace() as workspace:
        words = " ".join(query)
        if words.strip() or order or reverse:
            chosen = order or ("relevance" if words.strip() else "added")
            keys = looked_up(workspace, partial(workspace.keys, words, order=chosen, reverse=reverse))
        else:
            keys = workspace.articles.keys()
        shown = keys if limit is None else keys[:limit]
        found = [values.article(one) for one in workspace.articles.by_keys(shown)]
    empty = [] if found else ["No articles."]
    call.answer({"total": len(keys), "articles": found}, *(lines.article(one) for one in found), *empty)


@click.command("show", cls=Command)
@click.argument("article")
@pass_call
def show(call: Call, article: str) -> None:
    """Show an article with its text, what was left out of it, and its highlights."""
    with call.workspace() as workspace:
        _show(call, workspace, workspace.articles.key(article))


def _show(call: Call, workspace: Workspace, key: int) -> None:
    value = values.whole_article(workspace, key)
    call.answer(value, *lines.whole_article(value))


FIELDS = ("title", "byline", "outlet", "section", "published", "address", "language")


def _fields(command: Callable[..., Any]) -> Callable[..., Any]:
    for name in reversed(FIELDS):
        command = click.option(f"--{name}", metavar="TEXT", help=f"The {name}; empty makes it unknown.")(command)
    return command


@click.command("edit", cls=Command)
@click.argument("article")
@_fields
@click.option("--state", metavar="STATE", help="unread, reading, read or archived.")
@click.option("--set", "assigned", multiple=True, metavar="NAME=VALUE", help="A value of one of your attributes.")
@pass_call
def edit(call: Call, /, article: str, state: str | None, assigned: tuple[str, ...], **fields: str | None) -> None:
    """Correct what is known of an article."""
    attributes = dict(_assignment(one) for one in assigned)
    with call.workspace() as workspace:
        key = workspace.articles.key(article)
        given = {name: value for name, value in fields.items() if value is not None}
        workspace.articles.edit(key, given, state, attributes)
        _show(call, workspace, key)


def _assignment(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise InvalidInput("“{text}” is no assignment.", "Write NAME=VALUE.", text=text)
    return name, value


@click.command("remove", cls=Command)
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--for-good", is_flag=True, help="Erase them from history, originals and backups too; no undo.")
@pass_call
def remove(call: Call, articles: tuple[str, ...], *, for_good: bool) -> None:
    """Remove articles with their highlights."""
    with call.workspace() as workspace:
        found = [workspace.articles.find(article) for article in articles]
        keys = list(dict.fromkeys(one.key for one in found))
        kept = 0
        if for_good:
            kept = workspace.erase(keys)
        else:
            workspace.articles.remove(keys)
    how = "Erased for good, from history and backups too" if for_good else "Removed"
    ids = list(dict.fromkeys(one.id for one in found))
    said = f"{how}: {lines.counted(len(ids), 'article')}."
    if kept:
        said += " The original holds other articles too and stays, with their words, until these are erased as well."
    call.answer({"removed": ids, "for_good": for_good, "originals_kept": kept}, said)


@click.command("keep", cls=Command)
@click.argument("article")
@click.argument("number", type=int)
@pass_call
def keep(call: Call, article: str, number: int) -> None:
    """Put piece NUMBER (from 0, as in `show`) of what was left out back into the text."""
    with call.workspace() as workspace:
        key = workspace.articles.key(article)
        workspace.bodies.keep(key, number)
        _show(call, workspace, key)


@click.command("leave-out", cls=Command)
@click.argument("article")
@click.argument("number", type=int)
@click.option("--always", is_flag=True, help="Out of every article of this outlet, those to come too.")
@pass_call
def leave_out(call: Call, article: str, number: int, *, always: bool) -> None:
    """Cut block NUMBER (from 0, as in `show`) out of the text; it can be put back."""
    with call.workspace() as workspace:
        key = workspace.articles.key(article)
        pieces = workspace.bodies.content(key).body.pieces()
        if always and 0 <= number < len(pieces):
            workspace.furniture.always(key, pieces[number].text)
        else:
            workspace.bodies.leave_out(key, number)
        _show(call, workspace, key)


COMMANDS = (import_, list_, show, edit, remove, keep, leave_out)
