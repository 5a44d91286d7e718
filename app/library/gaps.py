"""What is not known of articles and cannot be told from their files, so that the reader may fill it in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from app.library.database import Database, Row
from app.model import RECURRING_FIELDS, Gap, Origin

FIELDS: Final = ("title", "outlet", "published", "byline")
"""The fields that every article should have, the most wanted first."""

_FEW: Final = 500


class Gaps:
    """Finds what is missing. What the reader has set, even to nothing, is not."""

    def __init__(self, database: Database) -> None:
        """Look into a library."""
        self._database = database

    def of(self, articles: Sequence[int] | None = None) -> tuple[Gap, ...]:
        """Return the articles of which something is missing, among some or all, the ones added last first."""
        wanted = None if articles is None else set(articles)
        few = tuple(wanted) if wanted is not None and len(wanted) <= _FEW else ()
        among = f" AND id IN ({','.join('?' * len(few))})" if few else ""
        columns = ", ".join(FIELDS)
        rows = self._database.rows(
            f"""SELECT id, origins, {columns} FROM article WHERE (title IS NULL OR outlet IS NULL OR published IS NULL
                OR byline IS NULL OR json_extract(origins, '$.title')='derived'){among} ORDER BY added DESC, id DESC""",
            few,
        )
        found = (Gap(row["id"], _missing(row)) for row in rows if wanted is None or row["id"] in wanted)
        return tuple(gap for gap in found if gap.missing)

    def known(self, field: str, outlet: str = "", most: int = 500) -> tuple[str, ...]:
        """Return values that articles have in a field of text, those of one outlet first, then the commonest first."""
        if field not in RECURRING_FIELDS:
            raise ValueError(f"not a field with values to offer: {field}")
        rows = self._database.rows(
            f"""SELECT {field} AS value FROM article WHERE {field} IS NOT NULL GROUP BY {field}
                ORDER BY max(ifnull(outlet, '')=?) DESC, count(*) DESC, {field} LIMIT ?""",
            (outlet, most),
        )
        return tuple(str(row["value"]) for row in rows)


def _missing(row: Row) -> tuple[str, ...]:
    origins = json.loads(row["origins"])
    made_up = origins.get("title") == Origin.DERIVED
    return tuple(
        name
        for name in FIELDS
        if origins.get(name) != Origin.MINE and (row[name] is None or (name == "title" and made_up))
    )
