"""A collection becomes a document in the window: headings and texts written, moved, taken back by undo, exported."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListView

from app.workspace import Workspace
from tests.windows import opened
from ui.dialogs.export_dialog import ExportDialog

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def planted(library, folder):
    """Make a library of two articles with a passage each, both in one collection."""
    (folder / "one.md").write_text("# One\n\nThe ferry runs at night. Nobody asked for it.\n", encoding="utf-8")
    (folder / "two.md").write_text("# Two\n\nA harbour is a place for boats.\n", encoding="utf-8")
    with Workspace(library) as workspace:
        for _ in workspace.import_files([folder / "one.md", folder / "two.md"], jobs=1).run():
            pass
        keys = sorted(workspace.articles.keys())
        marks = [workspace.highlights.add(key, 0, 9, ["Boats"]).id for key in keys]
        workspace.collections.add("Report")
        workspace.collections.put("Report", marks)
    return library


def sequence(library):
    """Return what a collection is as it is read."""
    with Workspace(library) as workspace:
        found = workspace.collections.find("Report")
        words = {one.id: (one.level, one.text) for one in found.interludes}
        return [words.get(uid, "passage") for uid in found.sequence]


def test_a_report_is_written_between_passages_and_every_step_of_it_can_be_undone(qtbot, looks, tmp_path):
    library = planted(tmp_path / "library", tmp_path)
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        board, cards = hands.window.board, hands.window.board.focusProxy()
        hands.window.side.collections.open_wished.emit(hands.window.context.session.collections[0].id)
        hands.until(board.shown)
        first, second = board.shown()

        hands.act("heading-above")
        hands.type("Getting across")
        hands.key(Qt.Key.Key_Return)
        hands.until(lambda: sequence(library) == [(1, "Getting across"), "passage", "passage"])
        hands.rest()
        hands.key(Qt.Key.Key_End, to=cards)
        hands.key(Qt.Key.Key_T, to=cards)
        hands.type("By contrast:")
        hands.key(Qt.Key.Key_Escape)
        hands.until(lambda: len(sequence(library)) == 4)
        hands.rest()
        heading, _, text, _ = board.shown()
        assert board.shown() == (heading, first, text, second)
        hands.key(Qt.Key.Key_Up, ALT | SHIFT, to=cards)
        hands.until(lambda: sequence(library)[1] == (0, "By contrast:"))
        hands.rest()
        assert board.shown() == (heading, text, first, second)
        assert board.selected() == (text,)
        hands.key(Qt.Key.Key_2, to=cards)
        hands.until(lambda: sequence(library)[1] == (2, "By contrast:"))
        hands.rest()
        hands.key(Qt.Key.Key_Delete, to=cards)
        hands.until(lambda: sequence(library) == [(1, "Getting across"), "passage", "passage"])
        hands.rest()

        for left in (
            [(1, "Getting across"), (2, "By contrast:"), "passage", "passage"],
            [(1, "Getting across"), (0, "By contrast:"), "passage", "passage"],
            [(1, "Getting across"), "passage", (0, "By contrast:"), "passage"],
        ):
            hands.act("undo")
            hands.until(lambda wanted=left: sequence(library) == wanted)
            hands.rest()
        assert board.shown() == (heading, first, text, second)


def test_without_a_collection_one_is_told_where_headings_stand(qtbot, looks, tmp_path):
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        said = []
        hands.window.messages.spoken.connect(said.append)
        hands.act("text-above")
        assert any("stand in a collection" in line for line in said)


def test_the_last_choice_and_the_presets_are_there_the_next_time(qtbot, looks, tmp_path):
    library, settings = planted(tmp_path / "library", tmp_path), tmp_path / "settings.json"
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("export")
        dialog = hands.window.findChild(ExportDialog)
        dialog.set_default_folder(str(tmp_path))
        formats = next(one for one in dialog.findChildren(QListView) if one.accessibleName() == "Format")
        formats.choose("csv")
        hands.click(hands.labelled("Only articles with highlights"))
        hands.click(hands.labelled("Keep these choices as a preset"))
        hands.type("Rows")
        hands.key(Qt.Key.Key_Return)
        hands.click(hands.labelled("Export"))
        hands.until(lambda: hands.window.settings.remembered("export_last"))
        hands.rest()
        hands.key(Qt.Key.Key_Escape)
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("export")
        dialog = hands.window.findChild(ExportDialog)
        chosen = dialog.choices()
        assert (chosen.what, chosen.format, chosen.marked, chosen.folder) == ("everything", "csv", True, str(tmp_path))
        assert hands.window.settings.remembered("export_presets")[0]["name"] == "Rows"
        assert QApplication.focusWidget().key() == "everything"
        dialog.dismiss()
