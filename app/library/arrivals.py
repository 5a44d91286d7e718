"""What arrives: which article a draft is, by its file, text, address or title, and which files are not wholly in."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from app.cleaning.gauging import gauge_of
from app.cleaning.publications import are_two, bylines_differ
from app.drafts import Draft
from app.library.articles import Source, leave_unfinished
from app.library.database import Row
from app.library.library import Library, clean_text
from app.library.metadata import metadata_columns, metadata_of
from app.library.recording import json_object
from app.model import Metadata, Published
from app.text.addresses import is_front_page, page_of

_MOST: Final = 20
"""So many articles of one address or path are looked at, the latest first."""

_AWAY: Final = "path=''"
"""The condition that picks the articles whose file was never here."""

_MANY: Final = 200
"""So many addresses that begin like one are compared with it."""

_AT: Final = "SELECT id FROM article WHERE address=? ORDER BY id DESC LIMIT ?"
_NEAR: Final = """SELECT id, address FROM article WHERE address=?1
    UNION ALL SELECT id, address FROM article WHERE address>=?1 || '?' AND address<?1 || '@'
    UNION ALL SELECT id, address FROM article WHERE address>=?1 || '/' AND address<?1 || '0'
    UNION ALL SELECT id, address FROM article WHERE address>=?1 || '#' AND address<?1 || '$' LIMIT ?2"""
"""The query for addresses that say nothing more than one does, or something behind a ``?``, ``/`` or ``#``."""

_BEHIND: Final = re.compile("[?#]")
_NUMBERED: Final = re.compile(r"(?P<file>.*/)\d{3,}(?P<name> [^/]+)", re.DOTALL)


class Arrivals:
    """What a library knows of files that arrive, and of the drafts in them."""

    def __init__(self, library: Library) -> None:
        """Work on an open library."""
        self._database = library.database

    def of_file(self, original: str) -> list[int]:
        """Return the articles that were read from the file with this SHA-256."""
        return self._keys("SELECT id FROM article WHERE original=?", original)

    def of_parts(self, original: str) -> dict[str, dict[int, str]]:
        """Return the articles of a file, by the part that each was: in the order in which they came, by fingerprint."""
        found: dict[str, dict[int, str]] = {}
        for row in self._database.rows(
            """SELECT article.id, source, fingerprint FROM article JOIN body ON article_id=article.id
               WHERE original=? ORDER BY article.id""",
            (original,),
        ):
            found.setdefault(part_of(row["source"]), {})[row["id"]] = row["fingerprint"]
        return found

    def is_unfinished(self, original: str) -> bool:
        """Tell whether only some of the articles in a file may be in.

        An import was stopped on the way through it; or articles of it came from another library, without the file.
        """
        known = f"SELECT 1 FROM unfinished WHERE original=?1 UNION SELECT 1 FROM article WHERE original=?1 AND {_AWAY}"
        return self._database.value(known, (original,)) is not None

    def is_away(self, article: int) -> bool:
        """Tell whether the file that an article was read from stayed in another library."""
        return self._database.value(f"SELECT 1 FROM article WHERE id=? AND {_AWAY}", (article,)) is not None

    def interrupt(self, original: str) -> None:
        """Keep in mind that articles of a file are in and more are to come, inside the deed that stores them."""
        if self._keys("SELECT id FROM article WHERE original=? LIMIT 1", original):
            leave_unfinished(self._database, original)

    def finish(self, original: str, path: str = "") -> None:
        """Take note that all of a file is in, inside the deed that stores its last article.

        With the ``path`` of the file it is here now, for the articles of it too that came from another library.
        """
        self._database.execute("DELETE FROM unfinished WHERE original=?", (original,))
        if path:
            self._database.execute(
                "UPDATE article SET path=?2 || CASE WHEN instr(source, '/') THEN substr(source, instr(source, '/'))"
                f" ELSE '' END WHERE original=?1 AND {_AWAY}",
                (original, clean_text(path)),
            )

    def of_draft(self, draft: Draft, source: Source, fresh: Container[int]) -> int | None:
        """Return the article that has the very text of a draft and is the same publication; see :meth:`of_text`.

        Two stubs with one passage may be of two books: theirs must have one title too.
        """
        if not draft.body.text.strip():
            return None
        title = draft.metadata.title or "" if draft.stub else None
        return self.of_text(gauge_of(draft).fingerprint, (draft.metadata,), source, fresh, title)

    def of_text(
        self,
        fingerprint: str,
        known: Sequence[Metadata],
        source: Source,
        fresh: Container[int] = (),
        title: str | None = None,
    ) -> int | None:
        """Return the article that has a text by its fingerprint, and is the same publication by what is ``known``.

        What was read from the same part of the same file is the same, unless it is ``fresh``: two of one file are
        told apart by what is known of them. With a ``title`` only those that have it are looked at.
        """
        columns = metadata_columns(known[0])
        rows = self._database.rows(
            """SELECT article.* FROM body JOIN article ON article.id=article_id
               WHERE fingerprint=? AND (title=? OR ?) ORDER BY original IS ? DESC, address IS ? DESC, outlet IS ? DESC,
                   published IS ? DESC, article.id LIMIT ?""",
            (
                fingerprint,
                None if title is None else " ".join(title.split()),
                title is None,
                source.original,
                *(columns[name] for name in ("address", "outlet", "published")),
                _MOST,
            ),
        )
        return next((row["id"] for row in rows if self._is_same(row, known, source, fresh)), None)

    def _is_same(self, row: Row, known: Sequence[Metadata], source: Source, fresh: Container[int]) -> bool:
        place = row["original"], part_of(row["source"])
        if source.original and place == (source.original, part_of(source.name)) and row["id"] not in fresh:
            return True
        is_same_file = source.original and row["original"] == source.original and row["id"] not in fresh
        # what the file said of it when it was read tells most; its reader may have said something else since
        told = (self._as_read(row),) if is_same_file else self.known(row["id"])
        return not are_two((metadata_of(row),), known) or not are_two(told, known)

    def _as_read(self, row: Row) -> Metadata:
        """Return what was known of an article in ``row`` before anybody said otherwise."""
        first = dict(row)
        for old in reversed(self._changes(row["id"])):
            first |= old
        return _former(first)

    def known(self, article: int) -> tuple[Metadata, ...]:
        """Return what is known of an article, and what was before its reader, or a later import, said otherwise."""
        row = self._database.row("SELECT * FROM article WHERE id=?", (article,))
        if row is None:
            return ()
        return metadata_of(row), *map(_former, self._changes(article))

    def _changes(self, article: int) -> list[dict[str, Any]]:
        """Return what the history keeps of an article's columns, the earliest first."""
        changes = self._database.rows(
            "SELECT old FROM change WHERE tbl='article' AND row=? AND op='update' ORDER BY id", (article,)
        )
        return [json_object(change["old"]) or {} for change in changes]

    def older(self, draft: Draft, source: Source) -> list[int]:
        """Return the articles that a draft may be a new version of.

        They are those with the same address, the latest first, or, for a draft with neither address nor id, from the
        same path; a part of a file may have another number now. The front page of a site is the address of no article.
        """
        address = draft.metadata.address
        older: list[int] = []
        if address and not is_front_page(address):
            older = self._of_page(address)
        elif source.path and not draft.id:
            file, name = _numbered(source.path) if draft.part else ("", "")
            older = self._keys(
                """SELECT id FROM article WHERE (path=?1 OR (?4>'' AND path>?4 AND path<?4 || ':'
                   AND ltrim(substr(path, length(?4) + 1), '0123456789')=?5)) AND ifnull(address, '')=?2
                   ORDER BY path=?1 DESC, id DESC LIMIT ?3""",
                source.path, address or "", _MOST, file, name,
            )  # fmt: skip
        if not older and draft.metadata.title:
            older = self._keys(
                "SELECT id FROM article WHERE stub AND title=?1 AND (address IS NULL OR ?2 IS NULL OR address=?2)"
                " LIMIT 1",
                draft.metadata.title, address,
            )  # fmt: skip
        return older

    def _of_page(self, address: str) -> list[int]:
        """Return the articles at an address, or at one of the same page that counts visitors another way.

        Those at the very address come first, then the latest.
        """
        page = page_of(address)
        stem = _BEHIND.split(page, maxsplit=1)[0]
        found = {row["id"]: True for row in self._database.rows(_AT, (address, _MOST))}
        for start in (
            (f"{scheme}://{www}{stem}" for scheme in ("https", "http") for www in ("", "www.")) if page else ()
        ):
            for row in self._database.rows(_NEAR, (start, _MANY)):
                if page_of(row["address"]) == page:
                    found.setdefault(row["id"], False)
        return sorted(found, key=lambda key: (not found[key], -key))[:_MOST]

    def of_stub(self, draft: Draft, source: Source) -> int | None:
        """Return the article that a stub is about: by its address, otherwise by its title.

        Of several at one address it is the one with the title; at the front page of a site it must have that. One title
        at two addresses is two articles. Of several with the title it is the only one with the same byline, or the one
        that came from the same place. One that is by other people, in another outlet or of another day is another.
        """
        title, address = " ".join((draft.metadata.title or "").split()), draft.metadata.address
        if address:
            found = self._database.value(
                "SELECT id FROM article WHERE address=?1 AND (title=?2 OR NOT ?3) ORDER BY title IS NOT ?2, id LIMIT 1",
                (address, title, is_front_page(address)),
            )
            if found is None and not is_front_page(address):
                found = next(iter(self._of_page(address)), None)
            if found is not None:
                return int(found)
        if not title:
            return None
        rows = self._database.rows(
            "SELECT * FROM article WHERE title=?1 AND (address IS NULL OR ?2 IS NULL) LIMIT 100",
            (title, address),
        )
        rows = [row for row in rows if not self._is_namesake(row, draft.metadata)]
        same_place = [row for row in rows if source.path and row["path"] == source.path]
        same_byline = [row for row in rows if draft.metadata.byline and row["byline"] == draft.metadata.byline]
        chosen = next((group for group in (same_byline, same_place, rows) if len(group) == 1), [])
        return int(chosen[0]["id"]) if chosen else None

    def _is_namesake(self, row: Row, known: Metadata) -> bool:
        """Tell whether an article has only its title in common with what is known of another one."""

        def differ(held: Sequence[Metadata]) -> bool:
            return bylines_differ(held, (known,)) or are_two(held, (known,))

        return differ((metadata_of(row),)) and differ(self.known(row["id"]))

    def _keys(self, query: str, *values: str | int | None) -> list[int]:
        return [row["id"] for row in self._database.rows(query, values)]


def part_of(source: str) -> str:
    """Return which part of its file an article is, from where it says that it came from; ``""``: all of it."""
    return source.partition("/")[2]


def _numbered(path: str) -> tuple[str, str]:
    """Return what stands before the number of a part of a file in its path, and what stands behind it."""
    found = _NUMBERED.fullmatch(path)
    return (found["file"], found["name"]) if found else ("", "")


def _former(old: Mapping[str, Any]) -> Metadata:
    """Return what was once said of an article; a value of the history may be anything in a foreign library."""
    former = Metadata(**{name: old[name] for name in ("outlet", "byline", "address") if isinstance(old.get(name), str)})
    with suppress(ValueError):
        former = replace(former, published=Published.parse(str(old.get("published"))))
    return former
