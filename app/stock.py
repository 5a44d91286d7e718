"""How much a library holds, in numbers."""

from __future__ import annotations

from app.backup import backups
from app.library.library import Library


def take_stock(library: Library) -> dict[str, int]:
    """Return how many things of each kind a library holds, and how many words and bytes."""
    database = library.database
    tables = ("article", "highlight", "theme", "note", "collection", "attribute", "step")
    counts = {table: int(database.value(f'SELECT count(*) FROM "{table}"')) for table in tables}
    words = int(database.value("SELECT ifnull(sum(words), 0) FROM article"))
    orphans = int(database.value("SELECT count(*) FROM highlight WHERE status='orphan'"))
    pages = int(database.value("PRAGMA page_count")) * int(database.value("PRAGMA page_size"))
    return {
        "articles": counts["article"],
        "words": words,
        "highlights": counts["highlight"],
        "orphans": orphans,
        "themes": counts["theme"],
        "notes": counts["note"],
        "collections": counts["collection"],
        "attributes": counts["attribute"],
        "steps": counts["step"],
        "bytes": pages,
        "backups": len(backups(library.backups)),
    }
