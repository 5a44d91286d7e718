"""What the journal records: the triggers that write changes as data, and the reading of those rows with suspicion."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.library.database import Row

_OPERATIONS: Final = frozenset({"insert", "update", "delete"})


@dataclass(frozen=True, slots=True)
class Touched:
    """A change as the triggers recorded it. ``old`` holds the old values of the columns that changed."""

    table: str
    row: int
    operation: str
    old: Mapping[str, Any]


def triggers(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    """Yield the three triggers of a table. ``old`` is built in SQL from our own column names only."""
    step = "(SELECT step FROM recording)"
    when = f"WHEN {step} IS NOT NULL"
    every = ", ".join(f"'{name}', old.\"{name}\"" for name in columns)
    differing = " UNION ALL ".join(
        f'SELECT \'{name}\' AS k, old."{name}" AS v WHERE old."{name}" IS NOT new."{name}"' for name in columns
    )
    differs = " OR ".join(f'old."{name}" IS NOT new."{name}"' for name in columns)
    into = "INSERT INTO change (step_id, tbl, row, op, old) VALUES"
    yield f"""CREATE TEMP TRIGGER IF NOT EXISTS {table}_inserted AFTER INSERT ON main."{table}" {when}
        BEGIN {into} ({step}, '{table}', new.id, 'insert', NULL); END"""
    yield f"""CREATE TEMP TRIGGER IF NOT EXISTS {table}_updated AFTER UPDATE ON main."{table}" {when} AND ({differs})
        BEGIN {into} ({step}, '{table}', new.id, 'update',
            (SELECT json_group_object(k, v) FROM ({differing}))); END"""
    yield f"""CREATE TEMP TRIGGER IF NOT EXISTS {table}_deleted BEFORE DELETE ON main."{table}" {when}
        BEGIN {into} ({step}, '{table}', old.id, 'delete', json_object({every})); END"""


def touched(row: Row, columns: Mapping[str, tuple[str, ...]]) -> Touched | None:
    """Return a change when it can be one that we recorded, else ``None``; the file may come from a stranger.

    ``columns`` holds the names of the columns of each table that is journalled.
    """
    table, key, operation, old = row["tbl"], row["row"], row["op"], json_object(row["old"])
    if old is None or table not in columns or operation not in _OPERATIONS:
        return None
    sound = (
        isinstance(key, int)
        and old.keys() <= set(columns[table])
        and all(_is_value(value) for value in old.values())
        and old.get("id") == (key if operation == "delete" else None)
    )
    return Touched(table, key, operation, old) if sound else None


def json_object(text: object) -> dict[str, Any] | None:
    """Return the JSON object in a column, an empty one for NULL, ``None`` when it is none."""
    try:
        found = json.loads(text) if isinstance(text, str) else {} if text is None else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _is_value(value: object) -> bool:
    """Tell whether a value can stand in a column."""
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    return value is None or isinstance(value, str | float)
