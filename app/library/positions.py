"""Where the reader is in each article. A position is no deed: it has no history and is not exported.

It stays when its article goes, and is there again when that comes back by an undo.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.library.library import Library, now


class Positions:
    """The reading positions of a library, in code points, by the key of the article."""

    def __init__(self, library: Library) -> None:
        """Work on an open library."""
        self._database = library.database

    def of(self, article: int) -> int:
        """Return where the reader is in an article: 0 when it was never left elsewhere."""
        return int(self._database.value("SELECT place FROM position WHERE article_id=?", (article,)) or 0)

    def put(self, article: int, place: int) -> None:
        """Keep where the reader is in an article; the furthest place is kept beside it. Gone articles are passed."""
        with self._database.transaction():
            self._database.execute(
                """INSERT INTO position (article_id, place, furthest, seen)
                   SELECT id, :place, :place, :now FROM article WHERE id=:article
                   ON CONFLICT (article_id) DO UPDATE
                   SET place=:place, furthest=max(furthest, :place), seen=:now""",
                {"article": article, "place": place, "now": now()},
            )

    def visit(self, article: int) -> None:
        """Take note that an article was opened; where the reader is in it stays."""
        with self._database.transaction():
            self._database.execute(
                """INSERT INTO position (article_id, place, furthest, seen)
                   SELECT id, 0, 0, :now FROM article WHERE id=:article
                   ON CONFLICT (article_id) DO UPDATE SET seen=:now""",
                {"article": article, "now": now()},
            )

    def recent(self, limit: int) -> list[int]:
        """Return the articles that were opened or read last, the latest first."""
        rows = self._database.rows(
            "SELECT article_id FROM position JOIN article ON article.id=article_id ORDER BY seen DESC LIMIT ?", (limit,)
        )
        return [row["article_id"] for row in rows]

    def forget(self, articles: Iterable[int]) -> None:
        """Let go of the positions in articles that are erased, inside a transaction."""
        self._database.execute_each("DELETE FROM position WHERE article_id=?", [(key,) for key in articles])
