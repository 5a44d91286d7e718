"""Which files an import is to read: those that were named, and those in the folders that were named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from app.errors import ImportFailed
from app.importers import _companions
from app.importers._base import importers
from app.importing.reporting import Reporting
from app.wording import Message


def scout(
    paths: Iterable[Path], reporting: Reporting, folders: Sequence[Path] = ()
) -> Iterator[tuple[Path, Path | None]]:
    """Yield the files one by one, each with the folder that was named, now or among ``folders``, and holds it.

    What cannot be looked into, or is read by no importer, goes into the report.
    """
    for path in paths:
        try:
            if path.is_dir():
                for file in _in_folder(path, reporting):
                    yield file, path
            else:
                yield path, next((folder for folder in folders if path.is_relative_to(folder)), None)
        except OSError as error:
            reporting.fail(path, unkept(error))


def unkept(error: OSError) -> ImportFailed:
    """Return what to say of a file of which no copy can be made."""
    return ImportFailed(
        "The file could not be kept ({reason}).",
        "Check the disk and the permissions, then import it again.",
        reason=error.strerror or str(error),
    )


def _in_folder(folder: Path, reporting: Reporting) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        reporting.fail(Path(str(error.filename)), unkept(error))

    suffixes = {suffix for importer in importers().values() for suffix in importer.suffixes}
    empty = True
    for path, may_be_read in _companions.files_in(folder, suffixes, unreadable):
        empty = False
        if may_be_read or not path.is_file():
            yield path
        else:
            reporting.skip(path, Message("Files ending in {suffix} are not read.", {"suffix": path.suffix}))
    if empty and os.access(folder, os.R_OK):
        reporting.skip(folder, Message("There are no files in this folder."))
