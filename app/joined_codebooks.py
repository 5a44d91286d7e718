"""Themes, attributes and rules of another library, joined with ours."""

from __future__ import annotations

import json
from typing import Any

from app.joining import Joining
from app.library.database import Row
from app.library.library import as_json
from app.model import Theme


def take_themes(join: Joining) -> None:
    """Take in their themes: known by id or path, new ones where their parents are with us."""
    keys = {theme.id: theme.key for theme in join.theirs.themes.all()}
    for theme in join.theirs.themes.all():
        # Where it belongs with us: we may have hung its parent elsewhere, or called it otherwise.
        parent = join.keys["theme"][keys[theme.parent]] if theme.parent else None
        ours = join.into.row("SELECT * FROM theme WHERE uid=?", (theme.id,))
        if ours is not None:
            join.keys["theme"][theme.key] = ours["id"]
            _unite_theme(join, ours, theme, parent)
            continue
        found = join.ours.themes.below(parent, theme.name)
        if found is None:
            found = _new_theme(join, theme, parent)
        elif theme.definition.strip() and not join.into.value("SELECT definition FROM theme WHERE id=?", (found,)):
            join.into.update("theme", found, {"definition": theme.definition})
        join.keys["theme"][theme.key] = found


def _new_theme(join: Joining, theme: Theme, parent: int | None) -> int:
    join.counts["themes"] += 1
    return join.into.insert(
        "theme",
        {
            "uid": theme.id,
            "name": theme.name,
            "parent_id": parent,
            "colour": theme.colour,
            "digit": theme.digit if theme.digit and not _digit_taken(join, theme.digit) else None,
            "definition": theme.definition,
            "rank": int(join.into.value("SELECT ifnull(max(rank), 0) + 1 FROM theme")),
        },
    )


def _digit_taken(join: Joining, digit: int) -> bool:
    return join.into.value("SELECT 1 FROM theme WHERE digit=?", (digit,)) is not None


def _unite_theme(join: Joining, ours: Row, theme: Theme, parent: int | None) -> None:
    theirs = join.source.row("SELECT * FROM theme WHERE id=?", (theme.key,))
    assert theirs is not None
    columns: dict[str, Any] = {}
    for (column,) in join.newest.taken("theme", ours, theirs, [("colour",), ("definition",), ("digit",)]):
        if column != "digit" or not theme.digit or not _digit_taken(join, theme.digit):
            columns[column] = theirs[column]
    place = ours["parent_id"]
    if (
        parent != place
        and join.newest.is_later("theme", ours, theirs, ("parent_id",))
        and not _below(join, parent, ours)
    ):
        place = parent
    name = theme.name if join.newest.taken("theme", ours, theirs, [("name",)]) else str(ours["name"])
    if (place, name) != (ours["parent_id"], ours["name"]) and join.ours.themes.below(place, name) in (None, ours["id"]):
        columns |= {"parent_id": place, "name": name}
    columns = {column: value for column, value in columns.items() if ours[column] != value}
    for column, value in columns.items():
        before, after = (_shown(join, column, one) for one in (ours[column], value))
        join.newest.note("theme", str(ours["name"]), "place" if column == "parent_id" else column, before, after)
    if columns:
        join.into.update("theme", ours["id"], columns)


def _below(join: Joining, theme: int | None, ours: Row) -> bool:
    """Tell whether a theme of ours is another one, or hangs below it."""
    while theme is not None and theme != ours["id"]:
        theme = join.into.value("SELECT parent_id FROM theme WHERE id=?", (theme,))
    return theme is not None


def _shown(join: Joining, column: str, value: Any) -> Any:
    return join.into.value("SELECT name FROM theme WHERE id=?", (value,)) if column == "parent_id" else value


def take_attributes(join: Joining) -> None:
    """Take in their attributes: known by id or name; choices are united."""
    ours = {one.id: one.key for one in join.ours.attributes.all()}
    by_name = {one.name.casefold(): one.key for one in join.ours.attributes.all()}
    for row in join.source.rows("SELECT * FROM attribute ORDER BY id"):
        found = ours.get(row["uid"], by_name.get(row["name"].casefold()))
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
    held, more = json.loads(ours["choices"]), json.loads(theirs["choices"])
    fresh = [choice for choice in more if choice not in held]
    if held and fresh:
        columns["choices"] = as_json([*held, *fresh])
    if columns:
        join.into.update("attribute", key, columns)


def take_furniture(join: Joining) -> None:
    """Take in their rules about what is left out of an outlet's articles."""
    held = {(row["outlet"].casefold(), row["line"]) for row in join.into.rows("SELECT outlet, line FROM furniture")}
    for row in join.source.rows("SELECT * FROM furniture ORDER BY id"):
        if (row["outlet"].casefold(), row["line"]) not in held:
            join.copy("furniture", row)
