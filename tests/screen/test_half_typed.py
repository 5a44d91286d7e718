"""A word that is only begun means one thing: what the list shows is what is kept, marked, exported and handed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton

from app.errors import LibraryError
from app.exporting.bundling import Selection
from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import Hands, opened
from ui.dialogs.export_dialog import ExportDialog
from ui.dialogs.mark_all_sheet import MarkAllSheet
from ui.dialogs.name_sheet import NameSheet


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library with an article about licences, one that only a whole word finds, and one about neither."""
    texts = {"a": "Two licences were sold at the quay.", "b": "A run of seats. They are running.", "c": "Nine drones."}
    for name, text in texts.items():
        (tmp_path / f"{name}.md").write_text(f"# Article {name}\n\n{text}\n", encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, *(tmp_path / f"{name}.md" for name in texts))
    return tmp_path / "library"


@pytest.fixture
def hands(qtbot, looks, library, tmp_path):
    with opened(qtbot, library, tmp_path / "settings.json", looks) as hands:
        yield hands


def name_sheet(hands: Hands) -> NameSheet:
    return hands.until(lambda: next((one for one in hands.window.findChildren(NameSheet) if one.isVisible()), None))


@pytest.mark.parametrize("typed", ["licen", "title:article licen", "quay licen"])
def test_what_a_begun_word_finds_is_kept(hands, library, typed):
    hands.search(typed)
    assert hands.titles() == ["Article a"]
    hands.act("save-search")
    sheet = name_sheet(hands)
    hands.key(Qt.Key.Key_Return, to=sheet.field)
    hands.rest()
    assert hands.titles() == ["Article a"]
    with Workspace(library) as workspace:
        (collection,) = workspace.collections.all()
        assert workspace.count(collection.query) == 1


def test_hits_of_a_begun_word_are_marked(hands):
    hands.search("licen")
    hands.act("mark-hits")
    sheet = hands.until(lambda: hands.window.findChild(MarkAllSheet))
    hands.until(sheet.chosen)
    assert [one.quote for one in sheet.chosen()] == ["Two licences were sold at the quay."]
    sheet.escape()


def test_what_a_begun_word_finds_is_exported(hands):
    hands.search("licen")
    hands.act("export")
    dialog = hands.until(lambda: hands.window.findChild(ExportDialog))
    hands.until(dialog.isVisible)
    QApplication.focusWidget().choose("query:licen*")
    assert dialog.wish().selection == Selection(query="licen*")
    dialog.escape()


def test_a_word_that_is_whole_stays_what_it_is(hands):
    """Nothing but "run" itself is meant by it, so its forms are found and no other words that begin so."""
    hands.search("run")
    hands.act("save-search")
    assert hands.window.search.query() == "run"
    name_sheet(hands).escape()


def test_a_better_spelling_in_the_empty_list_keeps_what_narrows_it(hands):
    hands.search("licenzes")
    hands.click(next(one for one in hands.window.search.findChildren(QToolButton) if one.text().startswith("Unread")))
    hands.rest()
    assert hands.titles() == []
    hands.click(next(one for one in hands.window.list.findChildren(QAbstractButton) if "licences" in one.text()))
    hands.rest()
    assert hands.window.search.listing().query == "is:unread licences"
    assert hands.titles() == ["Article a"]


def test_words_that_stand_in_a_note_only_find_its_article_and_are_shown_as_from_there(hands, library):
    with Workspace(library) as workspace:
        workspace.articles.note(workspace.keys("drones")[0], "Check with Anna.")
    hands.search("anna")
    assert hands.titles() == ["Article c"]
    hands.search("ann")
    assert hands.titles() == ["Article c"]
    found = hands.window.list.model().found(0)
    assert (found.field, found.excerpt) == ("note", "Check with Anna.")


def test_what_the_filters_hide_is_offered(hands, library):
    with Workspace(library) as workspace:
        key = workspace.keys("drones")[0]
        workspace.articles.note(key, "The climate of the harbour.")
        workspace.articles.edit(key, {"state": "read"})
    hands.click(next(one for one in hands.window.search.findChildren(QToolButton) if one.text().startswith("Unread")))
    hands.search("clim")
    hands.click(hands.labelled("One is found without the filters"))
    hands.rest()
    assert hands.titles() == ["Article c"]


def test_settling_leaves_the_open_article_open(hands):
    hands.open("Article c")
    hands.search("licen")
    hands.act("export")
    hands.until(lambda: hands.window.findChild(ExportDialog)).escape()
    hands.rest()
    assert hands.window.context.session.article.metadata.title == "Article c"


def test_what_waits_for_an_answer_goes_on_where_there_is_none(hands, monkeypatch):
    def failing(*_given, **_named):
        raise LibraryError("The disk is away.", "Bring it back.")

    monkeypatch.setattr(Workspace, "search", failing)
    hands.search("licen")
    hands.act("export")
    hands.until(lambda: hands.window.findChild(ExportDialog)).escape()


def test_what_the_filters_hide_is_counted_and_shown(hands, library):
    with Workspace(library) as workspace:
        workspace.articles.edit(workspace.keys("drones")[0], {"state": "read"})
    hands.click(next(one for one in hands.window.search.findChildren(QToolButton) if one.text().startswith("Unread")))
    hands.search("nine drones")
    hands.click(hands.labelled("One is found without the filters"))
    hands.rest()
    assert hands.titles() == ["Article c"]
    assert hands.window.search.box.text() == "nine drones"
