"""The frame of the window: panes fold away instead of lying over each other, and come back as they were.

So does the keyboard when a message goes.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.settings import Settings
from ui.main import make_window
from ui.widgets.toast import Toast


@pytest.fixture
def window(qtbot, looks, tmp_path):
    made = make_window(Settings(tmp_path / "settings.json"), looks)
    qtbot.addWidget(made)
    made.resize(1400, 800)
    made.begin(None)
    made.show_columns()
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def shown(window):
    QApplication.processEvents()
    panes = {"library": window.library, "centre": window.centre, "side": window.side}
    seen = [name for name, pane in panes.items() if pane.isVisible()]
    places = [panes[name].geometry() for name in seen]
    assert not any(one.intersects(other) for one in places for other in places if one is not other)
    return seen


@pytest.mark.parametrize("width", [760, 800, 880, 900, 1400])
def test_panes_never_overlap_and_all_come_back(window, width):
    window.resize(width, 600)
    narrow = shown(window)
    assert "centre" in narrow
    assert ("side" in narrow) is (width >= 900)
    window.resize(1400, 600)
    assert shown(window) == ["library", "centre", "side"]


def test_who_asks_for_a_pane_gets_it(window):
    window.resize(760, 600)
    assert shown(window) == ["library", "centre"]
    window.show_tab("notes")
    assert shown(window) == ["centre", "side"]
    window.search_library()
    assert shown(window) == ["library", "centre"]


def test_a_pane_that_gave_way_comes_back_when_the_other_is_hidden(window):
    window.resize(760, 600)
    window.toggle_pane(2)
    assert shown(window) == ["centre", "side"]
    window.toggle_pane(2)
    assert shown(window) == ["library", "centre"]
    window.toggle_pane(0)
    assert shown(window) == ["centre"]


def test_what_the_reader_hid_stays_hidden(window):
    window.toggle_pane(2)
    window.resize(760, 600)
    assert shown(window) == ["library", "centre"]
    window.resize(1400, 600)
    assert shown(window) == ["library", "centre"]


def test_only_the_text_and_back_is_as_before(window):
    window.toggle_pane(0)
    window.toggle_text_only()
    assert shown(window) == ["centre"]
    window.toggle_text_only()
    assert shown(window) == ["centre", "side"]


def test_a_narrow_window_is_remembered_with_its_panes(window):
    window.resize(760, 600)
    shown(window)
    window.remember_frame()
    assert window.settings.remembered("side_hidden") is False


@pytest.fixture
def redo(window, qtbot):
    """Return the button of a message that came while the keyboard was in the list."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.list.setFocus()
    window.messages.say("Undone.", deed=("Redo", lambda: window.messages.say("Done again.")))
    return window.findChild(Toast).findChild(QPushButton)


def test_after_a_click_on_what_a_message_offers_the_keyboard_is_where_it_was(window, redo):
    QTest.mouseClick(redo, Qt.MouseButton.LeftButton)
    assert window.findChild(Toast).text() == "Done again."
    assert QApplication.focusWidget() is window.list


def test_a_message_that_goes_gives_the_keyboard_back(window, redo):
    redo.setFocus()
    window.messages.say("Done again.")  # offers nothing: the keyboard goes on to its other button
    window.messages.hush()
    assert QApplication.focusWidget() is window.list


def test_a_message_that_goes_leaves_the_keyboard_that_is_elsewhere(window, redo):
    redo.setFocus()
    window.search.box.setFocus()
    window.messages.withdraw()
    assert QApplication.focusWidget() is window.search.box


def test_where_the_keyboard_was_may_be_out_of_sight_when_a_message_goes(window, redo):
    window.reader.setFocus()
    redo.setFocus()
    window.centre.show_board(shown=True)
    window.messages.withdraw()
    assert window.board.isAncestorOf(QApplication.focusWidget())


def test_the_first_page_never_flashes_up_before_a_library(qtbot, looks, tmp_path):
    made = make_window(Settings(tmp_path / "settings.json"), looks)
    qtbot.addWidget(made)
    made.begin(tmp_path / "library")
    made.show()
    try:
        while not made.columns.isVisible():  # a key pressed now must not choose the example
            assert not made.start.isVisible()
            qtbot.wait(5)
    finally:
        made.close()
