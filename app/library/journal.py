"""The journal: undo and redo that survive a restart, from triggers that record what was, as data.

Triggers (they live in the connection, not in the file) write one row into ``change`` for each row of a journalled
table that is inserted, updated or deleted: the table, the key, and the old values of what changed as JSON. A step is
undone by playing its changes backwards; what the triggers record meanwhile replaces them, so that the same play redoes
it. Nothing from the file is ever executed: tables and columns are looked up among our own.

When a step may be played: two steps depend on each other when both changed a row, or claim the same (claims.py). A step
can be undone when every later step that depends on it is undone, and redone when every earlier one is done. A new deed
removes the undone steps that depend on it, since their way back is gone. So the latest step can always be undone, and
what was undone last always redone.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from app.errors import Conflict, LibraryError, NotFound
from app.library.claims import REFERENCES, claims
from app.library.database import Database, Row
from app.library.recording import Touched, json_object, touched, triggers
from app.library.schema import JOURNALLED
from app.library.steps import Step, conflict
from app.wording import Message

MOST_STEPS: Final = 1_000
MOST_BYTES: Final = 256 * 1024 * 1024
_NEARLY: Final = 0.9


@dataclass(frozen=True, slots=True)
class Own:
    """Which steps are one's own: those of one's origin that were there ``before``, and what one has ``made`` since.

    What another window does meanwhile has the same origin, and is its own.
    """

    origin: str
    before: int
    made: set[int] = field(default_factory=set)

    def holds(self, step: Step) -> bool:
        """Tell whether a step is one's own."""
        return step.origin == self.origin and (step.number <= self.before or step.number in self.made)


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

    def finish(self, step: int, after: int, label: Message, origin: str) -> tuple[int, list[Touched]]:
        """Close the transaction's part of a step; return its step and its changes since ``after``.

        A step of several transactions may be overtaken by steps of another process. A part that depends on those
        becomes a step of its own, which comes after them: undoing the latest step always works. A step in which nothing
        was changed disappears. What is too much is let go of.
        """
        database = self._database
        touched = self.touched(step, after)
        if not touched:
            if database.value("SELECT 1 FROM change WHERE step_id=?", (step,)) is None:
                database.delete("step", step)
            return step, []
        claimed = claims(database, touched, self._columns)
        if step < self.latest() and self._sharing(step, "id>:step", after, claimed):
            own = self.begin(label, origin)
            database.execute("UPDATE change SET step_id=? WHERE step_id=? AND id>?", (own, step, after))
            database.execute(
                "UPDATE age SET step_id=?1 WHERE step_id=?2 AND (tbl, row) IN"
                " (SELECT tbl, row FROM change WHERE step_id=?1)",
                (own, step),
            )
            step = own
        database.execute_each(
            "INSERT INTO claim VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET exclusive=max(exclusive, excluded.exclusive)",
            [(step, claim, exclusive) for claim, exclusive in claimed.items()],
        )
        database.execute("UPDATE step SET size=size+? WHERE id=?", (self._size(step, after), step))
        count, size, undone = database.rows("SELECT count(*), sum(size), sum(state='undone') FROM step")[0]
        if undone:
            self._drop_superseded(step, after, claimed)
        if count > MOST_STEPS or size > MOST_BYTES:
            self._drop_oldest(step)
        return step, touched

    def condense(self, step: int) -> None:
        """Close a further part of a sitting's step: the changes of it go that say nothing new.

        What a value was before the step is said by the first change of it; undoing leads there in any case. The newest
        change of each row stays: where the row is what it was at first, it alone makes undoing a change of the row.
        """
        database = self._database
        said: dict[tuple[str, int], set[str]] = {}
        newest: dict[tuple[str, int], int] = {}
        rows = database.rows("SELECT id, tbl, row, op, old FROM change WHERE step_id=? ORDER BY id", (step,))
        for row in rows:
            place = row["tbl"], row["row"]
            held = said.setdefault(place, set())
            columns = set(json_object(row["old"]) or ())
            if row["op"] == "delete":
                held.clear()
                newest.pop(place, None)
            elif row["op"] == "insert":
                held.update(self._columns[row["tbl"]])
            elif columns <= held:
                if place in newest:
                    database.delete("change", newest[place])
                newest[place] = row["id"]
            else:
                held |= columns
        now = max(_now(), self.last_played())
        database.update("step", step, {"size": self._size(step, 0), "played": now})

    def _claimed(self, step: int) -> dict[str, bool]:
        rows = self._database.rows("SELECT claim, exclusive FROM claim WHERE step_id=?", (step,))
        return {str(row["claim"]): bool(row["exclusive"]) for row in rows}

    def _sharing(self, step: int, where: str, after: int = 0, claimed: Mapping[str, bool] | None = None) -> list[Step]:
        """Return the steps that changed a row of this one's or claim what it claims, the latest first.

        Only its changes since ``after`` count, and ``claimed`` (all claims of the step unless given).
        """
        mine = json.dumps(self._claimed(step) if claimed is None else claimed, ensure_ascii=False)
        rows = self._database.rows(
            f"""SELECT * FROM step WHERE {where} AND id<>:step AND id IN (
                SELECT theirs.step_id FROM change AS ours JOIN change AS theirs USING (tbl, row)
                WHERE ours.step_id=:step AND ours.id>:after
                UNION
                SELECT step_id FROM json_each(:mine) AS mine JOIN claim ON claim=mine.key
                WHERE exclusive OR mine.value)
                ORDER BY id DESC""",
            {"step": step, "after": after, "mine": mine},
        )
        return [_step(row) for row in rows]

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

    def forget(self, step: int, words: Collection[str]) -> None:
        """Let go of a step whose changes are gone; of one that has others, make the values ``words`` unreadable."""
        database = self._database
        if database.value("SELECT 1 FROM change WHERE step_id=?", (step,)) is None:
            database.delete("step", step)
            return
        label = self.step(step).label
        self.relabel(
            step, replace(label, values={**label.values, **{name: "…" for name in words if name in label.values}})
        )
        database.update("step", step, {"size": self._size(step, 0)})

    def _drop_superseded(self, step: int, after: int, claimed: Mapping[str, bool]) -> None:
        """Delete the undone steps that share something with new changes, and the undone ones that build on those."""
        gone = self._sharing(step, "state='undone'", after, claimed)
        while gone:
            first = gone.pop()
            gone += self._sharing(first.number, "state='undone' AND id>:step")
            self._database.delete("step", first.number)

    def _drop_oldest(self, newest: int) -> None:
        """Keep at most ``MOST_STEPS`` and ``MOST_BYTES``; the newest step stays whatever its size."""
        database = self._database
        count, size = database.rows("SELECT count(*), sum(size) FROM step")[0]
        oldest = "SELECT id, size FROM step WHERE id<>? ORDER BY id LIMIT 1"
        while (count > MOST_STEPS or size > MOST_BYTES) and (row := database.row(oldest, (newest,))):
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

    def latest(self) -> int:
        """Return the number of the latest step, 0 when there is none."""
        return int(self._database.value("SELECT ifnull(max(id), 0) FROM step"))

    def last_played(self) -> int:
        """Return when a step was made, undone or redone last, in UTC milliseconds; 0 when there is none."""
        return int(self._database.value("SELECT ifnull(max(played), 0) FROM step"))

    def next_undo(self, own: Own | None = None) -> Step | None:
        """Return the latest step that is done (of one's own, when it is said what that is)."""
        return self._next(own, "state='done'", "id DESC")

    def next_redo(self, own: Own | None = None) -> Step | None:
        """Return the step that was undone last (of one's own, when it is said what that is)."""
        return self._next(own, "state='undone'", "played DESC, id")

    def _next(self, own: Own | None, where: str, order: str) -> Step | None:
        values: tuple[str | int | None, ...] = (None, 0, "[]")
        if own is not None:
            values = (own.origin, own.before, json.dumps(sorted(own.made)))
        row = self._database.row(
            f"""SELECT * FROM step
                WHERE {where}
                AND (?1 IS NULL OR origin=?1 AND (id<=?2 OR id IN (SELECT value FROM json_each(?3))))
                ORDER BY {order} LIMIT 1""",
            values,
        )
        return None if row is None else _step(row)

    def play(self, number: int) -> list[Touched]:
        """Undo a step that is done, or redo one that is undone; return what that changed.

        Raises ``Conflict`` that names the steps in the way; the transaction must then be rolled back.
        """
        step = self.step(number)
        others = self._sharing(number, "id>:step AND state='done'" if step.done else "id<:step AND state='undone'")
        if others:
            raise conflict(step, others)
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
        # Rows that are not there, went along by cascade, or now refer to nothing, belong to other steps.
        astray = {(change.table, change.row) for change in played} ^ {(change.table, change.row) for change in changes}
        astray |= self._dangling(changes)
        if astray:
            raise self.in_the_way(step, astray)
        # Not the clock alone: it may stand still or go back, and what was undone last is redone first.
        state = "undone" if step.done else "done"
        columns = {"state": state, "played": max(_now(), self.last_played() + 1), "size": self._size(number, last)}
        database.update("step", number, columns)
        return played

    def _revert(self, change: Touched) -> None:
        if change.operation == "insert":
            self._database.delete(change.table, change.row)
        elif change.operation == "delete":
            self._database.insert(change.table, change.old)
        else:
            self._database.update(change.table, change.row, change.old)

    def _dangling(self, changes: list[Touched]) -> set[tuple[str, int]]:
        """Return the rows that are missing though a row refers to them, and the themes whose parent is gone."""
        wanted = {
            (table, int(change.old[column]))
            for change in changes
            for column, table in REFERENCES.items()
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
        return conflict(step, above if step.done else below)


def room_left(steps: Iterable[Step]) -> Message | None:
    """Return a sentence when soon, or already, the oldest of the steps that are kept go with each new one."""
    sizes = [step.size for step in steps]
    if len(sizes) < MOST_STEPS * _NEARLY and sum(sizes) < MOST_BYTES * _NEARLY:
        return None
    said = "The history is nearly full: it keeps the latest {steps} steps, or {size} MB of them."
    return Message(said, {"steps": MOST_STEPS, "size": MOST_BYTES // (1024 * 1024)})


def _step(row: Row) -> Step:
    values = {name: value for name, value in (json_object(row["vals"]) or {}).items() if isinstance(value, str | int)}
    label = Message(str(row["template"]), values)
    return Step(row["id"], label, row["made"], str(row["origin"]), row["state"] == "done", row["size"])


def _now() -> int:
    return time.time_ns() // 1_000_000
