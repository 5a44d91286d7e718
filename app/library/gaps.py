"""What is not known of articles and cannot be told from their files, so that the reader may fill it in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.library.database import Database, Row
from app.model import Origin

FIELDS: Final = ("title", "outlet", "published", "byline")
"""The fields that every article should have, the most wanted first."""


@dataclass(frozen=True, slots=True)
class Gap:
    """An article, by key, and which of its fields are missing; a title that the program made up is missing too."""

    article: int
    missing: tuple[str, ...]


class Gaps:
    """Finds what is missing. What the reader has set, even to nothing, is not."""

    def __init__(self, database: Database) -> None:
        """Look into a library."""
        self._database = database

    def of(self, articles: Sequence[int] | None = None) -> tuple[Gap, ...]:
        """Return the articles of which something is missing, among some or all, the ones added last first."""
        columns = ", ".join(FIELDS)
        rows = self._database.rows(
            f"""SELECT id, origins, {columns} FROM article WHERE title IS NULL OR outlet IS NULL OR published IS NULL
                OR byline IS NULL OR json_extract(origins, '$.title')='derived' ORDER BY added DESC, id DESC"""
        )
        wanted = None if articles is None else set(articles)
        found = (Gap(row["id"], _missing(row)) for row in rows if wanted is None or row["id"] in wanted)
        return tuple(gap for gap in found if gap.missing)


def _missing(row: Row) -> tuple[str, ...]:
    origins = json.loads(row["origins"])
    made_up = origins.get("title") == Origin.DERIVED
    return tuple(
        name
        for name in FIELDS
        if origins.get(name) != Origin.MINE and (row[name] is None or (name == "title" and made_up))
    )
