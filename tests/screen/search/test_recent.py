"""Recent searches: offered below the empty box, taken up by keys and mouse, forgotten one by one or all at once."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton, QWidget

from ui.search.pane import SearchPane

SEARCHES = ("caspian", "royalt* OR licence", "<b>bold</b> & more")


@pytest.fixture
def box(looks, shown, pane):
    """Return the box of a pane that has the keyboard and three recent searches, in a window with room below."""
    pane.show_recent(SEARCHES)
    return pane.box


def offered(pane):
    lists = [one for one in pane.window().findChildren(QListView) if one.isVisible() and one.accessibleName()]
    found = [one for one in lists if one.accessibleName() == "Recent searches"]
    return [found[0].model().index(row, 0).data() for row in range(found[0].model().rowCount())] if found else []


def place(pane, query, *, cross=False):
    view = next(one for one in pane.window().findChildren(QListView) if one.accessibleName() == "Recent searches")
    index = view.model().index(SEARCHES.index(query), 0)
    rect = view.visualRect(index)
    return view.viewport(), QPoint(rect.right() - 14, rect.center().y()) if cross else rect.center()


def test_they_are_offered_when_the_empty_box_gets_the_keyboard(pane, box):
    assert offered(pane) == []
    pane.focus_box()
    assert offered(pane) == list(SEARCHES)


def test_they_are_not_offered_by_themselves_nor_while_something_stands_in_the_box(pane, box, qtbot):
    box.clearFocus()
    box.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    assert offered(pane) == []
    box.setText("oil")
    pane.focus_box()
    assert offered(pane) == []
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    assert offered(pane) == list(SEARCHES)
    qtbot.keyClicks(box, "g")
    assert offered(pane) == []


def test_nothing_is_offered_where_nothing_was_searched_for(pane, qtbot):
    pane.show_recent(())
    pane.focus_box()
    assert offered(pane) == []
    with qtbot.waitSignal(pane.down_pressed, timeout=50):
        qtbot.keyClick(pane.box, Qt.Key.Key_Down)


def test_arrows_and_enter_take_one_up(pane, box, qtbot):
    pane.focus_box()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(box, key)
    with qtbot.waitSignal(pane.entered, timeout=50):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "royalt* OR licence"
    assert pane.wishes[-1].query == "royalt* OR licence"
    assert pane.wishes[-1].typing
    assert offered(pane) == []


def test_a_click_takes_one_up(pane, box, qtbot):
    pane.focus_box()
    viewport, at = place(pane, "<b>bold</b> & more")
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert box.text() == "<b>bold</b> & more"
    assert box.hasFocus()


def test_down_from_the_last_goes_on_to_the_list(pane, box, qtbot):
    pane.focus_box()
    for _ in SEARCHES:
        qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(pane.down_pressed, timeout=50):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert offered(pane) == []


def test_enter_without_having_walked_is_enter(pane, box, qtbot):
    pane.focus_box()
    with qtbot.waitSignal(pane.open_first_wished, timeout=50):
        qtbot.keyClick(box, Qt.Key.Key_Return)


def test_escape_leaves_the_box_at_once(pane, box, qtbot):
    pane.focus_box()
    with qtbot.waitSignal(pane.left, timeout=50):
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert offered(pane) == []


def test_one_is_forgotten_by_its_cross_and_by_delete(pane, box, qtbot):
    forgotten = []
    pane.forget_wished.connect(forgotten.append)
    pane.focus_box()
    viewport, at = place(pane, "caspian", cross=True)
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    assert forgotten == ["caspian", "royalt* OR licence"]
    assert box.text() == ""
    pane.show_recent(("<b>bold</b> & more",))
    assert offered(pane) == ["<b>bold</b> & more"]


def test_all_are_forgotten(pane, box, qtbot):
    pane.focus_box()
    forget = next(one for one in pane.window().findChildren(QPushButton) if one.text() == "Forget all")
    with qtbot.waitSignal(pane.forget_all_wished, timeout=50):
        qtbot.mouseClick(forget, Qt.MouseButton.LeftButton)
    pane.show_recent(())
    assert offered(pane) == []
    assert box.hasFocus()


def test_they_go_when_the_keyboard_goes(looks, shown, qtbot):
    window = QWidget()
    pane = SearchPane(looks, window)
    other = QLineEdit(window)
    shown(window, 340, 600)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    pane.resize(330, 200)
    pane.show_recent(SEARCHES)
    pane.focus_box()
    assert offered(pane) == list(SEARCHES)
    other.setFocus()
    assert offered(pane) == []
