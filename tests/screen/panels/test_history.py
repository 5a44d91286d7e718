"""The history: what was done, and what can be taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.wording import Message
from tests.screen.panels.values import DAY, NOON, step
from ui.panels.history import HistoryPanel

STEPS = (
    step(5, "Fifth", NOON, done=False),
    step(4, "Fourth", NOON, "command line"),
    step(3, "Third", NOON - 60_000),
    step(2, "Second", NOON - 2 * DAY),
    step(1, "First", NOON - 2 * DAY),
)

OWN = {1, 2, 3, 5}


@pytest.fixture
def panel(looks, shown):
    made = shown(HistoryPanel(looks), 300, 600)
    made.show_steps(STEPS, OWN)
    made.activateWindow()
    return made


def heard(signal):
    got = []
    signal.connect(lambda *values: got.append(values[0] if values else None))
    return got


def rows(panel):
    return [row if isinstance(row, str) else row.label for row in panel.list.rows.rows]


def test_steps_stand_under_their_days_the_latest_first(panel):
    shown = rows(panel)
    assert [row for row in shown if not row[0].isupper() or "," not in row] == [
        "Fifth", "Fourth", "Third", "Second", "First",
    ]  # fmt: skip
    assert len(shown) == 7
    assert shown[0] == "Friday, 19 December 2025"


def test_ctrl_z_takes_back_the_latest_of_this_window(panel):
    assert panel._next.text() == "Ctrl+Z takes back: Third"
    panel.show_steps(STEPS, own={1, 2, 5})
    assert panel._next.text() == "Ctrl+Z takes back: Second"
    panel.show_steps(STEPS[:1])
    assert panel._next.text() == "Nothing for Ctrl+Z to take back"


def test_little_room_for_more_is_said(panel):
    assert not panel._room.isVisible()
    panel.show_steps(STEPS, OWN, Message("The history keeps the latest {steps} steps.", {"steps": 1000}))
    assert panel._room.isVisible()
    assert panel._room.text() == "The history keeps the latest 1000 steps."
    panel.show_steps(STEPS, OWN)
    assert not panel._room.isVisible()


def test_only_what_was_done_elsewhere_says_where(panel):
    where = [row.where for row in panel.list.rows.rows if not isinstance(row, str)]
    assert where == ["", "command line", "", "", ""]
    panel.show_steps(STEPS, own={1, 2})
    where = [row.where for row in panel.list.rows.rows if not isinstance(row, str)]
    assert where == ["another window", "command line", "another window", "", ""]


def test_enter_undoes_and_redoes(panel):
    undone, redone = heard(panel.undo_wished), heard(panel.redo_wished)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert (undone, redone) == ([4], [5])


def test_the_word_in_a_row_is_clicked(panel):
    undone = heard(panel.undo_wished)
    index = panel.list.rows.index(3)
    row, box = panel.list.rows.rows[3], panel.list.visualRect(index)
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + QPoint(30, 12))
    assert undone == []
    word = panel.list.delegate.deed_rect(row, box, panel.list.width()).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=word)
    assert undone == [3]


def test_esc_closes(panel, qtbot):
    panel.list.setFocus()
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(panel.list, Qt.Key.Key_Escape)


def test_a_step_that_was_undone_looks_otherwise_and_leaves_the_place(panel, qtbot):
    many = [step(number, f"Step {number}", NOON - (2000 - number) * 60_000) for number in range(1000)]
    panel.show_steps(many)
    bar = panel.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = panel.grab().toImage()
    place = bar.value()
    first = panel.list.indexAt(QPoint(20, 60)).row()
    number = panel.list.rows.rows[first].step.number
    many[number] = step(number, f"Step {number}", many[number].made, done=False)
    panel.show_steps(many)
    assert bar.value() == place
    assert panel.grab().toImage() != before


def test_an_empty_history_says_what_will_stand_here(panel):
    panel.show_steps(())
    assert panel.list.isHidden()
    assert panel._hint.isVisible()


def test_the_tip_of_a_step_has_the_number_by_which_a_refusal_names_it(panel):
    model = panel.list.rows
    tips = [model.index(place).data(Qt.ItemDataRole.ToolTipRole) for place in range(model.rowCount())]
    assert [tip for tip in tips if tip is not None] == [f"{one.label} ({one.number})" for one in STEPS]
