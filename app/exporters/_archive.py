"""A ZIP archive that is written entry by entry and handed on piece by piece, the same bytes at every hour."""

from __future__ import annotations

import io
import zipfile
from typing import Final

_TIME: Final = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE: Final = 0o100644 << 16
_UNIX: Final = 3


class Archive:
    """An archive in the making. After each entry, :meth:`taken` has the bytes that are ready."""

    def __init__(self) -> None:
        """Begin an empty one."""
        self._pipe = _Pipe()
        self._zip = zipfile.ZipFile(self._pipe, "w")

    def add(self, name: str, data: bytes, *, stored: bool = False) -> None:
        """Write an entry, packed unless it is to be ``stored`` as it is."""
        entry = zipfile.ZipInfo(name, _TIME)
        entry.external_attr, entry.create_system = _REGULAR_FILE, _UNIX
        entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, data)

    def taken(self) -> bytes:
        """Return the bytes that have become ready, and forget them."""
        return self._pipe.taken()

    def ended(self) -> bytes:
        """Write the directory of the archive and return the last bytes."""
        self._zip.close()
        return self._pipe.taken()


class _Pipe(io.RawIOBase):
    """A file that keeps only what was not taken yet: an entry goes back to its own beginning and no further."""

    def __init__(self) -> None:
        super().__init__()
        self._base = 0
        self._kept = io.BytesIO()

    def taken(self) -> bytes:
        data = self._kept.getvalue()
        self._base += len(data)
        self._kept = io.BytesIO()
        return data

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._base + self._kept.tell()

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        moved = self._kept.seek(place - self._base if whence == io.SEEK_SET else place, whence)
        return self._base + moved

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return self._kept.write(data)
