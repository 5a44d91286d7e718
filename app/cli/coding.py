"""Commands for working with a second coder: prepare, take in, compare, decide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.cli import lines
from app.cli.indexing import readied
from app.cli.shape import Call, Group, finish, pass_call
from app.coding.agreeing import AgreementTable, CodingUnit, chosen_layers, layers_of, measure, write_csv
from app.coding.agreement import Agreement, decimals
from app.coding.deciding import Choice, Coding, Disagreement, Pair, decide, disagreements, find, settle
from app.coding.layering import LayerReport, take_in
from app.coding.preparing import Draw, Prepared, prepare
from app.errors import InvalidInput
from app.exporting.bundling import Selection
from app.workspace import Workspace


@click.group(cls=Group)
def coder() -> None:
    """Code together: prepare a round for a second coder, take it in, compare, decide."""


@coder.command("prepare", whole=True)
@click.argument("folder", metavar="DIR")
@click.option("--coder", "name", required=True, metavar="NAME", help="Who is to code.")
@click.option("--query", metavar="Q", help="Of what this query finds.")
@click.option("--collection", metavar="NAME", help="Of what is in this collection.")
@click.option("--draw", "number", type=click.IntRange(1), metavar="N", help="Draw so many articles by lot.")
@click.option("--by", default="", metavar="FIELD", help="Draw by strata: outlet, month, section, an attribute, ...")
@click.option("--equal", is_flag=True, help="As many of each stratum, not in proportion to its size.")
@click.option("--seed", default="1", metavar="S", help="Another seed draws other articles (1).")
@click.option("--values", is_flag=True, help="With what you gave to attributes; otherwise the coder finds them empty.")
@pass_call
def prepare_(
    call: Call,
    folder: str,
    name: str,
    query: str | None,
    collection: str | None,
    number: int | None,
    by: str,
    seed: str,
    *,
    equal: bool,
    values: bool,
) -> None:
    """Write a library for a coder into DIR: articles and codebook, without marks, notes and values of attributes."""
    if number is None and (by or equal):
        raise click.UsageError("--by and --equal belong to --draw.")
    chance = None if number is None else Draw(number, by, equal, seed)
    with call.workspace() as workspace:
        readied(workspace, query, collection)
        selection = Selection(query, collection)
        done: Prepared = call.finish(prepare(workspace, Path(folder), name, selection, chance, values=values))
    value = {
        "round": done.round.id,
        "coder": done.round.coder,
        "library": str(done.folder),
        "articles": list(done.round.articles),
        "strata": {stratum: {"drawn": drawn, "of": size} for stratum, (drawn, size) in done.strata.items()},
    }
    said = f"{done.folder} holds {lines.counted(len(done.round.articles), 'article')} for {done.round.coder}."
    strata = (f"  {stratum or '(none)'}: {drawn} of {size}" for stratum, (drawn, size) in done.strata.items())
    call.answer(value, said, *strata)


@coder.command("take-in")
@click.argument("path", metavar="PATH")
@click.option("--name", default="", metavar="N", help="Whose round it is, where it does not say so.")
@pass_call
def take_in_(call: Call, path: str, name: str) -> None:
    """Take in what a coder gave back: a library's folder, or a file that it was exported to."""
    with call.workspace() as workspace:
        report: LayerReport = finish(take_in(workspace.holdings, Path(path), name))
    left_behind = [str(sentence) for sentence in report.notes]
    value = {
        "coder": report.coder,
        "articles": report.articles,
        "added": report.made,
        "unchanged": report.kept,
        "removed": report.gone,
        "orphans": report.orphaned,
        "themes": list(report.themes),
        "notes": report.noted,
        "collection": report.collection or None,
        "left_behind": left_behind,
    }
    said = (
        f"Layer of {report.coder}, in {lines.counted(report.articles, 'article')}: passages new {report.made}, "
        f"as before {report.kept}, gone {report.gone}."
    )
    notes = lines.counted(report.noted, "note")
    noted = [f"What the coder noted stands in the collection “{report.collection}”: {notes}."] if report.noted else []
    call.answer(value, said, *noted, *left_behind)


@coder.command("list")
@pass_call
def list_(call: Call) -> None:
    """List the rounds, and the layers that are in the library."""
    with call.workspace() as workspace:
        rounds, layers = workspace.rounds.all(), layers_of(workspace.holdings)
        present = workspace.rounds.present()
    value = {
        "rounds": [
            {
                "id": one.id,
                "coder": one.coder,
                "articles": len(one.articles),
                "made": one.made,
                "taken": one.taken if one.id in present else None,
            }
            for one in rounds
        ],
        "layers": [author or "me" for author in layers],
    }
    states = ("is in" if one.id in present else "not back yet" for one in rounds)
    said = [
        f"{one.coder}  {lines.counted(len(one.articles), 'article')}  {state}"
        for one, state in zip(rounds, states, strict=True)
    ]
    call.answer(value, *(said or ["No rounds."]))


BETWEEN = click.option(
    "--between", multiple=True, metavar="NAME", help="A layer to compare: “me”, a coder, Consensus. Give two or more."
)


@coder.command("agreement")
@click.option(
    "--unit", type=click.Choice([unit.value for unit in CodingUnit]), default="sentences", help="What is compared."
)
@click.option("--theme", metavar="NAME", help="Only this theme and those below it.")
@click.option("--csv", "target", metavar="FILE", help="Write the table to a file too.")
@BETWEEN
@pass_call
def agreement(call: Call, unit: str, theme: str | None, target: str | None, between: tuple[str, ...]) -> None:
    """Say how far the layers agree, theme by theme: per cent, Cohen's kappa, Krippendorff's alpha."""
    with call.workspace() as workspace:
        layers = chosen_layers(workspace.holdings, between)
        *_, table = measure(workspace.holdings, CodingUnit(unit), layers, theme)
    if target is not None:
        write_csv(table, Path(target))
    names = [author or "me" for author in table.layers]
    value = {
        "unit": table.unit.value,
        "layers": names,
        "articles": table.articles,
        "overall": _measures(table.overall, table),
        "themes": [
            {"id": row.theme.id, "path": list(row.theme.path), **_measures(row.agreement, table)} for row in table.rows
        ],
    }
    rows = [(" > ".join(row.theme.path), row.agreement) for row in table.rows]
    said = [_line(name, found) for name, found in (*rows, ("All themes", table.overall))]
    call.answer(value, f"{lines.counted(table.articles, 'article')}, {' and '.join(names)}, by {unit}", *said)


def _measures(found: Agreement, table: AgreementTable) -> dict[str, Any]:
    return {
        "units": found.units,
        "marked": {author or "me": count for author, count in zip(table.layers, found.marked, strict=False)},
        "percent": found.percent,
        "kappa": found.kappa,
        "alpha": found.alpha,
        "why": None if found.why is None else str(found.why),
    }


def _line(name: str, found: Agreement) -> str:
    measures = (("kappa", found.kappa), ("alpha", found.alpha))
    told = [f"{decimals(found.percent, 1, 100):.1f} %"] if found.percent is not None else []
    told += [f"{what} {decimals(value, 3, 1):.3f}" for what, value in measures if value is not None]
    told += [str(found.why)] if found.why else []
    return f"{name}  {'  '.join(told)}"


@coder.command("disagreements")
@click.option("--theme", metavar="NAME", help="Only about this theme and those below it.")
@click.option("--all", "everything", is_flag=True, help="Those too that have been decided.")
@BETWEEN
@pass_call
def disagreements_(call: Call, theme: str | None, between: tuple[str, ...], *, everything: bool) -> None:
    """List the passages that one of two coders marked and the other did not, or not to the same extent."""
    with call.workspace() as workspace:
        pair = _pair(workspace, between)
        found = [one for part in disagreements(workspace.holdings, pair, theme) for one in part]
    shown = [one for one in found if everything or one.decision is None]
    value = {
        "layers": [author or "me" for author in pair],
        "total": len(found),
        "decided": sum(one.decision is not None for one in found),
        "disagreements": [_disagreement(one) for one in shown],
    }
    said = [line for one in shown for line in _lines(one, pair)]
    call.answer(value, *(said or ["No disagreements are left." if found else "No disagreements."]))


def _pair(workspace: Workspace, between: tuple[str, ...]) -> Pair:
    layers = chosen_layers(workspace.holdings, between)
    if len(layers) != 2:
        raise InvalidInput("Disagreements are between two layers.", "Name two.")
    return layers[0], layers[1]


def _disagreement(one: Disagreement) -> dict[str, Any]:
    return {
        "id": one.id,
        "article": one.article.id,
        "title": one.article.metadata.title,
        "theme": list(one.theme.path),
        "whole": one.whole,
        "sides": list(one.sides),
        "mine": [_coding(each) for each in one.mine],
        "theirs": [_coding(each) for each in one.theirs],
        "context": one.context,
        "decision": None if one.decision is None else one.decision.value,
    }


def _coding(one: Coding) -> dict[str, Any]:
    return {"id": one.highlight, "start": one.span[0], "end": one.span[1], "quote": one.quote, "note": one.note}


def _lines(one: Disagreement, pair: Pair) -> list[str]:
    decided = f"  (decided: {one.decision})" if one.decision else ""
    said = [f"{one.id[:8]}  {' > '.join(one.theme.path)}  {lines.titled(one.article.metadata.title)}{decided}"]
    for author, side, codings in zip(pair, one.sides, (one.mine, one.theirs), strict=True):
        quotes = " … ".join(f"“{' '.join(each.quote.split())}”" for each in codings)
        said.append(f"          {author or 'me'}: {quotes or ('the whole article' if side else '—')}")
    return said


@coder.command("decide")
@click.argument("identifier", metavar="ID")
@click.argument("choice", type=click.Choice([choice.value for choice in Choice]))
@BETWEEN
@pass_call
def decide_(call: Call, identifier: str, choice: str, between: tuple[str, ...]) -> None:
    """Decide a disagreement: the consensus gets the first layer's coding (mine), the second's (theirs), or both."""
    with call.workspace() as workspace:
        pair = _pair(workspace, between)
        decide(workspace.holdings, pair, find(workspace.holdings, pair, identifier), Choice(choice))
        decided = find(workspace.holdings, pair, identifier)
    call.answer(_disagreement(decided), *_lines(decided, pair))


@coder.command("consensus")
@BETWEEN
@pass_call
def consensus(call: Call, between: tuple[str, ...]) -> None:
    """Let the consensus have all that two layers agree on already."""
    with call.workspace() as workspace:
        count = finish(settle(workspace.holdings, _pair(workspace, between)))
    call.answer({"passages": count}, f"Into the consensus: {lines.counted(count, 'passage')}.")
