"""Digits where the row of digits types letters without Shift, as on French keyboards: they count by their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import Hands, opened
from ui.widgets.digits import digit_at

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
AMPERSAND, E_ACUTE, A_GRAVE = (
    (Qt.Key.Key_Ampersand, "&", 10),
    (Qt.Key.Key_Eacute, "é", 11),
    (Qt.Key.Key_Agrave, "à", 19),
)


def event(key, text, scan, modifiers=NONE, kind=QEvent.Type.KeyPress, virtual=0, held=False):
    return QKeyEvent(kind, key, modifiers, scan, virtual, 0, text, held)


def press(hands: Hands, one, to, modifiers=NONE) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(to, event(*one, modifiers, kind))
    hands.rest()


@pytest.fixture
def hands(qtbot, looks, tmp_path: Path):
    (tmp_path / "ferry.md").write_text("# The ferry\n\nThe night ferry runs again.\n", encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "ferry.md")
        workspace.themes.add("Water", digit=1)
        workspace.themes.add("Money", digit=2)
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as found:
        found.open("The ferry")
        yield found


def themes(hands: Hands) -> list[str]:
    session = hands.window.context.session
    return [session.theme(one).name for mark in session.highlights for one in mark.themes]


def test_a_selection_is_marked_without_shift(hands):
    hands.drag(hands.span_of("night ferry"))
    press(hands, AMPERSAND, hands.view)
    press(hands, E_ACUTE, hands.view)
    assert (hands.quotes(), themes(hands)) == (["night ferry"], ["Water", "Money"])
    press(hands, A_GRAVE, hands.view)
    assert themes(hands) == []


def test_so_it_is_on_the_board(hands):
    hands.drag(hands.span_of("night ferry"))
    hands.key(Qt.Key.Key_1, to=hands.view)
    hands.rest()
    hands.window.side.themes.board_wished.emit(hands.window.context.session.themes[0].id)
    hands.until(hands.window.board.shown)
    press(hands, E_ACUTE, hands.window.board.focusProxy())
    assert themes(hands) == ["Water", "Money"]


def test_in_a_note_they_are_letters(hands):
    hands.drag(hands.span_of("night ferry"))
    hands.key(Qt.Key.Key_N, to=hands.view)
    hands.rest()
    note = hands.window.reader.card.note
    press(hands, E_ACUTE, note.field)
    assert (note.text(), themes(hands)) == ("é", [])


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (event(*AMPERSAND), 1),
        (event(*A_GRAVE), 0),
        (event(Qt.Key.Key_1, "1", 10), None),  # its shortcut is there for it
        (event(*E_ACUTE, SHIFT), None),
        (event(*E_ACUTE, held=True), None),
        (event(Qt.Key.Key_A, "a", 38), None),
        (event(Qt.Key.Key_A, "a", 0), None),
    ],
)
def test_only_a_key_in_that_row_that_types_something_else_counts(qapp, given, wanted):
    assert digit_at(given) == wanted


@pytest.mark.parametrize(
    ("system", "given", "wanted"),
    [
        ("windows", event(Qt.Key.Key_Ampersand, "&", 2), 1),
        ("windows", event(Qt.Key.Key_Agrave, "à", 11), 0),
        ("windows", event(Qt.Key.Key_Q, "a", 16), None),
        ("cocoa", event(Qt.Key.Key_ParenLeft, "(", 0, virtual=23), 5),
        ("cocoa", event(Qt.Key.Key_Agrave, "à", 0, virtual=29), 0),
        ("wayland", event(Qt.Key.Key_ParenLeft, "(", 14), 5),
    ],
)
def test_every_system_counts_places_in_its_own_way(qapp, monkeypatch, system, given, wanted):
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: system)
    assert digit_at(given) == wanted
