"""Choosing themes by typing: the right one first, kept open or closed as the key says, made when there is none."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.model import Theme
from ui.widgets.focus_popover import FocusPopover
from ui.widgets.theme_picker import ThemePicker

PLACE = QRect(100, 100, 10, 10)


def theme(number, *path, digit=None):
    return Theme(number, f"id{number}", path[-1], path, colour="#2f74b5", digit=digit)


TREE = [
    theme(1, "Escalation", digit=1),
    theme(2, "Diplomacy", digit=2),
    theme(3, "Diplomacy", "Shuttle talks"),
    theme(4, "Drone technology"),
    theme(5, "Trade", "Diamonds"),
    theme(6, "Énergie 😀 & trade"),
]


@pytest.fixture
def page(shown, qtbot):
    made = QWidget()
    line = QLineEdit(made)
    shown(made, 700, 600)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    line.setFocus()
    return made


@pytest.fixture
def picker(looks, page):
    return ThemePicker(looks, page)


@pytest.fixture
def told(picker):
    heard = []
    picker.picked.connect(lambda what: heard.append(("+", what)))
    picker.unpicked.connect(lambda what: heard.append(("-", what)))
    return heard


def texts(picker):
    return [picker.rows.index(row, 0).data() for row in range(picker.rows.rowCount())]


def press(picker, *keys):
    for key in keys:
        QTest.keyClicks(picker.field, key) if isinstance(key, str) else QTest.keyClick(picker.field, key)


def test_enter_puts_the_best_match_and_closes(picker, page, told):
    picker.open_at(PLACE, TREE)
    assert picker.field.hasFocus()
    press(picker, "di")
    assert texts(picker) == ["Diplomacy", "Trade > Diamonds", "Diplomacy > Shuttle talks", "Make “di”"]
    press(picker, Qt.Key.Key_Return)
    assert told == [("+", "id2")]
    assert not picker.isVisible()
    assert page.findChild(QLineEdit).hasFocus()


def test_names_that_begin_so_come_before_paths_and_scattered_letters(picker):
    picker.open_at(PLACE, TREE)
    press(picker, "d")
    assert texts(picker)[:4] == ["Diplomacy", "Drone technology", "Trade > Diamonds", "Diplomacy > Shuttle talks"]
    press(picker, "rt")
    assert texts(picker)[0] == "Drone technology"
    assert picker.rows.row(0).places == (0, 1, 6)


def test_the_very_name_comes_first(picker):
    picker.open_at(PLACE, [theme(1, "Trade secrets"), theme(2, "Trade"), theme(3, "Trade", "Deals")])
    press(picker, "trade")
    assert texts(picker) == ["Trade", "Trade secrets", "Trade > Deals"]


def test_letters_match_without_accents_and_case(picker):
    picker.open_at(PLACE, TREE)
    press(picker, "energie")
    assert texts(picker)[0] == "Énergie 😀 & trade"


def test_space_toggles_and_stays_and_enter_then_only_closes(picker, told):
    picker.open_at(PLACE, TREE, frozenset({"id2"}))
    press(picker, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert told == [("+", "id1"), ("-", "id2")]
    assert picker.rows.chosen == {"id1"}
    assert picker.isVisible()
    press(picker, Qt.Key.Key_Return)
    assert told == [("+", "id1"), ("-", "id2")]
    assert not picker.isVisible()


def test_space_is_a_letter_while_one_types_a_name(picker, told):
    picker.open_at(PLACE, TREE)
    press(picker, "Red lines")
    assert picker.field.text() == "Red lines"
    assert texts(picker) == ["Make “Red lines”"]
    press(picker, Qt.Key.Key_Return)
    assert told == [("+", "Red lines")]


@pytest.mark.parametrize("typed", ["escalation", " Escalation ", "diplomacy>shuttle  TALKS", "Shuttle talks"])
def test_nothing_is_made_that_is_called_so_already(picker, typed):
    picker.open_at(PLACE, TREE)
    press(picker, typed)
    assert not any(text.startswith("Make") for text in texts(picker))
    assert texts(picker)


def test_a_path_is_made_below_what_is_there(picker, told):
    picker.open_at(PLACE, TREE)
    press(picker, "Diplomacy>Back channels")
    assert texts(picker)[-1] == "Make “Diplomacy > Back channels”"
    press(picker, Qt.Key.Key_End, Qt.Key.Key_Return)
    assert told == [("+", "Diplomacy > Back channels")]


def test_a_chosen_one_is_ticked_and_taken_off_by_enter(picker, told):
    picker.open_at(PLACE, TREE, frozenset({"id1"}))
    assert picker.rows.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    press(picker, Qt.Key.Key_Return)
    assert told == [("-", "id1")]


def test_a_click_toggles_and_keeps_it_open(picker, told, qtbot):
    picker.open_at(PLACE, TREE)
    where = picker.list.visualRect(picker.rows.index(3, 0)).center()
    for _ in range(2):
        qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert told == [("+", "id4"), ("-", "id4")]
    assert picker.isVisible()


def test_escape_closes_and_gives_the_keyboard_back(picker, page, told):
    picker.open_at(PLACE, TREE)
    press(picker, "di", Qt.Key.Key_Escape)
    assert not picker.isVisible()
    assert told == []
    assert page.findChild(QLineEdit).hasFocus()


def test_themes_that_change_meanwhile_are_shown_and_the_place_stays(picker):
    picker.open_at(PLACE, TREE)
    press(picker, Qt.Key.Key_Down, Qt.Key.Key_Down)
    picker.show_themes([*TREE, theme(9, "New")], frozenset({"id9"}))
    assert picker.list.currentIndex().row() == 2
    assert texts(picker)[-1] == "New"
    assert picker.rows.chosen == {"id9"}


def test_a_click_in_it_leaves_the_popover_open_it_came_from(picker, looks, page, qtbot):
    card = FocusPopover(looks, page)
    card.open_at(QRect(0, 0, 10, 10))
    picker.open_at(PLACE, TREE)
    qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=picker.list.viewport().rect().center())
    assert card.isVisible()
    qtbot.mouseClick(page, Qt.MouseButton.LeftButton, pos=page.rect().bottomRight())
    assert not card.isVisible()
    assert not picker.isVisible()


def test_among_five_hundred_themes_the_right_one_comes_first(picker):
    many = [theme(n, f"Group {n % 20}", f"Theme number {n} of the book") for n in range(500)]
    picker.open_at(PLACE, many)
    press(picker, "number 499")
    assert texts(picker)[0] == "Group 19 > Theme number 499 of the book"
    assert picker.height() < 460


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(alphabet="abdeilmoprty >ÉéßİΣ😀\u0301", max_size=12))
def test_whatever_is_typed_the_rows_match_and_can_be_drawn(picker, typed):
    picker.open_at(PLACE, TREE, frozenset(), typed)
    picker.grab()
    for number in range(picker.rows.rowCount()):
        row = picker.rows.row(number)
        assert all(0 <= place < len(row.text) for place in row.places)
        assert (row.theme is None) <= (number == picker.rows.rowCount() - 1)
    if not typed.strip():
        assert texts(picker)[: len(TREE)] == [" > ".join(one.path) for one in TREE]
    picker.hide()
