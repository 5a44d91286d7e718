"""Two rows of one thing become one: of each field the value that changed last stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from app.library.ages import Ages
from app.library.database import Database, Row

_THINGS: Final = ("highlight", "interlude")
_PAIRS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "highlight_theme": ("highlight_id", "theme_id"),
        "article_theme": ("article_id", "theme_id"),
        "collection_item": ("collection_id", "article_id", "highlight_id"),
    }
)


@dataclass(frozen=True, slots=True)
class Overwritten:
    """A value of ours that gives way to a later one of theirs; of what goes altogether, ``after`` is empty.

    ``kind`` is what it belongs to (``article``, ``highlight``, ``theme``, ``attribute``, ``collection``, ``note``,
    ``interlude``), ``name`` how that is called, ``field`` which value it is.
    """

    kind: str
    name: str
    field: str
    before: str
    after: str = ""


class Newest:
    """Decides between the values of two libraries. A clash of equal age leaves ours."""

    def __init__(self, ours: Database, theirs: Database) -> None:
        """Compare what is in two open libraries."""
        self._ours, self._theirs = Ages(ours), Ages(theirs)
        self.overwritten: list[Overwritten] = []

    def taken(self, table: str, ours: Row, theirs: Row, fields: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
        """Return which of these groups of columns differ and changed later with them."""
        return [
            tuple(group)
            for group in fields
            if any(ours[column] != theirs[column] for column in group) and self.is_later(table, ours, theirs, group)
        ]

    def is_later(self, table: str, ours: Row, theirs: Row, columns: Sequence[str]) -> bool:
        """Tell whether these columns changed later with them than with us."""
        return self._theirs.of(table, theirs, columns) > self._ours.of(table, ours, columns)

    def note(self, kind: str, name: str, field: str, before: Any, after: Any) -> None:
        """Remember that a value of ours gives way."""
        self.overwritten.append(Overwritten(kind, name, field, _text(before), _text(after)))

    def stays_away(self, table: str, theirs: Row, uid: str) -> bool:
        """Tell whether we deleted this thing after they changed it last."""
        return self._deleted_here[table].get((uid,), 0) > self._theirs.touched(table, theirs)

    def goes(self, table: str, ours: Row, uid: str) -> bool:
        """Tell whether they deleted this thing after we changed it last."""
        return self._deleted_there[table].get((uid,), 0) > self._ours.touched(table, ours)

    def link_stays_away(self, table: str, theirs: Row, ours: Sequence[int | None]) -> bool:
        """Tell whether we took this off, by our keys, after they put it on."""
        return table in _PAIRS and self._unlinked_here[table].get(tuple(ours), 0) > self._theirs.came(
            table, theirs["id"]
        )

    def link_goes(self, table: str, ours: Row, theirs: Sequence[int | None]) -> bool:
        """Tell whether they took this off, by their keys, after we put it on."""
        return self._unlinked_there[table].get(tuple(theirs), 0) > self._ours.came(table, ours["id"])

    @cached_property
    def _unlinked_here(self) -> dict[str, dict[tuple[object, ...], int]]:
        return {table: self._ours.gone(table, columns) for table, columns in _PAIRS.items()}

    @cached_property
    def _unlinked_there(self) -> dict[str, dict[tuple[object, ...], int]]:
        return {table: self._theirs.gone(table, columns) for table, columns in _PAIRS.items()}

    @cached_property
    def _deleted_here(self) -> dict[str, dict[tuple[object, ...], int]]:
        return {table: self._ours.gone(table, ("uid",)) for table in _THINGS}

    @cached_property
    def _deleted_there(self) -> dict[str, dict[tuple[object, ...], int]]:
        return {table: self._theirs.gone(table, ("uid",)) for table in _THINGS}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
