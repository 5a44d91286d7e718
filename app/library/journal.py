"""The journal: undo and redo that survive a restart, from triggers that record what was, as data.

Triggers (they live in the connection, not in the file) write one row into ``change`` for each row of a journalled
table that is inserted, updated or deleted: the table, the key, and the old values of what changed as JSON. A step is
undone by playing its changes backwards; what the triggers record meanwhile replaces them, so that the same play redoes
it. Nothing from the file is ever executed: tables and columns are looked up among our own.

When a step may be played: two steps share a row when both changed it. A step can be undone when every later step that
shares a row with it is undone, and redone when every earlier one that shares a row is done. A new deed removes the
undone steps that it shares a row with, since their way back is gone.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from app.errors import Conflict, LibraryError, NotFound
from app.library.database import Database, Row
from app.library.schema import JOURNALLED
from app.wording import Message

MOST_STEPS: Final = 1_000
MOST_BYTES: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Step:
    """What one undo takes back. ``made`` is UTC milliseconds; ``origin`` says where it was done; ``size`` is bytes."""

    number: int
    label: Message
    made: int
    origin: str
    done: bool
    size: int


@dataclass(frozen=True, slots=True)
class Touched:
    """A change as the triggers recorded it. ``old`` holds the old values of the columns that changed."""

    table: str
    row: int
    operation: str
    old: Mapping[str, Any]


class Journal:
    """The steps of one library. Everything that writes expects a transaction that is open."""

    def __init__(self, database: Database) -> None:
        """Put the triggers into the connection."""
        self._database = database
        self._columns = {table: self._column_names(table) for table in JOURNALLED}
        database.execute("CREATE TEMP TABLE IF NOT EXISTS recording (step INTEGER)")
        for table, columns in self._columns.items():
            for statement in _triggers(table, columns):
                database.execute(statement)

    def _column_names(self, table: str) -> tuple[str, ...]:
        return tuple(str(row["name"]) for row in self._database.rows(f'PRAGMA table_info("{table}")'))

    @contextmanager
    def recording(self, step: int) -> Iterator[int]:
        """Record all changes under ``step``; yields the number of the last change before."""
        database = self._database
        last = int(database.value("SELECT ifnull(max(id), 0) FROM change"))
        database.execute("INSERT INTO recording VALUES (?)", (step,))
        try:
            yield last
        finally:
            database.execute("DELETE FROM recording")

    def begin(self, label: Message, origin: str) -> int:
        """Make a step and return its number."""
        now = _now()
        return self._database.insert(
            "step",
            {
                "template": label.template,
                "vals": json.dumps(dict(label.values), ensure_ascii=False),
                "made": now,
                "origin": origin,
                "played": now,
                "size": 0,
            },
        )

    def relabel(self, step: int, label: Message) -> None:
        """Give a step its final label, once it is known."""
        values = json.dumps(dict(label.values), ensure_ascii=False)
        self._database.update("step", step, {"template": label.template, "vals": values})

    def finish(self, step: int, after: int) -> list[Touched]:
        """Close the transaction's part of a step: return its changes since ``after``, and let go of what is too much.

        A step in which nothing was changed disappears.
        """
        database = self._database
        touched = self.touched(step, after)
        if not touched:
            if database.value("SELECT 1 FROM change WHERE step_id=?", (step,)) is None:
                database.delete("step", step)
            return []
        size = int(
            database.value(
                "SELECT sum(length(CAST(ifnull(old, '') AS BLOB)) + 32) FROM change WHERE step_id=? AND id>?",
                (step, after),
            )
        )
        database.execute("UPDATE step SET size=size+? WHERE id=?", (size, step))
        self._drop_superseded(step, after)
        self._drop_oldest(step)
        return touched

    def touched(self, step: int, after: int = 0) -> list[Touched]:
        """Return the changes of a step in the order in which they were made."""
        rows = self._database.rows(
            "SELECT tbl, row, op, old FROM change WHERE step_id=? AND id>? ORDER BY id", (step, after)
        )
        return [_touched(row) for row in rows]

    def _drop_superseded(self, step: int, after: int) -> None:
        self._database.execute(
            """DELETE FROM step WHERE state='undone' AND id IN (
                SELECT theirs.step_id FROM change AS ours JOIN change AS theirs USING (tbl, row)
                WHERE ours.step_id=:step AND ours.id>:after AND theirs.step_id<>:step)""",
            {"step": step, "after": after},
        )

    def _drop_oldest(self, newest: int) -> None:
        """Keep at most ``MOST_STEPS`` and ``MOST_BYTES``; the newest step stays whatever its size."""
        database = self._database
        count, size = database.rows("SELECT count(*), sum(size) FROM step")[0]
        if count <= MOST_STEPS and size <= MOST_BYTES:
            return
        for row in database.rows("SELECT id, size FROM step WHERE id<>? ORDER BY id", (newest,)):
            if count <= MOST_STEPS and size <= MOST_BYTES:
                return
            database.delete("step", row["id"])
            count, size = count - 1, size - row["size"]

    def steps(self, limit: int = MOST_STEPS) -> list[Step]:
        """Return the steps, the latest first."""
        rows = self._database.rows("SELECT * FROM step ORDER BY id DESC LIMIT ?", (limit,))
        return [_step(row) for row in rows]

    def step(self, number: int) -> Step:
        """Return one step; raises ``NotFound``."""
        row = self._database.row("SELECT * FROM step WHERE id=?", (number,))
        if row is None:
            raise NotFound("There is no step {number} in the history.", "See “history”.", number=number)
        return _step(row)

    def next_undo(self, origin: str | None = None) -> Step | None:
        """Return the latest step that is done (of one origin, when one is named)."""
        row = self._database.row(
            "SELECT * FROM step WHERE state='done' AND (?1 IS NULL OR origin=?1) ORDER BY id DESC LIMIT 1", (origin,)
        )
        return None if row is None else _step(row)

    def next_redo(self, origin: str | None = None) -> Step | None:
        """Return the step that was undone last (of one origin, when one is named)."""
        row = self._database.row(
            """SELECT * FROM step WHERE state='undone' AND (?1 IS NULL OR origin=?1)
               ORDER BY played DESC, id LIMIT 1""",
            (origin,),
        )
        return None if row is None else _step(row)

    def play(self, number: int) -> list[Touched]:
        """Undo a step that is done, or redo one that is undone; return what that changed.

        Raises ``Conflict`` that names the steps in the way; the transaction must then be rolled back.
        """
        step = self.step(number)
        self._refuse_if_shared(step)
        changes = self.touched(number)
        database = self._database
        database.execute("DELETE FROM change WHERE step_id=?", (number,))
        database.execute("PRAGMA defer_foreign_keys=ON")
        with self.recording(number) as last:
            try:
                for change in reversed(changes):
                    self._revert(change)
            except sqlite3.IntegrityError as error:
                raise self.in_the_way(step, {(change.table, change.row) for change in changes}) from error
        played = self.touched(number, last)
        known = {(change.table, change.row) for change in changes}
        # Rows that went along by cascade, or that now refer to nothing, belong to other steps.
        astray = {(change.table, change.row) for change in played} - known | self._dangling(changes)
        if astray:
            raise self.in_the_way(step, astray)
        size = sum(len(str(change.old).encode()) + 32 for change in played)
        database.update("step", number, {"state": "undone" if step.done else "done", "played": _now(), "size": size})
        return played

    def _revert(self, change: Touched) -> None:
        columns = self._columns.get(change.table)
        if columns is None or not set(change.old) <= set(columns):
            raise LibraryError(
                "The history of the library in “{folder}” is damaged.",
                "Restore a backup.",
                folder=str(self._database.path.parent),
            )
        if change.operation == "insert":
            self._database.delete(change.table, change.row)
        elif change.operation == "delete":
            self._database.insert(change.table, change.old)
        else:
            self._database.update(change.table, change.row, change.old)

    def _refuse_if_shared(self, step: Step) -> None:
        later = "theirs.step_id>:step AND state='done'" if step.done else "theirs.step_id<:step AND state='undone'"
        rows = self._database.rows(
            f"""SELECT DISTINCT step.* FROM change AS ours JOIN change AS theirs USING (tbl, row)
                JOIN step ON step.id=theirs.step_id WHERE ours.step_id=:step AND {later} ORDER BY step.id DESC""",
            {"step": step.number},
        )
        if rows:
            raise _conflict(step, [_step(row) for row in rows])

    def _dangling(self, changes: list[Touched]) -> set[tuple[str, int]]:
        """Return the rows that are missing though a row refers to them, and the themes whose parent is gone."""
        wanted = {
            (table, int(change.old[column]))
            for change in changes
            for column, table in _REFERENCES
            if change.operation != "insert" and change.old.get(column) is not None
        }
        missing = {
            (table, key)
            for table, key in wanted
            if self._database.value(f'SELECT 1 FROM "{table}" WHERE id=?', (key,)) is None
        }
        lost = self._database.rows("SELECT id FROM theme WHERE parent_id NOT IN (SELECT id FROM theme)")
        return missing | {("theme", int(row["id"])) for row in lost}

    def in_the_way(self, step: Step, rows: Iterable[tuple[str, int]]) -> Conflict:
        """Return the error that names the steps which changed ``rows`` since."""
        found = {}
        for table, key in rows:
            for row in self._database.rows(
                """SELECT step.* FROM change JOIN step ON step.id=change.step_id
                   WHERE tbl=? AND row=? AND step.id<>?""",
                (table, key, step.number),
            ):
                other = _step(row)
                if other.done is step.done and (other.number > step.number) is step.done:
                    found[other.number] = other
        return _conflict(step, sorted(found.values(), key=lambda other: other.number, reverse=True))


_REFERENCES: Final = (
    ("article_id", "article"),
    ("theme_id", "theme"),
    ("parent_id", "theme"),
    ("highlight_id", "highlight"),
    ("collection_id", "collection"),
    ("attribute_id", "attribute"),
)


def _conflict(step: Step, others: list[Step]) -> Conflict:
    names = ", ".join(f"“{other.label}” ({other.number})" for other in others[:5])
    if len(others) > 5:
        names += ", …"
    if not others:
        return Conflict("“{step}” cannot be played back: the library has changed since.", "", step=str(step.label))
    if step.done:
        return Conflict(
            "“{step}” cannot be undone alone: later steps build on it.",
            "Undo these first: {others}.",
            step=str(step.label),
            others=names,
        )
    return Conflict(
        "“{step}” cannot be redone yet: it builds on steps that are undone.",
        "Redo these first: {others}.",
        step=str(step.label),
        others=names,
    )


def _triggers(table: str, columns: tuple[str, ...]) -> Iterator[str]:
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


def _touched(row: Row) -> Touched:
    return Touched(row["tbl"], row["row"], row["op"], json.loads(row["old"]) if row["old"] else {})


def _step(row: Row) -> Step:
    values = json.loads(row["vals"])
    return Step(
        row["id"], Message(row["template"], values), row["made"], row["origin"], row["state"] == "done", row["size"]
    )


def _now() -> int:
    return time.time_ns() // 1_000_000
