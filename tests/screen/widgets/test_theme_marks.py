"""Dots, swatches and tags: the right colour, a name beside it, pressed by mouse and by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QToolButton

from app.model import Theme
from ui.widgets.theme_marks import ThemeSwatch, ThemeTag, paint_dot, paint_square

WAR = Theme(1, "t1", "Escalation", ("War", "Escalation"), colour="#d24a3c", digit=1)


def colours(image):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("paint", [paint_dot, paint_square])
def test_a_mark_is_painted_round_its_centre_and_leaves_the_painter_as_it_was(qapp, paint):
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setPen(QColor("blue"))
    paint(painter, QPointF(20, 20), QColor("#d24a3c"))
    assert painter.pen().color() == QColor("blue")
    painter.end()
    assert image.pixelColor(20, 20).name() == "#d24a3c"
    assert {image.pixelColor(x, y).name() for x, y in ((8, 20), (32, 20), (20, 8), (20, 32))} == {"#ffffff"}


def test_a_swatch_is_pressed_by_mouse_and_by_key_and_names_its_digit(looks, shown, qtbot):
    swatch = shown(ThemeSwatch(looks, WAR, 1), 36, 30)
    assert swatch.toolTip() == "War > Escalation (1)"
    with qtbot.waitSignal(swatch.clicked):
        qtbot.mouseClick(swatch, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(swatch.clicked):
        qtbot.keyClick(swatch, Qt.Key.Key_Space)


def test_a_swatch_without_a_digit_shows_the_name_as_far_as_it_is_short(looks, shown):
    long = Theme(2, "t2", "A name that has no end " * 20, ("A name",))
    narrow, wide = ThemeSwatch(looks, WAR, 1), ThemeSwatch(looks, WAR, None)
    endless = ThemeSwatch(looks, long, None)
    for widget in (narrow, wide, endless):
        shown(widget)
    assert narrow.sizeHint().width() < wide.sizeHint().width() <= endless.sizeHint().width() < 140


def test_a_removable_tag_is_taken_off_by_its_button(looks, shown, qtbot):
    tag = shown(ThemeTag(looks, WAR, removable=True))
    off = tag.findChild(QToolButton)
    assert off.accessibleName() == "Take “War > Escalation” off"
    with qtbot.waitSignal(tag.removed) as told:
        qtbot.keyClick(off, Qt.Key.Key_Space)
    assert told.args == ["t1"]


def test_a_plain_tag_has_no_button(looks, shown):
    assert shown(ThemeTag(looks, WAR)).findChild(QToolButton) is None


def test_a_name_that_looks_like_html_is_shown_as_it_is(looks, shown):
    evil = Theme(3, "t3", "<img src='/etc/passwd'>", ("<img src='/etc/passwd'>",))
    for mark in (ThemeSwatch(looks, evil, 2), ThemeTag(looks, evil, removable=True)):
        shown(mark)
        assert "<img" not in mark.toolTip()
        assert "&lt;img" in mark.toolTip()
