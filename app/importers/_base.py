"""What every importer is made of, and the table of all of them."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import app.importers
from app.drafts import Codebook, Draft, Framework
from app.errors import AppError
from app.importers._split_options import OF_CONTAINER, SPLIT, of_document
from app.loading import load
from app.options import Option, OptionValue

LARGEST: Final = 100 * 1024 * 1024
"""So many bytes may a file have that is read, unless its format says otherwise."""

SMALLER: Final = "Save it without recordings and pictures, or in several parts."
"""What to do about one that is too large, whatever it holds."""


# How an article is called in a file that was split into several.
_NUMBERED: Final = re.compile(r"\d{3,}(?: |$)")


@dataclass(frozen=True, slots=True)
class File:
    """A file to read: its bytes and its name without folders.

    ``options`` are all those that its format offers, defaults filled in. ``depth`` says how many containers it lies in
    (an archive, a message, a crawl). ``folder`` is the one in which a page or a note lies, which shows what lies
    there, ``None`` elsewhere; ``given`` the folder round it with which the reader gave it, whatever lies in that.
    ``beside`` gives what lies in the same container, by its path from this file's folder. ``going_on`` is called after
    each part of a container: many parts may take longer than one file may. ``tables`` says what the columns of tables
    hold that were told of earlier, by their header; ``recalled`` hears of it where their names say something else.
    ``hit`` is called for each part of a container that holds the pattern by which it is to be split.
    """

    data: bytes
    name: str
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    depth: int = 0
    folder: Path | None = None
    given: Path | None = None
    beside: Callable[[str], bytes | None] | None = None
    going_on: Callable[[], None] | None = None
    tables: Mapping[str, str] = field(default_factory=dict)
    recalled: Callable[[str], None] | None = None
    hit: Callable[[], None] | None = None


def go_on(file: File) -> None:
    """Say that a part of a file has been read, to whom that matters."""
    if file.going_on is not None:
        file.going_on()


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a file that could not be read, and why; ``passed`` says that it is nothing that ever will be."""

    part: str
    error: AppError
    passed: bool = False


Parts = Sequence[Draft | Unread | Codebook | Framework]
"""What a file holds: articles, themes, collections and fields, and what of it could not be read."""


@dataclass(frozen=True, slots=True)
class Importer:
    """A format that can be read.

    ``read`` returns what a file holds; it raises ``ImportFailed`` with a reason for a person when that is nothing.
    ``suffixes`` are lower-case, with the dot. ``sniff`` tells from the bytes whether a file is surely in this format.
    Of several formats with one suffix the first that is not ``general`` and sniffs the file takes it, and the
    ``general`` one what is left. ``columns`` tells what each column of a table, by its name, is read as. ``largest`` is
    how many bytes a file may have; one that may have more than most is known by what it begins with. What it ``splits``
    are documents: where their options say so, what was read is split into articles block by block; ``paged`` ones can
    be split at their pages. One that ``holds`` files of other formats has each split as its own format is.
    Every importer module binds one of these to ``IMPORTER``.
    """

    key: str
    name: str
    suffixes: tuple[str, ...]
    read: Callable[[File], Parts]
    sniff: Callable[[bytes], bool] | None = None
    general: bool = False
    options: tuple[Option, ...] = ()
    columns: Callable[[File], Mapping[str, str]] | None = None
    largest: int = LARGEST
    splits: bool = False
    paged: bool = False
    holds: bool = False


@cache
def importers() -> Mapping[str, Importer]:
    """Return all importers by key, found by walking this package."""
    return MappingProxyType({importer.key: importer for importer in each_importer()})


def each_importer() -> Iterator[Importer]:
    """Yield all importers; to load one is a short step, to load all for the first time is none."""
    for module in pkgutil.iter_modules(app.importers.__path__):
        if not module.name.startswith("_"):
            importer: Importer = load(f"app.importers.{module.name}").IMPORTER
            yield replace(importer, options=(*importer.options, *_splitting(importer)))


def _splitting(importer: Importer) -> tuple[Option, ...]:
    if importer.holds:
        return OF_CONTAINER
    return of_document(paged=importer.paged) if importer.splits else ()


def may_be_split(key: str, part: str) -> bool:
    """Tell whether a part of a file in some format may be what it is because someone said where its articles begin."""
    importer = importers().get(key)
    if importer is None or not part or all(option.key != SPLIT for option in importer.options):
        return False
    return not importer.holds or _NUMBERED.match(part.rpartition("/")[2]) is not None


def allowance(head: bytes) -> int:
    """Return how many bytes a file may have that begins so, if that is more than usual; otherwise 0."""
    large = (one for one in importers().values() if one.largest > LARGEST)
    return max((one.largest for one in large if one.sniff is not None and one.sniff(head)), default=0)
