"""Marking under a theme that is gone by then: no theme comes into being that nobody has named."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import Hands, opened

WHOLE = "The night ferry runs again. Nobody had asked for it."


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library with one article and two themes."""
    (tmp_path / "ferry.md").write_text(f"# The ferry\n\n{WHOLE}\n", encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "ferry.md")
        workspace.themes.add("Water")
        workspace.themes.add("Money")
    return tmp_path / "library"


def names(hands: Hands) -> list[str]:
    return [theme.name for theme in hands.window.context.session.themes]


def themes_of(hands: Hands, quote: str) -> list[str]:
    session = hands.window.context.session
    found = next(one for one in session.highlights if one.quote == quote)
    return [theme.name for one in found.themes if (theme := session.theme(one)) is not None]


def press(hands: Hands, key: Qt.Key) -> None:
    hands.key(key, to=hands.view)
    hands.rest()


@pytest.mark.parametrize("gone", ["deleted", "merged"])
def test_the_last_theme_is_none_once_it_is_gone(qtbot, looks, library, tmp_path, gone):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        hands.open("The ferry")
        hands.drag(hands.span_of("night ferry"))
        press(hands, Qt.Key.Key_1)
        water, money = hands.window.context.session.themes
        themes = hands.window.side.themes
        themes.delete_wished.emit(water.id) if gone == "deleted" else themes.merge_wished.emit(water.id, money.id)
        hands.rest()
        hands.drag(hands.span_of("Nobody"))
        press(hands, Qt.Key.Key_H)
        assert themes_of(hands, "Nobody") == []
        assert names(hands) == ["Money"]


def test_the_last_theme_is_none_once_its_making_is_undone(qtbot, looks, library, tmp_path):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        hands.open("The ferry")
        hands.drag(hands.span_of("night ferry"))
        press(hands, Qt.Key.Key_1)
        press(hands, Qt.Key.Key_T)
        hands.type("Boats")
        hands.key(Qt.Key.Key_Return)
        hands.rest()
        assert themes_of(hands, "night ferry") == ["Water", "Boats"]
        hands.drag(hands.span_of("Nobody"))
        press(hands, Qt.Key.Key_H)
        assert themes_of(hands, "Nobody") == ["Boats"]
        hands.act("undo")
        hands.act("undo")
        assert names(hands) == ["Water", "Money"]
        hands.drag(hands.span_of("again"))
        press(hands, Qt.Key.Key_H)
        assert themes_of(hands, "again") == []
        assert names(hands) == ["Water", "Money"]


def test_a_digit_of_a_theme_that_another_window_has_just_deleted_is_refused_in_words(qtbot, looks, library, tmp_path):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        said: list[str] = []
        hands.window.messages.spoken.connect(said.append)
        hands.open("The ferry")
        hands.drag(hands.span_of("night ferry"))
        with Workspace(library) as workspace:
            workspace.themes.delete("Water")
        hands.key(Qt.Key.Key_1, to=hands.view)
        hands.until(lambda: said)
        assert said[0].startswith("That theme is gone")
        hands.until(lambda: names(hands) == ["Money"])
        hands.rest()
        assert hands.quotes() == []
