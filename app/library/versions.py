"""Earlier texts of articles, kept whenever a text changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.errors import NotFound
from app.library.bodies import PUT_BACK, content_of, left_out_of, text_columns
from app.library.carrying import put_back
from app.library.database import sound
from app.library.library import Library, clean_text, now
from app.library.naming import slotted
from app.model import Content, EarlierText, LeftOut


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

    def texts(self, article: int) -> tuple[EarlierText, ...]:
        """Return the earlier texts of an article themselves, the first one first."""
        rows = self._database.rows("SELECT * FROM version WHERE article_id=? ORDER BY id", (article,))
        with sound(self._database.path):
            return tuple(EarlierText(content_of(row), row["made"], row["reason"]) for row in rows)

    def changed(self, articles: Sequence[int]) -> frozenset[int]:
        """Return which of these articles had other texts before."""
        found: set[int] = set()
        for part, slots in slotted(articles):
            rows = self._database.rows(f"SELECT DISTINCT article_id FROM version WHERE article_id IN ({slots})", part)
            found.update(row["article_id"] for row in rows)
        return frozenset(found)

    def keep(self, article: int, texts: Iterable[EarlierText]) -> None:
        """Let a new article have had these texts, inside a deed."""
        for one in texts:
            told = {"made": one.made or now(), "reason": clean_text(one.reason)}
            self._database.insert("version", {"article_id": article, **told, **text_columns(one.content)})

    def put_back(self, article: int, left_out: Sequence[LeftOut]) -> frozenset[str]:
        """Return the words of the lines that the reader put back into an article, whose text leaves these out now."""
        rows = self._database.rows("SELECT reason, left_out FROM version WHERE article_id=? ORDER BY id", (article,))
        if all(row["reason"] != PUT_BACK for row in rows):
            return frozenset()
        pieces = [*map(left_out_of, rows), left_out]
        pairs = zip(rows, pieces[:-1], pieces[1:], strict=True)
        found = (put_back(before, after) for row, before, after in pairs if row["reason"] == PUT_BACK)
        return frozenset().union(*found)
