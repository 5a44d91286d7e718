"""What is done in one go is one step of the history: a note while it is typed, ends while they are moved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import Hands, opened

FERRY = "# The ferry\n\nThe night ferry runs again with 300 seats. Nobody had asked for it.\n"
PARTS = ("Check ", "with ", "Anna ", "first.")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library with one article, in which a passage is marked."""
    (tmp_path / "ferry.md").write_text(FERRY, encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "ferry.md")
        workspace.themes.add("Water", digit=1)
        workspace.highlights.add_quote(workspace.keys("ferry")[0], "night ferry", themes=["Water"])
    return tmp_path / "library"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def steps(library: Path) -> list[str]:
    with Workspace(library) as workspace:
        return [str(step.label) for step in workspace.history()]


def type_with_pauses(hands: Hands, editor, parts=PARTS) -> None:
    """Type into an editor, and let it save after each part as it does when one thinks."""
    for part in parts:
        hands.type(part, to=editor.field)
        editor.flush()
        hands.rest_shortly()


def mark(hands: Hands):
    return hands.window.context.session.highlights[0]


def test_a_note_that_is_typed_with_pauses_is_one_step(qtbot, looks, library, settings):
    before = steps(library)
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.window.reader.open_note(mark(hands).id)
        type_with_pauses(hands, hands.window.reader.card.note)
        hands.rest()
        assert mark(hands).note == "Check with Anna first."
        hands.view.setFocus()
        hands.act("undo")
        assert mark(hands).note == ""
        hands.act("redo")
        assert mark(hands).note == "Check with Anna first."
    assert steps(library) == ["Note on “night ferry”", *before]


def test_so_is_the_note_on_the_article(qtbot, looks, library, settings):
    before = steps(library)
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.act("show-notes")
        hands.window.side.notes.own_note.focus()
        type_with_pauses(hands, hands.window.side.notes.own_note)
        hands.rest()
        assert hands.window.context.session.article.note == "Check with Anna first."
    assert steps(library) == ["Note on an article", *before]


def test_so_is_the_note_on_a_theme_and_a_mark_in_between_parts_two(qtbot, looks, library, settings):
    before = steps(library)
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        theme = hands.window.context.session.themes[0].id
        hands.window.side.themes.about_wished.emit(theme)
        hands.rest()
        editor = hands.window.note_page._sheet.note
        type_with_pauses(hands, editor)
        hands.window.note_page._sheet.hide()
        hands.window.reader.focus_highlight(mark(hands).id)
        hands.act("theme-1")
        hands.window.note_page.open(theme)
        hands.rest()
        type_with_pauses(hands, editor, ("And ", "more."))
    assert steps(library) == ["Note", "Themes of “night ferry”", "Note", *before]


def test_ends_that_are_moved_quickly_go_all_the_way_and_come_back_at_once(qtbot, looks, library, settings):
    before = steps(library)
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        hands.window.reader.focus_highlight(mark(hands).id)
        for key in ("end-right", "end-right", "start-left", "end-right"):
            hands.window.actions_by_key[key].trigger()
        hands.rest()
        assert mark(hands).quote == "The night ferry runs again with"
        hands.act("end-right")
        assert mark(hands).quote == "The night ferry runs again with 300"
        hands.act("undo")
        assert mark(hands).quote == "night ferry"
        hands.act("end-right")
        assert mark(hands).quote == "night ferry runs"
    assert steps(library)[:2] == ["Highlight “night ferry” moved", *before[:1]]


def test_a_digit_pressed_twice_quickly_changes_nothing(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("The ferry")
        water = mark(hands).themes
        hands.view.setFocus()
        hands.window.reader.focus_highlight(mark(hands).id)
        for _ in range(2):
            hands.key(Qt.Key.Key_1, to=hands.view)
        hands.rest()
        assert mark(hands).themes == water
        for _ in range(3):
            hands.key(Qt.Key.Key_1, to=hands.view)
        hands.rest()
        assert mark(hands).themes == ()


def test_held_keys_move_an_end_on_and_on(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        repeating = {key for key, action in hands.window.actions_by_key.items() if action.autoRepeat()}
        moving = {"next-paragraph", "end-right", "end-left", "start-right", "start-left-exact", "end-right-exact"}
        assert moving <= repeating
        assert not {"theme-1", "clear-themes", "highlight", "remove-highlight", "undo"} & repeating
