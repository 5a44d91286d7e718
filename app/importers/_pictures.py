"""The pictures inside a file, kept as they are when they are what a reader may be shown."""

from __future__ import annotations

import hashlib
from typing import Final

from app.text.body import Piece

LARGEST: Final = 10 * 1024 * 1024
"""So many bytes may one picture have."""

MOST: Final = 50 * 1024 * 1024
"""So many bytes may all pictures of a file have."""

_NAME: Final = "picture:"
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

    def name(self, data: bytes) -> str:
        """Keep a picture and return what an ``img`` may name as its source; empty for what cannot be kept."""
        digest = self.add(data)
        return f"{_NAME}{digest}" if digest else ""

    def shown(self, piece: Piece) -> Piece:
        """Return the block of an image that names a picture kept here with the picture's digest instead."""
        digest = str(piece.attributes.get("source", "")).removeprefix(_NAME)
        if piece.kind != "image" or digest not in self.found:
            return piece
        return Piece("", "image", {"alt": piece.attributes.get("alt", ""), "source": "", "picture": digest})


def is_picture(data: bytes) -> bool:
    """Tell from the first bytes whether this is a PNG, JPEG, GIF or WebP picture; drawings that can do more are not."""
    return data.startswith((_PNG, _JPEG, *_GIF)) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
