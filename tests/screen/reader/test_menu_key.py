"""The menu key opens the menu for what keys are for, and the text stays where it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from tests.screen.reader.bodies import opened, told

LONG = [
    f"Paragraph {n}. " + "Words upon words fill these lines until they are long enough to wrap. " * 4 for n in range(60)
]
LEAVE = "Leave this out"


@pytest.fixture
def reader(looks, shown):
    made = opened(looks, shown, *LONG, marks=[("Paragraph 30", ("t1",))])
    made.view.setFocus()
    QApplication.processEvents()
    return made


def press(reader):
    """Press the menu key: Qt tells the widget that has the keyboard, at the caret."""
    at = reader.view.cursorRect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, reader.view.viewport().mapToGlobal(at))
    QApplication.sendEvent(reader.view, event)
    return QApplication.activePopupWidget()


def choose(menu, words):
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def go_to(reader, words):
    start = reader.text().index(words)
    reader.go_to((start, start + 5))
    QApplication.processEvents()


def test_it_is_for_the_paragraph_that_was_walked_to(reader):
    left, marks = told(reader.leave_out_wished), told(reader.mark_wished)
    go_to(reader, "Paragraph 40.")
    reader.next_paragraph()
    number = reader.view.focused_block
    before = reader.view.offset()
    menu = press(reader)
    assert isinstance(menu, QMenu)
    assert reader.view.offset() == before
    assert reader.rect().contains(reader.mapFromGlobal(menu.pos()) - QPoint(0, 1))
    choose(menu, LEAVE)
    assert left == [(number,)]
    assert number >= 38
    plain = told(reader.plain_wished)
    reader.highlight_wished.connect(reader.highlight_plain)
    choose(press(reader), "Highlight")
    block = reader._content.body.blocks[number]
    assert plain == [((block.start, len(LONG[number].rstrip()) + block.start),)]
    assert marks == []


def test_it_is_for_the_focused_highlight(reader):
    left = told(reader.leave_out_wished)
    reader.focus_highlight("h")
    choose(press(reader), LEAVE)
    assert left == [(30,)]


def test_a_walked_to_paragraph_does_not_give_way_to_a_highlight_in_it(reader):
    go_to(reader, "Paragraph 30.")
    while reader.view.focused_block != 30:
        reader.next_paragraph()
    press(reader).close()
    assert (reader.focused(), reader.view.focused_block) == (None, 30)


def test_with_nothing_chosen_it_is_for_the_first_paragraph_that_is_read(reader):
    left = told(reader.leave_out_wished)
    go_to(reader, "Paragraph 50.")
    reader.view.bar.setValue(reader.view.offset() + 10)
    first = reader.view.scene.positions.block(reader.position())
    before = reader.view.offset()
    menu = press(reader)
    assert reader.view.offset() == before
    highlighting = next(action for action in menu.actions() if action.text() == "Highlight")
    assert not highlighting.isEnabled()
    choose(menu, LEAVE)
    assert left == [(first,)]


def test_a_paragraph_is_left_out_without_the_menu(reader):
    left, always, nothing = map(told, (reader.leave_out_wished, reader.always_wished, reader.nothing_meant))
    reader.leave_out()
    assert nothing == [()]
    reader.next_paragraph()
    reader.next_paragraph()
    reader.leave_out()
    reader.leave_out(always=True)
    assert (left, always) == ([(1,)], [(1,)])
