"""The card of a highlight: what it shows, what it asks for, and that its note is never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from app.model import Highlight, Theme
from ui.reader.highlight_card import HighlightCard
from ui.widgets.theme_marks import ThemeTag

THEMES = [Theme(n, f"t{n}", f"Theme {n}", (f"Theme {n}",), colour="#2f74b5", digit=n) for n in range(1, 8)]
THEMES.append(Theme(8, "t8", "A name that has no end " * 20, ("A name that has no end",)))
MARK = Highlight(1, "h1", "a1", 10, 30, "some words of a text", themes=("t1", "t3"), note="a note")
PLACE = QRect(100, 100, 200, 20)


@pytest.fixture
def page(shown, qtbot):
    made = QWidget()
    line = QLineEdit(made)
    shown(made, 800, 600)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    line.setFocus()
    return made


@pytest.fixture
def card(looks, page):
    return HighlightCard(looks, page)


def tags(card):
    return [tag for tag in card.findChildren(ThemeTag) if tag.isVisible()]


def by_tip(parent, tip):
    return next(one for one in parent.findChildren(QToolButton) if one.toolTip() == tip)


def labels(card):
    return [one.text() for one in card.findChildren(QLabel) if one.isVisible()]


def test_it_shows_the_highlight(card):
    card.open_at(PLACE, MARK, THEMES)
    assert card.highlight() == "h1"
    assert [tag.theme.id for tag in tags(card)] == ["t1", "t3"]
    assert card.note.text() == "a note"


def test_opening_leaves_the_keyboard_in_the_text(card, page):
    card.open_at(PLACE, MARK, THEMES)
    assert page.findChild(QLineEdit).hasFocus()


def test_a_tag_is_taken_off(card, qtbot):
    card.open_at(PLACE, MARK, THEMES)
    with qtbot.waitSignal(card.retheme_wished) as told:
        qtbot.mouseClick(tags(card)[1].findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert told.args == ["h1", (), ("t3",)]


@pytest.mark.parametrize(
    ("tip", "signal", "args"),
    [
        ("Add a theme (T)", "picker_wished", ["h1"]),
        ("Copy with citation (C)", "copy_wished", ["h1"]),
        ("Delete the highlight (Delete)", "remove_wished", ["h1"]),
        ("Start a word earlier ([)", "extend_wished", ["h1", -1, 0]),
        ("Start a word later (])", "extend_wished", ["h1", 1, 0]),
        ("End a word earlier (Shift+[)", "extend_wished", ["h1", 0, -1]),
        ("End a word later (Shift+])", "extend_wished", ["h1", 0, 1]),
    ],
)
@pytest.mark.parametrize("by_key", [False, True])
def test_every_button_asks_for_what_it_says(card, qtbot, tip, signal, args, by_key):
    card.open_at(PLACE, MARK, THEMES)
    asked = by_tip(card, tip)
    with qtbot.waitSignal(getattr(card, signal)) as told:
        if by_key:
            asked.setFocus()
            qtbot.keyClick(asked, Qt.Key.Key_Space)
        else:
            qtbot.mouseClick(asked, Qt.MouseButton.LeftButton)
    assert told.args == args
    assert card.isVisible() is (signal != "remove_wished")


def test_overlaps_are_counted_and_gone_through(card, qtbot):
    card.open_at(PLACE, MARK, THEMES)
    following = next(one for one in card.findChildren(QPushButton) if one.text() == "Next")
    assert not following.isVisible()
    card.open_at(PLACE, MARK, THEMES, 1, 3)
    assert "1 of 3 here" in labels(card)
    with qtbot.waitSignal(card.next_overlap_wished):
        qtbot.mouseClick(following, Qt.MouseButton.LeftButton)


def test_the_note_is_written_and_saved_by_escape(card, page, qtbot):
    card.open_at(PLACE, MARK, THEMES)
    card.focus_note()
    assert card.note.field.hasFocus()
    QTest.keyClicks(card.note.field, ", longer")
    with qtbot.waitSignal(card.note_saved) as told:
        QTest.keyClick(card.note.field, Qt.Key.Key_Escape)
    assert told.args == ["h1", "a note, longer"]
    assert not card.isVisible()
    assert card.highlight() is None
    assert page.findChild(QLineEdit).hasFocus()


def test_the_note_is_saved_by_a_click_elsewhere(card, page, qtbot):
    card.open_at(PLACE, MARK, THEMES)
    card.focus_note()
    QTest.keyClicks(card.note.field, "!")
    with qtbot.waitSignal(card.note_saved) as told:
        qtbot.mouseClick(page, Qt.MouseButton.LeftButton, pos=page.rect().bottomRight())
    assert told.args == ["h1", "a note!"]
    assert not card.isVisible()


def test_another_highlight_saves_the_note_of_the_one_before(card, qtbot):
    card.open_at(PLACE, MARK, THEMES)
    card.focus_note()
    QTest.keyClicks(card.note.field, "!")
    with qtbot.waitSignal(card.note_saved) as told:
        card.open_at(PLACE, replace(MARK, id="h2", note="another"), THEMES)
    assert told.args == ["h1", "a note!"]
    assert card.note.text() == "another"


def test_a_change_is_taken_over_and_what_is_being_written_stays(card):
    card.open_at(PLACE, MARK, THEMES)
    card.focus_note()
    QTest.keyClicks(card.note.field, "!")
    card.show_highlight(replace(MARK, themes=("t1", "t2", "t3", "t4", "t5")), THEMES)
    assert [tag.theme.id for tag in tags(card)] == ["t1", "t2", "t3", "t4", "t5"]
    assert card.note.text() == "a note!"
    card.show_highlight(replace(MARK, id="h9", themes=()), THEMES)
    assert len(tags(card)) == 5


def test_it_grows_with_its_note_and_stays_inside(card, page, qtbot):
    card.open_at(QRect(100, 560, 100, 20), MARK, THEMES)
    before = card.geometry()
    assert before.bottom() < 560
    card.focus_note()
    for _ in range(6):
        QTest.keyClick(card.note.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.height() > before.height() + 60)
    assert card.geometry().bottom() == before.bottom()
    assert page.rect().contains(card.geometry())


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.tuples(st.integers(-100, 900), st.integers(-100, 700), st.integers(0, 400), st.integers(0, 300)),
    quote=st.text(max_size=400),
    worn=st.lists(st.sampled_from(THEMES), unique=True),
    size=st.tuples(st.integers(330, 900), st.integers(420, 800)),
)
def test_it_always_lies_inside_its_parent(card, page, place, quote, worn, size):
    page.resize(*size)
    card.open_at(QRect(*place), replace(MARK, quote=quote, themes=tuple(one.id for one in worn)), THEMES)
    card.grab()
    assert page.rect().contains(card.geometry())
    assert all(card.rect().contains(QRect(tag.mapTo(card, tag.rect().topLeft()), tag.size())) for tag in tags(card))
