"""Completion under the search box: it helps who wants it, and is in nobody's way."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from app.search.completing import Value, Vocabulary
from app.search.fields import FIELDS
from app.workspace import Workspace
from tests.windows import opened
from ui.search.completion import _FIELDS, RESTED
from ui.widgets.offers import Offers

KNOWN = Vocabulary(
    {
        "theme": (
            Value(("Drones",), 120, colour="#1d9a84"),
            Value(("Drones", "Sea"), 1, colour="#2f78b3"),
            Value(("War",), 7, colour="#cf4a3a"),
        ),
        "outlet": (Value(("The Ledger",), 12), Value(("Reuters",), 3)),
        "in": (Value(("Briefing",), 4, "ab" * 16), Value(("All about oil",), None, "cd" * 16)),
        "lang": (Value(("en",), 14), Value(("tlh-x",), 1)),
        "is": (Value(("unread",), 5), Value(("read",), 2)),
    },
    {"tone": (Value(("very critical",), 2),)},
    date(2025, 12, 20),
)


@pytest.fixture
def box(pane, qtbot):
    """Return the box of a pane that knows what can be named; what its list offers is ``rows(box)``."""
    pane.completer.vocabulary_wished.connect(lambda: pane.completer.take_vocabulary(KNOWN))
    pane.window().activateWindow()
    pane.focus_box()
    qtbot.waitUntil(pane.box.hasFocus)
    return pane.box


def offers(box):
    found = [one for one in box.window().findChildren(Offers) if one.isVisible()]
    return found[0] if found else None


def rows(box):
    shown = offers(box)
    return [one.text for one in shown.offers()] if shown else []


def press(qtbot, box, *keys):
    for key in keys:
        qtbot.keyClick(box, key)


def test_after_a_field_its_values_are_offered_at_once(box, qtbot):
    qtbot.keyClicks(box, "oil theme:")
    assert rows(box) == ["Drones", "Drones > Sea", "War"]
    assert [one.hint for one in offers(box).offers()] == ["120", "1", "7"]
    assert offers(box).chosen() is None
    qtbot.keyClicks(box, "w")
    assert rows(box) == ["War"]
    qtbot.keyClicks(box, "x")
    assert rows(box) == []
    assert box.text() == "oil theme:wx"


def test_tab_completes_a_field_and_then_its_value_and_one_types_on(box, pane, qtbot):
    qtbot.keyClicks(box, "oil th")
    qtbot.waitUntil(lambda: rows(box) == ["theme:"])
    press(qtbot, box, Qt.Key.Key_Tab)
    assert box.text() == "oil theme:"
    assert rows(box) == ["Drones", "Drones > Sea", "War"]
    press(qtbot, box, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert box.text() == 'oil theme:"Drones > Sea" '
    assert rows(box) == []
    qtbot.keyClicks(box, "gas")
    assert box.text() == 'oil theme:"Drones > Sea" gas'
    assert box.hasFocus()
    qtbot.waitUntil(lambda: bool(pane.wishes) and pane.wishes[-1].typed == 'oil theme:"Drones > Sea" gas')


def test_what_was_completed_is_asked_for(box, pane, qtbot):
    qtbot.keyClicks(box, "outlet:the")
    press(qtbot, box, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: bool(pane.wishes) and pane.wishes[-1].query == 'outlet:"The Ledger"')


def test_enter_means_what_is_typed_unless_a_row_was_chosen(box, pane, qtbot):
    qtbot.keyClicks(box, "theme:dr")
    with qtbot.waitSignal(pane.open_first_wished, timeout=50):
        press(qtbot, box, Qt.Key.Key_Return)
    assert box.text() == "theme:dr"
    assert pane.wishes[-1].query == "theme:dr"
    assert rows(box) == []


def test_words_are_only_words_until_the_typing_rests(box, qtbot):
    qtbot.keyClicks(box, "the theme")
    assert rows(box) == []
    qtbot.waitUntil(lambda: rows(box) == ["theme:"])
    qtbot.keyClicks(box, "s ")
    assert rows(box) == []
    qtbot.wait(RESTED + 60)
    assert rows(box) == []


def test_escape_closes_it_leaves_the_text_and_it_stays_away_from_that_word(box, qtbot):
    qtbot.keyClicks(box, "oil theme:d")
    press(qtbot, box, Qt.Key.Key_Escape)
    assert box.text() == "oil theme:d"
    assert rows(box) == []
    qtbot.keyClicks(box, "r")
    assert rows(box) == []
    qtbot.keyClicks(box, " is:")
    assert rows(box) == ["unread", "read"]
    press(qtbot, box, Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert box.text() == ""


def test_down_goes_through_the_offers_to_the_list(box, pane, qtbot):
    qtbot.keyClicks(box, "is:")
    with qtbot.assertNotEmitted(pane.down_pressed):
        press(qtbot, box, Qt.Key.Key_Down, Qt.Key.Key_Down)
    with qtbot.waitSignal(pane.down_pressed, timeout=50):
        press(qtbot, box, Qt.Key.Key_Down)
    assert rows(box) == []


def test_a_click_takes_a_row(box, qtbot):
    qtbot.keyClicks(box, "lang:")
    view = offers(box).list
    at = view.visualRect(view.model().index(0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert box.text() == "lang:en "
    assert box.hasFocus()


def test_a_completion_can_be_undone(box, qtbot):
    qtbot.keyClicks(box, "theme:w")
    press(qtbot, box, Qt.Key.Key_Tab)
    assert box.text() == "theme:War "
    while box.isUndoAvailable() and box.text() != "theme:w":
        qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert box.text() == "theme:w"


def test_it_follows_the_cursor_while_it_is_shown(box, qtbot):
    qtbot.keyClicks(box, "is:unre theme:w")
    assert rows(box) == ["War"]
    box.setCursorPosition(5)
    assert rows(box) == ["unread"]
    press(qtbot, box, Qt.Key.Key_Home)
    assert rows(box) == []
    press(qtbot, box, Qt.Key.Key_End)
    assert rows(box) == []


def test_letters_outside_the_first_plane_do_not_shift_it(box, qtbot):
    event = QInputMethodEvent("", [])
    event.setCommitString("𝕏𝕏 oil theme:w")
    QApplication.sendEvent(box, event)
    assert rows(box) == ["War"]
    press(qtbot, box, Qt.Key.Key_Tab)
    assert box.text() == "𝕏𝕏 oil theme:War "
    assert box.cursorPosition() == len("XXXX oil theme:War ")


def test_what_the_program_writes_opens_nothing_and_closes_what_is_open(box, pane, qtbot):
    pane.set_query("theme:")
    assert rows(box) == []
    pane.set_query("")
    qtbot.keyClicks(box, "theme:")
    assert rows(box)
    pane.set_query("theme:w")
    assert rows(box) == []
    pane.focus_box()
    qtbot.wait(RESTED + 60)
    assert rows(box) == []


def test_leaving_the_box_closes_it_and_forgets_the_names(box, pane, qtbot):
    qtbot.keyClicks(box, "theme:")
    pane.filter_button.setFocus()
    assert rows(box) == []
    with qtbot.waitSignal(pane.completer.vocabulary_wished, timeout=50):
        box.setFocus()
    box.clear()
    pane.completer.take_vocabulary(Vocabulary({"theme": (Value(("Peace",)),)}))
    qtbot.keyClicks(box, "theme:")
    assert rows(box) == ["Peace"]


def test_names_that_come_late_are_offered_for_what_stands_there_then(pane, qtbot):
    pane.window().activateWindow()
    pane.focus_box()
    qtbot.waitUntil(pane.box.hasFocus)
    qtbot.keyClicks(pane.box, "theme:")
    assert rows(pane.box) == []
    qtbot.keyClicks(pane.box, "w")
    pane.completer.take_vocabulary(KNOWN)
    assert rows(pane.box) == ["War"]


def test_names_that_come_after_the_box_was_left_are_not_kept(pane, qtbot):
    pane.focus_box()
    qtbot.waitUntil(pane.box.hasFocus)
    qtbot.keyClicks(pane.box, "theme:")
    pane.filter_button.setFocus()
    pane.completer.take_vocabulary(KNOWN)
    assert rows(pane.box) == []


def test_those_who_listen_hear_what_a_row_is(box, qtbot):
    said = {}
    for query in ("theme:", "in:", "lang:", "out"):
        box.clear()
        qtbot.keyClicks(box, query)
        qtbot.waitUntil(lambda: bool(rows(box)))
        model = offers(box).list.model()
        said[query] = [
            model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())
        ]  # fmt: skip
    assert said["theme:"] == ["Drones, 120 articles", "Drones > Sea, 1 article", "War, 7 articles"]
    assert said["in:"] == ["Briefing, 4 articles", "All about oil, by search"]
    assert said["lang:"] == ["en, English, 14 articles", "tlh-x, 1 article"]
    assert said["out"] == ["outlet:, where it was published"]


def test_attributes_are_offered_like_fields(box, qtbot):
    qtbot.keyClicks(box, "ton")
    qtbot.waitUntil(lambda: rows(box) == ["tone:"])
    press(qtbot, box, Qt.Key.Key_Tab)
    assert rows(box) == ["very critical"]
    press(qtbot, box, Qt.Key.Key_Tab)
    assert box.text() == 'tone:"very critical" '


def test_every_field_of_the_language_is_explained():
    assert set(FIELDS) - {"like"} <= {name for name, (_, meaning) in _FIELDS.items() if meaning}


def test_what_does_not_fit_into_the_box_is_not_written(box, qtbot):
    box.setMaxLength(9)
    qtbot.keyClicks(box, "theme:w")
    press(qtbot, box, Qt.Key.Key_Tab)
    assert box.text() == "theme:w"


def test_in_the_window_the_names_come_from_the_library_that_is_open(qtbot, looks, tmp_path):
    for name in ("one", "two"):
        with Workspace(tmp_path / name) as workspace:
            workspace.themes.add(f"Theme of {name}")
    with opened(qtbot, tmp_path / "one", tmp_path / "settings.json", looks) as hands:
        hands.search("theme:")
        box = hands.window.search.box
        hands.until(lambda: rows(box) == ["Theme of one"])
        hands.key(Qt.Key.Key_Tab)
        assert box.text() == 'theme:"Theme of one" '
        hands.window.shelf.open(str(tmp_path / "two"))
        hands.until(lambda: hands.window.context.bridge.folder == tmp_path / "two")
        hands.rest()
        hands.search("theme:")
        hands.until(lambda: rows(box) == ["Theme of two"])


def test_a_theme_made_meanwhile_is_offered(qtbot, looks, tmp_path):
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        hands.search("theme:")
        assert rows(hands.window.search.box) == []
        with Workspace(tmp_path / "library") as workspace:
            workspace.themes.add("Water")
        hands.window.list.setFocus()
        hands.search("theme:w")
        hands.until(lambda: rows(hands.window.search.box) == ["Water"])
