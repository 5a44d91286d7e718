"""What arrives: which article a draft is, by its file, text, address or title, and which files are not wholly in."""

from __future__ import annotations

from typing import Final

from app.cleaning.gauging import gauge_of
from app.drafts import Draft
from app.library.articles import Source
from app.library.library import Library
from app.text.addresses import is_front_page

_MOST: Final = 20
"""So many articles of one address or path are looked at, the latest first."""


class Arrivals:
    """What a library knows of files that arrive, and of the drafts in them."""

    def __init__(self, library: Library) -> None:
        """Work on an open library."""
        self._database = library.database

    def of_file(self, original: str) -> list[int]:
        """Return the articles that were read from the file with this SHA-256."""
        return self._keys("SELECT id FROM article WHERE original=?", original)

    def of_parts(self, original: str) -> dict[str, list[int]]:
        """Return the articles that were read from a file by the part that each was, in the order in which they came."""
        found: dict[str, list[int]] = {}
        for row in self._database.rows("SELECT id, source FROM article WHERE original=? ORDER BY id", (original,)):
            found.setdefault(part_of(row["source"]), []).append(row["id"])
        return found

    def is_unfinished(self, original: str) -> bool:
        """Tell whether only some of the articles in a file are in: an import was stopped on the way through it."""
        return self._database.value("SELECT 1 FROM unfinished WHERE original=?", (original,)) is not None

    def interrupt(self, original: str) -> None:
        """Keep in mind that articles of a file are in and more are to come, inside the deed that stores them."""
        self._database.execute(
            "INSERT INTO unfinished (original) SELECT ?1 WHERE EXISTS (SELECT 1 FROM article WHERE original=?1)"
            " AND NOT EXISTS (SELECT 1 FROM unfinished WHERE original=?1)",
            (original,),
        )

    def finish(self, original: str) -> None:
        """Take note that all of a file is in, inside the deed that stores its last article."""
        self._database.execute("DELETE FROM unfinished WHERE original=?", (original,))

    def like(self, draft: Draft, source: Source) -> tuple[int | None, list[int]]:
        """Return the article with the very text of a draft, and those that the draft may be a new version of.

        Two stubs with one passage may be of two books: theirs must have one title too. The second are those with the
        same address, the latest first, or, for a draft with neither address nor id, from the same path. The front page
        of a site is the address of no article.
        """
        same = None
        if draft.body.text.strip():
            title = " ".join((draft.metadata.title or "").split())
            same = self._database.value(
                """SELECT article_id FROM body JOIN article ON article.id=article_id
                   WHERE fingerprint=? AND (title=? OR NOT ?) LIMIT 1""",
                (gauge_of(draft).fingerprint, title, draft.stub),
            )
        address = draft.metadata.address
        older: list[int] = []
        if address and not is_front_page(address):
            older = self._keys("SELECT id FROM article WHERE address=? ORDER BY id DESC LIMIT ?", address, _MOST)
        elif source.path and not draft.id:
            older = self._keys(
                "SELECT id FROM article WHERE path=? AND ifnull(address, '')=? ORDER BY id DESC LIMIT ?",
                source.path, address or "", _MOST,
            )  # fmt: skip
        if not older and draft.metadata.title:
            older = self._keys(
                "SELECT id FROM article WHERE stub AND title=?1 AND (address IS NULL OR ?2 IS NULL OR address=?2)"
                " LIMIT 1",
                draft.metadata.title, address,
            )  # fmt: skip
        return same, older

    def of_stub(self, draft: Draft, source: Source) -> int | None:
        """Return the article that a stub is about: by its address, otherwise by its title.

        Of several at one address it is the one with the title; at the front page of a site it must have that. One title
        at two addresses is two articles. Of several with the title it is the only one with the same byline, or the one
        that came from the same place.
        """
        title, address = " ".join((draft.metadata.title or "").split()), draft.metadata.address
        if address:
            found = self._database.value(
                "SELECT id FROM article WHERE address=?1 AND (title=?2 OR NOT ?3) ORDER BY title IS NOT ?2, id LIMIT 1",
                (address, title, is_front_page(address)),
            )
            if found is not None:
                return int(found)
        if not title:
            return None
        rows = self._database.rows(
            "SELECT id, byline, path FROM article WHERE title=?1 AND (address IS NULL OR ?2 IS NULL) LIMIT 100",
            (title, address),
        )
        same_place = [row for row in rows if source.path and row["path"] == source.path]
        same_byline = [row for row in rows if draft.metadata.byline and row["byline"] == draft.metadata.byline]
        chosen = next((group for group in (same_byline, same_place, rows) if len(group) == 1), [])
        return int(chosen[0]["id"]) if chosen else None

    def _keys(self, query: str, *values: str | int | None) -> list[int]:
        return [row["id"] for row in self._database.rows(query, values)]


def part_of(source: str) -> str:
    """Return which part of its file an article is, from where it says that it came from; ``""``: all of it."""
    return source.partition("/")[2]
