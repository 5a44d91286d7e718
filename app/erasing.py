"""Erasing for good: articles, their marks, their originals, and every trace of them in history, index and backups.

Copies of originals that were opened in other programs go too, and the words that the library did not take.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from app import unwritten
from app.backup import remove_all
from app.errors import LibraryError
from app.importing.originals import Originals
from app.library.holdings import Holdings
from app.library.rounds import note_id
from app.library.schema import JOURNALLED
from app.places import opened_files
from app.search.index import Index

# The values of a step's label that are words of an article.
_WORDS = ("quote", "title")

Rows = set[tuple[str, int]]


def erase(holdings: Holdings, index: Index, articles: Sequence[int]) -> int:
    """Erase articles; there is no undo. Raises ``LibraryError``, and then nothing was erased.

    Returns how many of their original files stay, with their words in them, since other articles are in the same file.

    The history keeps what its steps did to other things. All backups go, since they hold the words. The file must be
    compacted afterwards (:func:`compact`), so that no deleted page keeps a word.
    """
    holdings.library.refuse_while_read()
    database = holdings.library.database
    shelf = Originals(holdings.library.originals)
    with database.transaction():
        rows = _rows(holdings, articles)
        originals = _originals(holdings, articles)
        for key in articles:
            database.delete("article", key)
        holdings.positions.forget(articles)
        for table, key in rows:
            if table == "interlude":
                database.delete(table, key)
        _forget(holdings, rows)
        held = holdings.articles.originals()
        gone = originals - held
        _forget(holdings, _taken_out(holdings, gone))
        index.change(gone_articles=articles, gone_passages=[row for table, row in rows if table == "highlight"])
        index.compact()
        # Last, so that they are still there when something above fails, and first gone when the machine stops here.
        try:
            for digest in gone:
                shelf.remove_shown(digest, opened_files())
            for digest in gone:
                shelf.remove(digest)
            unwritten.remove_all(holdings.library.folder)  # they name no article, so they may be of any
            remove_all(holdings.library.backups)
        except OSError as error:
            raise LibraryError(
                "A file in “{folder}” could not be deleted ({reason}); the articles are still there.",
                "Mend the permissions and try again.",
                folder=str(Path(error.filename).parent if error.filename else holdings.library.folder),
                reason=error.strerror or str(error),
            ) from error
    return len(originals & held)


def _rows(holdings: Holdings, articles: Iterable[int]) -> Rows:
    """Return all rows that belong to articles, with those that the history alone remembers."""
    found: Rows = {("article", key) for key in articles}
    found |= _owned(holdings, "article_id", {key for _, key in found})
    found |= _notes_of_coders(holdings, articles)
    return found | _owned(holdings, "highlight_id", {key for table, key in found if table == "highlight"})


def _notes_of_coders(holdings: Holdings, articles: Iterable[int]) -> Rows:
    """Return what coders wrote about articles, which stands as text in their collections."""
    coders = {one.coder for one in holdings.rounds.all()}
    ids = {one.id for one in holdings.articles.by_keys(list(articles))}
    wanted = {note_id(coder, uid) for coder in coders for uid in ids}
    rows = holdings.library.database.rows(
        """SELECT id, uid FROM interlude UNION
           SELECT row, CASE WHEN json_valid(old) THEN json_extract(old, '$.uid') END FROM change
           WHERE tbl='interlude'"""
    )
    return {("interlude", row["id"]) for row in rows if row["uid"] in wanted}


def _owned(holdings: Holdings, column: str, owners: set[int]) -> Rows:
    database = holdings.library.database
    found: Rows = set()
    for table in JOURNALLED:
        names = {str(row["name"]) for row in database.rows(f'PRAGMA table_info("{table}")')}
        if column not in names:
            continue
        now = database.rows(f'SELECT id, "{column}" AS owner FROM "{table}"')
        # An old value may be anything in a foreign library; what is no JSON belongs to nobody.
        then = database.rows(
            f"""SELECT row AS id, CASE WHEN json_valid(old) THEN json_extract(old, '$.{column}') END AS owner
                FROM change WHERE tbl=?""",
            (table,),
        )
        found |= {(table, row["id"]) for row in (*now, *then) if row["owner"] in owners}
    return found


def _originals(holdings: Holdings, articles: Sequence[int]) -> set[str]:
    """Return the originals of articles and their pictures, now and before they were imported again."""
    rows = holdings.library.database.rows(
        """WITH erased (id) AS (SELECT value FROM json_each(?))
           SELECT original FROM article WHERE id IN erased
           UNION SELECT CASE WHEN json_valid(old) THEN json_extract(old, '$.original') END FROM change
           WHERE tbl='article' AND row IN erased
           UNION SELECT digest FROM picture WHERE article_id IN erased
           UNION SELECT CASE WHEN json_valid(old) THEN json_extract(old, '$.digest') END FROM change
           WHERE tbl='picture' AND CASE WHEN json_valid(old) THEN json_extract(old, '$.article_id') END IN erased""",
        (json.dumps([*articles]),),
    )
    return {str(row["original"]) for row in rows if row["original"]}


def _taken_out(holdings: Holdings, originals: set[str]) -> Rows:
    """Take out the rows that say that not all of a file is in, and return them with those of the history."""
    found: Rows = set()
    for original in originals:
        rows = holdings.library.database.rows(
            """SELECT id FROM unfinished WHERE original=?1 UNION
               SELECT row FROM change WHERE tbl='unfinished'
               AND CASE WHEN json_valid(old) THEN json_extract(old, '$.original') END=?1""",
            (original,),
        )
        found |= {("unfinished", row["id"]) for row in rows}
        holdings.arrivals.finish(original)
    return found


def _forget(holdings: Holdings, rows: Rows) -> None:
    """Take rows out of the history: their changes, the steps that did nothing else, and words in labels."""
    database = holdings.library.database
    steps: set[int] = set()
    for row in rows:
        steps |= {one["step_id"] for one in database.rows("SELECT step_id FROM change WHERE tbl=? AND row=?", row)}
        database.execute("DELETE FROM change WHERE tbl=? AND row=?", row)
    for step in steps:
        holdings.library.journal.forget(step, _WORDS)


def compact(holdings: Holdings) -> None:
    """Write the file anew without its deleted pages. Raises ``LibraryError`` when another program keeps it open."""
    holdings.library.refuse_while_read()
    database = holdings.library.database
    try:
        database.execute("VACUUM")
        waiting = database.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
    except LibraryError as error:
        raise _open_elsewhere() from error
    if waiting:
        raise _open_elsewhere()


def _open_elsewhere() -> LibraryError:
    return LibraryError(
        "Another program keeps the library open: pages of what was erased are not overwritten yet.",
        "Close it there and run “check --deep --repair”.",
    )
