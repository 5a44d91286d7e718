"""Themes, attributes and rules of another library, joined with ours."""

from __future__ import annotations

import json
from typing import Any

from app.library.database import Row
from app.library.library import as_json
from app.merging.digits import take_digits
from app.merging.orders import order_themes
from app.merging.sides import Joining
from app.wording import Message


def take_themes(join: Joining) -> None:
    """Take in their themes: known by id or path, new ones where their parents are with us."""
    rows = {row["id"]: row for row in join.source.rows("SELECT * FROM theme")}
    known: dict[int, Row] = {}
    new: dict[int, Row] = {}
    fresh: set[int] = set()
    for theme in join.theirs.themes.tree():  # parents come first
        theirs = rows[theme.key]
        # Where it belongs with us: we may have hung its parent elsewhere, or called it otherwise.
        parent = join.keys["theme"].get(theirs["parent_id"])
        ours = join.into.row("SELECT * FROM theme WHERE uid=?", (theme.id,))
        if ours is not None:
            key = int(ours["id"])
            known[key] = theirs
            if _unite_theme(join, ours, theirs, parent):
                fresh.add(key)
        else:
            found = join.ours.themes.below(parent, theme.name)
            key = _new_theme(join, theirs, parent) if found is None else found
            if found is None:
                new[key] = theirs
                fresh.add(key)
            elif theme.definition.strip() and not join.into.value("SELECT definition FROM theme WHERE id=?", (found,)):
                join.into.update("theme", found, {"definition": theme.definition})
                join.add("theme", theme.name, "definition", theme.definition)
        join.keys["theme"][theme.key] = key
    take_digits(join, known, new)
    order_themes(join, fresh)


def _new_theme(join: Joining, theirs: Row, parent: int | None) -> int:
    join.counts["themes"] += 1
    rank = int(join.into.value("SELECT ifnull(max(rank), 0) + 1 FROM theme"))
    return join.copy("theme", theirs, parent_id=parent, rank=rank, digit=None)


def _unite_theme(join: Joining, ours: Row, theirs: Row, parent: int | None) -> bool:
    """Let the latest values stay, digits aside; tell whether the theme hangs elsewhere now."""
    columns: dict[str, Any] = {
        column: theirs[column] for (column,) in join.newest.taken("theme", ours, theirs, [("colour",), ("definition",)])
    }
    place = ours["parent_id"]
    if (
        parent != place
        and join.newest.is_later("theme", ours, theirs, ("parent_id",))
        and not join.ours.themes.hangs_below(parent, ours["id"])
    ):
        place = parent
    name = str((theirs if join.newest.taken("theme", ours, theirs, [("name",)]) else ours)["name"])
    if (place, name) != (ours["parent_id"], ours["name"]):
        if join.ours.themes.below(place, name) in (None, ours["id"]):
            columns |= {"parent_id": place, "name": name}
        else:
            said = "“{theme}” stays what and where it is here: there is a theme “{name}” at its later place already."
            join.said.append(Message(said, {"theme": str(ours["name"]), "name": name}))
    columns = {column: value for column, value in columns.items() if ours[column] != value}
    for column, value in columns.items():
        before, after = (_shown(join, column, one) for one in (ours[column], value))
        join.newest.note("theme", str(ours["name"]), "place" if column == "parent_id" else column, before, after)
    if columns:
        join.take("theme", ours, theirs, columns)
    return "parent_id" in columns


def _shown(join: Joining, column: str, value: Any) -> Any:
    return join.into.value("SELECT name FROM theme WHERE id=?", (value,)) if column == "parent_id" else value


def take_attributes(join: Joining) -> None:
    """Take in their attributes: known by id or name; choices are united."""
    ours = {one.id: one.key for one in join.ours.attributes.all()}
    by_name = {one.name.casefold(): one.key for one in join.ours.attributes.all()}
    for row in join.source.rows("SELECT * FROM attribute ORDER BY id"):
        found = ours.get(row["uid"], by_name.get(row["name"].casefold()))
        if found is None:
            join.add("attribute", row["name"], "attribute", row["name"])
        join.keys["attribute"][row["id"]] = found if found is not None else join.copy("attribute", row)
        if found is not None:
            _unite_attribute(join, found, row, by_name)


def _unite_attribute(join: Joining, key: int, theirs: Row, by_name: dict[str, int]) -> None:
    ours = join.into.row("SELECT * FROM attribute WHERE id=?", (key,))
    assert ours is not None
    columns: dict[str, Any] = {}
    for (column,) in join.newest.taken("attribute", ours, theirs, [("name",), ("definition",)]):
        if column == "definition" or by_name.get(theirs["name"].casefold()) in (None, key):
            columns[column] = theirs[column]
            join.newest.note("attribute", str(ours["name"]), column, ours[column], theirs[column])
        else:
            join.keeps_name(str(ours["name"]), str(theirs["name"]))
    held, more = json.loads(ours["choices"]), json.loads(theirs["choices"])
    known = {choice.casefold() for choice in held}
    fresh = [choice for choice in more if choice.casefold() not in known]
    if held and fresh:
        columns["choices"] = as_json([*held, *fresh])
        for choice in fresh:
            join.add("attribute", str(ours["name"]), "choice", choice)
    if columns:
        join.take("attribute", ours, theirs, columns)


def take_furniture(join: Joining) -> None:
    """Take in their rules about what is left out of an outlet's articles."""
    held = {(row["outlet"].casefold(), row["line"]) for row in join.into.rows("SELECT outlet, line FROM furniture")}
    for row in join.source.rows("SELECT * FROM furniture ORDER BY id"):
        if (row["outlet"].casefold(), row["line"]) not in held:
            join.copy("furniture", row)
            join.add("rule", row["outlet"], "line", row["line"])
