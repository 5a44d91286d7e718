"""Checking a library: that the file is sound, that every promise holds, and that the index says what the texts say."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final, TypeVar

from app.erasing import compact
from app.errors import AppError, LibraryError
from app.importing.originals import Originals
from app.library.holdings import Holdings
from app.search.damage import damages
from app.search.index import Index
from app.searching.indexing import article_entries, is_amiss, passage_entries, rebuild
from app.searching.refusals import refused
from app.wording import Message

Value = TypeVar("Value")

_ONE_REFUSED: Final = "One entry cannot be indexed, so no search finds it; “index” says why."
_REFUSED: Final = "{count} entries cannot be indexed, so no search finds them; “index” says why."


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found wrong and did not mend, what a repair did about the rest, and what is as well as it can be."""

    problems: tuple[Message, ...] = ()
    repaired: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether nothing is wrong now."""
        return not self.problems


def check(
    holdings: Holdings, index: Index, *, deep: bool = False, repair: bool = False
) -> Generator[str, None, CheckReport]:
    """Check a library; yields the name of the part it is at, returns a :class:`CheckReport`.

    The index is compared with the library as both are at one moment: the connection is in a transaction throughout, so
    nothing else may be done on it between two steps.

    A deep check also reads every text, compares the index with it and hashes every original. A repair gives texts
    without a structure a plain one, puts highlights back on their words or makes them orphans, and makes the index
    anew; a deep one also removes originals that nothing refers to and writes the file anew. Each is said in the report.
    """
    checking = _Check(holdings, index, deep, repair)
    yield "file"
    checking.file()
    yield "texts"
    checking.texts()
    yield "highlights"
    checking.highlights()
    if deep:
        yield "originals"
        checking.originals()
    yield "index"
    yield from checking.index()
    if deep and repair:
        checking.compact()
    return CheckReport(tuple(checking.problems), tuple(checking.repaired), tuple(checking.notes()))


@dataclass
class _Check:
    """One check, and what it found so far."""

    _holdings: Holdings
    _index: Index
    _deep: bool
    _repair: bool
    problems: list[Message] = field(default_factory=list)
    repaired: list[Message] = field(default_factory=list)

    def file(self) -> None:
        database = self._holdings.library.database
        pragma = "integrity_check" if self._deep else "quick_check"
        found = [str(row[0]) for row in database.rows(f"PRAGMA {pragma}(20)")]
        self.problems += [Message("The file is damaged: {what}.", {"what": what}) for what in found if what != "ok"]
        self.problems += [
            Message("A row of “{table}” refers to something that is gone.", {"table": row[0]})
            for row in database.rows("PRAGMA foreign_key_check")
        ]

    def texts(self) -> None:
        database, bodies = self._holdings.library.database, self._holdings.bodies
        for row in database.rows("SELECT uid FROM article WHERE id NOT IN (SELECT article_id FROM body)"):
            self._say("Article {id} has no text.", "Article {id} has an empty text now.", row["uid"])
        lost = database.rows("SELECT id FROM article WHERE id NOT IN (SELECT article_id FROM body)")
        everything = self._holdings.articles.keys() if self._deep else []
        broken = [key for key in everything if not bodies.is_sound(key)]
        for article in self._holdings.articles.by_keys(broken):
            self._say(
                "The structure of article {id} does not fit its text.",
                "Article {id} has a plain structure now: the one it had did not fit its text.",
                article.id,
            )
        if self._repair and (lost or broken):
            with self._holdings.library.deed("Repair of {count} texts", count=len(lost) + len(broken)):
                for key in sorted({row["id"] for row in lost} | set(broken)):
                    bodies.mend(key)

    def highlights(self) -> None:
        displaced = self._holdings.highlights.displaced()
        if not self._repair:
            for highlight in displaced:
                self._say("Highlight {id} is not where it says: its words are elsewhere.", "", highlight.id)
            return
        if not displaced:
            return
        with self._holdings.library.deed("Repair of {count} highlights", count=len(displaced)):
            for highlight in displaced:
                found = self._holdings.highlights.put_back(highlight)
                how = (
                    "Highlight {id} is on its words again."
                    if found
                    else "Highlight {id} is an orphan now: its words are not in the text."
                )
                self._say("", how, highlight.id)

    def originals(self) -> None:
        database = self._holdings.library.database
        originals = Originals(self._holdings.library.originals)
        intact = cache(originals.intact)  # many articles may show one picture
        for sentence, rows in (
            (
                "The original of article {id} is missing or damaged.",
                # Without a path its file was never here: the article came from another library.
                "SELECT uid, original AS digest FROM article WHERE original<>'' AND path<>'' ORDER BY id",
            ),
            (
                "A picture of article {id} is missing or damaged.",
                "SELECT uid, digest FROM picture JOIN article ON article.id=article_id ORDER BY picture.id",
            ),
        ):
            for row in database.rows(rows):
                if not intact(row["digest"]):
                    self.problems.append(Message(sentence, {"id": row["uid"]}))
        spare = originals.remove_except(self._holdings.articles.originals()) if self._repair else 0
        if spare:
            self.repaired.append(Message("Originals that nothing refers to were removed: {count}.", {"count": spare}))

    def index(self) -> Iterator[str]:
        wrong = yield from self._differences()
        if self._repair and (wrong or self._deep):
            for _ in rebuild(self._holdings, self._index):
                yield "index"
            self.repaired.append(Message("The index was made anew."))
            wrong = yield from self._differences()
        self.problems += wrong

    def _differences(self) -> Generator[str, None, list[Message]]:
        """Return what the index has otherwise than the library; the numbers alone when the check is not deep."""
        # As both are at one moment: other processes may be writing.
        with self._holdings.library.database.snapshot():
            if self._deep:
                entries = article_entries(self._holdings), passage_entries(self._holdings)
                steps = self._index.check(*entries, refused(self._holdings.library))
                return (yield from _named("index", steps))
            return list(self._counted())

    def _counted(self) -> Iterator[Message]:
        yield from (one.said() for one in damages(self._index.written()))
        if is_amiss(self._holdings, self._index):
            yield Message("The index does not hold what the library holds.")

    def notes(self) -> Iterator[Message]:
        """Yield what is said though nothing is wrong: that something cannot be indexed."""
        count = sum(map(len, refused(self._holdings.library).values()))
        if count:
            yield Message(_REFUSED if count > 1 else _ONE_REFUSED, {"count": count})

    def compact(self) -> None:
        try:
            compact(self._holdings)
        except LibraryError as error:
            self.problems.append(_said(error))

    def _say(self, problem: str, mended: str, identifier: str) -> None:
        if self._repair:
            self.repaired.append(Message(mended, {"id": identifier}))
        else:
            self.problems.append(Message(problem, {"id": identifier}))


def _said(error: AppError) -> Message:
    return Message(f"{error.template} {error.hint}".strip(), error.values)


def _named(name: str, steps: Generator[None, None, Value]) -> Generator[str, None, Value]:
    """Take steps that yield nothing as steps of a part of the check."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            found: Value = done.value
            return found
        yield name
