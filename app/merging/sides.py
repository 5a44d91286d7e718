"""What all parts of a merge share: both libraries, which rows of theirs are which of ours, and what is to be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.library.ages import WHOLE
from app.library.database import Database, Row
from app.library.holdings import Holdings
from app.library.library import new_uid
from app.merging.uniting import Newest, Overwritten
from app.wording import Message

_TABLES: Final = ("article", "highlight", "theme", "attribute", "collection")
SHORT: Final = 60


class Joining:
    """One merge on its way: ``keys`` are those of their rows on the left, of ours on the right, by table."""

    def __init__(self, ours: Holdings, theirs: Holdings) -> None:
        """Begin with two open libraries; theirs is only read."""
        self.ours, self.theirs = ours, theirs
        self.into: Database = ours.library.database
        self.source: Database = theirs.library.database
        self.newest = Newest(self.into, self.source)
        self.keys: dict[str, dict[int, int]] = {table: {} for table in _TABLES}
        self.counts: Counter[str] = Counter()
        self.said: list[Message] = []
        self.added: list[Overwritten] = []

    def add(self, kind: str, name: str, field: str, value: str) -> None:
        """Remember what is put on a thing of ours that was here before."""
        self.added.append(Overwritten(kind, name, field, "", value))

    def copy(self, table: str, row: Row, **changed: Any) -> int:
        """Copy a row into our table under a new key, with its uid unless that is taken; it is as old as theirs."""
        values = {name: value for name, value in dict(row).items() if name != "id"} | changed
        if "uid" in values and self.into.value(f'SELECT 1 FROM "{table}" WHERE uid=?', (values["uid"],)) is not None:
            values["uid"] = new_uid()
        return self._insert(table, row, values)

    def _insert(self, table: str, row: Row, values: Mapping[str, Any]) -> int:
        key = self.into.insert(table, values)
        self.newest.inherit_all(table, key, row)
        return key

    def take(self, table: str, ours: Row, theirs: Row, columns: Mapping[str, Any]) -> None:
        """Let a row of ours have values of theirs, which are as old as they are there."""
        self.into.update(table, ours["id"], columns)
        self.newest.inherit(table, ours["id"], theirs, columns)

    def drop(self, table: str, ours: Row, when: int) -> None:
        """Delete a row of ours, which they deleted at that time."""
        self.into.delete(table, ours["id"])
        self.newest.date(table, ours["id"], WHOLE, when)

    def renew(self, table: str, ours: Row) -> None:
        """Put a row of ours behind the others of its table; it is as old as before, and was never taken away."""
        values = {name: value for name, value in dict(ours).items() if name != "id"}
        when = self.newest.here(table, ours, ())
        self.into.delete(table, ours["id"])
        self.newest.date(table, ours["id"], WHOLE, when)
        self.newest.date(table, self.into.insert(table, values), WHOLE, when)

    def link(self, table: str, row: Row, more: Mapping[str, Any] | None = None, **values: Any) -> bool:
        """Have a row with these values too, unless it was taken away here later than they had it.

        Tells whether it is new.
        """
        where = " AND ".join(f"{name} IS ?" for name in values)
        if self.into.value(f'SELECT 1 FROM "{table}" WHERE {where}', list(values.values())) is not None:
            return False
        if self.stays_away(table, row, *values.values()):
            return False
        self._insert(table, row, {**values, **(more or {})})
        return True

    def stays_away(self, table: str, row: Row, *keys: int | None) -> bool:
        """Tell whether we took this off, by our keys, later than they put it on; it is then counted."""
        away = self.newest.link_stays_away(table, row, keys)
        self.counts["away"] += away
        return away

    def unlink(self, table: str, owner: str, pair: tuple[int, int], other: str) -> Iterator[Row]:
        """Take away what hangs on a thing of ours (``pair``: their key and ours) and was taken away there later.

        Yields the rows of ours that go; ``owner`` and ``other`` are the tables of the two things that a row links.
        """
        theirs, ours = pair
        known = {mine: their for their, mine in self.keys[other].items()}
        held = {
            row[f"{other}_id"] for row in self.source.rows(f'SELECT * FROM "{table}" WHERE {owner}_id=?', (theirs,))
        }
        for row in self.into.rows(f'SELECT * FROM "{table}" WHERE {owner}_id=?', (ours,)):
            their = known.get(row[f"{other}_id"])
            if their is not None and their not in held:
                when = self._gone(table, row, other, (theirs, their))
                if when:
                    self.drop(table, row, when)
                    yield row

    def _gone(self, table: str, row: Row, other: str, theirs: tuple[int, int]) -> int:
        values: tuple[int | None, ...] = theirs
        if table == "collection_item":
            values = (*theirs, None) if other == "article" else (theirs[0], None, theirs[1])
        return self.newest.link_gone(table, row, values)

    def keeps_name(self, ours: str, theirs: str) -> None:
        """Say that a thing of ours cannot have its later name, since another has it."""
        said = "“{name}” keeps its name: its later one, “{other}”, is that of another here."
        self.said.append(Message(said, {"name": ours, "other": theirs}))

    def away(self) -> list[Message]:
        """Say how much of theirs was not taken in because we had taken it away."""
        count = self.counts["away"]
        if not count:
            return []
        said = "One thing that was taken away here later stays away."
        return [Message(said if count == 1 else "{count} things that were taken away here later stay away.",
                        {"count": count})]  # fmt: skip


def short(text: str) -> str:
    """Return a beginning of a text on one line, as a name of what it stands in."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"
