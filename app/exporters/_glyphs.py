"""Which characters a font file has: the table ``cmap`` of OpenType (ISO/IEC 14496-22, 5.2.1), read by itself."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

_COLLECTION: Final = b"ttcf"
_MOST: Final = 4 * 1024 * 1024
_UNICODE: Final = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))


def characters(path: Path, face: int = 0) -> frozenset[int]:
    """Return the code points that a face of a font file has; none for a file that cannot be read as a font."""
    try:
        with path.open("rb") as file:
            return frozenset(_mapped(_table(file, face)))
    except (OSError, struct.error, IndexError, ValueError):
        return frozenset()


def _table(file: BinaryIO, face: int) -> bytes:
    """Return the bytes of the table ``cmap``."""
    start = 0
    if file.read(4) == _COLLECTION:
        file.seek(12 + 4 * face)
        (start,) = struct.unpack(">I", file.read(4))
    file.seek(start + 4)
    (count,) = struct.unpack(">H6x", file.read(8))
    for _ in range(count):
        tag, offset, length = struct.unpack(">4s4xII", file.read(16))
        if tag == b"cmap":
            file.seek(offset)
            return file.read(min(length, _MOST))
    return b"\0\0\0\0"


def _mapped(table: bytes) -> Iterator[int]:
    """Yield the code points that the best table of a font for Unicode maps to a glyph."""
    (count,) = struct.unpack_from(">H", table, 2)
    offsets = {}
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * number)
        offsets[platform, encoding] = offset
    place = next((offsets[kind] for kind in _UNICODE if kind in offsets), None)
    if place is None:
        return
    (form,) = struct.unpack_from(">H", table, place)
    if form == 12:
        yield from _groups(table, place)
    elif form == 4:
        yield from _segments(table, place)


def _groups(table: bytes, place: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", table, place + 12)
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", table, place + 16 + 12 * number)
        yield from range(first if glyph else first + 1, min(last, 0x10FFFF) + 1)


def _segments(table: bytes, place: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", table, place + 6)
    ends = place + 14
    for number in range(twice // 2):
        at = ends + 2 * number
        (last,) = struct.unpack_from(">H", table, at)
        (first,) = struct.unpack_from(">H", table, at + twice + 2)
        (shift,) = struct.unpack_from(">H", table, at + 2 * twice + 2)
        (offset,) = struct.unpack_from(">H", table, at + 3 * twice + 2)
        if last == 0xFFFF:
            last -= 1
        if not offset:
            yield from (code for code in range(first, last + 1) if (code + shift) & 0xFFFF)
            continue
        base = at + 3 * twice + 2 + offset
        for code in range(first, last + 1):
            (glyph,) = struct.unpack_from(">H", table, base + 2 * (code - first))
            if glyph:
                yield code
