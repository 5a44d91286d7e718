"""Finding rows by what a person types: an id or its beginning, a name, a path."""

from __future__ import annotations

from app.errors import Conflict, NotFound
from app.library.database import Database, Row

_SHORTEST = 4


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
