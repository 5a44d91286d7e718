"""An article beside its earlier text and beside its like, in the window."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.workspace import Workspace
from tests.libraries import add
from tests.windows import opened
from ui.dialogs.comparison_sheet import ComparisonSheet
from ui.widgets.toast import Toast

WIRE = [
    f"The {word} was seen off the coast by a fisherman who had left the harbour before dawn."
    for word in ("ferry", "tanker", "trawler", "cutter", "barge", "yacht")
]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with Workspace(tmp_path / "library") as workspace:
        add(workspace.holdings, *WIRE, title="Wire")
        second = add(workspace.holdings, "By our own correspondent", *WIRE[:5], title="Elsewhere")
        add(workspace.holdings, "Something else happened, and nobody wrote about it.", title="Another")
        workspace.highlights.add(second, 30, 60, ["Ships"], "seen")
        workspace.bodies.leave_out(second, 0)
    return tmp_path / "library"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_highlights_are_carried_over_from_a_similar_article(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Wire")
        hands.act("compare")
        sheet = hands.window.findChild(ComparisonSheet)
        hands.until(lambda: sheet._carry.text() == "Carry one highlight over")
        assert sheet._said.text() == "One of 6 lines differs"
        assert "yacht" in sheet._text.toPlainText()
        sheet._same.setChecked(True)
        assert "yacht" in sheet._text.toPlainText()
        assert "tanker" not in sheet._text.toPlainText()
        sheet._carry.click()
        hands.until(lambda: len(hands.window.context.session.highlights) == 1)
        hands.until(lambda: not sheet._carry.isEnabled())
        sheet.dismiss()
        hands.act("undo")
        hands.until(lambda: not hands.window.context.session.highlights)


def test_earlier_texts_are_shown_and_the_other_article_opens(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Elsewhere")
        hands.act("compare")
        sheet = hands.window.findChild(ComparisonSheet)
        hands.until(lambda: sheet._others.count() == 2)
        hands.until(lambda: "correspondent" in sheet._text.toPlainText())
        assert sheet._carry.isHidden()
        sheet._others.setCurrentIndex(1)
        hands.until(lambda: "yacht" in sheet._text.toPlainText())
        sheet._open.click()
        hands.until(lambda: hands.window.context.session.article.metadata.title == "Wire")


def test_where_there_is_nothing_to_compare_with_it_is_said(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Another")
        hands.act("compare")
        toast = hands.window.findChild(Toast)
        hands.until(lambda: "nothing to compare" in toast.text())
