"""How large a picture is, read from its first bytes: formats that place pictures must say so themselves."""

from __future__ import annotations

import struct
from typing import Final

from app.pictures import kind_of

_LARGEST: Final = 1 << 16
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # SOF markers (ISO 10918-1, table B.1)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels of a PNG, JPEG, GIF or WebP; ``None`` for what is none or is damaged."""
    reader = {"png": _png, "gif": _gif, "jpeg": _jpeg, "webp": _webp}.get(kind_of(data) or "")
    try:
        size = reader(data) if reader else None
    except (struct.error, IndexError):
        return None
    return size if size and 0 < size[0] < _LARGEST and 0 < size[1] < _LARGEST else None


def _png(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _jpeg(data: bytes) -> tuple[int, int] | None:
    place = 2
    while data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # a filling byte
            place += 1
        elif marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, place + 5)
            return width, height
        else:
            (length,) = struct.unpack_from(">H", data, place + 2)
            place += 2 + length
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    """Read one of the three beginnings that a WebP file can have (RFC 9649, section 2)."""
    kind = data[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return None
