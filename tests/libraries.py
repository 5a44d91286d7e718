"""What tests of libraries share: drafts to fill one with, and all that its reader owns as plain values."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from app.checking import CheckReport
from app.drafts import Draft
from app.importing.journey import Form
from app.importing.reading import Readers
from app.importing.reporting import ImportReport
from app.library.articles import Source
from app.library.database import Database
from app.library.holdings import Holdings
from app.library.library import Library
from app.library.schema import JOURNALLED
from app.model import LeftOut, Metadata
from app.text.body import Body
from app.workspace import Workspace

Tables = dict[str, list[tuple[object, ...]]]


def tables(database: Database) -> Tables:
    """Return every row of every table of the reader's, in the order of their keys."""
    return {name: [tuple(row) for row in database.rows(f'SELECT * FROM "{name}" ORDER BY id')] for name in JOURNALLED}


def displaced(database: Database) -> list[str]:
    """Return the highlights that break the promise text[start:end] == quote."""
    rows = database.rows("SELECT uid, start, end, quote, text FROM highlight JOIN body USING (article_id)"
                         " WHERE status = 'anchored'")  # fmt: skip
    return [row["uid"] for row in rows if row["text"][row["start"] : row["end"]] != row["quote"]]


def draft(*lines: str, title: str = "Night trains", left_out: tuple[LeftOut, ...] = (), **fields: object) -> Draft:
    """Return an article with these paragraphs."""
    return Draft(Body.of(lines), Metadata(title=title), left_out, **fields)


def add(holdings: Holdings, *lines: str, title: str = "Night trains", **more: object) -> int:
    """Add an article as a step of its own and return its key."""
    with holdings.library.deed("Article “{title}”", title=title):
        return holdings.articles.add(draft(*lines, title=title, **more), Source(f"{title}.txt"))


def opened(folder: Path, origin: str = "test") -> Holdings:
    """Open the library in a folder; close ``.library``."""
    return Holdings(Library(folder, origin=origin))


def finished(journey: Iterator[object]) -> Any:
    """Run a journey to its end and return what it returns."""
    while True:
        try:
            next(journey)
        except StopIteration as stop:
            return stop.value


@cache
def shared_readers() -> Readers:
    """Return the reading process that tests share which say nothing of how one starts and ends."""
    return Readers(1)


def imported(workspace: Workspace, *paths: Path, collection: str = "", form: Form | None = None) -> ImportReport:
    """Import files and return the report."""
    # A process ends with the thread that started it, and only the main one outlives a test.
    readers = shared_readers() if threading.current_thread() is threading.main_thread() else None
    journey = workspace.import_files(list(paths), collection, jobs=1, form=form, readers=readers)
    for _ in journey.run():
        pass
    return journey.report


def sound(workspace: Workspace) -> list[str]:
    """Return what a deep check finds."""
    report: CheckReport = finished(workspace.check(deep=True))
    return [str(problem) for problem in report.problems]
