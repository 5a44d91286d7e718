"""A font of boxes: it stands in for characters that no font on a machine has, so that they keep their place and sense.

A PDF knows which character a glyph means only if there is one glyph for it. This font, made of the tables that
OpenType (ISO/IEC 14496-22) asks for, has a box of its own for each character it is made for: it can be searched and
copied, and every machine makes the same one.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

FAMILY: Final = "Commonplace Boxes"
_EM: Final = 1000
_WIDTH: Final = 760
_TOP: Final = 720
_LEFT, _RIGHT, _PEN = 70, 690, 44
_ON: Final = 0x01


def box_font(characters: str) -> bytes:
    """Return a TrueType font that has a box for each of the characters."""
    codes = sorted(set(map(ord, characters)))
    count = len(codes) + 1
    outline = _outline()
    tables = {
        b"OS/2": _metrics(codes),
        b"cmap": _characters(codes),
        b"glyf": outline * count,
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _EM, 0, 0, _LEFT, 0, _RIGHT, _TOP, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH",
            0x10000,
            800,
            -200,
            0,
            _WIDTH,
            _LEFT,
            _WIDTH - _RIGHT,
            _RIGHT,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            count,
        ),
        b"hmtx": struct.pack(">Hh", _WIDTH, _LEFT) * count,
        b"loca": b"".join(struct.pack(">I", number * len(outline)) for number in range(count + 1)),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, count, 8, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": _names(),
        b"post": struct.pack(">IihhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    return _file(tables)


def _outline() -> bytes:
    """Return a glyph (5.3.3): a rectangle, and one inside it that goes the other way round."""
    inner_left, inner_right, inner_low, inner_top = _LEFT + _PEN, _RIGHT - _PEN, _PEN, _TOP - _PEN
    points = [
        (_LEFT, 0), (_LEFT, _TOP), (_RIGHT, _TOP), (_RIGHT, 0),
        (inner_left, inner_low), (inner_right, inner_low), (inner_right, inner_top), (inner_left, inner_top),
    ]  # fmt: skip
    across = _steps([x for x, _ in points])
    upward = _steps([y for _, y in points])
    head = struct.pack(">hhhhhHHH", 2, _LEFT, 0, _RIGHT, _TOP, 3, 7, 0)
    data = head + bytes([_ON] * len(points)) + across + upward
    return data + b"\0" * (-len(data) % 4)


def _steps(places: Sequence[int]) -> bytes:
    return b"".join(struct.pack(">h", now - before) for before, now in zip((0, *places), places, strict=False))


def _characters(codes: Sequence[int]) -> bytes:
    """Return the table ``cmap`` with one subtable of format 12 (5.2.1.3.7)."""
    groups = b"".join(struct.pack(">III", code, code, number) for number, code in enumerate(codes, 1))
    return (
        struct.pack(">HHHHI", 0, 1, 3, 10, 12) + struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(codes)) + groups
    )


def _metrics(codes: Sequence[int]) -> bytes:
    """Return the table ``OS/2``, version 4 (5.2.3)."""
    first, last = (min(codes, default=0), max(codes, default=0))
    return struct.pack(
        ">HhHHH11h10sIIII4sHHHhhhHHIIhhHHH",
        4, _WIDTH, 400, 5, 0, *(0,) * 11, b"\0" * 10, 0, 0, 0, 0, b"NONE", 0x40, min(first, 0xFFFF), min(last, 0xFFFF),
        800, -200, 0, 800, 200, 0, 0, 500, 700, 0, 32, 1,
    )  # fmt: skip


def _names() -> bytes:
    """Return the table ``name``: family, style, unique, full and PostScript name (5.2.6)."""
    named = {1: FAMILY, 2: "Regular", 3: FAMILY, 4: FAMILY, 6: FAMILY.replace(" ", "")}
    records, words = b"", b""
    for key, name in named.items():
        said = name.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, key, len(said), len(words))
        words += said
    return struct.pack(">HHH", 0, len(named), 6 + len(records)) + records + words


def _file(tables: dict[bytes, bytes]) -> bytes:
    """Return the tables as a file, with the sums that belong to it (4.2)."""
    power = 1 << (len(tables).bit_length() - 1)
    head = struct.pack(">IHHHH", 0x10000, len(tables), power * 16, power.bit_length() - 1, (len(tables) - power) * 16)
    place = len(head) + 16 * len(tables)
    directory, body = b"", b""
    adjusted = 0
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        directory += struct.pack(">4sIII", tag, _sum(padded), place + len(body), len(data))
        if tag == b"head":
            adjusted = place + len(body) + 8
        body += padded
    whole = head + directory + body
    return whole[:adjusted] + struct.pack(">I", 0xB1B0AFBA - _sum(whole) & 0xFFFFFFFF) + whole[adjusted + 4 :]


def _sum(data: bytes) -> int:
    numbers: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(numbers) & 0xFFFFFFFF
