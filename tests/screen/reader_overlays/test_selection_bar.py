"""The bar above a selection: one click is all, and the keyboard stays with the text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QToolButton

from app.model import Theme
from ui.reader.selection_bar import SelectionBar
from ui.widgets.theme_marks import ThemeSwatch


def themes(count, *, digits=True):
    return [
        Theme(n, f"t{n}", f"Theme {n}", (f"Theme {n}",), colour="#2f74b5", digit=n if digits and n < 10 else None)
        for n in range(1, count + 1)
    ]


@pytest.fixture
def text(shown):
    return shown(QPlainTextEdit("words"), 800, 500)


@pytest.fixture
def bar(looks, text):
    return SelectionBar(looks, text)


def swatches(bar):
    return [one for one in bar.findChildren(ThemeSwatch) if one.isVisible()]


def by_tip(bar, tip):
    return next(one for one in bar.findChildren(QToolButton) if one.toolTip() == tip)


def test_a_click_on_a_swatch_puts_its_theme(bar, qtbot):
    bar.open_at(QRect(100, 200, 80, 20), True, themes(5))
    assert [(one.digit, one.toolTip()) for one in swatches(bar)][:2] == [(1, "Theme 1 (1)"), (2, "Theme 2 (2)")]
    with qtbot.waitSignal(bar.theme_chosen) as told:
        qtbot.mouseClick(swatches(bar)[2], Qt.MouseButton.LeftButton)
    assert told.args == ["t3"]


@pytest.mark.parametrize(
    ("tip", "signal"),
    [
        ("Highlight (H)", "plain_chosen"),
        ("Note (N)", "note_chosen"),
        ("Choose a theme (T)", "picker_chosen"),
        ("Copy with citation (C)", "copy_chosen"),
        ("Search the library", "search_chosen"),
    ],
)
def test_every_icon_does_what_it_says(bar, qtbot, tip, signal):
    bar.open_at(QRect(100, 200, 80, 20), True, themes(2))
    with qtbot.waitSignal(getattr(bar, signal)):
        qtbot.mouseClick(by_tip(bar, tip), Qt.MouseButton.LeftButton)


def test_many_themes_fold_to_the_nine_digits_in_their_order(bar):
    bar.open_at(QRect(100, 200, 80, 20), True, list(reversed(themes(40))))
    assert [one.digit for one in swatches(bar)] == list(range(1, 10))


def test_without_digits_the_first_themes_show_their_names(bar):
    bar.open_at(QRect(100, 200, 80, 20), True, themes(40, digits=False))
    assert [one.theme.id for one in swatches(bar)] == ["t1", "t2", "t3", "t4"]


def test_without_themes_it_offers_to_make_one(bar, qtbot):
    bar.open_at(QRect(100, 200, 80, 20), True, [])
    assert not swatches(bar)
    new = next(one for one in bar.findChildren(QPushButton) if one.text() == "New theme…" and one.isVisible())
    with qtbot.waitSignal(bar.picker_chosen):
        qtbot.mouseClick(new, Qt.MouseButton.LeftButton)


def test_it_takes_no_focus_and_no_click_goes_through(bar, text, qtbot):
    text.activateWindow()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    text.selectAll()
    bar.open_at(QRect(100, 200, 80, 20), True, themes(3))
    qtbot.mouseClick(swatches(bar)[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.rect().topLeft())
    assert text.hasFocus()
    assert text.textCursor().selectedText() == "words"
    assert bar.isVisible()


def test_after_a_mark_it_says_so_and_offers_undo_and_note(bar, qtbot):
    bar.open_at(QRect(100, 200, 80, 20), True, themes(3))
    bar.show_done("Escalation")
    assert bar.is_done()
    links = {one.text(): one for one in bar.findChildren(QPushButton) if one.isVisible()}
    assert set(links) == {"Undo", "Note"}
    with qtbot.waitSignal(bar.undo_chosen):
        qtbot.mouseClick(links["Undo"], Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_what_was_done_goes_away_by_itself_unless_there_is_a_new_selection(bar, qtbot, monkeypatch):
    bar._timer.setInterval(30)
    bar.open_at(QRect(100, 200, 80, 20), True, themes(3))
    bar.show_done("Escalation")
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=2000)
    bar.show_done("Escalation")
    bar.open_at(QRect(100, 200, 80, 20), True, themes(3))
    qtbot.wait(60)
    assert bar.isVisible()
    assert not bar.is_done()


def test_a_click_in_the_text_takes_it_away(bar, text, qtbot):
    bar.open_at(QRect(100, 200, 80, 20), True, themes(3))
    qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=text.viewport().rect().bottomLeft())
    assert not bar.isVisible()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.tuples(st.integers(-200, 1000), st.integers(-200, 700), st.integers(0, 600), st.integers(0, 600)),
    above=st.booleans(),
    count=st.integers(0, 12),
    digits=st.booleans(),
    width=st.integers(320, 900),
)
def test_it_stays_inside_its_parent(bar, text, place, above, count, digits, width):
    text.resize(width, 500)
    bar.open_at(QRect(*place), above, themes(count, digits=digits))
    assert text.rect().contains(bar.geometry())
    assert by_tip(bar, "Search the library").isVisible()
    icon = by_tip(bar, "Search the library")
    assert bar.rect().contains(QRect(icon.mapTo(bar, icon.rect().topLeft()), icon.size()))


def test_it_lies_beside_the_selection_and_not_on_it(bar):
    anchor = QRect(300, 250, 100, 40)
    for above in (True, False):
        bar.open_at(anchor, above, themes(5))
        assert not bar.geometry().intersects(anchor)
        assert (bar.geometry().bottom() < anchor.top()) is above
    bar.open_at(QRect(300, 5, 100, 20), True, themes(5))
    assert bar.geometry().top() > 25
