"""The list under a line: its keys, its mouse, and that it takes nothing that was not chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ui.widgets.boxes import column
from ui.widgets.offers import Offer, Offers

ROWS = [Offer("War", "14", icon="ph.tag"), Offer("War > Peace", "3", parent=6, name="Peace, 3 articles"), Offer("Sea")]


@pytest.fixture
def place(looks, shown):
    """Return a window with a line at the top, a button below it, and the list of the line."""
    window = QWidget()
    line, below = QLineEdit(), QPushButton("below")
    window.setLayout(column(line, None, below, margins=(14, 14, 14, 14)))
    shown(window, 360, 500)
    line.setFocus()
    window.line, window.below, window.offers = line, below, Offers(looks, line, "Offers")
    window.taken, window.entered = [], []
    window.offers.taken.connect(window.taken.append)
    line.returnPressed.connect(lambda: window.entered.append(line.text()))
    return window


def test_it_stands_under_the_line_and_leaves_it_the_keyboard(place, qtbot):
    place.offers.offer(ROWS, hint="Tab completes")
    line, card = place.line.geometry(), place.offers.geometry()
    assert place.offers.isVisible()
    assert (card.left(), card.width()) == (line.left(), line.width())
    assert card.top() > line.bottom()
    assert place.line.hasFocus()
    assert place.offers.chosen() is None
    qtbot.keyClicks(place.line, "wa r")
    assert place.line.text() == "wa r"


def test_no_rows_no_list(place):
    place.offers.offer(ROWS)
    place.offers.offer(())
    assert not place.offers.isVisible()


def test_enter_means_the_line_until_an_arrow_went_into_the_list(place, qtbot):
    place.offers.offer(ROWS)
    qtbot.keyClick(place.line, Qt.Key.Key_Return)
    assert (place.taken, len(place.entered)) == ([], 1)
    assert not place.offers.isVisible()
    place.offers.offer(ROWS)
    qtbot.keyClick(place.line, Qt.Key.Key_Down)
    qtbot.keyClick(place.line, Qt.Key.Key_Down)
    qtbot.keyClick(place.line, Qt.Key.Key_Return)
    assert (place.taken, len(place.entered)) == ([1], 1)
    assert not place.offers.isVisible()


def test_tab_takes_the_first_where_none_is_chosen(place, qtbot):
    place.offers.offer(ROWS)
    qtbot.keyClick(place.line, Qt.Key.Key_Tab)
    assert place.taken == [0]
    assert place.line.hasFocus()


def test_tab_goes_on_where_it_takes_only_what_is_chosen(place, qtbot):
    place.offers.offer(ROWS, tab_takes=False)
    qtbot.keyClick(place.line, Qt.Key.Key_Tab)
    assert place.taken == []
    assert place.below.hasFocus()
    assert not place.offers.isVisible()


def test_above_the_list_is_the_line_and_below_it_what_lies_behind(place, qtbot):
    place.offers.offer(ROWS)
    qtbot.keyClick(place.line, Qt.Key.Key_Down)
    assert place.offers.chosen() == 0
    qtbot.keyClick(place.line, Qt.Key.Key_Up)
    assert place.offers.chosen() is None
    assert place.offers.isVisible()
    qtbot.keyClick(place.line, Qt.Key.Key_PageDown)
    assert place.offers.chosen() == 2
    qtbot.keyClick(place.line, Qt.Key.Key_PageUp)
    assert place.offers.chosen() == 0
    for _ in range(3):
        qtbot.keyClick(place.line, Qt.Key.Key_Down)
    assert not place.offers.isVisible()


def test_escape_closes_it_and_leaves_the_text(place, qtbot):
    place.line.setText("war")
    place.offers.offer(ROWS)
    with qtbot.waitSignal(place.offers.refused, timeout=50):
        qtbot.keyClick(place.line, Qt.Key.Key_Escape)
    assert not place.offers.isVisible()
    assert place.line.text() == "war"


def test_a_click_takes_a_row_and_the_mouse_alone_takes_none(place, qtbot):
    place.offers.offer(ROWS)
    view = place.offers.list
    at = view.visualRect(view.model().index(1)).center()
    qtbot.mouseMove(view.viewport(), at)
    qtbot.keyClick(place.line, Qt.Key.Key_Return)
    assert place.taken == []
    place.offers.offer(ROWS)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert place.taken == [1]
    assert place.line.hasFocus()


def test_a_click_elsewhere_or_another_place_of_the_keyboard_closes_it(place, qtbot):
    place.offers.offer(ROWS)
    qtbot.mouseClick(place, Qt.MouseButton.LeftButton, pos=QPoint(20, 400))
    assert not place.offers.isVisible()
    place.offers.offer(ROWS)
    place.below.setFocus()
    assert not place.offers.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Delete])
def test_keys_of_the_line_are_the_lines(place, qtbot, key):
    place.line.setText("war")
    place.line.setCursorPosition(1)
    place.offers.offer(ROWS)
    qtbot.keyClick(place.line, key)
    assert place.offers.chosen() is None
    assert (place.line.cursorPosition(), place.line.text()) != (1, "war")


def test_those_who_listen_hear_the_rows(place):
    place.offers.offer(ROWS)
    model = place.offers.list.model()
    said = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert said == ["War, 14", "Peace, 3 articles", "Sea"]
    assert place.offers.list.accessibleName() == "Offers"


@pytest.mark.parametrize("width", [250, 900])
def test_it_stays_in_its_window_however_long_its_rows_are(looks, shown, width):
    window, line = QWidget(), QLineEdit()
    window.setLayout(column(line, None))
    shown(window, width, 300)
    offers = Offers(looks, line, "Offers")
    offers.offer([Offer("War > " * 40 + "Peace", "a hint that is rather long", parent=240)] * 30, "peace", "below")
    assert window.rect().contains(offers.geometry())
    assert not offers.grab().isNull()
