"""Finding in the article: what is sought is told, the count shown, and the keyboard comes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton, QWidget

from ui.reader.find_bar import FindBar


@pytest.fixture
def page(shown, qtbot):
    made = QWidget()
    line = QLineEdit(made)
    shown(made, 800, 400)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    line.setFocus()
    return made


@pytest.fixture
def bar(looks, page):
    return FindBar(looks, page)


@pytest.fixture
def sought(bar):
    heard = []
    bar.sought.connect(lambda *what: heard.append(what))
    return heard


def count(bar):
    return next(one.text() for one in bar.findChildren(QLabel))


def by_tip(bar, tip):
    return next(one for one in bar.findChildren(QToolButton) if one.toolTip() == tip)


def test_every_letter_is_sought(bar, sought):
    bar.open()
    assert bar.field.hasFocus()
    assert sought == []
    QTest.keyClicks(bar.field, "se")
    QTest.keyClick(bar.field, Qt.Key.Key_Backspace)
    QTest.keyClick(bar.field, Qt.Key.Key_Backspace)
    assert sought == [("s", False, False), ("se", False, False), ("s", False, False), ("", False, False)]


def test_it_opens_with_a_text_selected_and_later_with_the_one_before(bar, sought):
    bar.open("Caspian\n Sea")
    assert sought == [("Caspian Sea", False, False)]
    bar.dismiss()
    bar.open()
    assert bar.field.selectedText() == "Caspian Sea"
    assert sought[-1] == ("Caspian Sea", False, False)


def test_case_and_words_are_chosen_by_mouse_and_by_key(bar, sought, qtbot):
    bar.open("sea")
    qtbot.mouseClick(bar.case, Qt.MouseButton.LeftButton)
    for key, wanted in ((Qt.Key.Key_W, ("sea", True, True)), (Qt.Key.Key_C, ("sea", False, True))):
        QTest.keyClick(bar.field, key, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda wanted=wanted: sought[-1] == wanted, timeout=2000)
    assert sought == [("sea", False, False), ("sea", True, False), ("sea", True, True), ("sea", False, True)]


def test_on_and_back_by_key_and_by_button(bar, qtbot):
    bar.open("sea")
    bar.show_count(1, 3)
    with qtbot.waitSignal(bar.next_wished):
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
    with qtbot.waitSignal(bar.previous_wished):
        QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(bar.next_wished):
        qtbot.mouseClick(bar.next, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.previous_wished):
        qtbot.mouseClick(bar.previous, Qt.MouseButton.LeftButton)


def test_it_says_which_hit_is_shown(bar):
    bar.open("sea")
    bar.show_count(3, 17)
    assert count(bar) == "3 of 17"
    assert bar.next.isEnabled()
    bar.show_count(0, 0)
    assert count(bar) == "Not found"
    assert not bar.next.isEnabled()
    QTest.keyClick(bar.field, Qt.Key.Key_Backspace)
    assert count(bar) == ""


@pytest.mark.parametrize("way", ["escape", "button"])
def test_it_closes_and_gives_the_keyboard_back(bar, page, qtbot, way):
    bar.open("sea")
    with qtbot.waitSignal(bar.closed):
        if way == "escape":
            QTest.keyClick(bar.field, Qt.Key.Key_Escape)
        else:
            qtbot.mouseClick(by_tip(bar, "Close (Esc)"), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    if way == "escape":
        assert page.findChild(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly).hasFocus()


def test_it_slides_to_the_upper_right_and_stays_there(bar, page, qtbot):
    bar.open()
    assert bar.y() < 0
    qtbot.waitUntil(lambda: bar.y() == 10, timeout=2000)
    assert page.rect().contains(bar.geometry())
    assert bar.geometry().right() > page.width() - 40
    page.resize(360, 300)
    qtbot.waitUntil(lambda: page.rect().contains(bar.geometry()))


def test_opening_it_twice_selects_the_text_again(bar, qtbot):
    bar.open("sea")
    qtbot.waitUntil(lambda: bar.y() == 10, timeout=2000)
    QTest.keyClick(bar.field, Qt.Key.Key_End)
    bar.open()
    assert bar.y() == 10
    assert bar.field.selectedText() == "sea"


def test_all_of_it_is_reached_by_tab(bar):
    bar.open("sea")
    bar.show_count(1, 2)
    reached = set()
    for _ in range(40):
        reached.add(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert reached >= set(bar.findChildren(QToolButton)) | {bar.field}
    assert all(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in bar.findChildren(QToolButton))
