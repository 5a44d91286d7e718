"""Earlier texts of articles, kept whenever a text changed."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import NotFound
from app.library.bodies import content_of
from app.library.library import Library
from app.model import Content


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier text of an article: when it gave way (UTC milliseconds), and to what (``reason``)."""

    key: int
    made: int
    reason: str


class Versions:
    """The earlier texts of a library's articles."""

    def __init__(self, library: Library) -> None:
        """Work on an open library."""
        self._database = library.database

    def of(self, article: int) -> tuple[Version, ...]:
        """Return the earlier texts of an article, by key, the latest first."""
        rows = self._database.rows(
            "SELECT id, made, reason FROM version WHERE article_id=? ORDER BY id DESC", (article,)
        )
        return tuple(Version(row["id"], row["made"], row["reason"]) for row in rows)

    def content(self, key: int) -> Content:
        """Return an earlier text and what was left out of it; raises ``NotFound``."""
        row = self._database.row("SELECT * FROM version WHERE id=?", (key,))
        if row is None:
            raise NotFound("This earlier text is not kept any more.", "Look at the ones that are.")
        return content_of(row)
