from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exporters._picture_size import MOST, decoded_size, size_of
from tests import printed

JPEG = b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF".ljust(14, b"\0")
LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0/" + struct.pack("<I", (640 - 1) | (480 - 1) << 14)
LOSSY = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0" + b"\0" * 6 + struct.pack("<HH", 640, 480)


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (printed.png(3, 2), (3, 2)),
        (b"GIF89a" + struct.pack("<HH", 640, 480), (640, 480)),
        (JPEG + b"\xff\xff\xc2" + struct.pack(">HBHH", 17, 8, 480, 640), (640, 480)),
        (JPEG + b"\xff\xd9", None),
        (printed.webp(), (64, 32)), (LOSSLESS, (640, 480)), (LOSSY, (640, 480)),
        (b"RIFF\0\0\0\0WEBPXXXX", None), (b"<svg/>", None), (b"", None),
        (b"GIF89a" + struct.pack("<HH", 0, 480), None),
    ],
)  # fmt: skip
def test_the_size_is_read_from_the_first_bytes(data, size):
    assert size_of(data) == size


@given(
    data=st.sampled_from((printed.png(3, 2)[:24], b"GIF89a\1\0\1\0", JPEG, LOSSY, LOSSLESS, printed.webp())),
    cut=st.integers(0, 40),
    rest=st.binary(max_size=20),
)
def test_damaged_pictures_have_none_or_a_sound_one(data, cut, rest):
    size = size_of(data[:cut] + rest)
    assert size is None or (0 < size[0] < 1 << 16 and 0 < size[1] < 1 << 16)


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (printed.png(3, 2), (3, 2)),
        (printed.png(3, 2)[:-12], None),
        (printed.png(3, 2)[:16] + struct.pack(">II", 60000, 60000) + printed.png(3, 2)[24:], None),
        (b"GIF89a" + struct.pack("<HH", 640, 480), None),
        (b"GIF89a" + struct.pack("<HH", 640, 480) + b";\0", (640, 480)),
        (b"RIFF\x16\0\0\0" + printed.webp()[8:], (64, 32)),
        (b"RIFF\x17\0\0\0" + printed.webp()[8:], None),
        (JPEG + b"\xff\xff\xc2" + struct.pack(">HBHH", 17, 8, 480, 640), (640, 480)),
    ],
)
def test_what_is_cut_off_or_too_large_is_not_decoded(data, size):
    assert decoded_size(data) == size
    assert size is None or size[0] * size[1] <= MOST
