"""What a deed claims besides the rows it changes: names and places that only one thing can have, and what it refers to.

Two steps of the history depend on each other when both changed a row, and also when one takes a name that the other
gave up, uses a theme that the other made, or marks a text that the other cut. Such claims are kept beside the changes;
a claim is exclusive, or shared with others of its kind (two highlights of one text).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from app.library.database import Database
from app.library.recording import Touched
from app.text.folding import folded

# For each table the values that no two of its rows may share. Names are compared without case and extra spaces.
SINGLE: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        "theme": (("parent_id", "name"), ("digit",)),
        "collection": (("name",),),
        "attribute": (("name",),),
        "note": (("article_id", "highlight_id", "theme_id", "collection_id"),),
        "article_theme": (("article_id", "theme_id"),),
        "highlight_theme": (("highlight_id", "theme_id"),),
        "attribute_value": (("article_id", "attribute_id"),),
        "collection_item": (("collection_id", "article_id", "highlight_id"),),
        "picture": (("article_id", "digest"),),
        "furniture": (("outlet", "line"),),
        "layer_theme": (("article_id", "theme_id", "author"),),
        "layer_article": (("article_id", "author"),),
    }
)

# The columns by which rows refer to others, and the tables they refer to.
REFERENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "article_id": "article",
        "theme_id": "theme",
        "parent_id": "theme",
        "highlight_id": "highlight",
        "collection_id": "collection",
        "attribute_id": "attribute",
    }
)

_OF_A_TEXT: Final = frozenset({"body", "highlight"})
_TREE: Final = "the tree of themes"

State = Mapping[str, Any]


def claims(database: Database, touched: Iterable[Touched], columns: Mapping[str, tuple[str, ...]]) -> dict[str, bool]:
    """Return what changes claim, and whether exclusively; ``columns`` are those of each table."""
    by_row: dict[tuple[str, int], list[Touched]] = {}
    for change in touched:
        by_row.setdefault((change.table, change.row), []).append(change)
    found: dict[str, bool] = {}
    for (table, row), changes in by_row.items():
        for claim, exclusive in _claims(database, table, row, changes, columns[table]):
            found[claim] = exclusive or found.get(claim, False)
    return found


def _claims(
    database: Database, table: str, row: int, changes: list[Touched], held: Iterable[str]
) -> Iterator[tuple[str, bool]]:
    if any(change.operation != "update" for change in changes):
        yield f"{table} {row}", True
    if any(change.operation == "update" and "parent_id" in change.old for change in changes):
        yield _TREE, True
    for state in _states(database, table, row, changes, held):
        for column, other in REFERENCES.items():
            if state.get(column) is not None:
                yield f"{other} {state[column]}", False
        if table in _OF_A_TEXT:
            yield f"text {state['article_id']}", table == "body"
        for columns in SINGLE.get(table, ()):
            if values := single(state, columns):
                yield json.dumps([table, *columns, *values], ensure_ascii=False), True


def _states(database: Database, table: str, row: int, changes: list[Touched], held: Iterable[str]) -> Iterator[State]:
    """Yield what a row was before, between and after the changes, as far as claims depend on it."""
    columns = {column for columns in SINGLE.get(table, ()) for column in columns}
    columns |= set(held) & REFERENCES.keys()
    state: State | None = None
    if columns:
        names = ", ".join(f'"{name}"' for name in sorted(columns))
        now = database.row(f'SELECT {names} FROM "{table}" WHERE id=?', (row,))
        state = None if now is None else dict(now)
    for change in reversed(changes):
        if state is not None:
            yield state
        if change.operation == "insert":
            state = None
        else:
            state = {**(state or {}), **{name: value for name, value in change.old.items() if name in columns}}
    if state:
        yield state


def single(state: State, columns: tuple[str, ...]) -> tuple[object, ...]:
    """Return the values that only one row may have; nothing for a theme without a digit."""
    values = tuple(state[column] for column in columns)
    if values == (None,):
        return ()
    return tuple(folded(value) if isinstance(value, str) else value for value in values)
