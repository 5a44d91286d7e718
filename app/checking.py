"""Checking a library: that the file is sound, that every promise holds, and that the index says what the texts say."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from app.errors import LibraryError
from app.indexing import article_entries, passage_entries
from app.library.holdings import Holdings
from app.originals import Originals
from app.search.entries import Names
from app.search.index import Index
from app.text.body import Body
from app.wording import Message


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found wrong, and what a repair did about it."""

    problems: tuple[Message, ...] = ()
    repaired: tuple[Message, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether nothing is wrong now."""
        return not self.problems


def check(
    holdings: Holdings, index: Index, *, deep: bool = False, repair: bool = False
) -> Generator[str, None, CheckReport]:
    """Check a library; yields the name of each part as it begins, returns a :class:`CheckReport`.

    A deep check also reads every text, compares the index with it and hashes every original. A repair makes the
    index anew, re-describes highlights whose words are still at their place, turns lost ones into orphans and
    removes originals that nothing refers to; each is said in the report.
    """
    problems: list[Message] = []
    repaired: list[Message] = []
    yield "file"
    problems += _file(holdings, deep=deep)
    yield "highlights"
    lost = _displaced(holdings)
    if lost and repair:
        repaired += _orphan(holdings, lost)
    else:
        problems += [
            Message("Highlight {id} is not where it says: its words are elsewhere.", {"id": uid}) for _, uid in lost
        ]
    if deep:
        yield "texts"
        problems += _texts(holdings)
        yield "originals"
        problems += _originals(holdings)
    yield "index"
    wrong = _index(holdings, index, deep=deep)
    if repair and (wrong or deep):
        with holdings.library.database.transaction():
            index.rebuild(article_entries(holdings), passage_entries(holdings))
        repaired.append(Message("The index was made anew."))
        wrong = _index(holdings, index, deep=deep)
    return CheckReport(tuple(problems + wrong), tuple(repaired))


def _file(holdings: Holdings, *, deep: bool) -> list[Message]:
    database = holdings.library.database
    pragma = "integrity_check" if deep else "quick_check"
    found = [str(row[0]) for row in database.rows(f"PRAGMA {pragma}(20)")]
    problems = [Message("The file is damaged: {what}.", {"what": what}) for what in found if what != "ok"]
    problems += [
        Message("A row of “{table}” refers to something that is gone.", {"table": row[0]})
        for row in database.rows("PRAGMA foreign_key_check")
    ]
    problems += [
        Message("Article {id} has no text.", {"id": row["uid"]})
        for row in database.rows("SELECT uid FROM article WHERE id NOT IN (SELECT article_id FROM body)")
    ]
    return problems


def _displaced(holdings: Holdings) -> list[tuple[int, str]]:
    rows = holdings.library.database.rows(
        """SELECT highlight.id, uid FROM highlight JOIN body USING (article_id)
           WHERE status='anchored' AND (start < 0 OR end <= start OR substr(text, start+1, end-start) <> quote)"""
    )
    return [(row["id"], row["uid"]) for row in rows]


def _orphan(holdings: Holdings, lost: list[tuple[int, str]]) -> list[Message]:
    library = holdings.library
    with library.deed("Repair of {count} highlights", count=len(lost)):
        for key, _uid in lost:
            library.database.update("highlight", key, {"status": "orphan"})
    return [Message("Highlight {id} is an orphan now: its words are not in the text.", {"id": uid}) for _, uid in lost]


def _texts(holdings: Holdings) -> list[Message]:
    problems = []
    for row in holdings.library.database.rows(
        "SELECT article.uid, body.text, body.structure FROM body JOIN article ON article.id=article_id"
    ):
        try:
            Body.from_json(row["text"], row["structure"])
        except ValueError as error:
            problems.append(
                Message(
                    "The structure of article {id} does not fit its text: {what}.",
                    {"id": row["uid"], "what": str(error)},
                )
            )
    return problems


def _originals(holdings: Holdings) -> list[Message]:
    originals = Originals(holdings.library.originals)
    wanted = {
        row["original"]: row["uid"]
        for row in holdings.library.database.rows("SELECT original, uid FROM article WHERE original<>''")
    }
    return [
        Message("The original of article {id} is missing or damaged.", {"id": uid})
        for digest, uid in sorted(wanted.items())
        if not originals.intact(digest)
    ]


def _index(holdings: Holdings, index: Index, *, deep: bool) -> list[Message]:
    if deep:
        return list(index.check(article_entries(holdings), passage_entries(holdings)))
    database = holdings.library.database
    try:
        held = len(index.keys("", Names())), len(index.keys("", Names(), passages=True))
    except LibraryError as error:
        return [Message(error.template, error.values)]
    wanted = int(database.value("SELECT count(*) FROM article")), int(database.value("SELECT count(*) FROM highlight"))
    return [] if held == wanted else [Message("The index does not hold what the library holds.")]
