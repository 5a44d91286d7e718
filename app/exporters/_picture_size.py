"""How large a picture is, by its first bytes: nothing is decoded."""

from __future__ import annotations

import struct
from typing import Final

from app.pictures import kind_of

MOST: Final = 60_000_000
"""A picture of more pixels is not shown: decoding it would take more memory than a page is worth."""

_FRAMES: Final = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels; ``None`` for what is no picture, is empty, or is larger than :data:`MOST`."""
    try:
        sides = _sides(data)
    except (struct.error, IndexError):
        return None
    return sides if sides and 0 < sides[0] * sides[1] <= MOST else None


def _sides(data: bytes) -> tuple[int, int] | None:
    kind = kind_of(data)
    if kind == "png":
        width, height = struct.unpack_from(">II", data, 16)
    elif kind == "gif":
        width, height = struct.unpack_from("<HH", data, 6)
    elif kind == "webp":
        return _webp(data)
    elif kind == "jpeg":
        return _jpeg(data)
    else:
        return None
    return width, height


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """Find the frame header (ITU-T T.81, B.2.2) among the segments before the picture."""
    place = 2
    while data[place] == 0xFF:
        mark = data[place + 1]
        if mark in _FRAMES:
            height, width = struct.unpack_from(">HH", data, place + 5)
            return width, height
        (length,) = struct.unpack_from(">H", data, place + 2)
        place += 1 if mark == 0xFF else 2 + length
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    """Read the first chunk: extended, lossless or lossy (RFC 9649, 2.5 to 2.7)."""
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None
