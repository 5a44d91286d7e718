"""Private notes: locked where they are written, shown as such, left out of exports, taken back by undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.exporting.bundling import Selection
from app.workspace import Workspace
from tests.windows import opened
from ui.dialogs.note_sheet import NoteSheet
from ui.widgets.note_editor import NoteEditor

LOCK = "Private: stays out of exports"


@pytest.fixture
def library(tmp_path):
    """Make a library of one article with a noted passage, which is also in a collection."""
    folder = tmp_path / "library"
    (tmp_path / "one.md").write_text("# One\n\nThe ferry runs at night. Nobody asked for it.\n", encoding="utf-8")
    with Workspace(folder) as workspace:
        for _ in workspace.import_files([tmp_path / "one.md"], jobs=1).run():
            pass
        key = workspace.articles.keys()[0]
        mark = workspace.highlights.add(key, 0, 9, ["Boats"], "From a friend.")
        workspace.articles.note(key, "Ask the editor.")
        workspace.collections.add("Report")
        workspace.collections.put("Report", [mark.id])
    return folder


def exported(folder):
    """Return the notes that go along, and how many stay home."""
    with Workspace(folder) as workspace:
        bundle = workspace.bundle(Selection())
        item = bundle.articles[0]
        return item.article.note, item.highlights[0].note, bundle.withheld


def lock_of(part):
    return next(one for one in part.findChildren(NoteEditor) if one.isVisible()).lock


def test_the_note_of_a_passage_stays_home_and_goes_along_again(qtbot, looks, tmp_path, library):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        hands.open("One")
        hands.click_text("The ferry")
        hands.key(Qt.Key.Key_N, to=hands.view)
        hands.rest()
        hands.type(" Not to be passed on.")
        hands.click(hands.labelled(LOCK))
        hands.until(lambda: exported(library) == ("Ask the editor.", "", 1))
        hands.rest()
        assert hands.window.context.session.highlights[0].private
        assert lock_of(hands.window.reader.card).isChecked()
        hands.act("undo")
        hands.until(lambda: exported(library)[2] == 0)
        hands.until(lambda: not lock_of(hands.window.reader.card).isChecked())
        assert exported(library)[1] == "From a friend. Not to be passed on."


def test_the_note_of_the_article_and_the_cards_beside_it(qtbot, looks, tmp_path, library):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        hands.open("One")
        hands.act("show-notes")
        notes = hands.window.side.notes
        hands.click(notes.own_note.lock)
        hands.until(lambda: exported(library) == ("", "From a friend.", 1))
        hands.rest()
        assert notes.own_note.lock.isChecked()
        notes.write_note(hands.window.context.session.highlights[0].id)
        hands.rest()
        hands.click(lock_of(notes.list))
        hands.until(lambda: exported(library) == ("", "", 2))
        hands.rest()
        assert lock_of(notes.list).isChecked()
        row = notes.list.model().index(0, 0)
        assert "private note" in row.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_note_on_the_board(qtbot, looks, tmp_path, library):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        board = hands.window.board
        hands.window.side.collections.open_wished.emit(hands.window.context.session.collections[0].id)
        hands.until(board.shown)
        hands.key(Qt.Key.Key_N, to=board.focusProxy())
        hands.click(lock_of(board))
        hands.until(lambda: exported(library) == ("Ask the editor.", "", 1))
        hands.rest()
        assert lock_of(board).isChecked()
        hands.key(Qt.Key.Key_Escape)
        hands.key(Qt.Key.Key_H, to=board.focusProxy())
        hands.type("Part one")
        assert not lock_of(board).isVisible()
        hands.key(Qt.Key.Key_Escape)
        hands.rest()


def test_a_key_keeps_the_note_out_of_exports_and_lets_it_along(qtbot, looks, tmp_path, library):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        hands.open("One")
        hands.click_text("The ferry")
        hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier, to=hands.view)
        hands.until(lambda: exported(library) == ("Ask the editor.", "", 1))
        hands.rest()
        hands.act("private-note")
        hands.until(lambda: exported(library)[2] == 0)
        hands.rest()
        while hands.window.reader.focused():
            hands.act("let-go")
        hands.act("private-note")
        hands.until(lambda: exported(library) == ("", "From a friend.", 1))


@pytest.mark.parametrize("owner", ["library", "theme"])
def test_the_library_and_a_theme_have_a_note_with_a_lock(qtbot, looks, tmp_path, library, owner):
    def notes():
        with Workspace(library) as workspace:
            bundle = workspace.bundle(Selection())
            kept = (workspace.notes.text(), workspace.notes.text("theme", workspace.themes.find("Boats").key))
            return kept, (bundle.note, bundle.themes[0].note), bundle.withheld

    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        if owner == "library":
            hands.act("library-note")
        else:
            hands.window.side.themes.about_wished.emit(hands.window.context.session.themes[0].id)
            hands.rest()
        hands.type("For *us* alone.")
        sheet = hands.window.findChild(NoteSheet)
        hands.click(sheet.note.lock)
        wanted = ("For *us* alone.", "") if owner == "library" else ("", "For *us* alone.")
        hands.until(lambda: notes() == (wanted, ("", ""), 1))
        hands.rest()
        hands.key(Qt.Key.Key_Escape)
        assert not sheet.isVisible()
        hands.act("undo")
        hands.until(lambda: notes() == (wanted, wanted, 0))
