"""Commands on collections."""

from __future__ import annotations

from typing import Final

import click

from app.cli import values
from app.cli.shape import Call, Group, pass_call
from app.errors import Conflict, NotFound
from app.model import Collection

_SHORTEST: Final = 4


@click.group(cls=Group)
def collection() -> None:
    """Make, list and fill collections."""


def _line(found: Collection) -> str:
    return f"{found.name}  {f'query: {found.query}' if found.query else f'{len(found.items)} items'}"


def _answer(call: Call, found: Collection) -> None:
    call.answer(values.collection(found), _line(found))


@collection.command("add")
@click.argument("name")
@click.option("--query", default="", metavar="Q", help="Fill it with what this query finds, always.")
@click.option("--note", default="", metavar="TEXT", help="A note in Markdown.")
@pass_call
def add(call: Call, name: str, query: str, note: str) -> None:
    """Make a collection."""
    with call.workspace(create=True) as workspace:
        made = workspace.collections.add(name, query, note)
    _answer(call, made)


@collection.command("list")
@pass_call
def list_(call: Call) -> None:
    """List the collections with what is in them."""
    with call.workspace() as workspace:
        found = workspace.collections.all()
    value = {"collections": [values.collection(one) for one in found]}
    call.answer(value, *([_line(one) for one in found] or ["No collections."]))


@collection.command("edit")
@click.argument("name")
@click.option("--name", "new_name", metavar="NAME", help="Its new name.")
@click.option("--query", metavar="Q", help="Another query, for a collection that has one.")
@click.option("--note", metavar="TEXT", help="A note in Markdown; empty removes it.")
@pass_call
def edit(call: Call, name: str, new_name: str | None, query: str | None, note: str | None) -> None:
    """Rename a collection, or give it another query or note."""
    with call.workspace() as workspace:
        changed = workspace.collections.edit(name, new_name=new_name, query=query, note=note)
    _answer(call, changed)


@collection.command("put")
@click.argument("name")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@pass_call
def put(call: Call, name: str, ids: tuple[str, ...]) -> None:
    """Put articles and highlights into a collection."""
    with call.workspace() as workspace:
        changed = workspace.collections.put(name, ids)
    _answer(call, changed)


@collection.command("take")
@click.argument("name")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@pass_call
def take(call: Call, name: str, ids: tuple[str, ...]) -> None:
    """Take articles, highlights, headings and connecting text out of a collection."""
    with call.workspace() as workspace:
        changed = workspace.collections.take(name, ids)
    _answer(call, changed)


@collection.command("write")
@click.argument("name")
@click.argument("text")
@click.option("--level", type=int, default=0, metavar="N", help="A heading of this level, 1 to 3 (0: connecting text).")
@click.option(
    "--before", default="", metavar="ID", help="What in the collection it comes before (default: at its end)."
)
@pass_call
def write(call: Call, name: str, text: str, level: int, before: str) -> None:
    """Write a heading, or connecting text in Markdown, between the things in a collection."""
    with call.workspace() as workspace:
        found = workspace.collections.find(name)
        place = _within(found, before) if before else ""
        changed = workspace.collections.write(found.id, text, level, place)
    _answer(call, changed)


@collection.command("order")
@click.argument("name")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@pass_call
def order(call: Call, name: str, ids: tuple[str, ...]) -> None:
    """Put what is in a collection into this order; what is not named follows as it was."""
    with call.workspace() as workspace:
        found = workspace.collections.find(name)
        changed = workspace.collections.order(found.id, [_within(found, given) for given in ids])
    _answer(call, changed)


def _within(found: Collection, given: str) -> str:
    """Return the id of what in a collection has this id or, alone, this beginning of an id."""
    wanted = given.strip().lower()
    begun = [uid for uid in found.sequence if uid.startswith(wanted)] if len(wanted) >= _SHORTEST else []
    if len(begun) > 1:
        raise Conflict("Several ids begin with “{given}”.", "Give more of it.", given=given)
    if not begun:
        raise NotFound("“{given}” is not in “{name}”.", "See “collection list”.", given=given, name=found.name)
    return begun[0]


@collection.command("delete")
@click.argument("name")
@pass_call
def delete(call: Call, name: str) -> None:
    """Delete a collection; what was in it stays in the library."""
    with call.workspace() as workspace:
        found = workspace.collections.find(name)
        workspace.collections.delete(found.id)
    call.answer({"deleted": found.id}, f"Deleted “{found.name}”.")
