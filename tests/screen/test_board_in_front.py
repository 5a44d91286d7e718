"""With the board in front, a deed is meant for what is selected there, never for the article that it hides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.workspace import Workspace
from tests.libraries import imported
from tests.windows import Hands, opened
from ui.actions import ACTIONS, READER
from ui.commands import needing


@pytest.fixture
def hands(qtbot, looks, tmp_path: Path) -> Iterator[Hands]:
    """Return a reader at the board of “Ferries”, with another article open behind it, in which words are selected."""
    (tmp_path / "one.md").write_text("# One\n\nThe ferry runs at night. Nobody asked for it.\n", encoding="utf-8")
    (tmp_path / "two.md").write_text("# Two\n\nA harbour is a place for boats.\n\nAnd for waiting.\n", encoding="utf-8")
    with Workspace(tmp_path / "library") as workspace:
        imported(workspace, tmp_path / "one.md", tmp_path / "two.md")
        theme = workspace.themes.add("Ferries").id
        workspace.themes.add("Ports")
        workspace.collections.add("Boats")
        workspace.highlights.add_quote(workspace.keys("title:one")[0], "The ferry runs at night.", themes=["Ferries"])
        workspace.highlights.add_quote(workspace.keys("title:two")[0], "for waiting", themes=["Ports"])
    with opened(qtbot, tmp_path / "library", tmp_path / "settings.json", looks) as reader:
        reader.open("Two")
        reader.drag(reader.span_of("harbour"))
        reader.window.side.themes.board_wished.emit(theme)
        reader.until(reader.window.board.shown)
        reader.rest()
        yield reader


def heard(hands: Hands) -> list[str]:
    said: list[str] = []
    hands.window.messages.spoken.connect(said.append)
    return said


def test_what_is_selected_is_collected(hands):
    shown = hands.window.board.shown()
    assert hands.window.board.selected() == shown
    hands.window.actions_by_key["collect"].trigger()
    hands.choose(hands.menu(), "Boats")
    hands.until(lambda: hands.window.context.session.collections[0].items == shown)


def test_the_list_is_of_passages_like_the_one_that_is_selected(hands):
    hands.act("like-this")
    assert hands.window.search.listing().passages
    assert hands.window.context.session.article.metadata.title == "Two"
    assert hands.window.board.selected()[0] in hands.window.search.listing().query


def test_a_theme_that_is_clicked_goes_on_what_is_selected(hands):
    ports = hands.window.context.session.themes[1]
    hands.window.side.themes.put_wished.emit(ports.id)
    hands.rest()
    assert hands.quotes() == ["for waiting"]
    hands.window.side.themes.board_wished.emit(ports.id)
    hands.until(lambda: len(hands.window.board.shown()) == 2)


def test_a_digit_that_no_theme_has_is_told(hands):
    said = heard(hands)
    hands.key(Qt.Key.Key_9, to=hands.window.board.focusProxy())
    assert said == ["No theme has the digit 9."]


def test_a_card_that_is_clicked_shows_its_passage_in_the_text(hands):
    side = hands.window.side
    (card,) = hands.window.context.session.highlights
    hands.act("show-notes")
    listed = side.notes.list
    place = listed.visualRect(listed.model().index(listed.model().rowCount() - 1, 0)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hands.rest()
    assert not hands.window.centre.is_board()
    assert hands.window.reader.focused() == card.id
    hands.act("back")
    assert hands.window.centre.is_board()


def test_what_is_done_in_the_text_is_refused_in_words(hands):
    said, held = heard(hands), hands.window.context.session.highlights
    for action in ACTIONS:
        if action.needs is needing.text or (action.where == READER and action.key != "let-go"):
            hands.act(action.key)
            assert said == ["This is done in the text of an article."], action.key
            said.clear()
    hands.act("remove-article")
    assert said == ["This is done in the text of an article."]
    assert hands.window.context.session.highlights == held
    assert hands.window.centre.is_board()
    assert len(hands.titles()) == 2
