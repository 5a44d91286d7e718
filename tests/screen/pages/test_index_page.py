"""The window tends its index: what is missing is found again without a word, and the page says how it stands."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app.workspace import Workspace
from tests.libraries import add, sound
from tests.windows import Hands, opened
from ui.dialogs.index_sheet import IndexSheet

COUNT = 60


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with Workspace(tmp_path / "library") as workspace:
        for number in range(COUNT):
            add(workspace.holdings, f"The night train number {number} runs.", title=f"Train {number}")
    return tmp_path / "library"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def spoil(library: Path) -> None:
    with closing(sqlite3.connect(library / "library.db")) as connection, connection:
        connection.execute("UPDATE search_page SET data=zeroblob(length)")


def said(hands: Hands) -> str:
    sheet = hands.window.findChild(IndexSheet)
    return " | ".join(one.text() for one in sheet.findChildren(QLabel) if one.isVisible())


def test_what_cannot_be_read_is_mended_while_nobody_waits(qtbot, looks, library, settings):
    spoil(library)
    with opened(qtbot, library, settings, looks) as hands:
        hands.search("night")
        hands.window.tending.look()
        hands.until(lambda: len(hands.titles()) == COUNT)
        hands.act("index")
        assert "Everything in the library can be found." in said(hands)
    with Workspace(library) as workspace:
        assert sound(workspace) == []


def test_a_deed_is_done_while_the_index_is_mended(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.open("Train 7")
        hands.window.tending.rebuild()
        hands.drag(hands.span_of("night train"))
        hands.window.actions_by_key["highlight"].trigger()
        hands.until(lambda: hands.quotes() == ["night train"])
        hands.rest()
        assert not hands.window.tending.is_busy()
    with Workspace(library) as workspace:
        assert sound(workspace) == []
        assert workspace.count("night", passages=True) == 1


def test_what_could_not_be_indexed_stands_on_the_page_and_is_tried_again_when_wished(qtbot, looks, library, settings):
    def write(statement: str) -> None:
        with closing(sqlite3.connect(library / "library.db")) as connection, connection:
            connection.execute(statement)

    write("DELETE FROM search_segment")
    write("UPDATE article SET words=-5 WHERE title='Train 7'")
    with opened(qtbot, library, settings, looks) as hands:
        hands.search("night")
        hands.window.tending.look()
        hands.until(lambda: len(hands.titles()) == COUNT - 1)
        hands.act("index")
        hands.until(lambda: "One entry could not be indexed." in said(hands))
        assert "Train 7" in said(hands)
        write("UPDATE article SET words=5 WHERE title='Train 7'")
        hands.click(hands.labelled("Try again"))
        hands.until(lambda: "Everything in the library can be found." in said(hands))
        hands.until(lambda: len(hands.titles()) == COUNT)


def test_the_page_checks_and_builds_again(qtbot, looks, library, settings):
    with opened(qtbot, library, settings, looks) as hands:
        hands.act("index")
        hands.click(hands.labelled("Check"))
        hands.until(lambda: "every word of the library" in said(hands))
        hands.click(hands.labelled("Build again"))
        hands.rest()
        assert "Everything in the library can be found." in said(hands)
        hands.search("night")
        assert len(hands.titles()) == COUNT
    with Workspace(library) as workspace:
        assert sound(workspace) == []
        assert not workspace.wants_tending()
