"""Which files an import is to read: those that were named, and those in the folders that were named."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from app import places
from app.importers import _companions
from app.importers._base import each_importer, importers
from app.importers._parts import unkept
from app.importing.reporting import Reporting
from app.progress import Progress
from app.wording import Message

LOOKING: Final = 0.02
"""Seconds after which one who looks for files says how many there are by now."""

Scouted = tuple[Path, Path | None]
"""A file, and the folder that was named, now or earlier, and holds it."""


def scout(paths: Iterable[Path], reporting: Reporting, folders: Sequence[Path] = ()) -> Iterator[Scouted]:
    """Yield the files one by one, each with the folder that was named, now or among ``folders``, and holds it.

    What cannot be looked into, or is read by no importer, goes into the report.
    """
    for path in paths:
        if places.is_folder(path):
            for file in _in_folder(path, reporting):
                yield file, path
        else:
            yield path, next((folder for folder in folders if path.is_relative_to(folder)), None)


def looked_for(
    paths: Iterable[Path], reporting: Reporting, folders: Sequence[Path] = ()
) -> Generator[Progress, None, list[Scouted]]:
    """Return all that :func:`scout` finds; yields now and then how many there are by now."""
    found: list[Scouted] = []
    last = time.monotonic()
    for _importer in each_importer():
        if time.monotonic() - last > LOOKING:
            yield Progress(0, 0, "")
            last = time.monotonic()
    for file in scout(paths, reporting, folders):
        found.append(file)
        if time.monotonic() - last > LOOKING:
            yield Progress(0, len(found), "")
            last = time.monotonic()
    return found


def _in_folder(folder: Path, reporting: Reporting) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        reporting.fail(Path(str(error.filename)), unkept(error))

    suffixes = {suffix for importer in importers().values() for suffix in importer.suffixes}
    empty = True
    for path, may_be_read in _companions.files_in(folder, suffixes, unreadable):
        empty = False
        if may_be_read or not places.is_file(path):
            yield path
        else:
            reporting.skip(path, Message("Files ending in {suffix} are not read.", {"suffix": path.suffix}))
    if empty and os.access(folder, os.R_OK):
        reporting.skip(folder, Message("There are no files in this folder."))
