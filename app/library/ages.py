"""When each value of a row changed last, and what was deleted when, as the journal of a library knows it.

What a merge brought is as old as it was where it came from: a merge keeps these ages beside its step (:meth:`inherit`),
and they are undone and redone with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from app.library.database import Database, Row
from app.library.recording import json_object

WHOLE: Final = ""
"""Stands for a row as a whole, where a field is named: the age of its coming or going."""

PLACE: Final = ("start", "end", "quote", "status")
"""The columns that say where a highlight stands."""

_DONE: Final = "JOIN step ON step.id=change.step_id AND step.state='done'"
# A foreign journal may hold what is no JSON.
_OLD: Final = "CASE WHEN json_valid(change.old) THEN change.old END"
# What goes along by itself when its owner is deleted.
_OWNERS: Final[Mapping[str, str]] = MappingProxyType({"highlight": "article", "interlude": "collection"})


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of one row: ``ages`` are those that a merge brought along, by field; ``follows`` tells of a highlight
    that it only went along with its text.
    """

    operation: str
    old: Mapping[str, Any]
    played: int
    ages: Mapping[str, int]
    follows: bool

    def age(self, columns: Sequence[str]) -> int | None:
        """Return of what age the values are that this change gave some columns; ``None`` when it gave none."""
        brought = [self.ages[column] for column in columns if column in self.ages]
        if self.operation == "insert" or brought:
            return max(brought, default=None)
        return self.played if not self.follows and any(column in self.old for column in columns) else None


class Ages:
    """The ages of what is in one library. Times are UTC milliseconds; 0 is a time that nobody knows."""

    def __init__(self, database: Database) -> None:
        """Work on an open library."""
        self._database = database

    def of(self, table: str, row: Row, columns: Sequence[str]) -> int:
        """Return when one of these columns of a row changed last.

        That is the latest step, not undone, that changed it. One that never changed since the row came is as old as
        the row says it was modified then or, where rows do not say, as the step that brought it. What the journal has
        forgotten is as old as the row says it was modified before what is remembered.
        """
        return _age(self._changes(table, row), modified(row), columns)

    def each(self, table: str, row: Row, columns: Iterable[str]) -> dict[str, int]:
        """Return what :meth:`of` does, for each of several columns."""
        changes = self._changes(table, row)
        return {column: _age(changes, modified(row), (column,)) for column in columns}

    def came(self, table: str, keys: Sequence[int]) -> int:
        """Return when the last of these rows came, 0 when the journal has forgotten it."""
        return int(
            self._database.value(
                f"""SELECT ifnull(max(CAST(ifnull(age, played) AS INTEGER)), 0) FROM change {_DONE}
                    LEFT JOIN age ON (age.step_id, age.tbl, age.row, field)=(change.step_id, change.tbl, change.row, ?1)
                    WHERE change.tbl=?2 AND change.row IN (SELECT value FROM json_each(?3)) AND op='insert'""",
                (WHOLE, table, json.dumps(keys)),
            )
        )

    def touched(self, table: str, row: Row) -> int:
        """Return when a highlight, with its themes and its note, or an interlude was worked on last."""
        if table != "highlight":
            return self.of(table, row, ("text", "level"))
        themes = self._database.rows("SELECT id FROM highlight_theme WHERE highlight_id=?", (row["id"],))
        noted = self._database.value("SELECT modified FROM note WHERE highlight_id=?", (row["id"],))
        came = self.came("highlight_theme", [one["id"] for one in themes])
        return max(self.of(table, row, PLACE), int(noted or 0), came)

    def gone(self, table: str, columns: Sequence[str]) -> dict[tuple[object, ...], int]:
        """Return when rows of a table were deleted, the last time, by the values that they had in some columns.

        Not those that only went along when the article or the collection was deleted that they were in.
        """
        names = ", ".join(f"json_extract({_OLD}, '$.{column}')" for column in columns)
        owner = _OWNERS.get(table, "")
        rows = self._database.rows(
            f"""SELECT {names}, max(CAST(ifnull(age, played) AS INTEGER)) FROM change {_DONE}
                LEFT JOIN age ON (age.step_id, age.tbl, age.row, field)=(change.step_id, change.tbl, change.row, ?1)
                WHERE change.tbl=?2 AND op='delete' AND json_valid(old) AND NOT EXISTS (
                    SELECT 1 FROM change AS other WHERE other.step_id=change.step_id AND other.op='delete'
                    AND other.tbl=?3 AND other.row=json_extract({_OLD}, '$.{owner}_id'))
                GROUP BY {names}""",
            (WHOLE, table, owner),
        )
        return {tuple(row)[:-1]: int(tuple(row)[-1]) for row in rows}

    def ordered(self, table: str, keys: Sequence[int]) -> int:
        """Return when rows were put into their order last, 0 when they stand as they came.

        A step that brought a thing and made room for it is no other order.
        """
        return int(
            self._database.value(
                f"""SELECT ifnull(max(CAST(ifnull(brought, played) AS INTEGER)), 0) FROM (
                        SELECT change.step_id AS step, max(age) AS brought, max(played) AS played FROM change {_DONE}
                        LEFT JOIN age ON (age.step_id, age.tbl, age.row)=(change.step_id, change.tbl, change.row)
                            AND field IN ('rank', 'parent_id')
                        WHERE change.tbl=?1 AND change.row IN (SELECT value FROM json_each(?2))
                            AND (age IS NOT NULL OR op='update'
                            AND coalesce(json_type({_OLD}, '$.rank'), json_type({_OLD}, '$.parent_id')) IS NOT NULL)
                        GROUP BY change.step_id)
                    WHERE brought IS NOT NULL OR NOT EXISTS (SELECT 1 FROM change WHERE step_id=step
                        AND op='insert' AND tbl IN ('collection_item', 'interlude', 'theme'))""",
                (table, json.dumps(keys)),
            )
        )

    def inherit(self, table: str, key: int, ages: Mapping[str, int]) -> None:
        """Remember, inside a deed, of what age the fields of a row are that it gives another value."""
        self._database.execute_each(
            "INSERT OR REPLACE INTO age SELECT step, ?, ?, ?, ? FROM recording",
            [(table, key, field, age) for field, age in ages.items()],
        )

    def _changes(self, table: str, row: Row) -> list[_Change]:
        """Return the changes of a row since it came the last time, the coming among them, the oldest first."""
        rows = self._database.rows(
            f"""SELECT op, old, played, change.step_id AS step, (SELECT json_group_object(field, CAST(age AS INTEGER))
                    FROM age WHERE (age.step_id, age.tbl, age.row)=(change.step_id, change.tbl, change.row)) AS ages
                FROM change {_DONE} WHERE tbl=? AND row=? ORDER BY change.id""",
            (table, row["id"]),
        )
        texts = self._texts(row["article_id"]) if table == "highlight" and rows else frozenset()
        found: list[_Change] = []
        for change in rows:
            if change["op"] == "insert":
                found.clear()
            old, ages = json_object(change["old"]) or {}, json_object(change["ages"]) or {}
            found.append(_Change(change["op"], old, int(change["played"]), ages, change["step"] in texts))
        return found

    def _texts(self, article: int) -> frozenset[int]:
        """Return the steps that changed the text of an article: its highlights then follow their passages."""
        rows = self._database.rows(
            """SELECT step_id FROM change WHERE tbl='body' AND op='update'
               AND row=(SELECT id FROM body WHERE article_id=?)""",
            (article,),
        )
        return frozenset(row["step_id"] for row in rows)


def _age(changes: Sequence[_Change], said: int, columns: Sequence[str]) -> int:
    """Return the age of columns of a row by its changes; ``said`` is when the row says that it was modified."""
    known = [age for change in changes if (age := change.age(columns)) is not None]
    if known:
        return known[-1]
    before = next((one.old["modified"] for one in changes if isinstance(one.old.get("modified"), int)), 0)
    came = next((one.ages.get(WHOLE, one.played) for one in changes if one.operation == "insert"), 0)
    return int(before or said or came)


def modified(row: Row) -> int:
    """Return when a row says that it was modified, 0 where rows do not say."""
    columns = tuple(row.keys())
    return int(row["modified"]) if "modified" in columns else 0
