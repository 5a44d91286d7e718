"""Which bytes are pictures that may be kept, shown and handed on: drawings that can do more than that are none."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Final

BEGINNING: Final = 12
"""So many of its first bytes tell which kind a picture is of."""

LARGEST: Final = 10 * 1024 * 1024
"""So many bytes may one picture have."""


def kind_of(data: bytes) -> str | None:
    """Return ``png``, ``jpeg``, ``gif`` or ``webp`` by the first bytes, and ``None`` for everything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


class Pictures(Mapping[str, bytes]):
    """Pictures by their SHA-256, each read when it is asked for, whose kinds are known without that."""

    @abstractmethod
    def kind(self, digest: str) -> str | None:
        """Return what :func:`kind_of` says of a picture; ``None`` also for one that is not there."""


def kind_in(pictures: Mapping[str, bytes], digest: str) -> str | None:
    """Return the kind of one of several pictures, which is not read for that where its kind is known."""
    return pictures.kind(digest) if isinstance(pictures, Pictures) else kind_of(pictures.get(digest, b""))
