"""What a step that is played back must not break.

Highlights stand on their words, no two things share a name, no theme hangs below itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

from app.library.claims import SINGLE, single
from app.library.database import Database
from app.library.recording import Touched

# The database itself keeps these apart, but for empty columns: see doubled().
_KEPT_APART: Final = frozenset(
    {
        "note",
        "article_theme",
        "highlight_theme",
        "attribute_value",
        "collection_item",
        "picture",
        "furniture",
        "layer_theme",
        "layer_article",
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
    for table in sorted({table for table, _ in rows} & SINGLE.keys() - _KEPT_APART):
        things = database.rows(f'SELECT * FROM "{table}"')
        for columns in SINGLE[table]:
            holders: dict[tuple[object, ...], list[int]] = {}
            for thing in things:
                holders.setdefault(single(dict(thing), columns), []).append(thing["id"])
            for values, keys in holders.items():
                if values and len(keys) > 1 and any((table, key) in rows for key in keys):
                    yield from ((table, key) for key in keys)


def doubled(database: Database, touched: Iterable[Touched]) -> Iterator[tuple[str, int]]:
    """Yield what was touched and is now in a collection twice, and second notes on the library itself."""
    items = sorted({change.row for change in touched if change.table == "collection_item"})
    for row in database.rows(
        """SELECT ours.id AS ours, theirs.id AS theirs FROM collection_item AS ours JOIN collection_item AS theirs
           ON ours.collection_id=theirs.collection_id AND ours.article_id IS theirs.article_id
           AND ours.highlight_id IS theirs.highlight_id AND ours.id<>theirs.id
           WHERE ours.id IN (SELECT value FROM json_each(?))""",
        (json.dumps(items),),
    ):
        yield from (("collection_item", row["ours"]), ("collection_item", row["theirs"]))
    if any(change.table == "note" for change in touched):
        notes = database.rows(
            "SELECT id FROM note WHERE coalesce(article_id, highlight_id, theme_id, collection_id) IS NULL"
        )
        yield from (("note", row["id"]) for row in notes if len(notes) > 1)


def circles(database: Database, touched: Iterable[Touched]) -> Iterator[tuple[str, int]]:
    """Yield the themes that hang below themselves, now that some were touched."""
    if not any(change.table == "theme" for change in touched):
        return
    parents: dict[int, int | None] = {row["id"]: row["parent_id"] for row in database.rows("SELECT * FROM theme")}
    for theme, above in parents.items():
        for _ in parents:
            if above is None or above == theme:
                break
            above = parents.get(above)
        if above == theme:
            yield "theme", theme
