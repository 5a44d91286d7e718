"""What is drawn on a page of a PDF beside its text: pictures worth keeping, and the dots of lists."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from ctypes import POINTER, c_float, c_ubyte, c_uint, c_ulong, cast, create_string_buffer, string_at
from dataclasses import dataclass
from typing import Any, Final

from app.importers._pdf_words import Box, Frame
from app.importers._pictures import Pictures
from app.pictures import LARGEST

MOST_PICTURES: Final = 60
"""So many pictures of one file are kept."""

_MOST_OBJECTS: Final = 100_000
_MOST_LOOKED: Final = 300  # pictures of one file are decoded at most
_SMALLEST: Final = 48  # points and pixels; what is smaller is a mark or a line
_MOST_PIXELS: Final = 6_000_000
_WHOLE_PAGE: Final = 0.85
_DOT: Final = (1.2, 8.0)  # points
_GREY, _BGR, _BGRX, _BGRA = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page shows: its pictures and dots, as left, top, right, bottom; whether a picture fills it."""

    pictures: tuple[tuple[Box, str], ...] = ()
    dots: tuple[Box, ...] = ()
    filled: bool = False


class Objects:
    """Reads what is drawn on pages into the pictures of one draft."""

    def __init__(self, raw: Any, pictures: Pictures) -> None:
        """Keep pictures in ``pictures``."""
        self._raw, self._pictures = raw, pictures
        self._edges = [c_float() for _ in range(4)]
        self._shown: set[str] = set()
        self._looked = 0

    def read(self, page: Any, frame: Frame, area: float) -> Drawn:
        """Return what a page of ``area`` square points shows, in the frame of its text."""
        raw = self._raw
        pictures: list[tuple[Box, str]] = []
        dots: list[Box] = []
        filled = False
        take, type_of, path, image = (
            raw.FPDFPage_GetObject, raw.FPDFPageObj_GetType, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE,
        )  # fmt: skip
        for number in range(min(_MOST_OBJECTS, max(0, raw.FPDFPage_CountObjects(page)))):
            thing = take(page, number)
            kind = type_of(thing)
            if kind == path:
                box = self._bounds(thing)
                if box and all(_DOT[0] <= side <= _DOT[1] for side in _sides(box)) and _is_even(box):
                    dots.append(frame.box(*box))
            elif kind == image:
                box = self._bounds(thing)
                width, height = _sides(box) if box else (0.0, 0.0)
                if width * height > _WHOLE_PAGE * area:
                    filled = True
                elif box and min(width, height) >= _SMALLEST and (digest := self._picture(page, thing)):
                    pictures.append((frame.box(*box), digest))
        return Drawn(tuple(pictures), tuple(dots), filled)

    def _bounds(self, thing: Any) -> Box | None:
        left, bottom, right, top = self._edges
        if not self._raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            return None
        box = left.value, bottom.value, right.value, top.value
        return box if all(abs(edge) < 1e6 for edge in box) else None

    def _picture(self, page: Any, thing: Any) -> str | None:
        """Keep a picture and return its SHA-256."""
        if len(self._shown) >= MOST_PICTURES or self._looked >= _MOST_LOOKED:
            return None
        self._looked += 1
        width, height = c_uint(), c_uint()
        if not self._raw.FPDFImageObj_GetImagePixelSize(thing, width, height):
            return None
        if min(width.value, height.value) < _SMALLEST:
            return None
        data = self._jpeg(page, thing)
        if data is None and width.value * height.value <= _MOST_PIXELS:
            data = self._png(thing)
        digest = self._pictures.add(data) if data else None
        if digest is None or digest in self._shown:  # what comes again on each page is no picture of the article
            return None
        self._shown.add(digest)
        return digest

    def _jpeg(self, page: Any, thing: Any) -> bytes | None:
        """Return the bytes of a JPEG picture in grey or RGB as they are in the file."""
        raw = self._raw
        name = create_string_buffer(32)
        if raw.FPDFImageObj_GetImageFilterCount(thing) != 1:
            return None
        raw.FPDFImageObj_GetImageFilter(thing, 0, name, len(name))
        about = raw.FPDF_IMAGEOBJ_METADATA()
        known = raw.FPDFImageObj_GetImageMetadata(thing, page, about)
        plain = (raw.FPDF_COLORSPACE_DEVICEGRAY, raw.FPDF_COLORSPACE_DEVICERGB, raw.FPDF_COLORSPACE_ICCBASED)
        if name.value != b"DCTDecode" or not known or about.colorspace not in plain or about.bits_per_pixel > 24:
            return None
        size = raw.FPDFImageObj_GetImageDataRaw(thing, None, 0)
        if not 0 < size <= LARGEST:
            return None
        data = create_string_buffer(size)
        raw.FPDFImageObj_GetImageDataRaw(thing, data, c_ulong(size))
        return data.raw

    def _png(self, thing: Any) -> bytes | None:
        """Return any other picture as a PNG file."""
        raw = self._raw
        bitmap = raw.FPDFImageObj_GetBitmap(thing)
        if not bitmap:
            return None
        try:
            width, height = raw.FPDFBitmap_GetWidth(bitmap), raw.FPDFBitmap_GetHeight(bitmap)
            stride, kind = raw.FPDFBitmap_GetStride(bitmap), raw.FPDFBitmap_GetFormat(bitmap)
            start = raw.FPDFBitmap_GetBuffer(bitmap)
            if not start or width * height > _MOST_PIXELS or kind not in (_GREY, _BGR, _BGRX, _BGRA):
                return None
            return png(string_at(cast(start, POINTER(c_ubyte)), stride * height), width, height, stride, kind)
        finally:
            raw.FPDFBitmap_Destroy(bitmap)


def png(data: bytes, width: int, height: int, stride: int, kind: int) -> bytes:
    """Return a bitmap of pdfium's (``kind``: 1 grey, 2 BGR, 3 BGRx, 4 BGRA) as a PNG file without transparency."""
    step = {_GREY: 1, _BGR: 3}.get(kind, 4)
    body = b"".join(b"\0" + row for row in _rows(data, width, height, stride, step))
    head = struct.pack(">IIBBBBB", width, height, 8, 0 if step == 1 else 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(body, 4)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part)) for name, part in chunks
    )


def _rows(data: bytes, width: int, height: int, stride: int, step: int) -> Iterator[bytes]:
    for start in range(0, height * stride, stride):
        row = data[start : start + width * step]
        if step == 1:
            yield row
        else:
            colours = bytearray(width * 3)
            colours[0::3], colours[1::3], colours[2::3] = row[2::step], row[1::step], row[0::step]
            yield bytes(colours)


def _sides(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _is_even(box: Box) -> bool:
    width, height = _sides(box)
    return 0.7 <= width / height <= 1.4
