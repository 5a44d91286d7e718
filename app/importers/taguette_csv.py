"""Taguette: the CSV of a project's highlights, one row for each tag of each."""

from __future__ import annotations

from typing import Final

from app.importers._base import File, Importer, Parts
from app.importers._json_file import nothing
from app.importers._metadata import stated
from app.importers._named_rows import columns, rows
from app.importers._stubs import Passage, named, stub

_COLUMNS: Final = frozenset(("id", "document", "tag", "content"))


def read(file: File) -> Parts:
    """Read the highlights, grouped by document; raises ``ImportFailed`` when there are none."""
    documents: dict[str, dict[str, Passage]] = {}
    for row in rows(file):
        passages = documents.setdefault(row.get("document", "").strip(), {})
        uid, tags = row.get("id", ""), named([row.get("tag", "")])
        before = passages.get(uid)
        themes = (*(before.themes if before else ()), *tags)
        content = row.get("content", "").strip()
        passages[uid] = Passage(content, themes=tuple(dict.fromkeys(themes)), known_as=uid)
    drafts = [stub(stated(title=name), passages.values(), colours=False) for name, passages in documents.items()]
    if not any(draft.marks for draft in drafts):
        raise nothing(file)
    return drafts


IMPORTER: Final = Importer(
    "taguette-csv", "Taguette highlights (CSV)", (".csv",), read, lambda data: columns(data) == _COLUMNS
)
