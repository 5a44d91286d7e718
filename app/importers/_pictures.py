"""The pictures inside a file, kept as they are when they are what a reader may be shown."""

from __future__ import annotations

import hashlib
from typing import Final

LARGEST: Final = 10 * 1024 * 1024
"""So many bytes may one picture have."""

MOST: Final = 50 * 1024 * 1024
"""So many bytes may all pictures of a file have."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_GIF: Final = (b"GIF87a", b"GIF89a")


class Pictures:
    """Gathers the pictures of one draft. ``found`` has them by SHA-256."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: dict[str, bytes] = {}
        self._left = MOST

    def add(self, data: bytes) -> str | None:
        """Keep a picture and return its SHA-256; ``None`` for what is none, or is too large."""
        if not is_picture(data) or len(data) > min(LARGEST, self._left):
            return None
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self.found:
            self.found[digest] = data
            self._left -= len(data)
        return digest


def is_picture(data: bytes) -> bool:
    """Tell from the first bytes whether this is a PNG, JPEG, GIF or WebP picture; drawings that can do more are not."""
    return data.startswith((_PNG, _JPEG, *_GIF)) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
