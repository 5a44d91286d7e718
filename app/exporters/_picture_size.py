"""How large a picture is, by its first bytes: nothing is decoded."""

from __future__ import annotations

import struct
from typing import Final

from app.pictures import kind_of

MOST: Final = 60_000_000
"""A picture of more pixels is not decoded: that would take more memory than a page is worth."""

_LONGEST: Final = 1 << 16
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the frame headers of ITU-T T.81, table B.1


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels; ``None`` for what is no picture, is empty, or is damaged where it says so."""
    try:
        sides = _sides(data)
    except (struct.error, IndexError):
        return None
    return sides if sides and 0 < sides[0] < _LONGEST and 0 < sides[1] < _LONGEST else None


def decoded_size(data: bytes) -> tuple[int, int] | None:
    """Return the size of a picture that a program can be asked to decode: one of at most :data:`MOST` pixels, whole."""
    size = size_of(data)
    return size if size and size[0] * size[1] <= MOST and _is_whole(data) else None


def _is_whole(data: bytes) -> bool:
    """Tell whether a picture has its end; a JPEG without one can be drawn as far as it goes."""
    kind = kind_of(data)
    if kind == "png":
        return b"IEND" in data
    if kind == "gif":
        return data.rstrip(b"\0").endswith(b";")
    return kind == "jpeg" or len(data) >= 8 + int.from_bytes(data[4:8], "little")


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
