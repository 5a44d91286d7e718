"""Commands that find: search, like, mark-all."""

from __future__ import annotations

from functools import partial
from typing import Final

import click

from app.cli import lines, values
from app.cli.indexing import answered, readied, tell_waiting
from app.cli.marks import is_article
from app.cli.shape import Call, Command, finish, ordered, pass_call
from app.errors import InvalidInput
from app.searching.answers import Proposals, Results, Unit
from app.searching.marking import MarkReport

UNITS: Final = tuple(one.value for one in Unit)


@click.command("search", cls=Command)
@click.argument("query", nargs=-1)
@click.option("--passages", is_flag=True, help="Find highlights by quote, note and theme.")
@click.option("--limit", type=click.IntRange(0), default=20, metavar="N", help="At most N hits (20).")
@ordered
@pass_call
def search(call: Call, query: tuple[str, ...], *, passages: bool, limit: int, order: str, reverse: bool) -> None:
    """Find articles or passages.

    What the index lacks is indexed first; “pending” in the JSON counts what could not be.
    """
    with call.workspace() as workspace:
        ask = partial(
            workspace.search,
            " ".join(query),
            passages=passages,
            limit=limit,
            order=order or "relevance",
            reverse=reverse,
        )
        results = answered(workspace, ask)
    _answer(call, results)


@click.command("like", cls=Command)
@click.argument("identifier", metavar="ID")
@click.option("--passages", is_flag=True, help="Find highlights instead of articles.")
@click.option("--limit", type=click.IntRange(0), default=20, metavar="N", help="At most N hits (20).")
@pass_call
def like(call: Call, identifier: str, *, passages: bool, limit: int) -> None:
    """Find what has much in common with an article or a highlight; the same as `search like:ID`."""
    with call.workspace() as workspace:
        nouns = workspace.articles if is_article(workspace, identifier) else workspace.highlights
        found = nouns.find(identifier)
        results = answered(workspace, partial(workspace.search, f"like:{found.id}", passages=passages, limit=limit))
    _answer(call, results)


def _answer(call: Call, results: Results) -> None:
    said = [line for found in results.found for line in lines.found(found)]
    if results.suggestion:
        said.append(f"Did you mean: {results.suggestion}")
    call.answer(values.results(results), f"{results.total} found. {results.explained}", *said)
    tell_waiting(results.pending)


@click.command("mark-all", cls=Command)
@click.argument("query", nargs=-1, required=True)
@click.option("--as", "unit", type=click.Choice(UNITS), default="sentence", help="How much to mark (sentence).")
@click.option("--theme", "themes", multiple=True, metavar="NAME", help="A theme to put on each, made if new.")
@click.option("--note", default="", metavar="TEXT", help="A note on each, in Markdown.")
@click.option("--refuse", "refused", type=int, multiple=True, metavar="N", help="Leave out passage N of --dry-run.")
@click.option("--dry-run", is_flag=True, help="Only list what would be marked.")
@pass_call
def mark_all(
    call: Call,
    query: tuple[str, ...],
    unit: str,
    themes: tuple[str, ...],
    note: str,
    refused: tuple[int, ...],
    *,
    dry_run: bool,
) -> None:
    """Mark all hits of a query, each as its word, sentence or paragraph, in one step."""
    with call.workspace() as workspace:
        readied(workspace, " ".join(query))
        proposals: Proposals = finish(workspace.propose(" ".join(query), Unit(unit)))
        unknown = next((number for number in refused if not 0 < number <= len(proposals.found)), None)
        if unknown is not None:
            raise InvalidInput(
                "There is no passage {number} to refuse: there are {count}.",
                "See their numbers with --dry-run.",
                number=unknown,
                count=len(proposals.found),
            )
        chosen = [one for number, one in enumerate(proposals.found, 1) if number not in refused]
        report: MarkReport = MarkReport() if dry_run else finish(workspace.mark(chosen, themes, note))
    found = [values.proposal(number, one) for number, one in enumerate(proposals.found, 1)]
    value = {
        "query": proposals.query,
        "explained": str(proposals.explained),
        "as": proposals.unit.value,
        "complete": proposals.complete,
        "proposals": found,
        "refused": sorted(set(refused)),
        "marked": list(report.marked.made),
        "themed": list(report.marked.themed),
        "unchanged": report.marked.unchanged,
        "gone": report.marked.gone,
    }
    said = [line for one in found for line in lines.proposal(one)] if dry_run else [_summary(report)]
    more = [] if proposals.complete else ["There are more hits than these."]
    call.answer(value, f"{lines.counted(len(found), 'passage')}. {proposals.explained}", *said, *more)


def _summary(report: MarkReport) -> str:
    marked = report.marked
    counts = {
        "marked": len(marked.made),
        "marked before, now with the theme": len(marked.themed),
        "as they were": marked.unchanged,
        "no longer in the text": marked.gone,
    }
    return f"{', '.join(f'{count} {what}' for what, count in counts.items() if count) or 'Nothing to mark'}."


COMMANDS = (search, like, mark_all)
