"""Exporting from the window: nothing goes on for a dialog that is not there any more."""

from __future__ import annotations

from time import monotonic

from app.presets import Preset
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
