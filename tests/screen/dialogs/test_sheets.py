"""The smaller sheets: libraries, keys, a crash, a question, the typography."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QSlider, QWidget

from app.merging.journey import MergeReport
from app.merging.uniting import Overwritten
from ui.dialogs.confirm import Confirm
from ui.dialogs.crash_dialog import CrashDialog
from ui.dialogs.examples_sheet import ExamplesSheet
from ui.dialogs.keys_sheet import KeysSheet
from ui.dialogs.libraries_sheet import LibrariesSheet
from ui.dialogs.library_row import LibraryRow
from ui.dialogs.merge_sheet import MergeSheet
from ui.dialogs.typography_popover import TypographyPopover

LEFT = Qt.MouseButton.LeftButton
KNOWN = [("Desk", "/l/desk", False), ("Example", "/l/example", True), ("Thesis", "/l/thesis", False)]
KEYS = [
    ("Mark", "1-9", "Put a theme on the passage"),
    ("Mark", "N", "Write a note"),
    ("Find", "Ctrl+K", "Find anything"),
    ("Find", "/", "Search the library"),
]


@pytest.fixture
def window(shown):
    made = QWidget()
    made.field = QLineEdit(made)
    shown(made, 1000, 700)
    made.field.setFocus()
    return made


def words(widget):
    return " | ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible() and one.text())


def pressed(widget, text):
    return next(one for one in widget.findChildren(QAbstractButton) if one.text() == text and one.isVisible())


# ---------------------------------------- libraries


@pytest.fixture
def libraries(looks, window):
    made = LibrariesSheet(looks, window)
    made.set_default_folder("/l")
    made.show_recent(KNOWN, "/l/desk")
    made.open()
    return made


def test_another_library_is_opened_by_keyboard(libraries, qtbot):
    first = QApplication.focusWidget()
    assert isinstance(first, LibraryRow)
    assert "open now" in words(first)
    qtbot.keyClick(first, Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    with qtbot.waitSignal(libraries.open_wished) as wished:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert wished.args == ["/l/thesis"]


def test_the_open_library_is_not_opened_again(libraries, qtbot):
    with qtbot.assertNotEmitted(libraries.open_wished), qtbot.waitSignal(libraries.closed):
        qtbot.mouseClick(libraries.findChildren(LibraryRow)[0], LEFT)


def test_a_library_is_taken_off_the_list(libraries, qtbot):
    with qtbot.waitSignal(libraries.forget_wished) as wished:
        qtbot.keyClick(libraries.findChildren(LibraryRow)[1], Qt.Key.Key_Delete)
    assert wished.args == ["/l/example"]


def test_the_open_library_stays_on_the_list(libraries, qtbot):
    with qtbot.assertNotEmitted(libraries.forget_wished):
        qtbot.keyClick(libraries.findChildren(LibraryRow)[0], Qt.Key.Key_Delete)


def test_a_new_library_is_named_in_the_sheet(libraries, qtbot):
    qtbot.mouseClick(pressed(libraries, "New…"), LEFT)
    name = QApplication.focusWidget()
    qtbot.keyClicks(name, "Sea")
    with qtbot.waitSignal(libraries.new_wished) as wished:
        qtbot.keyClick(name, Qt.Key.Key_Return)
    assert wished.args == ["/l/Sea", "Sea"]
    qtbot.keyClick(name, Qt.Key.Key_Escape)
    assert pressed(libraries, "New…")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not libraries.isVisible()


def test_the_example_is_there_too(libraries, qtbot):
    with qtbot.waitSignal(libraries.example_wished):
        qtbot.mouseClick(pressed(libraries, "Example library"), LEFT)


def test_without_other_libraries_it_says_so(libraries):
    libraries.show_recent([])
    assert "No other library was open yet." in words(libraries)


# ---------------------------------------- keys


def test_keys_are_found_by_what_they_do(looks, window, qtbot):
    sheet = KeysSheet(looks, KEYS, window)
    sheet.open()
    for one in KEYS:
        assert one[2] in words(sheet)
    qtbot.keyClicks(QApplication.focusWidget(), "NOTE write")
    assert "Write a note" in words(sheet)
    assert "Find anything" not in words(sheet)
    assert "FIND" not in words(sheet)
    qtbot.keyClicks(QApplication.focusWidget(), "zzz")
    assert "No key does that." in words(sheet)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    sheet.open()
    assert "Find anything" in words(sheet)


def test_keys_are_found_by_the_key(looks, window, qtbot):
    sheet = KeysSheet(looks, KEYS, window)
    sheet.open()
    qtbot.keyClicks(QApplication.focusWidget(), "ctrl+k")
    assert "Find anything" in words(sheet)
    assert "Write a note" not in words(sheet)


# ---------------------------------------- how to search


def test_an_example_is_tried(looks, window, qtbot):
    sheet = ExamplesSheet(
        looks, "How", "Read.", [("Words", [("drone & sea", "both"), ("dro*", "words that begin so")])], window
    )
    sheet.open()
    assert QApplication.focusWidget() is pressed(sheet, "drone && sea")
    for said in ("WORDS", "both", "words that begin so"):
        assert said in words(sheet)
    with qtbot.waitSignal(sheet.tried) as tried:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert tried.args == ["drone & sea"]
    assert not sheet.isVisible()


# ---------------------------------------- a crash, a question


def test_a_crash_says_what_happened_and_its_report_is_copied(looks, window, qtbot):
    report = "Traceback\n<b>KeyError</b>: 'x'"
    dialog = CrashDialog(looks, "The list could not be drawn.", report, "/logs/report.txt", window)
    dialog.open()
    assert "The list could not be drawn." in words(dialog)
    assert "Your library is safe" in words(dialog)
    assert "kept as /logs/report.txt" in words(dialog)
    assert dialog.findChild(QPlainTextEdit).toPlainText() == report
    qtbot.mouseClick(pressed(dialog, "Copy report"), LEFT)
    assert QGuiApplication.clipboard().text() == report
    with qtbot.waitSignal(dialog.open_wished) as wished:
        qtbot.mouseClick(pressed(dialog, "Show folder"), LEFT)
    assert wished.args == [str(Path("/logs"))]
    pressed(dialog, "Close").setFocus()
    with qtbot.waitSignal(dialog.closed):
        qtbot.keyClick(pressed(dialog, "Close"), Qt.Key.Key_Enter)
    assert window.field.hasFocus()


def test_a_hasty_enter_erases_nothing(looks, window, qtbot):
    asked = Confirm(looks, "Erase 3 articles?", "This cannot be undone.", "Erase", window)
    asked.open()
    with qtbot.assertNotEmitted(asked.confirmed), qtbot.waitSignal(asked.closed):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    asked.open()
    with qtbot.waitSignal(asked.confirmed):
        qtbot.mouseClick(pressed(asked, "Erase"), LEFT)
    assert not asked.isVisible()


def test_the_windows_keys_are_quiet_under_a_sheet(looks, window, qtbot):
    rung = []
    shortcut = QShortcut(QKeySequence("Ctrl+K"), window)
    shortcut.activated.connect(lambda: rung.append(1))
    qtbot.keyClick(window.field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert rung == [1]
    asked = Confirm(looks, "Erase?", "", "Erase", window)
    asked.open()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert rung == [1]
    asked.dismiss()
    qtbot.keyClick(window.field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert rung == [1, 1]


def test_a_sheet_fits_a_small_window(looks, window):
    sheet = KeysSheet(looks, KEYS * 20, window)
    window.resize(480, 320)
    sheet.open()
    assert sheet.rect().contains(sheet.card.geometry())
    window.resize(900, 600)
    assert sheet.size() == window.size()
    assert sheet.card.width() > 480


def test_a_merge_takes_room_for_a_table_only_where_something_gives_way(looks, window):
    sheet = MergeSheet(looks, window)
    sheet.begin("Thesis")
    sheet.show_preview(MergeReport(articles=2))
    QApplication.processEvents()
    low = sheet.card.height()
    sheet.show_preview(MergeReport(articles=2, overwritten=(Overwritten("article", "Silt", "outlet", "", "Post"),)))
    QApplication.processEvents()
    assert sheet.card.height() > 2 * low


def test_a_merge_shows_what_is_put_on_things_that_are_here(looks, window):
    sheet = MergeSheet(looks, window)
    sheet.begin("Thesis")
    sheet.show_preview(MergeReport(added=(Overwritten("highlight", "59 euros", "theme", "", "Money"),)))
    assert list(sheet.table.rows()) == [("Highlight", "59 euros", "theme", "–", "Money")]
    assert any(one.text() == "New from there: 1 addition to what is here." for one in sheet.findChildren(QLabel))


# ---------------------------------------- typography


@pytest.fixture
def typography(looks, window):
    made = TypographyPopover(looks, window)
    made.show_values({"text_size": 19, "line_height": 1.6, "measure": 66, "font": "serif", "look": "light"})
    made.open_at(QRect(600, 10, 30, 30))
    return made


def heard(popover):
    told = []
    popover.changed.connect(lambda key, value: told.append((key, value)))
    return told


def test_typography_tells_each_change(typography, qtbot):
    told = heard(typography)
    size, spacing, measure = typography.findChildren(QSlider)
    qtbot.keyClick(size, Qt.Key.Key_Right)
    qtbot.mouseClick(pressed(typography, "A+"), LEFT)
    qtbot.mouseClick(pressed(typography, "A−"), LEFT)
    qtbot.keyClick(spacing, Qt.Key.Key_Left)
    qtbot.keyClick(measure, Qt.Key.Key_End)
    qtbot.mouseClick(pressed(typography, "Sans"), LEFT)
    qtbot.mouseClick(pressed(typography, "Dark"), LEFT)
    assert told == [
        ("text_size", 20),
        ("text_size", 21),
        ("text_size", 20),
        ("line_height", 1.5),
        ("measure", 90),
        ("font", "sans"),
        ("look", "dark"),
    ]


def test_other_typefaces_are_chosen_in_the_settings(typography, qtbot):
    with qtbot.waitSignal(typography.typefaces_wished):
        qtbot.mouseClick(pressed(typography, "Other typefaces…"), LEFT)
    assert not typography.isVisible()


def test_showing_values_of_typography_tells_nothing(typography):
    told = heard(typography)
    typography.show_values({"text_size": 32, "line_height": 1.3, "font": "sans", "look": "system"})
    assert told == []
    assert "32" in words(typography)


def test_typography_gives_the_keyboard_back(typography, window, qtbot):
    assert typography.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not typography.isVisible()
    assert window.field.hasFocus()
