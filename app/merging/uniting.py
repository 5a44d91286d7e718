"""Two rows of one thing become one: of each field the value that changed last stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from app.library.ages import PLACE, WHOLE, Ages, modified
from app.library.database import Database, Row
from app.model import METADATA_FIELDS

_THINGS: Final = ("highlight", "interlude")
_PAIRS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "highlight_theme": ("highlight_id", "theme_id"),
        "article_theme": ("article_id", "theme_id"),
        "collection_item": ("collection_id", "article_id", "highlight_id"),
        "attribute_value": ("article_id", "attribute_id"),
    }
)
_COMPARED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "article": (*METADATA_FIELDS, "state"),
        "body": ("text", "structure", "left_out"),
        "highlight": PLACE,
        "theme": ("name", "parent_id", "colour", "digit", "definition"),
        "attribute": ("name", "definition"),
        "attribute_value": ("value",),
        "collection": ("name", "query"),
        "interlude": ("text", "level"),
        "note": ("text", "private"),
        "highlight_theme": (),
        "article_theme": (),
        "collection_item": (),
    }
)
"""The tables of which it is asked when something changed, and the columns."""

Keys = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Overwritten:
    """A value of ours that gives way to a later one of theirs; of what goes altogether, ``after`` is empty.

    Of what is put on a thing of ours, ``before`` is. ``kind`` is what it belongs to (``article``, ``highlight``,
    ``theme``, ``attribute``, ``collection``, ``note``, ``interlude``, ``rule``), ``name`` how that is called, ``field``
    which value it is.
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
        return self.there(table, theirs, columns) > self.here(table, ours, columns)

    def here(self, table: str, ours: Row, columns: Sequence[str]) -> int:
        """Return when columns of a row of ours changed last."""
        return self._ours.of(table, ours, columns)

    def there(self, table: str, theirs: Row, columns: Sequence[str]) -> int:
        """Return when columns of a row of theirs changed last."""
        return self._theirs.of(table, theirs, columns)

    def note(self, kind: str, name: str, field: str, before: Any, after: Any) -> None:
        """Remember that a value of ours gives way."""
        self.overwritten.append(Overwritten(kind, name, field, _text(before), _text(after)))

    def inherit(self, table: str, key: int, theirs: Row, columns: Iterable[str]) -> None:
        """Let values that a row of ours has from theirs be as old as they are there."""
        wanted = [column for column in _COMPARED.get(table, ()) if column in columns]
        if wanted:
            self._ours.inherit(table, key, self._theirs.each(table, theirs, wanted))

    def inherit_all(self, table: str, key: int, theirs: Row) -> None:
        """Let a new row of ours be as old as theirs, as far as it does not say so itself."""
        if table not in _COMPARED:
            return
        ages = self._theirs.each(table, theirs, _COMPARED[table])
        came = modified(theirs)
        if not came:
            came = ages[WHOLE] = self._theirs.came(table, [theirs["id"]])
        self._ours.inherit(table, key, {field: age for field, age in ages.items() if field == WHOLE or age != came})

    def stays_away(self, table: str, theirs: Row, uid: str) -> bool:
        """Tell whether we deleted this thing after they changed it last."""
        return self._deleted_here[table].get((uid,), 0) > self._theirs.touched(table, theirs)

    def gone(self, table: str, ours: Row, uid: str) -> int:
        """Return when they deleted this thing, 0 unless that was after we changed it last."""
        when = self._deleted_there[table].get((uid,), 0)
        return when if when > self._ours.touched(table, ours) else 0

    def link_stays_away(self, table: str, theirs: Row, ours: Sequence[int | None]) -> bool:
        """Tell whether we took this off, by our keys, after they put it on."""
        if table not in _PAIRS:
            return False
        return self._unlinked_here[table].get(tuple(ours), 0) > self._theirs.of(table, theirs, _COMPARED[table])

    def link_gone(self, table: str, ours: Row, theirs: Sequence[int | None]) -> int:
        """Return when they took this off, by their keys, 0 unless that was after we put it on."""
        when = self._unlinked_there[table].get(tuple(theirs), 0)
        return when if when > self._ours.of(table, ours, _COMPARED[table]) else 0

    def is_order_later(self, ours: Keys, theirs: Keys) -> bool:
        """Tell whether things were put into their order later with them or, failing that, came later there.

        Given are the keys, by table, of the things that both have.
        """
        return _order(self._theirs, theirs) > _order(self._ours, ours)

    def came_later(self, table: str, theirs: Sequence[int], ours: Sequence[int]) -> bool:
        """Tell whether the last of some rows came later with them than with us, or at the same moment."""
        return self._theirs.came(table, theirs) >= self._ours.came(table, ours)

    def ordered(self, ours: Keys, theirs: Keys) -> int:
        """Return when things were put into an order last, with us or with them."""
        return max(_order(self._ours, ours)[0], _order(self._theirs, theirs)[0])

    def date(self, table: str, key: int, field: str, when: int) -> None:
        """Let a field of a row of ours be as old as ``when``."""
        self._ours.inherit(table, key, {field: when})

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


def _order(ages: Ages, keys: Keys) -> tuple[int, int]:
    """Return when things were put into their order last, and when the last of them came."""
    return (
        max((ages.ordered(table, held) for table, held in keys.items()), default=0),
        max((ages.came(table, held) for table, held in keys.items()), default=0),
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)
