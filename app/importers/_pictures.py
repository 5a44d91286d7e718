"""The pictures inside a file, kept as they are when they are what a reader may be shown."""

from __future__ import annotations

import binascii
import struct
from typing import Final
from urllib.parse import unquote_to_bytes

from app.loading import load
from app.pictures import LARGEST, kind_of

MOST: Final = 50 * 1024 * 1024
"""So many bytes may all pictures of a file have."""

_DOT: Final = 2


class Pictures:
    """Gathers the pictures of one draft. ``found`` has them by SHA-256."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: dict[str, bytes] = {}
        self._left = MOST

    def add(self, data: bytes) -> str | None:
        """Keep a picture and return its SHA-256; ``None`` for what is none, shows nothing, or is too large."""
        if kind_of(data) is None or _is_dot(data) or len(data) > LARGEST:
            return None
        digest: str = load("hashlib").sha256(data).hexdigest()
        if digest not in self.found and len(data) > self._left:
            return None
        if digest not in self.found:
            self.found[digest] = data
            self._left -= len(data)
        return digest


def _is_dot(data: bytes) -> bool:
    """Tell whether this is a dot: it counts readers, or keeps the place of a picture that a script would load."""
    kind = kind_of(data)
    if kind == "gif":
        sides = struct.unpack("<HH", data[6:10].ljust(4, b"\0"))
    elif kind == "png":
        sides = struct.unpack(">II", data[16:24].ljust(8, b"\0"))
    else:
        return False
    return bool(max(sides) <= _DOT)


def inline_bytes(address: str) -> bytes | None:
    """Return what a ``data:`` address holds, ``None`` for any other address, and for one that holds too much."""
    head, comma, payload = address.partition(",")
    if address[:5].lower() != "data:" or not comma or len(address) > 2 * LARGEST:
        return None
    data = unquote_to_bytes(payload) if "%" in payload else payload.encode()
    if not head.lower().endswith(";base64"):
        return data
    try:
        return binascii.a2b_base64(data)
    except ValueError:
        return None
