"""The pictures of an article: at their place and to the measure, decoded within limits, and nothing but pictures."""

from __future__ import annotations

import hashlib
import struct
import zlib

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from app.model import Content
from app.text.body import Body, Piece
from tests.screen.reader.bodies import article
from ui.reader.pane import ReadingPane
from ui.reader.pictures import Pictures
from ui.reader.render import GUTTER

RED = QColor("#cc2200")


def drawn(width: int, height: int, kind: str = "PNG") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(RED)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


def named(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def text(*pictures: bytes, caption: str = "The wall at noon") -> Content:
    pieces = [Piece("The wall was built for a sea that stood a foot lower. " * 3)]
    for data in pictures:
        pieces += [Piece("", "image", {"alt": "Wall", "source": "", "picture": named(data)}), Piece(caption, "caption")]
    return Content(Body.of([*pieces, Piece("Nobody looked up from the nets. " * 5)]))


@pytest.fixture
def pane(looks, shown):
    made = ReadingPane(looks)
    shown(made, 900, 900)
    return made


def settled(qtbot, pane: ReadingPane) -> None:
    """Wait until what is seen is decoded."""
    pane.grab()
    qtbot.waitUntil(lambda: not pane.view._decoding.isActive())


def red_in(pane: ReadingPane) -> tuple[int, int, int, int]:
    """Return left, top, width and height of what is red in the viewport."""
    image = pane.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    colours = lines[:, : 4 * image.width()].reshape(image.height(), image.width(), 4)
    rows, columns = np.nonzero((colours[..., 0] > 190) & (colours[..., 1] < 60))
    if not rows.size:
        return (0, 0, 0, 0)
    left, top = int(columns.min()), int(rows.min())
    return left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1


@pytest.mark.parametrize("kind", ["PNG", "JPG", "WEBP"])
def test_a_picture_is_painted_at_its_place_between_the_blocks(pane, qtbot, kind):
    data = drawn(200, 100, kind)
    made = text(data)
    pane.show_article(article(made.body), made, pictures={named(data): data})
    settled(qtbot, pane)
    left, top, width, height = red_in(pane)
    assert (left, width, height) == (GUTTER, 200, 100)
    before, image, caption, *_rest = [one for one in pane.view.seen() if one.number is not None]
    assert abs(top - (image.rect.top() - pane.view.offset())) <= 1
    assert before.rect.bottom() <= image.rect.top() + 1
    assert image.rect.bottom() <= caption.rect.top() + 1


def test_a_large_picture_is_as_wide_as_the_lines_and_a_long_one_not_endless(pane, qtbot):
    wide, long = drawn(3000, 1000), drawn(300, 9000)
    made = text(wide)
    pane.show_article(article(made.body), made, pictures={named(wide): wide})
    settled(qtbot, pane)
    measure = pane.view.text_width()
    assert red_in(pane)[2:] == (measure, round(measure / 3))
    size = Pictures({named(long): long}).size(named(long), measure)
    assert size is not None
    assert size.height() == 2 * measure


def test_a_picture_fits_another_width(pane, qtbot):
    data = drawn(3000, 1000)
    made = text(data)
    pane.show_article(article(made.body), made, pictures={named(data): data})
    pane.resize(420, 900)
    qtbot.waitUntil(lambda: red_in(pane)[2] == pane.view.text_width())


def test_what_is_not_kept_keeps_its_placeholder(pane, qtbot):
    data = drawn(200, 100)
    made = text(data)
    pane.show_article(article(made.body), made)
    assert red_in(pane) == (0, 0, 0, 0)
    pane.show_article(article(made.body), made, pictures={named(data): data})
    settled(qtbot, pane)
    assert red_in(pane) != (0, 0, 0, 0)
    pane.show_article(article(made.body), made)
    assert red_in(pane) != (0, 0, 0, 0), "the same article is shown with the pictures it has"
    pane.show_nothing()


def png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='/etc/passwd'/></svg>",
        b'/* XPM */ static char *a[] = {"1 1 1 1", "a c #cc2200", "a"};',
        b"P6 1 1 255 \xcc\x22\x00",
        drawn(20, 20, "BMP"),
        png(60_000, 60_000, b""),
        png(8_000, 8_000, b""),
        png(0, 10, b""),
    ],
)  # fmt: skip
def test_what_is_no_picture_or_too_large_is_not_decoded(data):
    pictures = Pictures({"a": data})
    assert pictures.size("a", 600) is None
    pictures.image("a", QSize(10, 10), 1.0)
    pictures.decode_one()
    image = pictures.image("a", QSize(10, 10), 1.0)
    assert image is not None
    assert image.isNull()


@pytest.mark.qt_log_ignore(".*")
@pytest.mark.parametrize("cut", [20, 33, 60, -20])
def test_a_broken_picture_costs_no_more_than_itself(pane, qtbot, cut):
    data = drawn(400, 300)[:cut]
    made = text(data)
    pane.show_article(article(made.body), made, pictures={named(data): data})
    settled(qtbot, pane)
    assert pane.position() == 0


def test_few_pictures_are_held_decoded():
    kept = {str(number): drawn(10 + number, 10) for number in range(60)}
    pictures = Pictures(kept)
    for name in kept:
        size = pictures.size(name, 600)
        assert size is not None
        assert pictures.image(name, size, 1.0) is None
        pictures.decode_one()
        assert pictures.image(name, size, 1.0) is not None
    assert len(pictures._images) <= 24


def test_pictures_are_as_sharp_as_the_screen():
    data = drawn(2000, 1000)
    pictures = Pictures({"a": data})
    size = pictures.size("a", 600)
    assert size == QSize(600, 300)
    pictures.image("a", size, 2.0)
    pictures.decode_one()
    image = pictures.image("a", size, 2.0)
    assert image is not None
    assert (image.width(), image.devicePixelRatio()) == (1200, 2.0)


def test_nothing_is_decoded_while_the_text_moves(pane, qtbot):
    kept = {named(data): data for data in (drawn(500, 400 + number) for number in range(12))}
    made = text(*kept.values())
    pane.show_article(article(made.body), made, pictures=kept)
    settled(qtbot, pane)
    held = len(pane._pictures._images)
    for step in range(1, 9):
        pane.view.bar.setValue(step * 500)
        pane.view.viewport().grab()
        QTest.qWait(5)
        assert len(pane._pictures._images) <= held + 1  # the one that was waited for when the movement began
    qtbot.waitUntil(lambda: len(pane._pictures._images) > held + 1)
