"""Erasing for good: articles, their marks, their originals, and every trace of them in history and backups."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from app.backup import backups
from app.errors import LibraryError
from app.library.holdings import Holdings
from app.originals import Originals


def erase(holdings: Holdings, articles: Sequence[int]) -> None:
    """Erase articles; there is no undo.

    Every step of the history that touched them goes with them, and so do all backups, which hold their words. The
    index must be made anew afterwards, and the file compacted (:func:`compact`), so that no deleted page keeps a word.
    """
    library = holdings.library
    originals = {article.original for article in holdings.articles.by_keys(articles) if article.original}
    with library.deed("Erased for good") as deed:
        holdings.articles.remove(articles)
    with library.database.transaction():
        library.database.execute(
            """DELETE FROM step WHERE id=:step OR id IN (
                SELECT theirs.step_id FROM change AS ours JOIN change AS theirs USING (tbl, row)
                WHERE ours.step_id=:step)""",
            {"step": deed.changes.step},
        )
    shelf = Originals(library.originals)
    for digest in originals:
        if not holdings.articles.by_original(digest):
            shelf.remove(digest)
    for backup in backups(library.backups):
        with contextlib.suppress(FileNotFoundError):
            backup.path.unlink()


def compact(holdings: Holdings) -> None:
    """Write the file anew without its deleted pages. Raises ``LibraryError`` when another program keeps it open."""
    database = holdings.library.database
    try:
        database.execute("VACUUM")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except LibraryError as error:
        raise LibraryError(
            "The articles are erased, but another program keeps the library open: their pages are not overwritten yet.",
            "Close it there and run “check --deep --repair”.",
        ) from error
