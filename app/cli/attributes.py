"""Commands on attributes."""

from __future__ import annotations

from typing import Any

import click

from app.cli.shape import Call, Group, pass_call
from app.model import Attribute, AttributeChange, AttributeKind


@click.group(cls=Group)
def attribute() -> None:
    """Make and list your own fields on articles."""


def _value(found: Attribute) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.name,
        "kind": found.kind.value,
        "choices": list(found.choices),
        "definition": found.definition,
    }


def _line(found: Attribute) -> str:
    choices = f": {','.join(found.choices)}" if found.choices else ""
    return f"{found.name}  {found.kind}{choices}"


@attribute.command("add")
@click.argument("name")
@click.option("--kind", default="text", metavar="K", help=f"{', '.join(AttributeKind)} (text).")
@click.option("--choice", "choices", multiple=True, metavar="VALUE", help="An allowed value of a choice.")
@click.option("--definition", default="", metavar="TEXT", help="What it means.")
@pass_call
def add(call: Call, name: str, kind: str, choices: tuple[str, ...], definition: str) -> None:
    """Make an attribute."""
    with call.workspace(create=True) as workspace:
        made = workspace.attributes.add(name, kind, choices, definition)
    call.answer(_value(made), _line(made))


@attribute.command("edit")
@click.argument("name")
@click.option("--name", "new_name", metavar="NAME", help="Its new name.")
@click.option("--definition", metavar="TEXT", help="What it means.")
@click.option("--rename", "renamed", multiple=True, nargs=2, metavar="OLD NEW", help="A choice, and its new name.")
@click.option("--choice", "more", multiple=True, metavar="VALUE", help="One more allowed value of a choice.")
@click.option("--drop", "fewer", multiple=True, metavar="VALUE", help="A choice that no article has, to take away.")
@pass_call
def edit(
    call: Call,
    name: str,
    new_name: str | None,
    definition: str | None,
    renamed: tuple[tuple[str, str], ...],
    more: tuple[str, ...],
    fewer: tuple[str, ...],
) -> None:
    """Rename or define an attribute, or change its choices."""
    with call.workspace() as workspace:
        change = AttributeChange(new_name, definition, dict(renamed), more, fewer)
        changed = workspace.attributes.edit(name, change)
    call.answer(_value(changed), _line(changed))


@attribute.command("list")
@pass_call
def list_(call: Call) -> None:
    """List the attributes."""
    with call.workspace() as workspace:
        found = workspace.attributes.all()
    call.answer({"attributes": [_value(one) for one in found]}, *([_line(one) for one in found] or ["No attributes."]))


@attribute.command("delete")
@click.argument("name")
@pass_call
def delete(call: Call, name: str) -> None:
    """Delete an attribute with its values on all articles."""
    with call.workspace() as workspace:
        found = workspace.attributes.find(name)
        workspace.attributes.delete(found.id)
    call.answer({"deleted": found.id}, f"Deleted “{found.name}”.")
