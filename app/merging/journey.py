"""Merging another library of the same reader into this one: what is new comes in, and of each value the latest stays.

The rule. An article is known by its id, or by its text and where it was published; themes, attributes and collections
by id or name; highlights and headings in collections by id; notes by what they are on. What only they have comes in.
Where both have a thing and a value of it differs, the value stays that changed last, field by field: when it changed is
what the journal of each library says (:class:`~app.library.ages.Ages`), otherwise what the row says of itself. What
came by a merge is as old as it was where it came from. An order is one value. Of metadata, what the reader set comes
before what an import stated or derived; a text comes before mere passages of it. A theme, a value, a passage or a text
in a collection, or a highlight that one side took away later than the other put it there or changed it is away;
articles, themes, notes and collections that one side deleted come back with what was in them, so that nothing is lost
that nobody looked at. What is equally old stays as it is with us.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app import places
from app.backup import back_up
from app.borrowing import borrow
from app.errors import AppError, InvalidInput
from app.importing.originals import Originals, is_digest
from app.library.articles import Source
from app.library.database import Row
from app.library.holdings import Holdings
from app.merging.articles import take_marks, unite_article, unite_text
from app.merging.codebooks import take_attributes, take_furniture, take_themes
from app.merging.collections import take_collections, take_notes
from app.merging.sides import Joining
from app.merging.uniting import Overwritten
from app.progress import Progress
from app.wording import Message


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge took in, by number, and a sentence for everything that did not come along as it was.

    ``noted`` are notes on what had none here; ``overwritten`` are the values of ours that gave way to later ones, and
    ``added`` is what else was put on things that were here, such as themes on passages and passages in collections.
    """

    articles: int = 0
    highlights: int = 0
    themes: int = 0
    collections: int = 0
    notes: tuple[Message, ...] = ()
    step: int | None = None
    noted: int = 0
    overwritten: tuple[Overwritten, ...] = ()
    added: tuple[Overwritten, ...] = ()


def merge(holdings: Holdings, other: Path) -> Generator[Progress, None, MergeReport]:
    """Take in the library in the folder ``other``, which is only read; ours is backed up first. It is one step.

    Yields progress. Raises ``InvalidInput`` and ``LibraryError``.
    """
    library = holdings.library
    with ExitStack() as stack:
        theirs = yield from _theirs(holdings, other, stack)
        with closing(back_up(library.database.path, library.backups, "before-merge")) as steps:
            for _ in steps:
                yield Progress(0, 0, library.folder.name)
        return (yield from _Merge(holdings, theirs, other).run())


def preview_merge(holdings: Holdings, other: Path) -> Generator[Progress, None, MergeReport]:
    """Tell what :func:`merge` would do, by doing it to a copy of our library that is then thrown away."""
    with ExitStack() as stack:
        theirs = yield from _theirs(holdings, other, stack)
        ours = yield from borrow(stack, holdings.library.folder, holdings.library.backups)
        return (yield from _Merge(ours, theirs, other, files=False).run())


def _theirs(holdings: Holdings, other: Path, stack: ExitStack) -> Generator[Progress, None, Holdings]:
    """Give a copy of the other library, brought to our version; theirs stays as it is, to the byte."""
    if places.without_links(other) == places.without_links(holdings.library.folder):
        raise InvalidInput("A library cannot be merged into itself.", "Name the folder of another one.")
    return (yield from borrow(stack, other, holdings.library.backups))


class _Merge:
    """One merge."""

    def __init__(self, ours: Holdings, theirs: Holdings, folder: Path, *, files: bool = True) -> None:
        self._join = Joining(ours, theirs)
        self._folder = folder
        self._files = files
        self._step: int | None = None

    def run(self) -> Generator[Progress, None, MergeReport]:
        join = self._join
        with self._part():
            take_themes(join)
            take_attributes(join)
            take_furniture(join)
        rows = join.source.rows("SELECT * FROM article ORDER BY id")
        for number, row in enumerate(rows, 1):
            with self._part():
                self._take_article(row)
            yield Progress(number, len(rows), str(row["title"] or ""))
        with self._part():
            take_collections(join)
            take_notes(join)
        self._take_rounds()
        counts = {name: join.counts[name] for name in ("articles", "highlights", "themes", "collections", "noted")}
        said, overwritten = (*join.said, *join.away()), tuple(join.newest.overwritten)
        added = tuple(join.added)
        return MergeReport(**counts, notes=said, step=self._step, overwritten=overwritten, added=added)

    @contextmanager
    def _part(self) -> Iterator[None]:
        """Hold a transaction of the merge, as a part of its one step."""
        library = self._join.ours.library
        with library.deed("Library “{folder}” merged in", self._step, folder=self._folder.name) as deed:
            yield
        self._step = deed.changes.step or self._step

    def _take_article(self, row: Row) -> None:
        join = self._join
        body = join.source.row("SELECT * FROM body WHERE article_id=?", (row["id"],))
        key = join.into.value("SELECT id FROM article WHERE uid=?", (row["uid"],))
        same = key is not None
        if key is None and body is not None and body["text"].strip():
            known = join.theirs.arrivals.known(row["id"])
            source = Source(row["source"], row["path"], row["original"], row["format"])
            key = join.ours.arrivals.of_text(body["fingerprint"], known, source)
        is_new = key is None
        if key is None:
            key = self._new_article(row, body)
        else:
            unite_article(join, int(key), row)
            if same and body is not None and unite_text(join, int(key), row, body):
                self._take_original(row)
                self._take_pictures(row["id"], int(key))
        join.keys["article"][row["id"]] = int(key)
        take_marks(join, row["id"], int(key), is_new=is_new)

    def _new_article(self, row: Row, body: Row | None) -> int:
        join = self._join
        key = join.copy("article", row, original=row["original"] if is_digest(row["original"]) else "")
        join.counts["articles"] += 1
        if body is not None:
            join.copy("body", body, article_id=key)
        for version in join.source.rows("SELECT * FROM version WHERE article_id=? ORDER BY id", (row["id"],)):
            join.copy("version", version, article_id=key)
        self._take_original(row)
        self._take_pictures(row["id"], key)
        return key

    def _take_original(self, row: Row) -> None:
        if row["path"]:  # otherwise their library never had it
            self._copy_original(row["original"])
        if self._join.theirs.arrivals.is_unfinished(row["original"]):
            self._join.ours.arrivals.interrupt(row["original"])

    def _take_pictures(self, theirs: int, ours: int) -> None:
        for picture in self._join.source.rows("SELECT * FROM picture WHERE article_id=? ORDER BY id", (theirs,)):
            if is_digest(picture["digest"]):
                self._join.link("picture", picture, article_id=ours, digest=picture["digest"])
                self._copy_original(picture["digest"])

    def _copy_original(self, digest: str) -> None:
        ours, theirs = Originals(self._join.ours.library.originals), Originals(self._folder / "originals")
        if not self._files or not is_digest(digest) or ours.path(digest).exists():
            return
        try:
            ours.put(theirs.path(digest))
        except (AppError, OSError):
            self._join.said.append(
                Message("The original file {digest} could not be read and stays behind.", {"digest": digest})
            )

    def _take_rounds(self) -> None:
        """Know of the rounds that they asked for too; which is no deed."""
        self._join.ours.rounds.take_in(self._join.theirs.rounds.all())
