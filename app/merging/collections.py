"""Collections and notes of another library, joined with ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.library.database import Row
from app.merging.orders import members, order_collections, order_members
from app.merging.sides import Joining, short
from app.model import Collection
from app.search.referring import replaced
from app.wording import Message


def take_collections(join: Joining) -> None:
    """Take in their collections, known by id or name, with what is in them and between."""
    queries: dict[int, Row] = {}
    fresh: set[int] = set()
    for row in join.source.rows("SELECT * FROM collection ORDER BY id"):
        found = join.ours.collections.named(row["uid"]) or join.ours.collections.named(row["name"])
        key = found.key if found else join.copy("collection", row)
        if found is None:
            join.counts["collections"] += 1
            fresh.add(key)
        join.keys["collection"][row["id"]] = key
        if (found is None and row["query"]) or (found is not None and _unite(join, found, row)):
            queries[key] = row
        _take_items(join, row, key, found)
    order_collections(join, fresh)
    _take_queries(join, queries)


def _unite(join: Joining, found: Collection, theirs: Row) -> bool:
    """Let the latest name stay; tell whether the latest query is theirs."""
    ours = join.into.row("SELECT * FROM collection WHERE id=?", (found.key,))
    assert ours is not None
    if join.newest.taken("collection", ours, theirs, [("name",)]):
        held = join.ours.collections.named(theirs["name"])
        if held is None or held.key == found.key:
            join.take("collection", ours, theirs, {"name": theirs["name"]})
            join.newest.note("collection", found.name, "name", ours["name"], theirs["name"])
        else:
            join.keeps_name(found.name, theirs["name"])
    if theirs["query"] and not ours["query"]:
        said = "“{name}” is filled by hand here; its query did not come along: {query}"
        join.said.append(Message(said, {"name": found.name, "query": _shown(join, theirs)}))
    both = bool(ours["query"]) and bool(theirs["query"])
    if not both or not join.newest.taken("collection", ours, theirs, [("query",)]):
        return False
    shown = _shown(join, theirs)
    if found.query != shown:
        join.newest.note("collection", found.name, "query", found.query, shown)
    return True


def _shown(join: Joining, theirs: Row) -> str:
    """Return a query of theirs as its reader sees it."""
    return next((one.query for one in join.theirs.collections.all() if one.key == theirs["id"]), "")


def _take_items(join: Joining, row: Row, key: int, found: Collection | None) -> None:
    items = join.source.rows("SELECT * FROM collection_item WHERE collection_id=? ORDER BY rank, id", (row["id"],))
    between = join.source.rows("SELECT * FROM interlude WHERE collection_id=? ORDER BY rank, id", (row["id"],))
    if found is not None and found.query and (items or between):
        join.said.append(
            Message(
                "Our collection “{name}” is filled by its query: what theirs holds by hand stays behind.",
                {"name": found.name},
            )
        )
        return
    before = members(join.into, key) if found is not None else {}
    for item in items:
        member = {
            "article_id": join.keys["article"].get(item["article_id"]),
            "highlight_id": join.keys["highlight"].get(item["highlight_id"]),
        }
        if any(value is not None for value in member.values()):
            is_new = join.link("collection_item", item, {"rank": item["rank"]}, collection_id=key, **member)
            if is_new and found is not None:
                join.add("collection", found.name, *_named(join, item))
    for interlude in between:
        _take_interlude(join, interlude, key, found)
    if found is not None:
        _let_go(join, (row["id"], key), found, {one["uid"] for one in between})
    order_members(join, (row["id"], key), str(row["name"] if found is None else found.name), before)


def _named(join: Joining, item: Row) -> tuple[str, str]:
    """Return what an item of theirs is, and a name of it."""
    table, column = ("highlight", "quote") if item["article_id"] is None else ("article", "title")
    name = join.source.value(f'SELECT "{column}" FROM "{table}" WHERE id=?', (item[f"{table}_id"],))
    return table, short(str(name or ""))


def _take_interlude(join: Joining, theirs: Row, collection: int, found: Collection | None) -> None:
    ours = join.into.row("SELECT * FROM interlude WHERE uid=?", (theirs["uid"],))
    if ours is None:
        if found is not None and join.newest.stays_away("interlude", theirs, theirs["uid"]):
            join.counts["away"] += 1
            return
        join.copy("interlude", theirs, collection_id=collection)
        if found is not None:
            join.add("collection", found.name, "text", short(theirs["text"]))
        return
    taken = {
        column: theirs[column] for (column,) in join.newest.taken("interlude", ours, theirs, [("text",), ("level",)])
    }
    for column, value in taken.items():
        join.newest.note("interlude", short(ours["text"]), column, ours[column], value)
    if taken:
        join.take("interlude", ours, theirs, taken)


def _let_go(join: Joining, pair: tuple[int, int], found: Collection, held: set[str]) -> None:
    """Take out of a collection what they took out later than we had it in."""
    for other in ("article", "highlight"):
        for row in join.unlink("collection_item", "collection", pair, other):
            column = "title" if other == "article" else "quote"
            name = join.into.value(f'SELECT "{column}" FROM "{other}" WHERE id=?', (row[f"{other}_id"],))
            join.newest.note("collection", found.name, other, short(str(name or "")), "")
    for row in join.into.rows("SELECT * FROM interlude WHERE collection_id=?", (pair[1],)):
        when = 0 if row["uid"] in held else join.newest.gone("interlude", row, row["uid"])
        if when:
            join.drop("interlude", row, when)
            join.newest.note("interlude", short(row["text"]), "text", row["text"], "")


def _take_queries(join: Joining, queries: Mapping[int, Row]) -> None:
    """Let queries that came along name what is ours, by id."""
    ids: dict[str, str] = {}
    for table in ("theme", "attribute", "collection"):
        ours = {row["id"]: row["uid"] for row in join.into.rows(f'SELECT id, uid FROM "{table}"')}
        theirs = join.source.rows(f'SELECT id, uid FROM "{table}"')
        ids |= {row["uid"]: ours[join.keys[table][row["id"]]] for row in theirs}
    for key, row in queries.items():
        mine = replaced(join.theirs.collections.stored(row["query"]), ids)
        if join.into.value("SELECT query FROM collection WHERE id=?", (key,)) != mine:
            join.into.update("collection", key, {"query": mine})
            join.newest.inherit("collection", key, row, ("query",))


def take_notes(join: Joining) -> None:
    """Take in their notes; of two on one thing the one written last stays, and so does whether it is private."""
    owners = {f"{table}_id": join.keys[table] for table in ("article", "highlight", "theme", "collection")}
    for row in join.source.rows("SELECT * FROM note ORDER BY id"):
        owner = {name: keys.get(row[name]) for name, keys in owners.items() if row[name] is not None}
        if None in owner.values():
            continue
        where = " AND ".join(f"{name} IS ?" for name in owners)
        held = join.into.row(f"SELECT * FROM note WHERE {where}", [owner.get(name) for name in owners])
        if held is None:
            join.copy("note", row, **owner)
            join.counts["noted"] += 1
        else:
            _unite_note(join, held, row)


def _unite_note(join: Joining, ours: Row, theirs: Row) -> None:
    columns: dict[str, Any] = {}
    for (column,) in join.newest.taken("note", ours, theirs, [("text",), ("private",)]):
        columns[column] = theirs[column]
        join.newest.note("note", short(ours["text"]), column, ours[column], theirs[column])
    if columns:
        modified = max(ours["modified"], theirs["modified"])
        join.take("note", ours, theirs, {**columns, "modified": modified})
