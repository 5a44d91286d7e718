"""A library of one's own is a new one: never one that is there already, and never strewn among other files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from app import places
from app.workspace import Workspace
from tests.windows import Hands, opened
from ui.dialogs.choice_card import ChoiceCard


@pytest.fixture
def drones(tmp_path: Path) -> Path:
    """Return a library called “Drones” that has a theme."""
    with Workspace(tmp_path / "drones") as workspace:
        workspace.library.set_setting("name", "Drones")
        workspace.themes.add("Harbour")
    return tmp_path / "drones"


def name_one(hands: Hands) -> tuple[QLineEdit, QLineEdit]:
    """Begin a library of one's own on the first page; return the fields of its name and its folder."""
    hands.click(next(one for one in hands.window.start.findChildren(ChoiceCard) if "your own" in one.accessibleName()))
    name, folder = hands.window.start.findChildren(QLineEdit)
    return name, folder


def test_a_library_that_is_there_is_neither_opened_nor_renamed(qtbot, looks, tmp_path, drones):
    with opened(qtbot, None, tmp_path / "settings.json", looks) as hands:
        said: list[str] = []
        hands.window.messages.spoken.connect(said.append)
        _, folder = name_one(hands)
        folder.selectAll()
        hands.type(str(drones), to=folder)
        hands.click(hands.labelled("Create library"))
        hands.rest()
        assert "already" in said[0]
        assert not hands.window.context.bridge.is_open()
        assert folder.text() == str(drones)
    with Workspace(drones) as workspace:
        assert workspace.library.name == "Drones"


def test_the_one_that_is_open_stays_open(qtbot, looks, tmp_path, drones):
    with opened(qtbot, drones, tmp_path / "settings.json", looks) as hands:
        hands.window.shelf.make(str(drones), "My library")
        hands.rest()
        assert hands.window.context.session.name == "Drones"
        assert hands.window.context.bridge.is_open()
    with Workspace(drones) as workspace:
        assert workspace.library.name == "Drones"


def test_among_other_files_it_has_a_folder_of_its_own(qtbot, looks, tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "letter.txt").write_text("Dear Ada", encoding="utf-8")
    with opened(qtbot, None, tmp_path / "settings.json", looks) as hands:
        hands.window.shelf.make(str(documents), "Sea: notes")
        hands.until(lambda: hands.window.context.session.name == "Sea: notes")
        assert hands.window.context.bridge.folder == documents / "Sea- notes"
        hands.window.shelf.make(str(documents), "Sea: notes")
        hands.until(lambda: hands.window.context.bridge.folder == documents / "Sea- notes 2")
        hands.rest()
    assert sorted(one.name for one in documents.iterdir()) == ["Sea- notes", "Sea- notes 2", "letter.txt"]


def test_an_empty_folder_is_taken_as_it_is(qtbot, looks, tmp_path):
    (tmp_path / "thesis").mkdir()
    with opened(qtbot, None, tmp_path / "settings.json", looks) as hands:
        hands.window.shelf.make(str(tmp_path / "thesis"), "Thesis")
        hands.until(lambda: hands.window.context.session.name == "Thesis")
        assert hands.window.context.bridge.folder == tmp_path / "thesis"
        hands.rest()


def test_a_folder_is_proposed_in_which_nothing_is_yet(qtbot, looks, tmp_path):
    with Workspace(places.libraries_folder() / "My library"):
        pass
    with opened(qtbot, None, tmp_path / "settings.json", looks) as hands:
        name, folder = name_one(hands)
        assert name.text() == "My library"
        assert folder.text() == str(places.libraries_folder() / "My library 2")
