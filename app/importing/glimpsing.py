"""A look at what an import of a file would bring, before it is imported."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.drafts import Draft
from app.errors import AppError
from app.importers._base import Unread
from app.importing.journey import Form
from app.importing.reader import Job
from app.importing.reading import Readers

FIRST: Final = 5
"""So many articles are shown."""

_PATIENCE: Final = 0.02
_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What a file holds, as it would be read: the beginnings of its first articles, and how many there are in all.

    ``format`` is the key of the importer, and ``columns`` says what each column of a table is read as; both are known
    even where ``error`` says why nothing was read. ``unread`` are the parts that cannot be read.
    """

    format: str = ""
    first: tuple[Draft, ...] = ()
    total: int = 0
    unread: tuple[Unread, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    error: AppError | None = None


def glimpse(path: Path, form: Form) -> Generator[None, None, Glimpse]:
    """Read a file in a process of its own; yields whenever it is not ready yet, so that nobody waits for it."""
    job = Job(path, str(path), form.format, form.options, glimpse=FIRST)
    with Readers(1, _SECONDS) as readers:
        for result in readers.read([job], _PATIENCE):
            if result is not None:
                return Glimpse(result.format, result.drafts, result.total, result.unread, result.columns, result.error)
            yield
    return Glimpse()
