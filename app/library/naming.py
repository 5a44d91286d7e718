"""Finding rows by what a person types: an id or its beginning, a name, a path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from app.errors import Conflict, NotFound
from app.library.database import Database, Row

Ref = tuple[str, int]
"""A row: its table, and its key."""

Named = TypeVar("Named", int, str)

_SHORTEST = 4
_AT_ONCE = 500


def by_uid(database: Database, table: str, given: str) -> Row | None:
    """Return the row of ``table`` with this uid or, when there is just one, this beginning of a uid.

    Raises ``Conflict`` when several uids begin like this. ``None`` when none does, or when ``given`` is too short.
    """
    wanted = given.strip().lower()
    exact = database.row(f'SELECT * FROM "{table}" WHERE uid=?', (wanted,))
    if exact is not None or len(wanted) < _SHORTEST or not set(wanted) <= set("0123456789abcdef"):
        return exact
    rows = database.rows(f'SELECT * FROM "{table}" WHERE uid>=? AND uid<? LIMIT 2', (wanted, wanted + "g"))
    if len(rows) > 1:
        raise Conflict("Several ids begin with “{given}”.", "Give more of it.", given=given)
    return rows[0] if rows else None


def one(database: Database, table: str, given: str, what: str, where: str) -> Row:
    """Return the row that ``given`` names by uid; raises ``NotFound`` with the command ``where`` ids are listed."""
    row = by_uid(database, table, given)
    if row is None:
        raise NotFound(
            "There is no {what} with the id “{given}”.", "See “{where}”.", what=what, given=given, where=where
        )
    return row


def keys_by_uid(database: Database, table: str, uids: Sequence[str]) -> dict[str, int]:
    """Return the keys of the rows that have these whole uids, in their order; those that no row has are passed over."""
    found = {
        str(row["uid"]): int(row["id"])
        for part, slots in slotted(uids)
        for row in database.rows(f'SELECT id, uid FROM "{table}" WHERE uid IN ({slots})', part)
    }
    return {uid: found[uid] for uid in uids if uid in found}


def still_there(database: Database, table: str, keys: Sequence[int]) -> list[int]:
    """Return those of some keys that a row of ``table`` has."""
    found = {
        int(row["id"])
        for part, slots in slotted(keys)
        for row in database.rows(f'SELECT id FROM "{table}" WHERE id IN ({slots})', part)
    }
    return [key for key in keys if key in found]


def slotted(values: Sequence[Named]) -> Iterator[tuple[list[Named], str]]:
    """Yield as many values at a time as fit into one statement, with the slots for them."""
    for start in range(0, len(values), _AT_ONCE):
        part = list(values[start : start + _AT_ONCE])
        yield part, ",".join("?" * len(part))
