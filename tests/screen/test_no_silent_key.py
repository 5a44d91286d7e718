"""H and 0 do something, or say why there is nothing to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import Hands, opened


@pytest.fixture
def hands(qtbot, looks, tmp_path: Path):
    (tmp_path / "ferry.md").write_text("# The ferry\n\nThe night ferry runs again.\n", encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "ferry.md")
        workspace.themes.add("Water", digit=1)
        workspace.highlights.add_quote(workspace.keys("ferry")[0], "night ferry")
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as found:
        found.open("The ferry")
        found.view.setFocus()
        yield found


def mark(hands: Hands):
    return next(one for one in hands.window.context.session.highlights if one.quote == "night ferry")


def press(hands: Hands, key: Qt.Key) -> list[str]:
    """Press a key in the text; return what is said to it."""
    said: list[str] = []
    hands.window.messages.spoken.connect(said.append)
    hands.key(key, to=hands.view)
    hands.rest()
    hands.window.messages.spoken.disconnect(said.append)
    return said


def test_on_a_highlight_h_puts_the_last_theme(hands):
    hands.drag(hands.span_of("again"))
    press(hands, Qt.Key.Key_1)
    hands.window.reader.focus_highlight(mark(hands).id)
    assert press(hands, Qt.Key.Key_H) == []
    assert mark(hands).themes == (hands.window.context.session.themes[0].id,)
    assert press(hands, Qt.Key.Key_H) == ["“Water” is on this passage already."]
    assert mark(hands).themes == (hands.window.context.session.themes[0].id,)


def test_without_a_last_theme_h_says_so(hands):
    hands.window.reader.focus_highlight(mark(hands).id)
    assert press(hands, Qt.Key.Key_H) == ["This is highlighted already, and no theme was used yet."]


def test_where_there_is_no_theme_0_says_so(hands):
    hands.window.reader.focus_highlight(mark(hands).id)
    assert press(hands, Qt.Key.Key_0) == ["There is no theme on this passage."]
    hands.drag(hands.span_of("again"))
    assert press(hands, Qt.Key.Key_0) == ["There is no theme on this passage."]


def test_a_key_for_what_is_out_of_sight_says_so(hands):
    hands.drag(hands.span_of("again"))
    hands.window.resize(1400, 300)
    hands.rest()
    hands.view.verticalScrollBar().setMaximum(5000)
    hands.view.verticalScrollBar().setValue(5000)
    assert press(hands, Qt.Key.Key_1) == ["What is selected is out of sight."]
    assert hands.quotes() == ["night ferry"]
