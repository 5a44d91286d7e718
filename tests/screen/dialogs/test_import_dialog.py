"""The import dialog: format, options and columns at the left; the first articles, never stale, at the right."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from app.drafts import Draft
from app.errors import ImportFailed
from app.importers._base import importers
from app.importing.glimpsing import Glimpse
from app.importing.journey import Form
from app.model import Metadata, Published
from app.text.body import Body
from ui.dialogs.column_fields import ColumnFields
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.import_glimpse import GlimpseView
from ui.widgets.fields import DropDown

TABLE = Path("/home/ada/clippings.csv")
WALL = Draft(
    Body.of(["It stands <b>high</b>. " * 40]),
    Metadata(title="The wall & the sea", outlet="Harbour Post", published=Published.parse("2024-03-04")),
)
COLUMNS = {"Head": "attribute", "Body": "text"}


@pytest.fixture
def known():
    return {}


@pytest.fixture
def window(shown):
    return shown(QWidget(), 1100, 700)


@pytest.fixture
def dialog(looks, window, known):
    made = ImportDialog(looks, list(importers().values()), lambda names: known.get(tuple(names)), window)
    made.wishes, made.wished = [], []
    made.glimpse_wished.connect(made.wishes.append)
    made.import_wished.connect(made.wished.append)
    made.show_files([TABLE])
    made.open()
    return made


def answer(dialog, glimpse):
    dialog.show_glimpse(dialog.wishes[-1], glimpse)


def begin(dialog):
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == "Import")


def field(dialog, name):
    QApplication.processEvents()  # what was put into the window has yet to appear
    return next(one for one in dialog.findChildren(DropDown) if one.accessibleName() == name and one.isVisible())


def words(dialog):
    return " ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def test_the_first_articles_are_shown_as_plain_words(dialog):
    assert dialog.wishes[-1].form == Form()
    assert not begin(dialog).isEnabled()
    answer(dialog, Glimpse("csv", (WALL,), 28, columns=COLUMNS))
    assert dialog.findChild(GlimpseView).titles() == ["The wall & the sea"]
    assert "Harbour Post · 4 Mar 2024" in words(dialog)
    assert "It stands <b>high</b>." in words(dialog)
    assert "28 articles in all." in words(dialog)
    assert begin(dialog).isEnabled()


@pytest.mark.parametrize(("themes", "told"), [(1, "describes one theme"), (28, "describes 28 themes")])
def test_a_codebook_can_be_imported_though_it_holds_no_article(dialog, themes, told):
    answer(dialog, Glimpse("codebook", themes=themes))
    assert told in words(dialog)
    assert begin(dialog).isEnabled()


def test_a_column_can_be_told_to_hold_something_else(dialog, qtbot):
    answer(dialog, Glimpse("csv", (WALL,), 1, columns=COLUMNS))
    held = field(dialog, "What the column Head holds")
    assert held.currentData() == "attribute"
    held.setCurrentIndex(held.findData("title"))
    assert not begin(dialog).isEnabled()
    qtbot.waitUntil(lambda: len(dialog.wishes) == 2)
    assert dialog.wishes[-1].form.options["columns"] == "title=Head;text=Body"
    answer(dialog, Glimpse("csv", (WALL,), 1, columns={"Head": "title", "Body": "text"}))
    qtbot.mouseClick(begin(dialog), Qt.MouseButton.LeftButton)
    (wish,) = dialog.wished
    assert wish.paths == (TABLE,)
    assert wish.form.format == "csv"
    assert wish.form.options == {"delimiter": "automatic", "columns": "title=Head;text=Body"}
    assert not dialog.isVisible()


def test_what_was_said_of_such_columns_earlier_holds(dialog, known, qtbot):
    known["Head", "Body"] = {"Head": "title", "Body": "text"}
    answer(dialog, Glimpse("csv", (WALL,), 1, columns=COLUMNS))
    assert dialog.columns() == {"Head": "title", "Body": "text"}
    qtbot.waitUntil(lambda: len(dialog.wishes) == 2)
    assert dialog.wishes[-1].form.options["columns"] == "title=Head;text=Body"


def test_where_nothing_can_be_read_the_reason_stands_and_the_columns_can_be_mapped(dialog):
    error = ImportFailed("{name} has no rows.", "Check the file.", name="x.csv")
    answer(dialog, Glimpse("csv", columns={"a": "text"}, error=error))
    assert "x.csv has no rows. Check the file." in words(dialog)
    dialog.show_files([TABLE])
    dialog.open()
    answer(dialog, Glimpse("csv", columns={"a": "attribute"}, error=error))
    assert "Choose at the left which column holds the text of the articles." in words(dialog)
    assert not begin(dialog).isEnabled()
    assert field(dialog, "What the column a holds").isVisible()


def test_another_format_has_other_options(dialog, qtbot):
    answer(dialog, Glimpse("csv", (WALL,), 1, columns=COLUMNS))
    formats = field(dialog, "Format")
    assert formats.itemText(0) == "As it looks: Table (CSV, TSV)"
    formats.setCurrentIndex(formats.findData("text"))
    assert dialog.findChild(ColumnFields).values() == {}
    qtbot.waitUntil(lambda: len(dialog.wishes) == 2)
    assert dialog.wishes[-1].form == Form("text", {})
    answer(dialog, Glimpse("text", (WALL,), 1))
    split = field(dialog, "Several articles in one text")
    split.setCurrentIndex(split.findData("lines"))
    qtbot.waitUntil(lambda: len(dialog.wishes) == 3)
    assert dialog.wishes[-1].form == Form("text", {"split": "lines"})


def test_a_document_can_be_cut_into_its_articles(dialog, qtbot):
    answer(dialog, Glimpse("docx", (WALL,), 1))
    split = field(dialog, "Several articles in one file")
    split.setCurrentIndex(split.findData("headings"))
    assert field(dialog, "Level of these headings").currentText() == "Highest"
    qtbot.waitUntil(lambda: len(dialog.wishes) == 2)
    assert dialog.wishes[-1].form == Form("docx", {"split": "headings", "level": "highest"})
    (pattern,) = [one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "Pattern"]
    assert not pattern.isVisible()
    answer(dialog, Glimpse("docx", (WALL, WALL), 2))
    assert "2 articles in all." in words(dialog)
    split.setCurrentIndex(split.findData("pattern"))
    QApplication.processEvents()
    assert pattern.isVisible()


def test_an_answer_that_comes_late_is_not_shown(dialog, qtbot):
    late = dialog.wishes[-1]
    formats = field(dialog, "Format")
    formats.setCurrentIndex(formats.findData("markdown"))
    dialog.show_glimpse(late, Glimpse("csv", (WALL,), 7, columns=COLUMNS))
    assert "7 articles" not in words(dialog)
    qtbot.waitUntil(lambda: len(dialog.wishes) == 2)


def test_further_files_are_counted(dialog):
    dialog.show_files([TABLE, TABLE.with_name("b.csv"), TABLE.with_name("c.csv")])
    assert "2 more files are read in the same way." in words(dialog)


def test_a_file_that_was_split_before_is_shown_and_read_as_it_was(dialog, qtbot):
    before = Form("text", {"split": "pattern", "pattern": "^End$"})
    answer(dialog, Glimpse("text", (WALL,), 3, before=before))
    assert field(dialog, "Several articles in one text").currentData() == "pattern"
    assert next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "Pattern").text() == "^End$"
    assert begin(dialog).isEnabled()
    qtbot.mouseClick(begin(dialog), Qt.MouseButton.LeftButton)
    assert dialog.wished[-1].form.options["pattern"] == "^End$"


def test_options_that_stay_from_the_file_before_are_looked_at(dialog, qtbot):
    answer(dialog, Glimpse("text", (WALL,), 3, before=Form("text", {"split": "pages"})))
    dialog.show_files([Path("/home/ada/other.txt")])
    qtbot.waitUntil(lambda: len(dialog.wishes) == 2)
    answer(dialog, Glimpse("text", (WALL,), 1))
    assert not begin(dialog).isEnabled()
    qtbot.waitUntil(lambda: len(dialog.wishes) == 3)
    assert dialog.wishes[-1].form.options["split"] == "pages"
