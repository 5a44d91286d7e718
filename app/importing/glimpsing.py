"""A look at what an import of a file would bring, before it is imported."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.drafts import Draft
from app.errors import AppError
from app.importers._base import Unread
from app.importers._split_options import SPLIT, way_of
from app.importing.journey import Form
from app.importing.reader import Job
from app.importing.reading import Readers
from app.importing.splittings import Splittings
from app.library.library import Library

FIRST: Final = 5
"""So many articles are shown."""

_PATIENCE: Final = 0.02
_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What a file holds, as it would be read: the beginnings of its first articles, and how many there are in all.

    ``format`` is the key of the importer, and ``columns`` says what each column of a table is read as; both are known
    even where ``error`` says why nothing was read. ``unread`` are the parts that cannot be read. ``before`` says how
    the file was split the last time, where it has been read so now because nothing was said of it. A codebook holds
    so many ``themes`` instead.
    """

    format: str = ""
    first: tuple[Draft, ...] = ()
    total: int = 0
    unread: tuple[Unread, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    error: AppError | None = None
    before: Form | None = None
    themes: int = 0


def glimpse(library: Library, path: Path, form: Form) -> Generator[None, None, Glimpse]:
    """Read a file in a process of its own; yields whenever it is not ready yet, so that nobody waits for it."""
    before = _before(library, path) if not (form.format or form.options) else None
    form = before or form
    job = Job(path, str(path), form.format, form.options, glimpse=FIRST)
    with Readers(1, _SECONDS) as readers:
        for result in readers.read([job], _PATIENCE):
            if result is not None:
                unread = tuple(part for part in result.unread if not part.passed)
                read = result.drafts, result.total, unread, result.columns, result.error
                return Glimpse(result.format, *read, before, sum(len(book.themes) for book in result.codebooks))
            yield
    return Glimpse()


def _before(library: Library, path: Path) -> Form | None:
    way = Splittings(library).of(str(path.absolute()))
    return None if way is None else Form(way[0], {**way[1], SPLIT: way_of(way[1])})
