"""Hypothesis: the CSV that its client exports."""

from __future__ import annotations

from typing import Final

from app.importers._base import File, Importer, Parts
from app.importers._hypothesis import Annotation, drafts
from app.importers._json_file import nothing
from app.importers._moments import moment
from app.importers._named_rows import Row, columns, rows
from app.importers._stubs import Passage, named

# The names that columns have had, the present one first.
_KIND: Final = ("type", "annotation/reply type")
_QUOTE: Final = ("quote/description", "quote")
_NOTE: Final = ("comment", "body")
_AUTHOR: Final = ("author", "user")
_CREATED: Final = ("created at", "creation date")


def read(file: File) -> Parts:
    """Read the annotations, grouped by page; raises ``ImportFailed`` when there are none."""
    found = drafts(map(_annotation, rows(file)))
    if not found:
        raise nothing(file)
    return found


def _annotation(row: Row) -> Annotation:
    """Return the annotation of a row. Answers do not say what they answer: each is a note on the page."""
    is_reply = _value(row, _KIND).lower() == "reply"
    note, author = _value(row, _NOTE), _value(row, _AUTHOR)
    passage = Passage(
        "" if is_reply else _value(row, _QUOTE),
        f"{author}: {note}" if is_reply and author else note,
        named(row.get("tags", "").split(",")),
        moment(_value(row, _CREATED)),
        author,
        place=row.get("page", "").strip(),
    )
    return Annotation("", row.get("url", "").strip(), "", passage)


def _value(row: Row, names: tuple[str, ...]) -> str:
    return next((row[name].strip() for name in names if row.get(name, "").strip()), "")


def _sniffed(data: bytes) -> bool:
    found = columns(data)
    return found.issuperset(("url", "tags")) and not any(
        found.isdisjoint(names) for names in (_KIND, _QUOTE, _NOTE, _AUTHOR, _CREATED)
    )


IMPORTER: Final = Importer("hypothesis-csv", "Hypothesis annotations (CSV)", (".csv",), read, _sniffed)
