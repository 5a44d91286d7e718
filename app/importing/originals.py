"""The imported files as they were, each kept once under its SHA-256."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import stat
import time
from collections.abc import Collection, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, TypeGuard

from app import pictures
from app.errors import AppError, ImportFailed, LibraryError, NotFound
from app.importers._base import LARGEST, SMALLER, allowance, importers
from app.progress import end_of
from app.text.body import Body

MOST_PICTURES: Final = 64 * 1024 * 1024
"""So many bytes may all pictures of an article have that are held in memory at one time."""

_HEAD: Final = 4096
_PART: Final = 1024 * 1024
_FLUSHED: Final = 8 * _PART  # so much is brought to the disk in one step
_ABANDONED: Final = 3600.0


class Originals:
    """The folder of originals of a library."""

    def __init__(self, folder: Path) -> None:
        """Keep files in ``folder``."""
        self._folder = folder
        self._made: set[Path] = set()
        self._unsettled: set[str] = set()

    def path(self, digest: str) -> Path:
        """Return where the file with this SHA-256 is kept.

        Raises ``FileNotFoundError`` for any other text: what a library says may be a way to some other file.
        """
        if not is_digest(digest):
            raise FileNotFoundError
        return self._folder / digest[:2] / digest

    def keeps(self, digest: str) -> bool:
        """Tell whether the file with this SHA-256 is kept; ``digest`` may be any stranger's text."""
        return is_digest(digest) and self.path(digest).is_file()

    def put(self, source: Path) -> str:
        """Keep a copy of a file, durably, and return its SHA-256.

        Only regular files are opened. Raises ``ImportFailed`` with a reason for a person.
        """
        return end_of(self.put_in_steps(source))

    def put_in_steps(self, source: Path, *, durably: bool = True) -> Generator[None, None, str]:
        """Do what :meth:`put` does, in short steps: a large file takes long to copy.

        What is not kept ``durably`` is to be brought to the disk, by :meth:`settle` or by who reads it, before anything
        says that it is kept.
        """
        with _opened(source) as file:
            return (yield from self._put(file, durably=durably))

    def settle(self, digest: str) -> None:
        """Bring a copy to the disk that was just made, and not durably. Raises ``OSError``."""
        if digest in self._unsettled:
            path = self.path(digest)
            with path.open("rb") as file:
                os.fsync(file.fileno())
            _sync(path.parent)
            self._unsettled.discard(digest)

    def put_bytes(self, data: bytes) -> str:
        """Keep what lay inside a file as a file of its own, durably, and return its SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        return digest if self.intact(digest) else end_of(self._put(io.BytesIO(data)))

    def _put(self, file: BinaryIO, *, durably: bool = True) -> Generator[None, None, str]:
        self._make(self._folder)
        part = self._folder / f".{os.getpid()}-{os.urandom(4).hex()}.part"
        try:
            digest = yield from self._copy(file, part, durably=durably)
            target = self.path(digest)
            # one that came to the disk only in part, when a machine went down, is no copy
            if (yield from self._keeps(digest)):
                part.unlink()
            else:
                self._make(target.parent)
                part.replace(target)
                if durably:
                    _sync(target.parent)
                else:
                    self._unsettled.add(digest)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return digest

    def _keeps(self, digest: str) -> Generator[None, None, bool]:
        """Tell, in short steps, whether a copy is there already and can be read."""
        try:
            return (yield from _is_of(self.path(digest), digest))
        except OSError:
            return False

    def _make(self, folder: Path) -> None:
        """Make a folder, durably, unless that was done before."""
        if folder not in self._made or not folder.is_dir():
            folder.mkdir(mode=0o700, exist_ok=True)
            _sync(folder.parent)
            self._made.add(folder)

    def _copy(self, file: BinaryIO, part: Path, *, durably: bool) -> Generator[None, None, str]:
        digest = hashlib.sha256()
        head, size = b"", 0
        with part.open("xb") as copy:
            while data := file.read(_PART):
                head = head or data
                size += len(data)
                if size > LARGEST:
                    _refuse_more(size, head)
                digest.update(data)
                copy.write(data)
                if size % _FLUSHED == 0:
                    _flush(copy)
                if len(data) == _PART:
                    yield
            if durably:
                _flush(copy)
        if not size:
            raise ImportFailed("The file is empty.", "Save it again and import that.")
        return digest.hexdigest()

    def shown(self, digest: str, source: str, folder: Path) -> Path:
        """Return a copy of a kept file in ``folder``, under a name that another program can open it by.

        ``source`` is what the article in it says of where it came from. Raises ``NotFound`` when the file is not kept,
        and ``LibraryError`` when it cannot be copied.
        """
        try:
            kept, target = self.path(digest), self._shown(digest, folder) / _openable(source)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(kept, target)
        except FileNotFoundError as error:
            raise NotFound("The library keeps no original of this article.") from error
        except OSError as error:
            raise LibraryError(
                "The original cannot be copied ({reason}).",
                "Make room on the disk.",
                reason=error.strerror or str(error),
            ) from error
        return target

    def _shown(self, digest: str, folder: Path) -> Path:
        return folder / self.path(digest).name[:16]

    def picture(self, digest: str) -> bytes | None:
        """Return a kept picture; ``None`` when it is not there, or too large. ``digest`` may be any stranger's text."""
        try:
            with _opened(self.path(digest)) as file:
                data = file.read(pictures.LARGEST + 1)
        except (AppError, OSError):
            return None
        return data if len(data) <= pictures.LARGEST else None

    def picture_kind(self, digest: str) -> str | None:
        """Return of which kind a kept picture is, ``""`` for what is none; ``None`` where :meth:`picture` does."""
        try:
            with _opened(self.path(digest)) as file:
                if os.fstat(file.fileno()).st_size > pictures.LARGEST:
                    return None
                return pictures.kind_of(file.read(pictures.BEGINNING)) or ""
        except (AppError, OSError):
            return None

    def pictures(self, body: Body) -> dict[str, bytes]:
        """Return the kept pictures that a text shows, by their SHA-256, as many as may be held at one time."""
        found: dict[str, bytes] = {}
        left = MOST_PICTURES
        for digest in dict.fromkeys(str(block.attributes.get("picture", "")) for block in body.blocks):
            data = self.picture(digest)
            if data is not None and len(data) <= left:
                found[digest] = data
                left -= len(data)
        return found

    def remove(self, digest: str) -> None:
        """Forget a file. Raises ``OSError``."""
        with suppress(FileNotFoundError):
            self.path(digest).unlink()

    def remove_shown(self, digest: str, folder: Path) -> None:
        """Remove the copies of a file that :meth:`shown` made in ``folder``. Raises ``OSError``."""
        with suppress(FileNotFoundError):
            shutil.rmtree(self._shown(digest, folder))

    def remove_except(self, wanted: Collection[str]) -> int:
        """Remove the files that nothing refers to and no import in progress can be about to use; return how many."""
        before = time.time() - _ABANDONED
        spare = [
            path
            for path in self._folder.glob("??/*")
            if path.is_file() and path.name not in wanted and path.stat().st_ctime < before
        ]
        for path in spare:
            path.unlink(missing_ok=True)
        return len(spare)

    def intact(self, digest: str) -> bool:
        """Tell whether the kept file still has this SHA-256."""
        return end_of(self._keeps(digest))

    def sweep(self) -> int:
        """Remove what interrupted imports left half-copied more than an hour ago; return how many."""
        before = time.time() - _ABANDONED
        parts = [path for path in self._folder.glob(".*.part") if path.stat().st_mtime < before]
        for part in parts:
            part.unlink(missing_ok=True)
        return len(parts)


def _is_of(path: Path, digest: str) -> Generator[None, None, bool]:
    """Tell, in short steps, whether there is a file that has this SHA-256."""
    if not path.is_file():
        return False
    found = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(_PART):
            found.update(data)
            if len(data) == _PART:
                yield
    return found.hexdigest() == digest


def _openable(source: str) -> str:
    """Return a name for a copy of a file. It ends as files end that we read: no stranger's name runs a program."""
    name = Path(source.partition("/")[0])  # of the file, not of a part of it
    suffixes = {suffix for importer in importers().values() for suffix in importer.suffixes}
    stem = "".join(character if character.isalnum() or character in " -_" else "_" for character in name.stem)
    suffix = name.suffix.lower()
    return (stem.strip()[:80] or "original") + (suffix if suffix in suffixes else ".txt")


def is_digest(given: object) -> TypeGuard[str]:
    """Tell whether what a library says is a SHA-256, and no way to some other file."""
    return isinstance(given, str) and re.fullmatch("[0-9a-f]{64}", given) is not None


class KeptPictures(pictures.Pictures):
    """Pictures by their SHA-256, each read when it is asked for: all those of a library need not fit into memory."""

    def __init__(self, originals: Originals, kinds: Mapping[str, str]) -> None:
        """Give those of which :meth:`Originals.picture_kind` has said the kind."""
        self._originals = originals
        self._kinds = kinds

    def __getitem__(self, digest: str) -> bytes:
        """Return a picture; raises ``KeyError`` when it is not kept."""
        data = self._originals.picture(digest) if digest in self._kinds else None
        if data is None:
            raise KeyError(digest)
        return data

    def __contains__(self, digest: object) -> bool:
        """Tell whether a picture is kept, without reading it."""
        return digest in self._kinds

    def __iter__(self) -> Iterator[str]:
        """Yield the SHA-256 of each."""
        return iter(self._kinds)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._kinds)

    def kind(self, digest: str) -> str | None:
        """Return of which kind a picture is, without reading it."""
        return self._kinds.get(digest) or None


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file for reading, without waiting for the other end of a pipe."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, ValueError):  # or a name that no file can have
        raise ImportFailed("There is no such file.", "Check the path.") from None
    except PermissionError:
        raise ImportFailed("The file may not be read.", "Mend its permissions and import it again.") from None
    except OSError as error:
        with suppress(OSError):  # a socket cannot even be opened
            _refuse_others(path.stat())
        raise ImportFailed(
            "The file cannot be opened ({reason}).", "Copy it elsewhere and try that.", reason=error.strerror or ""
        ) from None
    try:
        status = os.fstat(handle)
        _refuse_others(status)
        file = os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise
    with file:
        if status.st_size > LARGEST:
            _refuse_more(status.st_size, file.read(_HEAD))
            file.seek(0)
        yield file


def _refuse_others(status: os.stat_result) -> None:
    """Raise ``ImportFailed`` for what is no regular file."""
    if stat.S_ISDIR(status.st_mode):
        raise ImportFailed("This is a folder.", "Name the files in it, or the folder itself.")
    if not stat.S_ISREG(status.st_mode):
        raise ImportFailed("This is not a file but a pipe, socket or device.", "Save its content to a file first.")


def _refuse_more(size: int, head: bytes) -> None:
    """Raise ``ImportFailed`` for a file of more bytes than one may have that begins with these."""
    limit = max(LARGEST, allowance(head))
    if size > limit:
        raise ImportFailed("The file is larger than {limit} MB.", SMALLER, limit=limit // (1024 * 1024))


def _flush(file: BinaryIO) -> None:
    """Bring what was written to the disk."""
    file.flush()
    os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
