"""Exporting from the window: what is offered is what is shown; nothing goes on for a dialog that is not there."""

from __future__ import annotations

import json
from time import monotonic

import pytest
from PySide6.QtWidgets import QApplication

from app.exporting.bundling import Selection
from app.exporting.presets import Preset
from app.workspace import Workspace
from tests.libraries import add
from tests.windows import opened
from ui.dialogs.export_dialog import ExportDialog

ENDLESS = "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}"


def test_the_preview_of_a_dialog_that_is_closed_ends_at_once(qtbot, looks, tmp_path):
    (tmp_path / "own.txt").write_text(ENDLESS, encoding="utf-8")
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        hands.act("export")
        dialog = hands.window.findChild(ExportDialog)
        with qtbot.waitSignal(dialog.preview_wished):
            dialog.choose(Preset("", "everything", "template", {"file": str(tmp_path / "own.txt")}))
        qtbot.wait(100)
        assert not hands.window.is_idle()
        dialog.dismiss()
        started = monotonic()
        hands.until(hands.window.is_idle)
        assert monotonic() - started < 5


@pytest.fixture
def marked(tmp_path):
    with Workspace(tmp_path / "library") as workspace:
        for title in ("Ferries", "Trams"):
            key = add(workspace.holdings, "The mayor smiled.", "A drone fell.", title=title)
            workspace.highlights.add(key, *workspace.highlights.locate(key, "mayor"))
            workspace.highlights.add(key, *workspace.highlights.locate(key, "drone"))
        workspace.collections.add("Drones", "drone")
    return tmp_path / "library"


def opened_dialog(hands):
    hands.act("export")
    dialog = hands.until(lambda: hands.window.findChild(ExportDialog))
    hands.until(dialog.isVisible)
    return dialog, QApplication.focusWidget()


def searches(view):
    model = view.model()
    found = [model.index(row, 0).data() for row in range(model.rowCount())]
    return [one.split(":")[0] for one in found if "the search finds" in one]


def test_the_passages_that_are_listed_are_what_is_exported(qtbot, looks, tmp_path, marked):
    with opened(qtbot, marked, tmp_path / "settings.json", looks) as hands:
        hands.search("drone")
        dialog, view = opened_dialog(hands)
        dialog.dismiss()
        assert searches(view) == ["The articles the search finds", "The passages the search finds"]
        hands.window.search.set_passages(True)
        hands.rest()
        dialog, view = opened_dialog(hands)
        assert searches(view) == ["The passages the search finds", "The articles the search finds"]
        view.choose("passages:drone")
        dialog.choose_format("json")
        dialog.set_default_folder(str(tmp_path / "out"))
        target = dialog.wish().target
        hands.click(hands.labelled("Export"))
        hands.until(target.exists)
        hands.rest()
        written = json.loads(target.read_text(encoding="utf-8"))
        assert [[one["quote"] for one in item["highlights"]] for item in written["articles"]] == [["drone"]] * 2
        dialog.dismiss()
        hands.search("mayor")
        _, view = opened_dialog(hands)
        assert view.key() == "passages:mayor"


def test_the_board_of_a_search_hands_on_its_passages(qtbot, looks, tmp_path, marked):
    with opened(qtbot, marked, tmp_path / "settings.json", looks) as hands:
        (drones,) = hands.window.context.session.collections
        hands.window.side.collections.board_wished.emit(drones.id)
        hands.rest()
        dialog, _ = opened_dialog(hands)
        assert dialog.wish().selection == Selection(collection=drones.id, passages=True)
