"""The kept pictures of an article, decoded by ourselves from bytes and within limits; nothing is loaded by a name."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from app.pictures import kind_of

_LIMIT: Final = 256  # megabytes that decoding one picture may take
_PIXELS: Final = 60_000_000
_LONGEST: Final = 30_000  # pixels of a side
_HIGHEST: Final = 2  # times as high as the lines are wide, and no higher, is a picture shown
_HELD: Final = 24  # decoded pictures that are held; what is scrolled past is decoded again
_NOTHING: Final[Mapping[str, bytes]] = MappingProxyType({})


class Pictures:
    """Measures pictures at once, and decodes them after they were seen. They go by the SHA-256 of their bytes."""

    def __init__(self, kept: Mapping[str, bytes] = _NOTHING) -> None:
        """Show of ``kept`` what is PNG, JPEG, GIF or WebP."""
        self._kept = kept
        self._sizes: dict[str, QSize | None] = {}
        self._images: OrderedDict[tuple[str, int, int], QImage] = OrderedDict()
        self._wanted: dict[tuple[str, int, int], float] = {}

    def size(self, digest: str, width: int) -> QSize | None:
        """Return how large a picture is shown where lines are ``width`` pixels wide; ``None`` where it is not."""
        if digest not in self._sizes:
            self._sizes[digest] = self._measured(digest)
        whole = self._sizes[digest]
        if whole is None:
            return None
        scale = min(1.0, width / whole.width(), width * _HIGHEST / whole.height())
        return QSize(max(1, round(whole.width() * scale)), max(1, round(whole.height() * scale)))

    def image(self, digest: str, size: QSize, ratio: float) -> QImage | None:
        """Return a picture for ``size`` pixels of a screen that has ``ratio`` dots for each of them.

        ``None`` says that it is still to be decoded, which is asked for hereby; a null image that it cannot be.
        """
        key = (digest, max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))
        image = self._images.get(key)
        if image is None:
            self._wanted[key] = ratio
        else:
            self._images.move_to_end(key)
        return image

    def are_wanted(self) -> bool:
        """Tell whether something that was asked for is still to be decoded."""
        return bool(self._wanted)

    def decode_one(self) -> None:
        """Decode what was asked for last; what is still seen then asks for itself again."""
        if not self._wanted:
            return
        key, ratio = self._wanted.popitem()
        self._wanted.clear()
        image = self._decoded(key[0], QSize(*key[1:]))
        image.setDevicePixelRatio(ratio)
        self._images[key] = image
        if len(self._images) > _HELD:
            self._images.popitem(last=False)

    def _measured(self, digest: str) -> QSize | None:
        data = self._kept.get(digest, b"")
        kind = kind_of(data)
        if kind is None:
            return None
        with _opened(data) as buffer:
            reader = _reader(buffer, kind)
            size = reader.size()
            if not (0 < size.width() <= _LONGEST and 0 < size.height() <= _LONGEST):
                return None
            if size.width() * size.height() > _PIXELS:
                return None
            return size.transposed() if _lies(reader) else size

    def _decoded(self, digest: str, dots: QSize) -> QImage:
        data = self._kept.get(digest, b"")
        kind = kind_of(data)
        if kind is None or self._sizes.get(digest) is None:
            return QImage()
        with _opened(data) as buffer:
            reader = _reader(buffer, kind)
            reader.setAutoTransform(True)
            wanted = dots.transposed() if _lies(reader) else dots
            if wanted.width() < reader.size().width():
                reader.setScaledSize(wanted)
            return reader.read()


@contextmanager
def _opened(data: bytes) -> Iterator[QBuffer]:
    """Open bytes as a device to read from, which needs them to stay where they are."""
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    try:
        yield buffer
    finally:
        buffer.close()


def _reader(buffer: QBuffer, kind: str) -> QImageReader:
    """Return a reader for one kind of picture: no other plug-in of Qt gets to see the bytes."""
    QImageReader.setAllocationLimit(_LIMIT)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    return reader


def _lies(reader: QImageReader) -> bool:
    """Tell whether a picture is turned by a quarter when it is shown, as cameras note."""
    return bool(reader.transformation().value & QImageIOHandler.Transformation.TransformationRotate90.value)
