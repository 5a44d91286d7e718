"""Hypothesis: the CSV that its client exports."""

from __future__ import annotations

from typing import Final

from app.importers._base import File, Importer, Parts
from app.importers._hypothesis import Annotation, drafts
from app.importers._json_file import nothing
from app.importers._moments import moment
from app.importers._named_rows import Row, has_columns, rows
from app.importers._stubs import Passage, named


def read(file: File) -> Parts:
    """Read the annotations, grouped by page; raises ``ImportFailed`` when there are none."""
    found = drafts(map(_annotation, rows(file)))
    if not found:
        raise nothing(file)
    return found


def _annotation(row: Row) -> Annotation:
    """Return the annotation of a row. Answers do not say what they answer: each is a note on the page."""
    is_reply = row.get("type", "").strip().lower() == "reply"
    note, author = row.get("comment", "").strip(), row.get("author", "").strip()
    passage = Passage(
        "" if is_reply else row.get("quote/description", "").strip() or row.get("quote", "").strip(),
        f"{author}: {note}" if is_reply and author else note,
        named(row.get("tags", "").split(",")),
        moment(row.get("created at")),
        author,
        place=row.get("page", "").strip(),
    )
    return Annotation("", row.get("url", "").strip(), "", passage)


IMPORTER: Final = Importer(
    "hypothesis-csv",
    "Hypothesis annotations (CSV)",
    (".csv",),
    read,
    lambda data: has_columns(data, "created at", "author", "url", "comment", "tags"),
)
