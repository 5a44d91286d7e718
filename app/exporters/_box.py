"""A ZIP file in parts: each file in it is handed on as soon as it is whole, the same bytes for the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class Box:
    """A ZIP file on its way out. No more of it is held than the file that is being put in."""

    def __init__(self) -> None:
        """Begin an empty one."""
        self._sink = _Sink()
        self._zip = zipfile.ZipFile(self._sink, "w")

    def put(self, name: str, data: bytes, *, stored: bool = False) -> bytes:
        """Put a file in, compressed unless it is to be ``stored`` as it is; return what can be written by now."""
        self._zip.writestr(_entry(name, stored=stored), data)
        return self._sink.taken()

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file that is put in piece by piece, and compressed; what it comes to is in what is put in next."""
        with self._zip.open(_entry(name), "w") as file:
            yield file

    def end(self) -> bytes:
        """Return the rest: the list of what is in it."""
        self._zip.close()
        return self._sink.taken()


def _entry(name: str, *, stored: bool = False) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3  # as on Unix, wherever this is
    return entry


class _Sink(io.RawIOBase):
    """A file in memory whose beginning is given away once nothing in it will change."""

    def __init__(self) -> None:
        self._given = 0
        self._held = bytearray()
        self._place = 0

    def taken(self) -> bytes:
        """Return what is held, which is forgotten."""
        data = bytes(self._held)
        self._given += len(data)
        self._held.clear()
        return data

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_END:
            place += self._given + len(self._held)
        elif whence == io.SEEK_CUR:
            place += self._place
        if place < self._given:
            raise io.UnsupportedOperation("this part is given away")
        self._place = place
        return place

    def write(self, data: Any, /) -> int:
        start = self._place - self._given
        self._held[start : start + len(data)] = data
        self._place += len(data)
        return len(data)
