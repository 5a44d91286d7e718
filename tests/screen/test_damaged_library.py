"""A library that opens but cannot be listed: it is said in a sentence, and what was in the window before stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app.workspace import Workspace
from tests.libraries import add
from tests.windows import opened


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """Return a library whose articles cannot be read."""
    folder = filled(tmp_path / "damaged", "Ferry")
    with closing(sqlite3.connect(folder / "library.db")) as connection, connection:
        connection.execute("UPDATE article SET state='finished'")
    return folder


def filled(folder: Path, title: str) -> Path:
    with Workspace(folder) as workspace:
        add(workspace.holdings, f"All about: {title}.", title=title)
    return folder


def test_at_the_start_the_first_page_says_so(qtbot, looks, damaged, settings):
    with opened(qtbot, None, settings, looks) as hands:
        hands.window.begin(damaged)
        hands.until(lambda: hands.window.pages.currentWidget() is hands.window.start)
        hands.rest()
        said = [one.text() for one in hands.window.start.findChildren(QLabel) if one.isVisible()]
        assert any("damaged" in one for one in said)
        assert not hands.window.context.bridge.is_open()


def test_the_library_that_was_open_stays_so(qtbot, looks, damaged, settings, tmp_path):
    with opened(qtbot, filled(tmp_path / "sound", "Drones"), settings, looks) as hands:
        said = []
        hands.window.messages.spoken.connect(said.append)
        hands.window.shelf.open(str(damaged))
        hands.until(lambda: said)
        assert "damaged" in said[0]
        hands.open("Drones")
        assert hands.window.context.session.article.metadata.title == "Drones"
        assert len(said) == 1
