"""The order of themes, of collections and of what is in one, of two libraries joined.

An order is one value: of the things that both have, the order stays that was made last. What only one of them has
stands after what it follows there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from app.library.database import Database, Row
from app.merging.sides import Joining

Thing = TypeVar("Thing")
Node = tuple[str, int]
"""A row of ours: its table and its key."""

_MEMBERS = """
    SELECT 'collection_item' AS tbl, id, rank, article_id, highlight_id, NULL AS uid FROM collection_item
    WHERE collection_id=?1 UNION ALL
    SELECT 'interlude', id, rank, NULL, NULL, uid FROM interlude WHERE collection_id=?1 ORDER BY rank, tbl DESC, id"""


def joined(ours: Sequence[Thing], theirs: Sequence[Thing], *, later: bool) -> list[Thing]:
    """Return two orders as one: that of theirs when it is ``later``, with what only the other has where it stands."""
    base, other = (theirs, ours) if later else (ours, theirs)
    held = set(base)
    following: dict[Thing | None, list[Thing]] = {}
    last: Thing | None = None
    for one in other:
        if one in held:
            last = one
        else:
            following.setdefault(last, []).append(one)
    return [*following.get(None, ()), *(each for one in base for each in (one, *following.get(one, ())))]


def order_themes(join: Joining, fresh: Collection[int]) -> None:
    """Order the themes under each of ours, and those at the top; ``fresh`` are those whose place is theirs."""
    names = {row["id"]: str(row["name"]) for row in join.into.rows("SELECT id, name FROM theme")}
    groups: dict[int | None, tuple[list[Row], dict[Node, int]]] = {}
    parents: dict[int, int | None] = {}
    for row in join.into.rows("SELECT * FROM theme ORDER BY rank, id"):
        parents[row["id"]] = row["parent_id"]
        groups.setdefault(row["parent_id"], ([], {}))[0].append(row)
    for row in join.source.rows("SELECT id, parent_id FROM theme ORDER BY rank, id"):
        ours = join.keys["theme"].get(row["id"])
        parent = join.keys["theme"].get(row["parent_id"])
        if ours is not None and parents[ours] == parent:
            groups[parent][1].setdefault(("theme", ours), row["id"])
    for parent, (rows, theirs) in groups.items():
        _put(join, {("theme", row["id"]): row["rank"] for row in rows}, theirs, {("theme", key) for key in fresh},
             ("theme", names.get(parent, "") if parent else ""))  # fmt: skip


def order_collections(join: Joining, fresh: Collection[int]) -> None:
    """Order the collections themselves; ``fresh`` are those that are new."""
    rows = join.into.rows("SELECT id, rank FROM collection ORDER BY rank, id")
    theirs: dict[Node, int] = {}
    for row in join.source.rows("SELECT id FROM collection ORDER BY rank, id"):
        theirs.setdefault(("collection", join.keys["collection"][row["id"]]), row["id"])
    _put(join, {("collection", row["id"]): row["rank"] for row in rows}, theirs, {("collection", key) for key in fresh},
         ("collection", ""))  # fmt: skip


def members(database: Database, collection: int) -> dict[Node, Row]:
    """Return what is in a collection, in its order."""
    return {(row["tbl"], row["id"]): row for row in database.rows(_MEMBERS, (collection,))}


def order_members(join: Joining, pair: tuple[int, int], name: str, before: Collection[Node]) -> None:
    """Order what is in a collection (``pair``: their key and ours); ``before`` is what was in it already."""
    ours = members(join.into, pair[1])
    nodes = {(row["article_id"], row["highlight_id"], row["uid"]): node for node, row in ours.items()}
    theirs: dict[Node, int] = {}
    for row in members(join.source, pair[0]).values():
        article, highlight = (join.keys[table].get(row[f"{table}_id"]) for table in ("article", "highlight"))
        node = nodes.get((article, highlight, row["uid"]))
        if node is not None:
            theirs.setdefault(node, row["id"])
    ranks = {node: int(row["rank"]) for node, row in ours.items()}
    _put(join, ranks, theirs, ours.keys() - set(before), ("collection", name))


def linked(database: Database, table: str, owner: str, key: int) -> dict[int, Row]:
    """Return the rows of the themes on a thing by their keys, in their order, which is that in which they came."""
    rows = database.rows(f'SELECT * FROM "{table}" WHERE {owner}_id=? ORDER BY id', (key,))
    return {row["theme_id"]: row for row in rows}


def order_links(join: Joining, table: str, owner: str, pair: tuple[int, int], before: Sequence[int]) -> None:
    """Order the themes on a thing (``pair``: their key and ours); ``before`` are those that were on it, in order.

    Of two orders stays that of the side where a theme was put on it last; theirs when that is the same moment.
    """
    now = linked(join.into, table, owner, pair[1])
    there = {join.keys["theme"].get(theme): row for theme, row in linked(join.source, table, owner, pair[0]).items()}
    ours = [theme for theme in before if theme in now]
    theirs = [theme for theme in there if theme is not None and theme in now]
    both = set(ours).intersection(theirs)
    later = [theme for theme in ours if theme in both] != [theme for theme in theirs if theme in both] and (
        join.newest.came_later(table, [row["id"] for row in there.values()], [now[theme]["id"] for theme in ours])
    )
    order = joined(ours, theirs, later=later)
    order += [theme for theme in now if theme not in set(order)]
    held = list(now)
    first = next((place for place, theme in enumerate(order) if theme != held[place]), len(order))
    for theme in order[first:]:
        join.renew(table, now[theme])


def _put(
    join: Joining, ranks: Mapping[Node, int], theirs: Mapping[Node, int], fresh: Collection[Node], name: tuple[str, str]
) -> None:
    """Put things into one order, with their present ``ranks`` in the present one; ``theirs`` are in their order."""
    ours = [node for node in ranks if node not in fresh]
    both = [node for node in ours if node in theirs]
    known = set(both)
    there = [node for node in theirs if node in known]
    keys = _keys({node: node[1] for node in both}), _keys({node: theirs[node] for node in both})
    later = both != there and join.newest.is_order_later(*keys)
    if later:
        join.newest.note(*name, "order", "", "")
    order = joined(ours, list(theirs), later=later)
    stray = ranks.keys() - set(order)
    order += [node for node in ranks if node in stray]
    moved = {node: rank for rank, node in enumerate(order, 1) if ranks[node] != rank} if order != list(ranks) else {}
    if not moved and not fresh:
        return
    when = join.newest.ordered(_keys({node: node[1] for node in ours}), _keys(theirs))
    for node, rank in moved.items():
        join.into.update(*node, {"rank": rank})
    for node in moved if not when else {*moved, *fresh} & ranks.keys():
        join.newest.date(*node, "rank", when)


def _keys(keys: Mapping[Node, int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for (table, _key), key in keys.items():
        found.setdefault(table, []).append(key)
    return found
