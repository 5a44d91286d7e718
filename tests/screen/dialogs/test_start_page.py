"""The start page offers three ways to begin, and the libraries that were open lately."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton

from ui.dialogs.choice_card import ChoiceCard
from ui.dialogs.library_row import LibraryRow
from ui.dialogs.new_library import folder_name
from ui.dialogs.start_page import StartPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(looks, shown):
    made = StartPage(looks)
    made.set_default_folder("/home/ada/Commonplace")
    return shown(made, 1100, 700)


def card(page, words):
    return next(one for one in page.findChildren(ChoiceCard) if words in one.text())


def pressed(page, words):
    return next(one for one in page.findChildren(QPushButton) if one.text() == words)


def test_the_example_is_one_click_away(page, qtbot):
    with qtbot.waitSignal(page.example_wished):
        qtbot.mouseClick(card(page, "example"), LEFT)


def test_the_keyboard_is_on_the_first_card_from_the_beginning(page, qtbot):
    assert page.focusWidget() is card(page, "example")
    with qtbot.waitSignal(page.example_wished):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)


def test_the_arrows_walk_the_cards(page, qtbot):
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Down)
    assert page.focusWidget() is card(page, "your own")


def test_a_card_is_pressed_by_enter(page, qtbot):
    card(page, "example").setFocus()
    with qtbot.waitSignal(page.example_wished):
        qtbot.keyClick(card(page, "example"), Qt.Key.Key_Return)


def test_a_library_of_ones_own_gets_a_name_and_a_folder(page, qtbot):
    qtbot.mouseClick(card(page, "your own"), LEFT)
    name = page.focusWidget()
    assert isinstance(name, QLineEdit)
    name.selectAll()
    qtbot.keyClicks(name, "Caspian: desk")
    with qtbot.waitSignal(page.new_wished) as wished:
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert wished.args == ["/home/ada/Commonplace/Caspian- desk", "Caspian: desk"]


def test_a_folder_written_by_hand_stays(page, qtbot):
    qtbot.mouseClick(card(page, "your own"), LEFT)
    name, folder = page.findChildren(QLineEdit)
    folder.selectAll()
    qtbot.keyClicks(folder, "/data/x")
    qtbot.keyClicks(name, "!")
    with qtbot.waitSignal(page.new_wished) as wished:
        qtbot.mouseClick(pressed(page, "Create library"), LEFT)
    assert wished.args[0] == "/data/x"


def test_without_a_name_nothing_is_made(page, qtbot):
    qtbot.mouseClick(card(page, "your own"), LEFT)
    name = page.findChildren(QLineEdit)[0]
    name.setText("  ")
    assert not pressed(page, "Create library").isEnabled()
    with qtbot.assertNotEmitted(page.new_wished):
        qtbot.keyClick(name, Qt.Key.Key_Return)


def test_escape_goes_back_to_the_choices(page, qtbot):
    qtbot.mouseClick(card(page, "your own"), LEFT)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Escape)
    assert card(page, "example").isVisible()


def test_a_library_is_opened_by_its_folder(page, qtbot, tmp_path):
    qtbot.mouseClick(card(page, "Open a library"), LEFT)
    dialog = page.findChild(QFileDialog)
    with qtbot.waitSignal(page.open_wished) as wished:
        dialog.fileSelected.emit(str(tmp_path))
    assert wished.args == [str(tmp_path)]
    dialog.reject()


def test_recent_libraries_are_opened_by_click_or_key(page, qtbot):
    page.show_recent([("Desk", "/l/desk", False), ("Example", "/l/example", True)])
    rows = page.findChildren(LibraryRow)
    with qtbot.waitSignal(page.open_wished) as wished:
        qtbot.mouseClick(rows[0], LEFT)
    assert wished.args == ["/l/desk"]
    with qtbot.waitSignal(page.open_wished) as wished:
        qtbot.keyClick(rows[1], Qt.Key.Key_Space)
    assert wished.args == ["/l/example"]
    badges = [[one.text() for one in row.findChildren(QLabel) if one.property("role") == "badge"] for row in rows]
    assert badges == [[], ["example"]]


def test_a_hostile_name_is_shown_as_it_is(page):
    page.show_recent([("<b>x</b><img src=/etc/passwd>", "/l", False)])
    titles = page.findChildren(LibraryRow)[0].findChildren(QLabel)
    assert titles[0].textFormat() == Qt.TextFormat.PlainText


def test_an_error_is_shown_with_what_to_do(page):
    page.show_error("There is no library.", "Choose another folder.")
    shown = [one for one in page.findChildren(QLabel) if one.isVisible() and one.property("role") == "trouble"]
    assert [one.text() for one in shown] == ["There is no library. Choose another folder."]


def test_a_dropped_folder_is_opened_where_it_is(page, qtbot, tmp_path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    middle, either = page.rect().center(), Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    enter = QDragEnterEvent(middle, either, mime, LEFT, Qt.KeyboardModifier.ShiftModifier)
    assert enter.proposedAction() == Qt.DropAction.MoveAction
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(middle), either, mime, LEFT, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(page.open_wished) as wished:
        page.dropEvent(drop)
    assert wished.args == [str(tmp_path)]
    assert (enter.dropAction(), drop.dropAction()) == (Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)


@pytest.mark.parametrize("count", [1, 2])
def test_of_dropped_articles_is_said_that_they_need_a_library(page, tmp_path, count):
    files = [tmp_path / f"{number}.md" for number in range(count)]
    for file in files:
        file.write_text("# The ferry\n", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    middle, copy = page.rect().center(), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(middle, copy, mime, LEFT, Qt.KeyboardModifier.NoModifier)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    wished = []
    page.open_wished.connect(wished.append)
    page.dropEvent(QDropEvent(QPointF(middle), copy, mime, LEFT, Qt.KeyboardModifier.NoModifier))
    assert wished == []
    assert any("Articles go into a library" in one.text() for one in page.findChildren(QLabel) if one.isVisible())


@pytest.mark.parametrize(
    ("name", "folder"),
    [("Plain", "Plain"), ("a/b\\c", "a-b-c"), ("..", ""), (" x. ", "x"), ("Öl & Gas\n1", "Öl & Gas 1"), ("\0", "")],
)
def test_a_name_becomes_a_folder_that_every_disk_allows(name, folder):
    assert folder_name(name) == folder
