"""The file that an article was read from is offered where it is kept, and nowhere else."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.exporting.bundling import Selection
from app.workspace import Workspace
from tests.libraries import finished, imported
from tests.windows import Hands, opened

STORY = "# Night trains\n\nThe sleepers are back, and they are full on most nights of the week.\n"


def offers(hands: Hands) -> tuple[bool, bool]:
    """Tell whether the side pane and the menu offer the original of the open article."""
    hands.window.show_tab("article")
    hands.rest()
    beside = hands.window.side.article._original.isVisible()
    hands.click(hands.window.centre.more)
    names = {action.text() for action in hands.menu().actions()}
    hands.key(Qt.Key.Key_Escape, to=hands.menu())
    return beside, hands.window.actions_by_key["original"].text() in names


def test_it_is_offered_where_it_is_kept_only(qtbot, looks, tmp_path):
    (tmp_path / "story.md").write_text(STORY, encoding="utf-8")
    with Workspace(tmp_path / "home") as workspace:
        imported(workspace, tmp_path / "story.md")
        finished(workspace.export(Selection(), "json", tmp_path / "all.json", {}))
    with Workspace(tmp_path / "away") as workspace:
        imported(workspace, tmp_path / "all.json")
    for folder, kept in (("home", True), ("away", False)):
        with opened(qtbot, tmp_path / folder, tmp_path / "settings.json", looks) as hands:
            hands.open("Night trains")
            assert offers(hands) == (kept, kept)
