"""When each value of a row changed last, and what was deleted when, as the journal of a library knows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.library.database import Database, Row
from app.library.recording import json_object

_DONE: Final = "JOIN step ON step.id=change.step_id AND step.state='done'"


class Ages:
    """The ages of what is in one library. Times are UTC milliseconds; 0 is a time that nobody knows."""

    def __init__(self, database: Database) -> None:
        """Work on an open library."""
        self._database = database

    def of(self, table: str, row: Row, columns: Sequence[str]) -> int:
        """Return when one of these columns of a row changed last.

        That is the latest step, not undone, that changed it. One that never changed since the row came is as old as
        the row says it was modified then or, where rows do not say, as the step that brought it. What the journal has
        forgotten is as old as the row says it was modified last.
        """
        changed = came = 0
        before: int | None = None
        for change in self._database.rows(
            f"SELECT op, old, played FROM change {_DONE} WHERE tbl=? AND row=? ORDER BY change.id", (table, row["id"])
        ):
            old = json_object(change["old"]) or {}
            if change["op"] == "insert":
                came, changed, before = change["played"], 0, None
            elif any(column in old for column in columns):
                changed = max(changed, change["played"])
            if before is None and isinstance(old.get("modified"), int):
                before = old["modified"]
        if changed:
            return int(changed)
        said = modified(row)
        return before or said or int(came) if came else said

    def came(self, table: str, key: int) -> int:
        """Return when a row came, 0 when the journal has forgotten it."""
        value = self._database.value(
            f"SELECT max(played) FROM change {_DONE} WHERE tbl=? AND row=? AND op='insert'", (table, key)
        )
        return int(value or 0)

    def touched(self, table: str, row: Row) -> int:
        """Return when a thing changed last, with the themes and the note that a highlight has."""
        latest = modified(row) or self.came(table, row["id"])
        if table != "highlight":
            return latest
        themes = self._database.rows("SELECT id FROM highlight_theme WHERE highlight_id=?", (row["id"],))
        noted = self._database.value("SELECT modified FROM note WHERE highlight_id=?", (row["id"],))
        return max(latest, int(noted or 0), *(self.came("highlight_theme", one["id"]) for one in themes))

    def gone(self, table: str, columns: Sequence[str]) -> dict[tuple[object, ...], int]:
        """Return when rows of a table were deleted, the last time, by the values that they had in some columns."""
        names = ", ".join(f"json_extract(old, '$.{column}')" for column in columns)
        rows = self._database.rows(
            f"""SELECT {names}, max(played) FROM change {_DONE}
                WHERE tbl=? AND op='delete' AND json_valid(old) GROUP BY {names}""",
            (table,),
        )
        return {tuple(row)[:-1]: int(tuple(row)[-1]) for row in rows}


def modified(row: Row) -> int:
    """Return when a row says that it was modified, 0 where rows do not say."""
    columns = tuple(row.keys())
    return int(row["modified"]) if "modified" in columns else 0
