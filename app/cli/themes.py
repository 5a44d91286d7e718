"""Commands on themes."""

from __future__ import annotations

import click

from app.cli import lines, values
from app.cli.shape import Call, Group, pass_call
from app.model import Theme


@click.group(cls=Group)
def theme() -> None:
    """Make, list and change themes."""


def _answer(call: Call, found: Theme) -> None:
    call.answer(values.theme(found), lines.theme(values.theme(found)).strip())


@theme.command("add")
@click.argument("name")
@click.option("--under", metavar="NAME", help="The theme it hangs under.")
@click.option("--colour", default="", metavar="#RRGGBB", help="Its colour.")
@click.option("--definition", default="", metavar="TEXT", help="What belongs under it.")
@click.option("--digit", type=int, metavar="N", help="Its digit, 1 to 9.")
@pass_call
def add(call: Call, name: str, under: str | None, colour: str, definition: str, digit: int | None) -> None:
    """Make a theme."""
    with call.workspace(create=True) as workspace:
        made = workspace.themes.add(name, under=under, colour=colour, definition=definition, digit=digit)
    _answer(call, made)


@theme.command("list")
@pass_call
def list_(call: Call) -> None:
    """List the themes as a tree, with the number of their highlights."""
    with call.workspace() as workspace:
        found = [values.theme(one) for one in workspace.themes.all()]
    call.answer({"themes": found}, *([lines.theme(one) for one in found] or ["No themes."]))


@theme.command("edit")
@click.argument("name")
@click.option("--name", "new_name", metavar="NAME", help="Its new name.")
@click.option("--colour", metavar="#RRGGBB", help="Its colour.")
@click.option("--definition", metavar="TEXT", help="What belongs under it.")
@click.option("--digit", type=int, metavar="N", help="Its digit, 1 to 9; 0 for none.")
@click.option("--note", metavar="TEXT", help="A note in Markdown; empty removes it.")
@pass_call
def edit(
    call: Call,
    name: str,
    new_name: str | None,
    colour: str | None,
    definition: str | None,
    digit: int | None,
    note: str | None,
) -> None:
    """Rename, recolour or define a theme."""
    with call.workspace() as workspace:
        changed = workspace.themes.edit(
            name, new_name=new_name, colour=colour, definition=definition, digit=digit, note=note
        )
    _answer(call, changed)


@theme.command("move")
@click.argument("name")
@click.option("--under", metavar="NAME", help="The theme it hangs under from now on; without it, the top.")
@pass_call
def move(call: Call, name: str, under: str | None) -> None:
    """Hang a theme, with all below it, somewhere else."""
    with call.workspace() as workspace:
        moved = workspace.themes.move(name, under or None)
    _answer(call, moved)


@theme.command("merge")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="INTO")
@pass_call
def merge(call: Call, source: str, target: str) -> None:
    """Put all that is under FROM under INTO, and delete FROM."""
    with call.workspace() as workspace:
        merged = workspace.themes.merge(source, target)
    _answer(call, merged)


@theme.command("delete")
@click.argument("name")
@pass_call
def delete(call: Call, name: str) -> None:
    """Delete a theme; its highlights stay, the themes below it move up."""
    with call.workspace() as workspace:
        found = workspace.themes.find(name)
        workspace.themes.delete(found.id)
    call.answer({"deleted": found.id}, f"Deleted “{found.name}”.")
