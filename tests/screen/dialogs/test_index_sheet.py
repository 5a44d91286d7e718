"""The page of the search index: what it says in each state, and what can be wished on it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QProgressBar, QWidget

from app.progress import Progress
from app.search.store import Written
from app.searching.indexing import IndexState, Unindexed
from app.wording import Message
from ui.dialogs.index_sheet import IndexSheet
from ui.wording import filled, number

LEFT = Qt.MouseButton.LeftButton
WHOLE = (Written("article", 1200, 1200, 5_000_000), Written("passage", 30, 30, 20_000))
BROKEN = Written("article", 380, 380, 900_000, Message("It was written by another version of the program."))


@pytest.fixture
def window(shown):
    return shown(QWidget(), 900, 700)


@pytest.fixture
def sheet(looks, window):
    made = IndexSheet(looks, window)
    made.show_state(IndexState(1200, 1200, 30, 30, (), WHOLE))
    made.open()
    return made


def words(sheet):
    return " | ".join(one.text() for one in sheet.findChildren(QLabel) if one.isVisible() and one.text())


def pressed(sheet, text):
    return next(one for one in sheet.findChildren(QAbstractButton) if one.isVisible() and one.text() == text)


def test_all_is_indexed(sheet):
    assert "Everything in the library can be found." in words(sheet)
    assert filled("{count} of {count}", count=number(1200)) in words(sheet)
    assert "5.0 MB" in words(sheet)
    assert not sheet.findChild(QProgressBar).isVisible()


def test_what_waits_and_what_failed_is_said_with_its_reason(sheet, qtbot):
    failed = Unindexed(
        "ab12", "Night trains", Message("It holds a value that cannot be indexed ({reason}).", {"reason": "x"})
    )
    sheet.show_state(IndexState(1201, 820, 30, 30, (failed,), (*WHOLE, BROKEN)))
    said = words(sheet)
    assert "380 articles and passages are still to be indexed" in said
    assert "380 entries cannot be read, and are indexed anew." in said
    assert "another version" in said
    assert "Night trains" in said
    assert "cannot be indexed (x)" in said
    assert sheet.findChild(QProgressBar).isVisible()
    with qtbot.waitSignal(sheet.retry_wished, timeout=500):
        qtbot.mouseClick(pressed(sheet, "Try again"), LEFT)
    with qtbot.waitSignal(sheet.open_wished) as wished:
        qtbot.mouseClick(pressed(sheet, "Open"), LEFT)
    assert wished.args == ["ab12"]


def test_progress_is_shown(sheet):
    sheet.show_progress(Progress(40, 100, "article"))
    bar = sheet.findChild(QProgressBar)
    assert (bar.isVisible(), bar.value(), bar.maximum()) == (True, 40, 100)
    assert "60 articles and passages" in words(sheet)
    sheet.show_progress(Progress(99, 100, "article"))
    assert "One article or passage" in words(sheet)


def test_a_check_is_wished_once_at_a_time_and_says_what_it_found(sheet, qtbot):
    with qtbot.waitSignal(sheet.check_wished):
        qtbot.mouseClick(pressed(sheet, "Check"), LEFT)
    sheet.show_checking()
    with qtbot.assertNotEmitted(sheet.check_wished):
        qtbot.mouseClick(pressed(sheet, "Check"), LEFT)
    sheet.show_checked(())
    assert "every word of the library" in words(sheet)
    sheet.show_checked(
        (Message("The search index lacks article {key}.", {"key": 7}), Message("More."), Message("More."))
    )
    assert "lacks article 7. And 2 more." in words(sheet)
    sheet.show_trouble("The disk is full.")
    assert "The disk is full." in words(sheet)
    assert pressed(sheet, "Check").isEnabled()


def test_it_is_wished_to_be_built_again_and_closes_by_keyboard(sheet, qtbot):
    with qtbot.waitSignal(sheet.rebuild_wished):
        qtbot.mouseClick(pressed(sheet, "Build again"), LEFT)
    with qtbot.waitSignal(sheet.closed):
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
