"""Bytes that may be too many for memory, kept on the disk until nobody needs them any more."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from typing import IO, Final

_IN_MEMORY: Final = 8 * 1024 * 1024


class Spool(Mapping[str, bytes]):
    """Bytes by their names: some in memory, more in a file without a name that goes with the last reference to this."""

    def __init__(self) -> None:
        """Begin with none."""
        self._file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] = {}

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes under a name, once."""
        if name in self._places:
            return
        if self._file is None:
            self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by what follows
            weakref.finalize(self, self._file.close)
        start = self._file.seek(0, os.SEEK_END)
        self._file.write(data)
        self._places[name] = start, len(data)

    def __getitem__(self, name: str) -> bytes:
        """Return what is kept under a name; raises ``KeyError``."""
        start, size = self._places[name]
        assert self._file is not None
        self._file.seek(start)
        return self._file.read(size)

    def __contains__(self, name: object) -> bool:
        """Tell whether something is kept under a name, without reading it."""
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._places)
