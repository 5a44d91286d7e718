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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from app.errors import Conflict, LibraryError, NotFound
from app.library.database import Database, Row
from app.library.recording import Touched, json_object, touched, triggers
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


class Journal:
    """The steps of one library. Everything that writes expects a transaction that is open."""

    def __init__(self, database: Database) -> None:
        """Put the triggers into the connection."""
        self._database = database
        self._columns = {table: self._column_names(table) for table in JOURNALLED}
        database.execute("CREATE TEMP TABLE IF NOT EXISTS recording (step INTEGER)")
        for table, columns in self._columns.items():
            for statement in triggers(table, columns):
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

    def is_open(self, step: int | None) -> bool:
        """Tell whether more can be added to a step: it is there, and nobody undid it meanwhile."""
        return self._database.value("SELECT 1 FROM step WHERE id=? AND state='done'", (step,)) is not None

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

    def set_apart(self, step: int, after: int, label: Message, origin: str) -> int:
        """Return the step for the changes since ``after``: a new one when they build on what others did meanwhile.

        A step of several transactions may be overtaken by steps of another process. Where it builds on those, its
        further changes come after them in the history, so that undoing the latest step first always works.
        """
        database = self._database
        if database.value("SELECT 1 FROM step WHERE id>?", (step,)) is None:
            return step
        rows = {row for change in self.touched(step, after) for row in self._behind(change)}
        if not any(
            database.value("SELECT 1 FROM change WHERE tbl=? AND row=? AND step_id>?", (*row, step)) for row in rows
        ):
            return step
        own = self.begin(label, origin)
        database.execute("UPDATE change SET step_id=? WHERE step_id=? AND id>?", (own, step, after))
        return own

    def _behind(self, change: Touched) -> Iterator[tuple[str, int]]:
        """Yield the row of a change, and the rows that it refers to now."""
        yield change.table, change.row
        row = self._database.row(f'SELECT * FROM "{change.table}" WHERE id=?', (change.row,))
        for column, table in _REFERENCES:
            if row is not None and column in self._columns[change.table] and row[column] is not None:
                yield table, int(row[column])

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
        database.execute("UPDATE step SET size=size+? WHERE id=?", (self._size(step, after), step))
        self._drop_superseded(step, after)
        self._drop_oldest(step)
        return touched

    def _size(self, step: int, after: int) -> int:
        """Return how many bytes the changes of a step since ``after`` take."""
        return int(
            self._database.value(
                "SELECT ifnull(sum(length(CAST(ifnull(old, '') AS BLOB)) + 32), 0) FROM change"
                " WHERE step_id=? AND id>?",
                (step, after),
            )
        )

    def touched(self, step: int, after: int = 0) -> list[Touched]:
        """Return the changes of a step in the order in which they were made."""
        rows = self._database.rows(
            "SELECT tbl, row, op, old FROM change WHERE step_id=? AND id>? ORDER BY id", (step, after)
        )
        return [self._checked(row) for row in rows]

    def _checked(self, row: Row) -> Touched:
        found = touched(row, self._columns)
        if found is None:
            raise LibraryError(
                "The history of the library in “{folder}” is damaged.",
                "Restore a backup.",
                folder=str(self._database.path.parent),
            )
        return found

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
            for change in reversed(changes):
                try:
                    self._revert(change)
                except sqlite3.IntegrityError as error:
                    raise self.in_the_way(step, self._holding(change)) from error
        played = self.touched(number, last)
        known = {(change.table, change.row) for change in changes}
        # Rows that went along by cascade, or that now refer to nothing, belong to other steps.
        astray = {(change.table, change.row) for change in played} - known | self._dangling(changes)
        if astray:
            raise self.in_the_way(step, astray)
        # Not the clock alone: it may stand still or go back, and what was undone last is redone first.
        latest = int(database.value("SELECT max(played) FROM step"))
        state = "undone" if step.done else "done"
        columns = {"state": state, "played": max(_now(), latest + 1), "size": self._size(number, last)}
        database.update("step", number, columns)
        return played

    def _revert(self, change: Touched) -> None:
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

    def _holding(self, change: Touched) -> set[tuple[str, int]]:
        """Return the row of a change that cannot be played, and the rows that hold its place by a unique value."""
        database, table = self._database, change.table
        now = database.row(f'SELECT * FROM "{table}" WHERE id=?', (change.row,))
        wanted = {**(dict(now) if now is not None else {}), **change.old}
        found = {(table, change.row)}
        for index in database.rows(f'PRAGMA index_list("{table}")'):
            names = [str(row["name"]) for row in database.rows(f'PRAGMA index_info("{index["name"]}")')]
            if index["unique"] and wanted.keys() >= set(names):
                where = " AND ".join(f'"{name}"=?' for name in names)
                rows = database.rows(f'SELECT id FROM "{table}" WHERE {where}', [wanted[name] for name in names])
                found |= {(table, int(row["id"])) for row in rows}
        return found

    def in_the_way(self, step: Step, rows: Iterable[tuple[str, int]]) -> Conflict:
        """Return the error that names the steps which changed ``rows`` since."""
        shared = {
            row["id"]: _step(row)
            for table, key in rows
            for row in self._database.rows(
                "SELECT step.* FROM change JOIN step ON step.id=step_id WHERE tbl=? AND row=? AND step.id<>?",
                (table, key, step.number),
            )
        }
        others = sorted(shared.values(), key=lambda other: other.number, reverse=True)
        below = [other for other in others if not other.done and other.number < step.number]
        above = [other for other in others if other.done and other.number > step.number]
        return _conflict(step, above if step.done else below or above)


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
    if step.done or others[0].done:
        return Conflict(
            "“{step}” cannot be undone alone: later steps build on it."
            if step.done
            else "“{step}” cannot be redone: later steps took its place.",
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


def _step(row: Row) -> Step:
    values = {name: value for name, value in (json_object(row["vals"]) or {}).items() if isinstance(value, str | int)}
    label = Message(str(row["template"]), values)
    return Step(row["id"], label, row["made"], str(row["origin"]), row["state"] == "done", row["size"])


def _now() -> int:
    return time.time_ns() // 1_000_000
