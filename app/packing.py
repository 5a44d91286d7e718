"""Packing a library into one file, originals too, and unpacking it on the next machine.

The file is a ZIP of the database without its index, which is made anew from the texts, and of the originals under
their SHA-256. What comes out of one is checked before it is used: names, sizes, sums, and the database itself.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import shutil
import sqlite3
import stat
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.backup import copy_database, verify
from app.errors import Conflict, LibraryError, NotFound
from app.importing.originals import is_digest
from app.library.database import translated
from app.library.library import FILE
from app.progress import Progress
from app.wording import Message
from app.writing import drop_folders, make_folders, placed, replacing

SUFFIX: Final = ".commonplace"
_ORIGINAL: Final = re.compile(r"originals/(?P<folder>[0-9a-f]{2})/(?P<digest>(?P=folder)[0-9a-f]{62})")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PIECE: Final = 1024 * 1024
_MOST: Final = 1_000_000  # files: more than any library has
_LARGEST: Final = 64 * 1024**3


def in_synchronised_folder(service: str) -> Message:
    """Return the warning for a library that lies where ``service`` copies it."""
    said = (
        "{service} copies this library while it is written to, which can damage it. Keep it in a folder of this "
        "computer alone, and pack it into one file to take it to another."
    )
    return Message(said, {"service": service})


def pack(library: Path, target: Path) -> Generator[Progress, None, Path]:
    """Write the library in the folder ``library``, which is only read, to one file; yields progress, returns the file.

    Raises ``ExportFailed`` when the file cannot be written, and then leaves all as it was, an older one too.
    """
    originals = sorted(path for path in (library / "originals").glob("??/*") if is_digest(path.name))
    total = len(originals) + 1
    with (
        placed(target) as place,
        TemporaryDirectory(prefix=".packed-", dir=place.parent) as beside,
        replacing(place) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as box,
    ):
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), 0o600)  # as the library itself: private notes are in it
        copy = Path(beside) / FILE
        with translated(library / FILE), _written():
            for _ in copy_database(library / FILE, copy):
                yield Progress(0, total, FILE)
        verify(copy)
        _put(box, FILE, copy)
        yield Progress(1, total, FILE)
        for number, path in enumerate(originals, 2):
            _put(box, f"originals/{path.name[:2]}/{path.name}", path)
            yield Progress(number, total, path.name[:8])
    return target


@contextmanager
def _written() -> Iterator[None]:
    """Say of a copy that cannot be written that it is the target's disk: the library is only read."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = {"SQLITE_FULL": errno.ENOSPC, "SQLITE_IOERR_WRITE": errno.EIO}.get(error.sqlite_errorname)
        if code is None:
            raise
        raise OSError(code, os.strerror(code)) from error


def _put(box: zipfile.ZipFile, name: str, path: Path) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.external_attr = 0o600 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    with path.open("rb") as source, box.open(entry, "w", force_zip64=True) as copy:
        shutil.copyfileobj(source, copy, _PIECE)


def unpack(file: Path, folder: Path) -> Generator[Progress, None, Path]:
    """Make the library that was packed into ``file`` in ``folder``; yields progress, returns the folder.

    It is made beside its place first. Raises ``Conflict`` when a library is there already, and ``LibraryError`` when
    the file is none of ours, damaged, or of a newer program.
    """
    place = folder.absolute()
    part = place.parent / f".{secrets.token_hex(8)}.part"
    made: list[Path] = []
    try:
        if os.path.lexists(place) and not (place.is_dir() and not any(place.iterdir())):
            raise Conflict("There is something in “{folder}” already.", "Choose a new or an empty folder.",
                           folder=str(folder))  # fmt: skip
        with _opened(file) as box:
            entries = _entries(box, file)
            made += make_folders(place.parent)
            part.mkdir(mode=0o700)
            for number, entry in enumerate(entries, 1):
                _take(box, entry, part, file)
                yield Progress(number, len(entries), entry.filename.rpartition("/")[2][:8])
        verify(part / FILE)
        for name in ("originals", "backups"):
            (part / name).mkdir(mode=0o700, exist_ok=True)
        with suppress(FileNotFoundError):
            place.rmdir()
        part.replace(place)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(file) from error
    except OSError as error:
        raise LibraryError(
            "The library cannot be unpacked into “{folder}” ({reason}).",
            "Make room, or choose another folder.",
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        drop_folders(made)  # what has the library in it by now stays
    return folder


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """Open a packed library; one that is not there or cannot be read is told apart from a folder that cannot be made.

    Only regular files are opened: a pipe would never end.
    """
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise _no_library(file)
        source = file.open("rb")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound("There is no file “{file}”.", "Check the path.", file=str(file)) from error
    except OSError as error:
        raise LibraryError(
            "The packed library “{file}” cannot be read ({reason}).",
            "Check its permissions, or copy it again.",
            file=file.name,
            reason=error.strerror or str(error),
        ) from error
    with source, zipfile.ZipFile(source) as box:
        yield box


def _entries(box: zipfile.ZipFile, file: Path) -> list[zipfile.ZipInfo]:
    """Return what is in the file, the database first, once every name and size is one that a library has."""
    entries = box.infolist()
    names = {entry.filename for entry in entries}
    known = all(entry.filename == FILE or _ORIGINAL.fullmatch(entry.filename) for entry in entries)
    size = sum(entry.file_size for entry in entries)
    if not known or FILE not in names or len(names) != len(entries) or len(entries) > _MOST or size > _LARGEST:
        raise _no_library(file)
    return sorted(entries, key=lambda entry: (entry.filename != FILE, entry.filename))


def _take(box: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, file: Path) -> None:
    """Take one file out, no more of it than it says, and an original only when its sum is its name."""
    target = folder / entry.filename
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    left = entry.file_size
    with box.open(entry) as source, target.open("xb") as copy:
        target.chmod(0o600)
        while data := source.read(_PIECE):
            left -= len(data)
            if left < 0:
                raise _damaged(file)
            digest.update(data)
            copy.write(data)
        copy.flush()
        os.fsync(copy.fileno())
    if left or (entry.filename != FILE and digest.hexdigest() != target.name):
        raise _damaged(file)


def _no_library(file: Path) -> LibraryError:
    return LibraryError("“{file}” is not a packed library.", "Choose a file that Commonplace packed.", file=file.name)


def _damaged(file: Path) -> LibraryError:
    return LibraryError("The packed library “{file}” is damaged.", "Copy or pack it again.", file=file.name)
