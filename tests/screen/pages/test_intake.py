"""What is dropped comes in at once; a table whose columns nobody has mapped yet is asked about, and only once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from tests.windows import opened
from ui.dialogs.import_dialog import ImportDialog


@pytest.fixture
def hands(qtbot, looks, tmp_path):
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as hands:
        yield hands


def table(path, *titles):
    rows = "".join(f"{title},The text of {title} stands here.,calm\n" for title in titles)
    path.write_text(f"Name,Text,Tone\n{rows}", encoding="utf-8")
    return path


def asked(hands):
    """Return the dialog once it shows the articles of the file."""
    dialog = hands.until(lambda: hands.window.findChild(ImportDialog))
    hands.until(lambda: dialog.isVisible() and button(dialog).isEnabled())
    return dialog


def button(dialog):
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == "Import")


def done(hands, *titles):
    hands.until(lambda: set(titles) <= set(hands.titles()))
    hands.rest()


def test_a_table_is_asked_about_and_its_columns_are_remembered(hands, tmp_path):
    hands.window.import_paths([table(tmp_path / "one.csv", "Wall", "Tide")])
    dialog = asked(hands)
    column = next(one for one in dialog.findChildren(type(dialog._format)) if "Name" in one.accessibleName())
    column.setCurrentIndex(column.findData("title"))
    hands.until(lambda: button(dialog).isEnabled())
    hands.qtbot.mouseClick(button(dialog), Qt.MouseButton.LeftButton)
    done(hands, "Wall", "Tide")
    hands.window.import_paths([table(tmp_path / "two.csv", "Boats")])
    done(hands, "Boats")
    assert not dialog.isVisible()


def test_what_stands_beside_a_table_comes_in_with_it(hands, tmp_path):
    note = tmp_path / "note.md"
    note.write_text("# A note\n\nIt says something.\n", encoding="utf-8")
    hands.window.import_paths([note, table(tmp_path / "one.csv", "Wall")])
    dialog = asked(hands)
    assert hands.titles() == []
    hands.qtbot.mouseClick(button(dialog), Qt.MouseButton.LeftButton)
    hands.until(lambda: len(hands.titles()) == 2)
    hands.rest()


def test_a_table_that_is_not_wanted_after_all_stays_out(hands, tmp_path):
    note = tmp_path / "note.md"
    note.write_text("# A note\n\nIt says something.\n", encoding="utf-8")
    hands.window.import_paths([table(tmp_path / "one.csv", "Wall"), note])
    asked(hands)
    hands.key(Qt.Key.Key_Escape)
    done(hands, "A note")
    assert hands.titles() == ["A note"]


def choose(hands, *files):
    """Answer the file dialog that is open."""
    dialog = hands.window.findChild(QFileDialog)
    dialog.filesSelected.emit([str(file) for file in files])
    dialog.close()


def test_files_are_chosen_and_the_next_choice_begins_beside_them(hands, tmp_path):
    files = [tmp_path / "in" / f"{name}.md" for name in ("One", "Two")]
    files[0].parent.mkdir()
    for file in files:
        file.write_text(f"# {file.stem}\n\nAll about {file.stem}.\n", encoding="utf-8")
    hands.act("import-files")
    choose(hands, *files)
    done(hands, "One", "Two")
    hands.act("import-as")
    assert Path(hands.window.findChild(QFileDialog).directory().path()) == files[0].parent


def test_any_file_can_be_read_with_options(hands, tmp_path):
    texts = tmp_path / "all.txt"
    one = "The wall\n\nThe wall that keeps the sea out of the town will be raised by a metre before next winter.\n"
    two = "The tide\n\nNobody in the town remembers a tide as high as the one that came in on Monday night.\n"
    texts.write_text(f"{one}\n=====\n\n{two}", encoding="utf-8")
    hands.act("import-as")
    choose(hands, texts)
    dialog = asked(hands)
    split = next(box for box in dialog.findChildren(type(dialog._format)) if box.findData("lines") >= 0)
    split.setCurrentIndex(split.findData("lines"))
    hands.until(lambda: button(dialog).isEnabled())
    hands.qtbot.mouseClick(button(dialog), Qt.MouseButton.LeftButton)
    done(hands, "The wall", "The tide")
