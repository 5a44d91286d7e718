"""Archives opened with care: checked before anything is unpacked, and read with a cap, since sizes lie."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from app.errors import ImportFailed
from app.importers._base import SMALLER

LARGEST: Final = 200 * 1024 * 1024
"""So many bytes may lie in an archive, unpacked."""

TIGHTEST: Final = 200
"""So many times as large as packed may what lies in an archive be."""

MOST: Final = 20_000
"""So many files may lie in an archive."""

UNPACK: Final = "Unpack it, and import its folders."
"""What to do about an archive that is too large where its files say all that there is."""

_SLACK: Final = 1024 * 1024
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, ValueError, RuntimeError,
    struct.error,
)  # fmt: skip


class Archive:
    """A ZIP archive whose names and sizes were found harmless. Its names go with ``/`` and lead nowhere else.

    ``refused`` are the files in it that are not to be read, each with the reason.
    """

    def __init__(
        self, zipped: zipfile.ZipFile, hint: str = SMALLER, refused: Mapping[str, ImportFailed] = MappingProxyType({})
    ) -> None:
        """Take an open archive; use :func:`opened`."""
        self._zipped = zipped
        self._hint = hint
        self._left = LARGEST
        self.refused = refused
        names = (info.filename for info in zipped.infolist() if not info.is_dir())
        self.names = tuple(name for name in names if name not in refused)
        self._known = frozenset(self.names)

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a file of this name."""
        return name in self._known

    def size(self, name: str) -> int:
        """Return how many bytes a file has by its own account."""
        return self._zipped.getinfo(name).file_size

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; raises ``ImportFailed`` when it cannot be unpacked, or is larger than it says."""
        try:
            with self._zipped.open(name) as file:
                data = file.read(max(0, self._left) + 1)
        except _BROKEN as error:
            raise _damaged() from error
        except KeyError as error:
            raise ImportFailed("{name} is missing in the archive.", "Save it again.", name=name) from error
        self._left -= len(data)
        if self._left < 0:
            raise _too_large(self._hint)
        return data


@contextmanager
def opened(data: bytes, hint: str = SMALLER, *, whole: bool = True, each: bool = False) -> Iterator[Archive]:
    """Open an archive; raises ``ImportFailed`` for one that is damaged, locked, far too large or made to harm.

    ``hint`` is what to do about one that is too large. What is never read does not count where not the ``whole`` does.
    Where ``each`` file stands for itself, one that is locked or leads elsewhere is refused, and not the archive.
    """
    try:
        zipped = _zip_file(data)
    except _BROKEN as error:
        raise _damaged() from error
    with zipped:
        entries = zipped.infolist()
        _check(entries, len(data), hint, whole=whole)
        refused = {entry.filename: reason for entry in entries if (reason := _refusal(entry)) is not None}
        harmless = {entry.filename for entry in entries if not entry.is_dir()} - refused.keys()
        if refused and not (each and harmless):
            raise next(iter(refused.values()))
        yield Archive(zipped, hint, refused)


def _zip_file(data: bytes) -> zipfile.ZipFile:
    """Open an archive; names without a declared encoding are UTF-8 where they can be, as macOS writes them."""
    try:
        return zipfile.ZipFile(io.BytesIO(data), metadata_encoding="utf-8")
    except UnicodeDecodeError:
        return zipfile.ZipFile(io.BytesIO(data))


def glimpse(data: bytes, name: str, most: int) -> bytes:
    """Return at most so many bytes of a file in an archive, to tell what it is: none where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped, zipped.open(name) as file:
            return file.read(most)
    except (KeyError, *_BROKEN):
        return b""


def listed(data: bytes) -> tuple[str, ...]:
    """Return the names in an archive, to tell what it is: none for what is no archive, or a broken one."""
    if not data.startswith(b"PK"):
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            return tuple(zipped.namelist()[:MOST])
    except _BROKEN:
        return ()


def _check(entries: list[zipfile.ZipInfo], packed: int, hint: str, *, whole: bool) -> None:
    if len(entries) > MOST:
        raise ImportFailed("The archive holds more than {most} files.", hint, most=MOST)
    size = sum(entry.file_size for entry in entries)
    if whole and size > LARGEST:
        raise _too_large(hint)
    if size > packed * TIGHTEST + _SLACK:
        raise ImportFailed("The archive would grow to {times} times its size.", "Look at where it comes from: such "
                           "archives are made to fill disks.", times=size // max(1, packed))  # fmt: skip
    if not all(entry.filename for entry in entries):
        raise _damaged()


def _refusal(entry: zipfile.ZipInfo) -> ImportFailed | None:
    """Return why a file in an archive is not to be read: it is locked, or its name leads out of the archive."""
    if entry.flag_bits & _ENCRYPTED:
        return ImportFailed("The archive is locked with a password.", "Unpack it first.")
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        return ImportFailed("The archive holds a file that would go outside it ({name}).",
                            "Look at where it comes from.", name=entry.filename)  # fmt: skip
    return None


def _damaged() -> ImportFailed:
    return ImportFailed("The archive is damaged.", "Copy or download it again.")


def _too_large(hint: str) -> ImportFailed:
    return ImportFailed("The archive holds more than {limit} MB.", hint, limit=LARGEST // (1024 * 1024))
