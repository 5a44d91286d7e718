"""A ZIP file made entry by entry: the same bytes for the same entries, and never more in memory than the last one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP file can name
_UNIX: Final = 3
_READABLE: Final = 0o644 << 16


class Zipping:
    """Entries are added in order; what is finished is handed out by :meth:`drained` and forgotten."""

    def __init__(self) -> None:
        """Begin an empty file."""
        self._window = _Window()
        self._file = zipfile.ZipFile(self._window, "w")  # type: ignore[call-overload]

    def add(self, name: str, data: bytes, *, packed: bool = True) -> None:
        """Add a whole entry, as it stands when it is not to be ``packed``."""
        with self.opened(name, packed=packed) as entry:
            entry.write(data)

    @contextmanager
    def opened(self, name: str, *, packed: bool = True) -> Iterator[IO[bytes]]:
        """Open an entry that is written piece by piece."""
        about = zipfile.ZipInfo(name, _EPOCH)
        about.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        about.create_system, about.external_attr = _UNIX, _READABLE
        with self._file.open(about, "w") as entry:
            yield entry

    def drained(self) -> bytes:
        """Return what was finished since the last call; no entry may be open."""
        return self._window.drained()

    def closed(self) -> bytes:
        """End the file and return what is left of it."""
        self._file.close()
        return self._window.drained()


class _Window:
    """The end of a file that is being written; what went before was handed out. Positions count from its beginning."""

    def __init__(self) -> None:
        self._gone = 0
        self._held = bytearray()
        self._place = 0

    def drained(self) -> bytes:
        data = bytes(self._held)
        self._gone += len(data)
        self._held.clear()
        self._place = 0
        return data

    def write(self, data: bytes) -> int:
        self._held[self._place : self._place + len(data)] = data
        self._place += len(data)
        return len(data)

    def tell(self) -> int:
        return self._gone + self._place

    def seek(self, place: int, whence: int = 0) -> int:
        if whence or not self._gone <= place <= self._gone + len(self._held):
            raise OSError("this part of the file was handed out")
        self._place = place - self._gone
        return place

    def flush(self) -> None:
        """Nothing waits anywhere."""
