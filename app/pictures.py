"""Which bytes are pictures that may be kept, shown and handed on: drawings that can do more than that are none."""

from __future__ import annotations

from typing import Final

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
