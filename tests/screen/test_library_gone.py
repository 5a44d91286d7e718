"""A library that is taken away under an open window: it says so, and shows nothing as done that is not kept."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import opened


def test_what_is_typed_while_the_library_is_away_is_kept_and_goes_in_when_it_is_back(qtbot, looks, tmp_path):
    library, away = tmp_path / "library", tmp_path / "away"
    (tmp_path / "ferry.md").write_text("# The ferry\n\nThe night ferry runs again.\n", encoding="utf-8")
    with Workspace(library) as workspace:
        imported(workspace, tmp_path / "ferry.md")
        workspace.highlights.add_quote(workspace.keys("")[0], "night ferry")
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        hands.open("The ferry")
        hands.click_text("night ferry")
        hands.act("note")
        library.rename(away)
        hands.type("Ask the harbour")
        hands.key(Qt.Key.Key_Escape)
        panel = hands.window.side.article
        panel.field_wished.emit("outlet", "The Quay", hands.window.context.session.article.id)
        hands.rest_shortly()
        away.rename(library)
        hands.click(hands.labelled("Try again"))
        hands.until(lambda: hands.window.context.session.highlights[0].note == "Ask the harbour")
        hands.until(lambda: hands.window.context.session.article.metadata.outlet == "The Quay")


def test_a_mark_in_a_library_that_was_taken_away_is_refused_and_goes_in_when_it_is_back(qtbot, looks, tmp_path):
    library, away = tmp_path / "library", tmp_path / "away"
    (tmp_path / "ferry.md").write_text("# The ferry\n\nThe night ferry runs again.\n", encoding="utf-8")
    with Workspace(library) as workspace:
        imported(workspace, tmp_path / "ferry.md")
        workspace.themes.add("Water")
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        said: list[str] = []
        hands.window.messages.spoken.connect(said.append)
        hands.open("The ferry")
        library.rename(away)
        hands.drag(hands.span_of("night ferry"))
        hands.key(Qt.Key.Key_1, to=hands.view)
        hands.until(lambda: any("cannot be found" in one for one in said))
        hands.rest()
        assert hands.quotes() == []
        away.rename(library)
        hands.drag(hands.span_of("night ferry"))
        hands.key(Qt.Key.Key_1, to=hands.view)
        hands.until(lambda: hands.quotes() == ["night ferry"])
