"""What a step that is played back must not break: highlights stand on their words, and no two things share a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from app.library.database import Database, Row
from app.library.recording import Touched

# For each table the values that no two of its rows may share. Names are compared without case and extra spaces.
_OWN: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = MappingProxyType(
    {
        "theme": (("parent_id", "name"), ("digit",)),
        "collection": (("name",),),
        "attribute": (("name",),),
        "note": (("article_id", "highlight_id", "theme_id", "collection_id"),),
    }
)


def displaced(database: Database, touched: Iterable[Touched]) -> Iterator[tuple[str, int]]:
    """Yield the highlights whose words are not where they say, and their bodies, among the articles touched."""
    for article in sorted({article for change in touched for article in _article(database, change)}):
        rows = database.rows(
            """SELECT highlight.id, body.id AS body FROM highlight JOIN body USING (article_id)
               WHERE article_id=? AND status='anchored' AND substr(text, start+1, end-start) <> quote""",
            (article,),
        )
        for row in rows:
            yield "highlight", row["id"]
            yield "body", row["body"]


def _article(database: Database, change: Touched) -> Iterator[int]:
    """Yield the article of a body or highlight that was changed."""
    if change.table in ("body", "highlight"):
        now = database.value(f'SELECT article_id FROM "{change.table}" WHERE id=?', (change.row,))
        owner = change.old.get("article_id") if now is None else now
        if owner is not None:
            yield int(owner)


def twins(database: Database, touched: Iterable[Touched]) -> Iterator[tuple[str, int]]:
    """Yield the things that have a name, or the digit, of one that was touched."""
    rows = {(change.table, change.row) for change in touched}
    for table, groups in _OWN.items():
        ours = {row for name, row in rows if name == table}
        things = database.rows(f'SELECT * FROM "{table}"') if ours else []
        for columns in groups:
            held = [(thing["id"], _values(thing, columns)) for thing in things]
            taken = {values for key, values in held if key in ours and values}
            same = [(key, values) for key, values in held if values in taken]
            for key, values in same:
                if sum(other == values for _, other in same) > 1:
                    yield table, key


def _values(row: Row, columns: tuple[str, ...]) -> tuple[object, ...]:
    """Return what is compared of a row; nothing for a theme without a digit."""
    values = [row[column] for column in columns]
    if values == [None]:
        return ()
    return tuple(" ".join(value.split()).casefold() if isinstance(value, str) else value for value in values)
